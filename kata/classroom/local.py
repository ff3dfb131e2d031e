"""Judging texts of a class on this machine: many of one exercise, a few processes, each text once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kata.classroom.verdicts import settled
from kata.contract.scorecard import ExerciseVerdict
from kata.judge import grading
from kata.judge.workers import Workers
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Workspace

__all__ = ["Conditions", "Judge", "Judged", "Local", "Text", "judge_round", "rounds"]


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

    def judge(self, texts: Sequence[Text]) -> Iterator[Judged]:
        """A verdict for each text, in any order.

        Raises:
            GraderError: nothing can be judged.
        """
        ...


class Local:
    """Judges in processes of this machine. They are started anew with each call, as they keep what they have seen."""

    def __init__(self, conditions: Conditions, jobs: int | None = None) -> None:
        self.conditions = conditions
        self.jobs = jobs or grading.default_jobs(conditions.clock)

    def judge(self, texts: Sequence[Text]) -> Iterator[Judged]:
        """See `Judge`."""
        where = self.conditions
        with Workers(where.root, seed=where.seed, clock=where.clock, jobs=self.jobs) as workers:
            for batch in rounds(texts):
                yield from judge_round(batch, where, workers)


def rounds(texts: Sequence[Text]) -> Iterator[dict[Exercise, Text]]:
    """The texts in groups that have one of each exercise at most: what a grading can take at once."""
    waiting = list(texts)
    while waiting:
        batch: dict[Exercise, Text] = {}
        left = [text for text in waiting if batch.setdefault(text.exercise, text) is not text]
        yield batch
        waiting = left


def judge_round(
    batch: Mapping[Exercise, Text],
    conditions: Conditions,
    workers: Workers | None = None,
    progress: Callable[[ExerciseVerdict], None] | None = None,
) -> list[Judged]:
    """Judge one text of each exercise.

    Raises:
        GraderError: see `grading.grade`.
    """
    with tempfile.TemporaryDirectory(prefix="kata-class-") as folder:
        for exercise, text in batch.items():
            path = Path(folder, f"{exercise.id}.py")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.data)
        card = grading.grade(
            conditions.catalog,
            Workspace(conditions.root, Path(folder)),
            list(batch),
            seed=conditions.seed,
            clock=conditions.clock,
            jobs=1,
            progress=progress,
            workers=workers,
        )
    by_id = {verdict.id: verdict for verdict in card.exercises}
    return [Judged(text, settled(by_id[exercise.id])) for exercise, text in batch.items()]
