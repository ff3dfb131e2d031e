"""Docstrings, folded for a terminal."""

from __future__ import annotations

import pytest

from kata.reports.folding import fold

TASK = """\
A weather mast has sensors that need some time to warm up before they can be read. The station has other
work in the meantime.

Task:
    Make `warm_up(sensor, seconds)` a coroutine function.
    - While it waits, the event loop is free for others: two sensors that warm up at the same time take
      as long as the slower one.

Example:
    one = 1
    two = 2
"""


def test_a_paragraph_is_filled_anew() -> None:
    assert fold(TASK, 100).splitlines()[:2] == [
        "A weather mast has sensors that need some time to warm up before they can be read. The station has",
        "other work in the meantime.",
    ]


def test_short_lines_stay_as_they_are() -> None:
    assert fold(TASK, 100).endswith("Example:\n    one = 1\n    two = 2")


def test_items_hang() -> None:
    rows = fold(TASK, 60).splitlines()
    start = next(index for index, row in enumerate(rows) if row.startswith("    - While"))
    assert all(row.startswith("      ") for row in rows[start + 1 : start + 3])


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160])
def test_nothing_is_lost_and_nothing_is_too_wide(width: int) -> None:
    folded = fold(TASK, width)
    assert folded.split() == TASK.split()
    assert max(map(len, folded.splitlines())) <= width


def test_blank_lines_stay() -> None:
    assert fold("a\n\n\nb", 40) == "a\n\n\nb"
    assert fold("", 40) == ""
