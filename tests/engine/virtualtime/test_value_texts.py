"""Values of variables as short texts, made without calling anything of the program's."""

from __future__ import annotations

import asyncio
import collections

import pytest

from kata.virtualtime.value_texts import LONGEST, brief

NOT_PLAIN = type("NotPlain", (list,), {"__repr__": lambda self: "called", "__iter__": lambda self: iter("called")})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (1.5, "1.5"),
        ("two\n", r"'two\n'"),
        (b"\x00", r"b'\x00'"),
        ((1,), "(1,)"),
        ((), "()"),
        (set(), "set()"),
        ({"a": [1, (2, 3)]}, "{'a': [1, (2, 3)]}"),
        ([[[[1]]]], "[[[[…]]]]"),
        (list(range(100)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 100 in all]"),
        (ValueError("no", 1), "ValueError('no', 1)"),
        (asyncio.sleep, "function sleep"),
        (collections.OrderedDict, "class OrderedDict"),
        (collections.OrderedDict(a=1), "<OrderedDict>"),
        (NOT_PLAIN([1]), "<NotPlain>"),
        ([].append, "function list.append"),
        (asyncio, "module"),
        ("\udc80", r"'\udc80'"),
    ],
    ids=lambda value: None,
)
def test_a_value_has_a_short_text(value: object, text: str) -> None:
    assert brief(value) == text


def test_a_long_text_is_cut() -> None:
    assert len(brief("x" * 10_000)) == LONGEST
    assert len(brief([["x" * 1000] * 50] * 50)) == LONGEST
    assert brief(10**5000).startswith("0x")


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert brief(endless) == "[[[[…]]]]"
