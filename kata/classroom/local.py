"""Judging texts of a class on this machine: many of one exercise, a few processes, each text once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from kata.classroom.verdicts import settled
from kata.contract.scorecard import ExerciseVerdict
from kata.judge import grading
from kata.judge.orders import Submission
from kata.judge.workers import Workers
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Workspace, source_of

__all__ = ["Conditions", "Judge", "Judged", "Local", "Text", "judged"]

TEXTS = 500
"""After so many, processes are started anew, as they keep what they have seen."""


@dataclass(frozen=True)
class Text:
    """Something to judge: what a student's file holds."""

    exercise: Exercise
    sha256: str
    data: bytes


@dataclass(frozen=True)
class Judged:
    """A text and its verdict, settled."""

    text: Text
    verdict: ExerciseVerdict


@dataclass(frozen=True)
class Conditions:
    """What is the same for every text of a class."""

    catalog: Catalog
    root: Path
    seed: int = 0
    clock: str = "virtual"


class Judge(Protocol):
    """Whoever judges the texts of a class."""

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        """A verdict for each text, in any order.

        Args:
            texts: different ones. They are asked for a few at a time, as there is somebody to judge them.

        Raises:
            GraderError: nothing can be judged.
        """
        ...


class Local:
    """Judges in processes of this machine.

    Args:
        conditions: of judging.
        jobs: how many processes; as for a grading when None.
    """

    def __init__(self, conditions: Conditions, jobs: int | None = None) -> None:
        self.conditions = conditions
        self.jobs = jobs or grading.default_jobs(conditions.clock)

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        """See `Judge`."""
        where = self.conditions
        left = iter(texts)
        for first in left:
            with Workers(where.root, seed=where.seed, clock=where.clock, jobs=self.jobs) as workers:
                yield from judged(chain([first], islice(left, TEXTS - 1)), where, workers)


def judged(texts: Iterable[Text], conditions: Conditions, workers: Workers) -> Iterator[Judged]:
    """Judge texts of readable files with these processes.

    Raises:
        GraderError: see `grading.judge_all`.
    """
    by_submission: dict[int, Text] = {}
    with tempfile.TemporaryDirectory(prefix="kata-class-") as folder:
        workspace = Workspace(conditions.root, Path(folder))

        def submissions() -> Iterator[tuple[Exercise, Submission]]:
            for text in texts:
                file = f"{text.exercise.id}.py"
                submission = Submission.read(source_of(text.data, Path(file), file), text.exercise, workspace)
                by_submission[id(submission)] = text
                yield text.exercise, submission

        for submission, verdict in grading.judge_all(submissions(), conditions.catalog, workspace, workers):
            yield Judged(by_submission.pop(id(submission)), settled(verdict))
