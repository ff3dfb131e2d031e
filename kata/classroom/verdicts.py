"""Verdicts of a class, kept in a folder: one for each text of each exercise, whoever handed it in."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kata.contract.scorecard import ExerciseVerdict
from kata.judge.cache import VerdictCache, engine_digest, verdict_key
from kata.project.catalog import Exercise
from kata.project.workspace import Workspace

__all__ = ["Verdicts", "settled"]


class Verdicts:
    """The verdicts under one seed, on one clock.

    Args:
        folder: where they are kept.
        workspace: of the judge: its stubs and hidden tests are part of what a verdict holds for.
        seed: of random inputs.
        clock: ``virtual`` or ``real``.
        python: the version of the judging Python.
    """

    def __init__(self, folder: Path, workspace: Workspace, *, seed: int, clock: str, python: str) -> None:
        self.folder = folder
        self.workspace = workspace
        self.seed = seed
        self.clock = clock
        self.python = python
        self.engine = engine_digest(workspace.root)
        self._sides: dict[str, tuple[bytes, bytes]] = {}

    def get(self, exercise: Exercise, sha256: str) -> ExerciseVerdict | None:
        """The verdict on a text, or None when it is still to be judged."""
        key = self.key(exercise, sha256)
        verdict = VerdictCache(self._folder(key)).get(exercise.id, key)
        if verdict is not None:
            verdict.cached = False
        return verdict

    def has(self, exercise: Exercise, sha256: str) -> bool:
        """True when the verdict on a text is kept."""
        return self._folder(self.key(exercise, sha256)).is_dir()

    def put(self, exercise: Exercise, sha256: str, verdict: ExerciseVerdict) -> str | None:
        """Keep a settled verdict. Those on a failure of the judge are not kept: the next start tries again.

        Returns:
            A one-line warning when the folder cannot be written.
        """
        if any(criterion.fault for criterion in verdict.criteria):
            return None
        key = self.key(exercise, sha256)
        return VerdictCache(self._folder(key)).put(key, verdict, sha256)

    def key(self, exercise: Exercise, sha256: str) -> str:
        """A digest of everything that the verdict depends on."""
        hidden, pristine = self._side(exercise)
        return verdict_key(
            submission=sha256.encode(),
            hidden=hidden,
            pristine=pristine,
            engine=self.engine,
            seed=self.seed,
            clock=self.clock,
            python=self.python,
            isolation="",
            points=exercise.points,
        )

    def _side(self, exercise: Exercise) -> tuple[bytes, bytes]:
        if exercise.id not in self._sides:
            hidden = exercise.hidden(self.workspace.root).read_bytes()
            self._sides[exercise.id] = hidden, self.workspace.pristine(exercise).encode()
        return self._sides[exercise.id]

    def _folder(self, key: str) -> Path:
        return self.folder / key[:2] / key


def settled(verdict: ExerciseVerdict) -> ExerciseVerdict:
    """The verdict without what differs from one judging to the next, and without what no report of a class shows:
    real seconds, and recordings of what is met."""
    criteria = [
        msgspec.structs.replace(
            criterion,
            seconds=0.0,
            runs=[] if criterion.passed else [msgspec.structs.replace(run, cost=0.0) for run in criterion.runs[:1]],
        )
        for criterion in verdict.criteria
    ]
    return msgspec.structs.replace(verdict, seconds=0.0, cached=False, criteria=criteria)
