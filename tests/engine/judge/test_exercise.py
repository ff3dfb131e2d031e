"""The text of a drive, which is sent to the sandbox."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.contract.run import Limit, Run
from kata.judge.exercise import Patience, source_of


# fmt: off
async def ends_with_a_bracket(ex):
    return dict(
        first=[
            1,
        ],
    )


def over_many_lines(
    ex,
    *numbers,
) -> list[int]:

    # A remark, and then nothing that runs.
    async def inner():
        return (
            numbers
)


async def ends_with_a_text(ex):
    return """
def this is only text:
    pass
"""
# A remark about what follows, or about what came before.


def only_says_what_it_does(ex):
    """This.

    And that.
    """


def in_one_line(ex): return [number for number in range(3)]
class After: ...
# fmt: on


@pytest.mark.parametrize(
    "drive", [ends_with_a_bracket, over_many_lines, ends_with_a_text, only_says_what_it_does, in_one_line]
)
def test_the_text_of_a_drive_is_the_function_and_nothing_else(drive: Callable[..., object]) -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    [wanted] = [
        node for node in tree.body if isinstance(node, ast.stmt) and getattr(node, "name", "") == drive.__name__
    ]
    [found] = ast.parse(source_of(drive)).body
    assert ast.dump(found) == ast.dump(wanted)


@pytest.mark.parametrize("drive", [len, After, lambda ex: None, Path.read_text, inspect.isawaitable.__call__])
def test_what_is_no_function_at_the_top_of_a_file_cannot_be_sent(drive: Callable[..., object]) -> None:
    with pytest.raises(LookupError, match="top level"):
        source_of(drive)


def test_nor_can_a_function_in_a_function() -> None:
    async def inside(ex: object) -> None:
        pass

    with pytest.raises(LookupError, match="top level"):
        source_of(inside)


def limits_after(*runs: Run) -> tuple[float, int]:
    patience = Patience()
    for run in runs:
        patience.took(run)
    limits = patience.limits()
    return limits.seconds, limits.cpu


def test_plays_get_less_time_after_one_that_was_stopped() -> None:
    assert limits_after(Run(cost=1)) == (5, 4)
    assert limits_after(Run(cost=5, limit=Limit("seconds", "5 real seconds")), Run()) == (1, 1)


def test_all_plays_of_an_exercise_together_take_so_long_and_no_longer() -> None:
    assert limits_after(*[Run(cost=0.2)] * 1000) == (5, 4)
    assert limits_after(*[Run(cost=4.25)] * 3) == (5, 4)
    assert limits_after(*[Run(cost=4.25)] * 4) == (0.25, 1)
