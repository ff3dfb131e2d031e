"""What a grading and the processes that judge for it tell each other: conditions, orders, criteria, the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from kata.contract.scorecard import Criterion
from kata.judge.rubric import RubricError, read_rubric
from kata.project.catalog import Exercise
from kata.project.workspace import Source, Workspace

__all__ = ["Conditions", "Decided", "Only", "Order", "Over", "Submission", "orders_for", "orders_of"]

Only = Callable[[str, str], bool]
"""Told an exercise's id and the name of a test; says whether to run it."""


class Conditions(msgspec.Struct, frozen=True):
    """What is the same for everything that a process judges."""

    root: bytes
    """The clone, as the file system spells it."""
    seed: int = 0
    """Of random inputs."""
    clock: str = "virtual"
    """``virtual`` or ``real``."""
    play: Literal["fork", "spawn"] = "fork"
    """How played processes are started."""
    debug: bool = False
    """Whether what pytest and the played processes print is shown, on standard error."""

    @property
    def folder(self) -> Path:
        """The clone."""
        return Path(os.fsdecode(self.root))


class Submission(msgspec.Struct, frozen=True):
    """What is judged, as it was read: whoever judges it reads no file again."""

    text: str
    sha256: str
    """Of the learner's file; random inputs depend on it."""
    pristine: str
    """The stub as it was handed out."""
    folders: tuple[bytes, ...] = ()
    """Where its author may keep other files, as the file system spells it."""

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders."""
        return tuple(Path(os.fsdecode(folder)) for folder in self.folders)

    @classmethod
    def of(cls, exercise: Exercise, workspace: Workspace) -> Submission:
        """The submission in a workspace.

        Raises:
            Unreadable, ArchiveError: see `Workspace`.
        """
        source = workspace.read(exercise)
        return cls.read(source, exercise, workspace)

    @classmethod
    def read(cls, source: Source, exercise: Exercise, workspace: Workspace) -> Submission:
        """The same, where the file was read already."""
        folders = workspace.path(exercise).parent, workspace.submission, workspace.root
        return cls(
            source.text,
            source.sha256,
            workspace.pristine(exercise),
            tuple(os.fsencode(os.path.abspath(folder)) for folder in folders),
        )


class Order(msgspec.Struct, frozen=True):
    """One thing to judge: some tests of an exercise, on one submission."""

    exercise: Exercise
    submission: Submission
    tests: tuple[str, ...] | None = None
    """Their names, as the rubric has them; None for all."""
    keep: int = 0
    """Which play of a test that passes is kept as its recording, counted from 0."""
    hasty: bool = False
    """Whether one criterion that is not met is enough, and a play has a second only."""
    detail: bool = False
    """Whether that play is recorded with the turns of its event loop, for a replay."""


class Decided(msgspec.Struct, tag=True):
    """A criterion that was just decided."""

    exercise: str
    criterion: Criterion
    isolation: str
    """The layers that confined its plays."""


class Over(msgspec.Struct, tag=True):
    """The order was carried out, or could not be."""

    problem: str = ""
    """Why not: a traceback or a line."""


def orders_for(
    submissions: Mapping[Exercise, Submission], root: Path, clock: str, only: Only | None = None, *, pieces: int = 1
) -> Iterator[Order]:
    """What to judge, in pieces that any process can take: an exercise each, those with the longest tests first, so that
    all processes end together; on the real clock, where nearly all time is spent waiting, a test each.

    Args:
        submissions: what to judge.
        root: the clone.
        clock: ``virtual`` or ``real``.
        only: says which tests to run. None runs all.
        pieces: into how many orders an exercise is taken apart on virtual time, where all its tests are run.

    Raises:
        RubricError: hidden tests cannot be read.
    """
    for exercise in sorted(submissions, key=lambda exercise: _size(exercise.hidden(root)), reverse=True):
        yield from orders_of(exercise, submissions[exercise], root, clock, only, pieces=pieces)


def orders_of(
    exercise: Exercise, submission: Submission, root: Path, clock: str, only: Only | None = None, *, pieces: int = 1
) -> Iterator[Order]:
    """What to judge of one submission; see `orders_for`.

    Raises:
        RubricError: hidden tests cannot be read.
    """
    if clock == "virtual" and only is None and pieces == 1:
        yield Order(exercise, submission)
        return
    names = [item.test for item in read_rubric(exercise.hidden(root), exercise.points)]
    wanted = tuple(name for name in names if only is None or only(exercise.id, name))
    if clock == "real":
        yield from (Order(exercise, submission, (name,)) for name in wanted)
    elif only is None:
        shares = (wanted[first::pieces] for first in range(pieces))
        yield from (Order(exercise, submission, share) for share in shares if share)
    elif wanted:
        yield Order(exercise, submission, wanted)


def _size(hidden: Path) -> int:
    try:
        return hidden.stat().st_size
    except OSError as error:
        raise RubricError(f"{hidden} cannot be read ({error.strerror}); restore it with git.") from error
