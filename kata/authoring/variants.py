"""The variants of an exercise, and judging them: its stub, its solution, its right and wrong answers.

Each is judged like a submission. They are dealt out in layers, one variant of every exercise each, so that one judging
session takes many of them.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kata.authoring import structure
from kata.contract.scorecard import Criterion
from kata.judge.grading import GraderError, default_jobs
from kata.judge.orders import Submission
from kata.judge.workers import SessionFailed, Workers
from kata.project.catalog import Catalog, Exercise
from kata.sandbox.client import SandboxError

__all__ = ["SOLUTION", "STUB", "Variant", "judge", "stub_of", "variants_of"]

STUB = "stub"
SOLUTION = "solution"


@dataclass
class Variant:
    """One text judged as a submission for an exercise, and what came of it.

    ``caught_by`` names the test that must refuse it; None for what must be accepted, and for the stub.
    """

    exercise: Exercise
    name: str
    text: str
    caught_by: str | None = None
    criteria: list[Criterion] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """True for an answer that every test must accept."""
        return self.caught_by is None and self.name != STUB

    @property
    def passed(self) -> list[str]:
        """Names of the tests that accepted it, in alphabetical order."""
        return sorted(criterion.test for criterion in self.criteria if criterion.passed)

    @property
    def failed(self) -> list[str]:
        """Names of the tests that refused it."""
        return [criterion.test for criterion in self.criteria if not criterion.passed]


def variants_of(exercise: Exercise, root: Path) -> Iterator[Variant]:
    """All variants of an exercise, from the files in the tree."""
    yield stub_of(exercise, root)
    yield Variant(exercise, SOLUTION, exercise.solution(root).read_text(encoding="utf-8"))
    for answer in structure.answers(exercise, root):
        yield Variant(exercise, answer.name, answer.text, answer.caught_by)


def stub_of(exercise: Exercise, root: Path) -> Variant:
    """The stub of an exercise, from the file in the tree."""
    return Variant(exercise, STUB, exercise.stub(root).read_text(encoding="utf-8"))


def judge(
    catalog: Catalog,
    root: Path,
    variants: Sequence[Variant],
    clock: str,
    jobs: int | None,
    only: Callable[[Variant, str], bool] | None = None,
    *,
    seed: int = 0,
    hasty: bool = False,
) -> None:
    """Judge every variant; each gets its criteria.

    Args:
        catalog: all exercises.
        root: the clone.
        variants: what to judge, several of one exercise among them.
        clock: ``virtual`` or ``real``.
        jobs: processes that share the work; `default_jobs` when None.
        only: told a variant and the name of a test; says whether to run it. None runs all.
        seed: of random inputs.
        hasty: whether it is enough to know that one test refuses a variant.

    Raises:
        GraderError: judging itself failed.
    """
    try:
        with Workers(root, seed=seed, clock=clock, jobs=jobs or default_jobs(clock)) as workers:
            for layer in _layers(variants):
                by_id = {variant.exercise.id: variant for variant in layer}
                submissions = {variant.exercise: _submission(variant, root) for variant in layer}
                for decided in workers.judge(submissions, only=_by_name(only, by_id) if only else None, hasty=hasty):
                    by_id[decided.exercise].criteria.append(decided.criterion)
    except (SessionFailed, SandboxError) as error:
        if os.environ.get("KATA_DEBUG"):
            raise
        raise GraderError(f"Judging failed: {str(error).strip().splitlines()[-1]}") from error


def _submission(variant: Variant, root: Path) -> Submission:
    """A variant as a submission, beside the stub that is in the tree."""
    digest = hashlib.sha256(variant.text.encode()).hexdigest()
    return Submission(variant.text, digest, stub_of(variant.exercise, root).text)


def _by_name(only: Callable[[Variant, str], bool], by_id: dict[str, Variant]) -> Callable[[str, str], bool]:
    return lambda exercise, test: only(by_id[exercise], test)


def _layers(variants: Sequence[Variant]) -> Iterator[list[Variant]]:
    """Deal out the variants so that no exercise comes twice in a layer."""
    waiting: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        waiting[variant.exercise.id].append(variant)
    while waiting:
        yield [queue.pop(0) for queue in waiting.values()]
        waiting = defaultdict(list, {name: queue for name, queue in waiting.items() if queue})
