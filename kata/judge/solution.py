"""The solution, played under the very test that the learner's code just failed. Its text is never shown."""

from __future__ import annotations

from pathlib import Path

from kata.contract.run import Run
from kata.contract.scorecard import Criterion
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Source, Workspace

__all__ = ["solution_run"]


class _Understudy(Workspace):
    """The solutions in the place of a submission: inputs are drawn as they were for that one."""

    def __init__(self, root: Path, submission: Path) -> None:
        super().__init__(root, root / "solutions")
        self._played = Workspace(root, submission)

    def read(self, exercise: Exercise) -> Source:
        """The solution's text under the fingerprint of the submission, on which random inputs depend."""
        solution = super().read(exercise)
        return Source(solution.text, self._played.read(exercise).sha256, solution.path)


def solution_run(
    catalog: Catalog, workspace: Workspace, exercise: Exercise, criterion: Criterion, *, seed: int, clock: str
) -> Run | None:
    """What the solution does in the play that ``criterion.runs[0]`` records.

    None where there is nothing to compare: no solution, one that does not pass here, or a *predict* exercise.
    """
    from kata.judge import session
    from kata.project.workspace import ArchiveError, Unreadable
    from kata.sandbox.client import SandboxError

    if exercise.kind == "predict" or not exercise.solution(workspace.root).is_file():
        return None

    def only(exercise_id: str, test: str) -> bool:
        return exercise_id == exercise.id and test.partition("[")[0] == criterion.test

    understudy = _Understudy(workspace.root, workspace.submission)
    try:
        events = session.judge(
            catalog, understudy, [exercise], seed=seed, clock=clock, jobs=1, only=only, keep=criterion.play
        )
        for decided in events:
            if decided.criterion is not None and decided.criterion.passed and decided.criterion.runs:
                return decided.criterion.runs[0]
    except (session.SessionFailed, SandboxError, ArchiveError, Unreadable, OSError):
        return None  # the verdict stands without it
    return None
