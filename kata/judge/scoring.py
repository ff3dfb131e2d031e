"""From criteria to a verdict: points, status, and the one line for exercises that could not be judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from kata.contract.scorecard import Criterion, ExerciseVerdict, Status
from kata.judge.rubric import read_rubric
from kata.project.catalog import Exercise

__all__ = ["not_judged", "score"]


def score(
    exercise: Exercise, criteria: Sequence[tuple[Criterion, float]], free: Collection[str], seconds: float
) -> ExerciseVerdict:
    """Share out an exercise's points.

    Args:
        exercise: whose points.
        criteria: each with its weight, in the order of the hidden tests.
        free: names of tests that the untouched stub passes; they count only once some other one is met too.
        seconds: real seconds that judging took.
    """
    total = sum(weight for _, weight in criteria) or 1.0
    earned = any(criterion.passed and criterion.test not in free for criterion, _ in criteria)
    for criterion, weight in criteria:
        criterion.max_points = round(exercise.points * weight / total, 4)
        criterion.points = criterion.max_points if criterion.passed and earned else 0.0
    complete = bool(criteria) and all(criterion.passed for criterion, _ in criteria)
    points = float(exercise.points) if complete else round(sum(criterion.points for criterion, _ in criteria), 4)
    if complete:  # thirds do not add up to the whole in decimal places
        for criterion, _ in criteria:
            criterion.points = criterion.max_points
    verdict = _verdict(exercise, "passed" if complete else "failed", [criterion for criterion, _ in criteria])
    verdict.points = points
    verdict.seconds = seconds
    if not complete:
        verdict.status, verdict.message = _why(verdict.criteria)
    return verdict


def _why(criteria: Sequence[Criterion]) -> tuple[Status, str]:
    for criterion in criteria:
        for run in criterion.runs[:1] if not criterion.passed else []:
            if run.unfit is not None:
                return "error", criterion.message
            if run.limit is not None:
                return "limit", criterion.message
    return "failed", ""


def not_judged(
    exercise: Exercise, hidden: Path, status: Status, message: str = "", file: Path | None = None
) -> ExerciseVerdict:
    """The verdict on an exercise that was not played: its criteria, none met.

    Raises:
        RubricError: the hidden tests cannot be read.
    """
    criteria = [
        Criterion(item.test, item.text, False, 0.0, round(item.points, 4), message)
        for item in read_rubric(hidden, exercise.points)
    ]
    verdict = _verdict(exercise, status, criteria)
    verdict.message = message
    return verdict


def _verdict(exercise: Exercise, status: Status, criteria: list[Criterion]) -> ExerciseVerdict:
    return ExerciseVerdict(
        id=exercise.id,
        status=status,
        points=0.0,
        max_points=float(exercise.points),
        seconds=0.0,
        criteria=criteria,
        title=exercise.title,
        chapter=exercise.chapter,
        file=f"exercises/{exercise.id}.py",
    )
