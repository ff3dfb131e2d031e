"""How far the learner is with an exercise, from the file and its last verdict; nothing is judged."""

from __future__ import annotations

from dataclasses import dataclass

from kata.catalog import Exercise
from kata.cli.clone import Clone
from kata.cli.stopping import FAILED, Stop
from kata.scorecard import Status
from kata.workspace import ArchiveError, Unreadable


@dataclass(frozen=True)
class State:
    """Where an exercise stands, and its points when it was judged."""

    status: Status
    points: float | None = None


def state(clone: Clone, exercise: Exercise) -> State:
    """The state of an exercise: not started while the file is as it came, else as it was last judged.

    A file that was changed since is not judged for that: what was passed once counts as passed here until
    the next `grade`.

    Raises:
        Stop: the archive of pristine stubs cannot be read.
    """
    try:
        if not clone.workspace.started(exercise):
            return State("not_started")
    except Unreadable:
        return State("error")
    except ArchiveError as error:
        raise Stop(str(error), FAILED) from error
    return _last(clone, exercise) or State("failed")


def _last(clone: Clone, exercise: Exercise) -> State | None:
    verdict = clone.cache.last(exercise.id)
    if verdict is None or verdict.status == "not_started":
        return None
    return State(verdict.status, verdict.points)
