"""What a grading asks of the processes that judge."""

from __future__ import annotations

import pytest

from kata.judge.orders import Submission, orders_for
from kata.judge.rubric import read_rubric
from kata.program import ROOT
from kata.project.catalog_reader import load

EXERCISE = load(ROOT).find("05.02")
NAMES = [item.test for item in read_rubric(EXERCISE.hidden(ROOT), EXERCISE.points)]
SUBMISSION = Submission("", "0" * 64, "")


def shares(clock: str, pieces: int) -> list[tuple[str, ...] | None]:
    """The tests of each order."""
    return [order.tests for order in orders_for({EXERCISE: SUBMISSION}, ROOT, clock, pieces=pieces)]


def test_an_exercise_is_one_order() -> None:
    assert shares("virtual", 1) == [None]


@pytest.mark.parametrize("pieces", [2, 3, 100])
def test_pieces_of_an_exercise_have_each_test_once(pieces: int) -> None:
    found = shares("virtual", pieces)
    assert len(found) == min(pieces, len(NAMES))
    assert sorted(name for share in found for name in share or ()) == sorted(NAMES)
    sizes = [len(share or ()) for share in found]
    assert max(sizes) - min(sizes) <= 1


def test_on_the_real_clock_each_test_is_an_order() -> None:
    assert shares("real", 2) == [(name,) for name in NAMES]
