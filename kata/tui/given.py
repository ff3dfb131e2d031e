"""What the command line gives to the watch screen: the clone, and commands that it has already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rich.console import Console

from kata.contract.scorecard import ExerciseVerdict
from kata.judge.cache import VerdictCache
from kata.judge.workers import Workers
from kata.project.catalog import Catalog, Exercise
from kata.project.hints import HintsGiven
from kata.project.workspace import Workspace

__all__ = ["Given", "Part", "Pictures", "Project", "State"]

Part = Callable[[Console], None]
"""Something to see: prints itself, as wide as the console is."""


class State(Protocol):
    """How far the learner is with an exercise, without judging anything."""

    @property
    def status(self) -> str:
        """That of the last verdict on the file as it is now, or ``unjudged``."""

    @property
    def was_passed(self) -> bool:
        """True when the last verdict, perhaps on an earlier text, was that it is passed."""


class Project(Protocol):
    """The clone that is worked in."""

    @property
    def root(self) -> Path:
        """Its folder."""

    @property
    def catalog(self) -> Catalog:
        """Its exercises."""

    @property
    def workspace(self) -> Workspace:
        """The learner's files."""

    @property
    def cache(self) -> VerdictCache | None:
        """Saved verdicts on them."""

    @property
    def hints(self) -> HintsGiven:
        """Which hints the learner has had."""

    def path(self, exercise: Exercise) -> str:
        """The learner's file, as it is typed."""

    def state(self, exercise: Exercise) -> State:
        """How far the learner is with it."""

    def next_exercise(self, after: Exercise | None = None) -> Exercise | None:
        """The first exercise, or the first after one, that is not known to be passed."""


Pictures = Callable[[Workspace, Exercise, ExerciseVerdict, Workers, Console, int], Sequence[Part]]
"""What there is to see of the plays behind a verdict, on so many lines."""


@dataclass(frozen=True)
class Given:
    """The clone and what can be done in it.

    What may go wrong returns the line that says so, and an empty one when all is well.
    """

    project: Project
    pictures: Pictures
    task: Callable[[Exercise], str]
    """The text of a task."""
    facts: Callable[[Exercise], str]
    """A line about an exercise: what to do, its points, how hard it is."""
    edit: Callable[[Exercise, int], str]
    """Open the learner's file in an editor, at a line or, with 0, anywhere, and wait for its end."""
    replay: Callable[[Exercise], str]
    """Make the page that steps through the play, and open it."""
    as_it_came: frozenset[str] = frozenset()
    """Kinds of exercises whose untouched file is judged as well, to show how it fails."""
