"""The results of a class, as data: what tables, pages and other systems are written from; and how they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from kata.contract.scorecard import Status
from kata.project.catalog import Exercise

__all__ = [
    "ClassResult",
    "Hard",
    "OnExercise",
    "Outline",
    "Repeated",
    "Seen",
    "StudentResult",
    "Told",
    "as_json",
    "class_result",
    "schema",
]

REPEAT = 3
"""How many diagnoses are worth a part of the next lesson."""

HARDEST = 15


class OnExercise(msgspec.Struct, frozen=True):
    """How a student did on an exercise."""

    id: str
    status: Status
    points: float
    max_points: float


class StudentResult(msgspec.Struct):
    """A student's result. Without a submission that could be graded there are no points, and a problem says why."""

    name: str
    submission: str
    status: Literal["graded", "not_graded", "missing"]
    """``missing``: on the roster, and handed nothing in."""
    points: float | None = None
    max_points: float = 0.0
    id: str = ""
    sis: str = ""
    login: str = ""
    email: str = ""
    section: str = ""
    on_roster: bool = False
    problems: list[str] = []
    exercises: list[OnExercise] = []
    page: str = ""
    """The student's page, relative to the class page."""
    scorecard: str = ""

    @property
    def percent(self) -> float | None:
        """Points in percent of what can be had; None where nothing was graded."""
        return None if self.points is None else 100 * self.points / self.max_points if self.max_points else 0.0


class Told(msgspec.Struct, frozen=True):
    """A diagnosis of one criterion of a student, and where its recording is kept."""

    name: str
    text: str
    exercise: str
    sha256: str
    test: str


class Seen(msgspec.Struct):
    """What is kept of a graded student: the result, and what the class's statistics need."""

    result: StudentResult
    met: dict[str, list[bool]] = {}
    """Whether each criterion of an exercise is met, for what was started."""
    told: list[Told] = []


class Outline(msgspec.Struct):
    """An exercise, as the results name it."""

    id: str
    number: str
    title: str
    chapter: str
    max_points: float
    criteria: list[str]
    """Their sentences."""


class Hard(msgspec.Struct):
    """A criterion, how many tried it, and how many of those meet it."""

    exercise: str
    text: str
    tried: int
    met: int


class Repeated(msgspec.Struct):
    """A diagnosis, how many students have it, and one of the plays that show it, of nobody by name."""

    name: str
    text: str
    students: int
    example: Told


class ClassResult(msgspec.Struct):
    """The results of a class."""

    exercises: list[Outline]
    students: list[StudentResult]
    problems: list[str]
    """What was wrong, a line each."""
    hardest: list[Hard]
    diagnoses: list[Repeated]
    python: str
    clock: str
    seed: int
    version: int = 1

    @property
    def graded(self) -> list[StudentResult]:
        """Those with points."""
        return [each for each in self.students if each.points is not None]

    @property
    def repeat(self) -> list[Repeated]:
        """What to repeat in class: what most students share."""
        return self.diagnoses[:REPEAT]


@cache
def on_exercise(id: str, status: Status, points: float, max_points: float) -> OnExercise:
    """How a student did on an exercise; one object for all of whom the same is true, since they are many."""
    return OnExercise(id, status, points, max_points)


def outline(exercise: Exercise, chapter: str, criteria: Sequence[str]) -> Outline:
    """An exercise as results name it."""
    return Outline(exercise.id, exercise.number, exercise.title, chapter, float(exercise.points), list(criteria))


class Statistics:
    """Adds up what students have in common, one after another, so that nothing of them need be kept.

    Args:
        silent: exercises whose plays would give the answer away, and are no examples where there are others.
    """

    def __init__(self, silent: Collection[str] = ()) -> None:
        self.silent = silent
        self.tried: Counter[tuple[str, int]] = Counter()
        self.met: Counter[tuple[str, int]] = Counter()
        self.students: Counter[str] = Counter()
        self.examples: dict[str, Told] = {}

    def add(self, seen: Seen) -> None:
        """One more student."""
        for exercise, met in seen.met.items():
            for place, one in enumerate(met):
                self.tried[exercise, place] += 1
                self.met[exercise, place] += one
        self.students.update({told.name for told in seen.told})
        for told in seen.told:
            if told.name not in self.examples or self.examples[told.name].exercise in self.silent:
                self.examples[told.name] = told

    def hardest(self, exercises: Iterable[Outline]) -> list[Hard]:
        """The criteria that the fewest of those who tried meet; of equal ones those that more tried."""
        found = [
            Hard(exercise.id, text, self.tried[exercise.id, place], self.met[exercise.id, place])
            for exercise in exercises
            for place, text in enumerate(exercise.criteria)
            if self.tried[exercise.id, place] > self.met[exercise.id, place]
        ]
        return sorted(found, key=lambda one: (one.met / one.tried, -one.tried))[:HARDEST]

    def diagnoses(self) -> list[Repeated]:
        """The diagnoses, those of the most students first."""
        ranked = sorted(self.students.items(), key=lambda each: (-each[1], each[0]))
        return [Repeated(name, self.examples[name].text, count, self.examples[name]) for name, count in ranked]


def class_result(
    exercises: list[Outline],
    students: list[StudentResult],
    statistics: Statistics,
    problems: list[str],
    *,
    python: str,
    clock: str,
    seed: int,
) -> ClassResult:
    """Put the results of a class together."""
    hardest, diagnoses = statistics.hardest(exercises), statistics.diagnoses()
    return ClassResult(exercises, students, problems, hardest, diagnoses, python, clock, seed)


def as_json(result: ClassResult) -> Iterator[bytes]:
    """The results as indented JSON, student by student; ``docs/class.schema.json`` describes it."""
    frame = _indented(msgspec.structs.replace(result, students=[]))
    before, empty, after = frame.partition(b'\n "students": []')
    assert empty, "no text of others holds a line break here"
    yield before + empty[:-1]
    for number, student in enumerate(result.students):
        yield (b",\n  " if number else b"\n  ") + _indented(student).replace(b"\n", b"\n  ")
    yield (b"\n ]" if result.students else b"]") + after + b"\n"


def _indented(value: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def schema() -> str:
    """The JSON schema of a class's results, as it is published."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "asyncio-kata class",
        **msgspec.json.schema(ClassResult),
    }
    for definition in document["$defs"].values():
        definition["description"] = " ".join(definition.get("description", "").split())
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2).decode() + "\n"


if __name__ == "__main__":
    print(schema(), end="")
