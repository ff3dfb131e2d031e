"""From criteria to a verdict: points, status, and the one line for exercises that could not be judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from kata.contract.scorecard import Criterion, ExerciseVerdict, Status
from kata.judge.rubric import RubricItem, read_rubric
from kata.project.catalog import Exercise

__all__ = ["not_judged", "score"]


def score(
    exercise: Exercise,
    rubric: Sequence[RubricItem],
    decided: Mapping[str, Criterion],
    free: Collection[str],
    seconds: float,
) -> ExerciseVerdict:
    """What an exercise earns: the shares of the criteria that are met; `rubric` says how large each is.

    A file that cannot be played earns none, and is told why once for all criteria.

    Args:
        exercise: whose points.
        rubric: its criteria, as its hidden tests say them.
        decided: each of them as it was judged, by the name of its test.
        free: names of tests that the untouched stub passes; they count only once some other one is met too.
        seconds: real seconds that judging took.
    """
    criteria = [decided[item.test] for item in rubric]
    unfit = _unfit(criteria)
    if unfit is not None:
        for criterion in criteria:
            criterion.passed = criterion.holds = False
            criterion.message, criterion.diagnoses, criterion.runs = unfit.message, unfit.diagnoses, unfit.runs
    complete = bool(criteria) and all(criterion.passed for criterion in criteria)
    earned = complete or any(criterion.passed and criterion.test not in free for criterion in criteria)
    for item, criterion in zip(rubric, criteria, strict=True):
        criterion.max_points = float(item.points)
        criterion.points = criterion.max_points if criterion.passed and earned else 0.0
        criterion.holds = criterion.holds or (criterion.passed and not earned)
    verdict = _verdict(exercise, "passed" if complete else "failed", criteria)
    verdict.points = sum(criterion.points for criterion in criteria)
    verdict.seconds = seconds
    if not complete:
        verdict.status, verdict.message = _why(criteria)
    return verdict


def _unfit(criteria: Sequence[Criterion]) -> Criterion | None:
    """The criterion that says why nothing of the file counts: it does not load, or has not the names that it must have.

    A function that is there and is not yet a coroutine function keeps only its own criteria from being met.
    """
    for criterion in criteria:
        for run in criterion.runs[:1]:
            if run.unfit is not None and run.unfit.kind != "not_async":
                return criterion
    return None


def _why(criteria: Sequence[Criterion]) -> tuple[Status, str]:
    for criterion in criteria:
        if criterion.fault:
            return "error", criterion.message
    for criterion in criteria:
        for run in criterion.runs[:1] if not criterion.passed else []:
            if run.unfit is not None:
                return "error", criterion.message
            if run.limit is not None:
                return ("error" if run.limit.kind == "fault" else "limit"), criterion.message
    return "failed", ""


def not_judged(exercise: Exercise, hidden: Path, status: Status, message: str = "") -> ExerciseVerdict:
    """The verdict on an exercise that was not played: its criteria, none met.

    Raises:
        RubricError: the hidden tests cannot be read.
    """
    criteria = [
        Criterion(item.test, item.text, False, 0.0, float(item.points), message)
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
