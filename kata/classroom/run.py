"""One run over a class, from a folder of submissions to results: what it reads, and the folder that it writes.

``OUT/index.html`` is the class page, ``OUT/class.json`` and ``OUT/class.csv`` the results, ``OUT/students/`` has a page
and a scorecard for each student, and ``OUT/state/`` what the next start goes on from.
"""

from __future__ import annotations

import hashlib
import platform
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kata.classroom import gradebook, page, submissions
from kata.classroom.cohort import Cohort, Handed, assign
from kata.classroom.local import Conditions, Judge
from kata.classroom.results import (
    ClassResult,
    Outline,
    Repeated,
    Seen,
    Statistics,
    StudentResult,
    as_json,
    class_result,
    outline,
)
from kata.classroom.roster import Roster
from kata.classroom.verdicts import Verdicts
from kata.contract.run import Run
from kata.contract.scorecard import ExerciseVerdict, Scorecard
from kata.judge.rubric import read_rubric
from kata.project.catalog import Exercise
from kata.project.safe_files import write_pieces, write_whole
from kata.project.workspace import Workspace
from kata.reports import json_report

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["JSON", "PAGE", "Graded", "grade_class"]

PAGE = "index.html"
JSON = "class.json"

PARTS_KEPT = 400
"""Parts of pages that are kept in memory, since many students may have the same file."""


@dataclass(frozen=True)
class Graded:
    """A graded class, and what it took."""

    result: ClassResult
    played: int
    """Texts that were judged."""
    shared: int
    """Files that needed no judging: the same as another one, or known from an earlier start."""


def grade_class(
    place: Path,
    conditions: Conditions,
    exercises: Sequence[Exercise],
    judge: Judge,
    out: Path,
    *,
    roster: Roster | None = None,
    title: str = "The class",
    progress: Callable[[float, int], None] = lambda done, total: None,
    warn: Callable[[str], None] = lambda line: None,
) -> Graded:
    """Grade what a class handed in, and write the folder of results.

    Args:
        place: a folder or an export with the submissions.
        conditions: of judging.
        exercises: which count.
        judge: who judges.
        out: the folder of results; what an earlier start left there is used again.
        roster: the students, where there is a roster.
        title: the heading of the class page.
        progress: told how many students are done, in parts of one, and how many there are.
        warn: told a line where something cannot be kept.

    Raises:
        NoSubmissions: there is nothing to grade.
        GraderError, ArchiveError, RubricError: the judge's side is broken.
        OSError: the folder cannot be written.
    """
    handed, students, problems = assign(submissions.entries(place), roster)
    (out / "students").mkdir(parents=True, exist_ok=True)
    (out / "state").mkdir(exist_ok=True)
    workspace = Workspace(conditions.root)
    python = platform.python_version()
    verdicts = Verdicts(
        out / "state" / "verdicts", workspace, seed=conditions.seed, clock=conditions.clock, python=python
    )
    silent = frozenset(exercise.id for exercise in exercises if exercise.kind == "predict")
    statistics = Statistics(silent)
    cohort = Cohort(conditions, exercises, verdicts, out, _Drawing(silent).draw, warn)

    def done(seen: Seen) -> None:
        statistics.add(seen)
        students.append(seen.result)
        problems.extend(f"{seen.result.name}: {line}" for line in seen.result.problems)

    cohort.grade(handed, judge, done, lambda parts: progress(parts, len(handed)))
    outlines = [_outline(exercise, conditions) for exercise in exercises]
    result = class_result(
        outlines,
        sorted(students, key=_by_name),
        statistics,
        problems,
        python=python,
        clock=conditions.clock,
        seed=conditions.seed,
    )
    html = page.class_page(result, title, lambda one: _play_of(one, verdicts, conditions))
    write_pieces(out / PAGE, (piece.encode("utf-8", "backslashreplace") for piece in html))
    write_pieces(out / JSON, as_json(result))
    write_whole(out / "class.csv", gradebook.plain(result).encode("utf-8", "backslashreplace"))
    return Graded(result, cohort.played, cohort.shared)


def _by_name(student: StudentResult) -> tuple[str, str, str]:
    return student.name.casefold(), student.name, student.submission


def _outline(exercise: Exercise, conditions: Conditions) -> Outline:
    chapter = conditions.catalog.chapter(exercise.chapter)
    rubric = read_rubric(exercise.hidden(conditions.root), exercise.points)
    return outline(exercise, f"{chapter.number} {chapter.title}", [item.text for item in rubric])


def _play_of(one: Repeated, verdicts: Verdicts, conditions: Conditions) -> Run | None:
    exercise = conditions.catalog.find(one.example.exercise)
    if exercise.kind == "predict":
        return None
    verdict = verdicts.get(exercise, one.example.sha256)
    for criterion in verdict.criteria if verdict else ():
        if criterion.test == one.example.test and criterion.runs:
            return criterion.runs[0]
    return None


class _Drawing:
    """Makes students' pages, and what many of them have in common once.

    Args:
        silent: exercises whose pictures would give the answer away.
    """

    def __init__(self, silent: frozenset[str]) -> None:
        self.silent = silent
        self._parts: OrderedDict[bytes, Markup] = OrderedDict()

    def draw(self, handed: Handed, card: Scorecard) -> tuple[str, str]:
        """The page and the JSON of a student's scorecard."""
        html = page.scorecard_page(card, handed.name, self._part, back="../index.html")
        return html, json_report.render(_without_recordings(card))

    def _part(self, verdict: ExerciseVerdict) -> Markup:
        key = hashlib.sha256(_encoder.encode(verdict)).digest()
        if key not in self._parts:
            self._parts[key] = page.exercise_part(verdict, drawn=verdict.id not in self.silent)
            if len(self._parts) > PARTS_KEPT:
                self._parts.popitem(last=False)
        self._parts.move_to_end(key)
        return self._parts[key]


def _without_recordings(card: Scorecard) -> Scorecard:
    """The scorecard as a class keeps it: what happened is in the pictures of the page, and recordings are large."""
    exercises = [
        msgspec.structs.replace(
            verdict, criteria=[msgspec.structs.replace(criterion, runs=[]) for criterion in verdict.criteria]
        )
        for verdict in card.exercises
    ]
    return msgspec.structs.replace(card, exercises=exercises)


_encoder = msgspec.msgpack.Encoder(enc_hook=repr)
