"""Foreign text is shown, and does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.reports.escape import shorten, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("\x07\x08\x00\x7f", "\\x07\\x08\\x00\\x7f"),
        ("a\u202eb\u2066c\u200bd", "a\\u202eb\\u2066c\\u200bd"),
        ("a\u2028b", "a\\u2028b"),
        ("\ud800", "\\ud800"),
        ("progress 1 %\rprogress 2 %", "progress 1 %\\rprogress 2 %"),
        ("a\tb", "a    b"),
        ("Grüße, 世界 → ✓", "Grüße, 世界 → ✓"),
        ("::error file=x::no", "\\x3a:error file=x\\x3a:no"),
        ("see ##[error]this", "see ##\\x5berror]this"),
        ("numbers[::2]", "numbers[::2]"),
    ],
)
def test_what_would_act_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_ends_are_kept_or_shown() -> None:
    assert visible("a\r\nb\n") == "a\nb\n"
    assert visible("a\r\nb\n", newlines=False) == "a\\nb\\n"


@given(st.text())
def test_only_printable_characters_and_line_ends_come_out(text: str) -> None:
    shown = visible(text)
    # str.isprintable is also False for spaces other than " ", and for characters without a meaning yet.
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown.replace("\n", ""))
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert visible(shown) == shown


def test_short_text_stays() -> None:
    assert shorten("a\nb", lines=2, characters=10) == "a\nb"


def test_long_text_says_how_much_is_missing() -> None:
    assert shorten("a\nb\nc\nd", lines=2, characters=100) == "a\nb\n(2 more lines)"
    assert shorten("a\nb", lines=1, characters=100) == "a\n(1 more line)"
    assert shorten("abcdef", lines=5, characters=4) == "abcd (2 more characters)"
