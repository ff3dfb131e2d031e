"""Scorecard: what the judge found, as versioned data. Reports are drawn from it and from nothing else.

The keys ``version, points, max_points, python, isolation, clock, seed, exercises`` and those of an exercise
and a criterion are a published contract; more may be added, none is renamed.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kata.contract.run import Run

VERSION = 1

Status = Literal["passed", "failed", "not_started", "error", "limit"]


class Diagnosis(msgspec.Struct, frozen=True):
    """Why it came out otherwise, in plain words; ``name`` is stable and has a section in docs/diagnoses.md."""

    name: str
    text: str
    file: str = ""
    line: int = 0
    source: str = ""
    """The text of that line, without its indent."""
    column: int = 0
    """Where in that text Python stopped reading, counted from 1; 0 when that is not what it is about."""


class Criterion(msgspec.Struct):
    """One hidden test: the line that the learner reads, and whether it holds."""

    test: str
    text: str
    passed: bool
    points: float
    max_points: float
    message: str = ""
    diagnoses: list[Diagnosis] = []
    runs: list[Run] = []
    play: int = 0
    """Which play of the test ``runs[0]`` records, counted from 0."""
    seconds: float = 0.0
    """Real seconds that judging it took."""
    played: float = 0.0
    """Seconds, on the clock of the scorecard, of its longest play."""
    fault: str = ""
    """What went wrong in judging it, which says nothing of the submission; empty when nothing did."""
    holds: bool = False
    """What it says is so; it does not count yet, as a play left something behind, or as the stub meets it too."""


class ExerciseVerdict(msgspec.Struct):
    """The verdict on one exercise. ``message`` says in one line what stopped it, for ``error`` and ``limit``."""

    id: str
    status: Status
    points: float
    max_points: float
    seconds: float
    criteria: list[Criterion] = []
    title: str = ""
    chapter: str = ""
    file: str = ""
    message: str = ""
    cached: bool = False
    isolation: str = ""
    """The layers that confined its plays; empty when nothing was played."""


class Scorecard(msgspec.Struct):
    """A whole grading. ``isolation`` names the layers that confined the submission; ``seconds`` are real."""

    points: float
    max_points: float
    python: str
    isolation: str
    clock: Literal["virtual", "real"]
    seed: int
    exercises: list[ExerciseVerdict]
    version: int = VERSION
    seconds: float = 0.0
    next: str | None = None
    """The id of the first exercise that is not passed."""

    @property
    def percent(self) -> float:
        """Points in percent of what can be had; 0 when nothing can be had."""
        return 100 * self.points / self.max_points if self.max_points else 0.0
