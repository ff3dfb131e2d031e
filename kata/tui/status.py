"""The line above everything: what is going on, and what to do next."""

from __future__ import annotations

from kata.contract.scorecard import ExerciseVerdict
from kata.project.catalog import Exercise
from kata.reports import wording

__all__ = ["judging", "outcome", "watching"]


def watching(path: str) -> str:
    """What is waited for."""
    return f"Save {path}, and it is judged."


def judging(exercise: Exercise, decided: int, of: int, *, still: bool = False) -> str:
    """How far the judgement is; ``still`` when one waits for a reason."""
    known = " Code without an end is stopped after some seconds." if still else ""
    return f"Judging {exercise.number}: {decided} of {of} criteria decided.{known}"


def outcome(verdict: ExerciseVerdict, following: Exercise | None, *, keys: bool) -> str:
    """What came of it, and what to do next.

    Args:
        verdict: on the exercise.
        following: what comes next, if anything is left.
        keys: whether keys are named; else commands are named elsewhere.
    """
    if verdict.status == "passed":
        said = f"Passed, {wording.score(verdict.points, verdict.max_points)}."
        if following is None:
            return f"{said} That was the last one: all exercises are done."
        return f"{said} n goes on to {following.titled}; s shows a good answer." if keys else said
    if verdict.status == "not_started":
        return "Not started: the file is as it came."
    if verdict.status == "error":
        return "It cannot be judged as it is."
    met = sum(criterion.passed for criterion in verdict.criteria)
    said = f"{met} of {len(verdict.criteria)} criteria met."
    return f"{said} h gives a hint." if keys else said
