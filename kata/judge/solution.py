"""The play behind a criterion, once more: the solution's under the test that the code failed, or the code's own."""

from __future__ import annotations

from kata.contract.run import Run
from kata.contract.scorecard import Criterion
from kata.judge.orders import Submission
from kata.judge.workers import SessionFailed, Workers
from kata.project.catalog import Exercise
from kata.project.workspace import ArchiveError, Unreadable, Workspace
from kata.sandbox.client import SandboxError

__all__ = ["replayed", "solution_run", "solution_text"]


def solution_run(
    workers: Workers, workspace: Workspace, exercise: Exercise, criterion: Criterion, *, detail: bool = False
) -> Run | None:
    """What the solution does in the play that ``criterion.runs[0]`` records.

    Args:
        workers: those that judged the learner's code, or new ones of the same seed and clock.
        workspace: where that code is.
        exercise: what it was for.
        criterion: what it failed.
        detail: whether the turns of its event loop are recorded, for a replay.

    Returns:
        None where there is nothing to compare: no solution, one that does not pass here, or a *predict* exercise.
    """
    if exercise.kind == "predict" or not exercise.solution(workspace.root).is_file():
        return None
    try:
        decided = list(
            workers.judge(
                {exercise: _in_its_place(workspace, exercise)},
                only=lambda _, test: test == criterion.test,
                keep=criterion.play,
                detail=detail,
            )
        )
    except (SessionFailed, SandboxError, ArchiveError, Unreadable, OSError):
        return None  # the verdict stands without it
    passed = [each.criterion for each in decided if each.criterion.passed and each.criterion.runs]
    return passed[0].runs[0] if passed else None


def replayed(workers: Workers, workspace: Workspace, exercise: Exercise, criterion: Criterion) -> Run | None:
    """The learner's own play that ``criterion.runs[0]`` records, with the turns of its event loop.

    Arguments are those of `solution_run`. None where it cannot be played again.
    """
    try:
        decided = list(
            workers.judge(
                {exercise: Submission.of(exercise, workspace)},
                only=lambda _, test: test == criterion.test,
                keep=criterion.play,
                detail=True,
            )
        )
    except (SessionFailed, SandboxError, ArchiveError, Unreadable, OSError):
        return None
    runs = [run for each in decided for run in each.criterion.runs if run.turns or run.unfit]
    return runs[0] if runs else None


def solution_text(workspace: Workspace, exercise: Exercise) -> str:
    """The solution; empty where it cannot be read. Only names that it defines are meant to be looked up in it."""
    try:
        return Workspace(workspace.root, workspace.root / "solutions").read(exercise).text
    except (Unreadable, OSError):
        return ""


def _in_its_place(workspace: Workspace, exercise: Exercise) -> Submission:
    """The solution under the fingerprint of the learner's code, so that its random inputs are the same."""
    solution = Workspace(workspace.root, workspace.root / "solutions").read(exercise)
    return Submission(solution.text, workspace.read(exercise).sha256, workspace.pristine(exercise))
