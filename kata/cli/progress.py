"""How far the learner is with an exercise, from the file and its last verdict; nothing is judged."""

from __future__ import annotations

from dataclasses import dataclass

from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project
from kata.contract.scorecard import Status
from kata.project.catalog import Exercise
from kata.project.workspace import ArchiveError, Unreadable


@dataclass(frozen=True)
class State:
    """Where an exercise stands, and its points when it was judged."""

    status: Status
    points: float | None = None


def state(project: Project, exercise: Exercise) -> State:
    """The state of an exercise: not started while the file is as it came, else as it was last judged.

    A file that was changed since is not judged for that: what was passed once counts as passed here until
    the next `grade`.

    Raises:
        Stop: the archive of pristine stubs cannot be read.
    """
    try:
        if not project.workspace.started(exercise):
            return State("not_started")
    except Unreadable:
        return State("error")
    except ArchiveError as error:
        raise Stop(str(error), FAILED) from error
    return _last(project, exercise) or State("failed")


def _last(project: Project, exercise: Exercise) -> State | None:
    verdict = project.cache.last(exercise.id)
    if verdict is None or verdict.status == "not_started":
        return None
    return State(verdict.status, verdict.points)
