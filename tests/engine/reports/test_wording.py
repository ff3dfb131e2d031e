"""Names, points and times, worded."""

from __future__ import annotations

import math

import pytest

from kata.contract.scorecard import ExerciseVerdict, Scorecard
from kata.reports import wording


def test_an_exercise_is_called_by_number_and_title() -> None:
    verdict = ExerciseVerdict("05_gather_and_wait/02_wait_to_gather", "passed", 1, 1, 0.0)
    assert wording.name(verdict) == "05.02 Wait to gather"
    verdict.title = "From wait to gather"
    assert wording.name(verdict) == "05.02 From wait to gather"


@pytest.mark.parametrize("chapter", ["", "05_gather_and_wait", "Gather and wait", "05 Gather and wait"])
def test_a_chapter_has_one_name_whatever_the_verdict_carries(chapter: str) -> None:
    verdict = ExerciseVerdict("05_gather_and_wait/02_x", "passed", 1, 1, 0.0, chapter=chapter)
    assert wording.chapter(verdict) == "05 Gather and wait"


def test_an_id_of_another_shape_stays() -> None:
    verdict = ExerciseVerdict("odd", "passed", 1, 1, 0.0)
    assert wording.name(verdict) == wording.chapter(verdict) == "odd"


@pytest.mark.parametrize(
    ("points", "text"), [(1, "1 point"), (0, "0 points"), (2.5, "2.5 points"), (1290, "1,290 points")]
)
def test_points(points: float, text: str) -> None:
    assert wording.points(points) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.0s"), (1, "1.0s"), (0.25, "0.25s"), (0.1 + 0.2, "0.3s"), (math.inf, "infs")]
)
def test_moments(seconds: float, text: str) -> None:
    assert wording.moment(seconds) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [(0.0, "0 %"), (99.99, "99.9 %"), (100.0, "100 %"), (100 / 3, "33.3 %"), (29.0, "29 %")],
)
def test_percent_is_rounded_down(points: float, text: str) -> None:
    card = Scorecard(points, 100.0, "3.11", "none", "virtual", 0, [])
    assert wording.percent(card) == text
