"""The results of a class as CSV: plain, for Canvas, and for Moodle.

A cell that somebody else wrote and that a spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kata.classroom.results import ClassResult, OnExercise, StudentResult
from kata.reports.escape import visible

__all__ = ["canvas", "harmless", "moodle", "plain"]

NONE = "-"
"""How Moodle writes that there is no grade."""


def harmless(text: str) -> str:
    """A cell in one line, that no spreadsheet takes for a formula."""
    text = visible(text, newlines=False)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def plain(result: ClassResult) -> str:
    """A line for each student: who, points, points by chapter, what was wrong."""
    chapters = list(dict.fromkeys(exercise.chapter for exercise in result.exercises))
    folder = {exercise.chapter: exercise.id.partition("/")[0] for exercise in result.exercises}
    heading = ["name", "id", "email", "login", "submission", "status", "points", "max_points", "percent"]
    rows = [[*heading, *(harmless(chapter) for chapter in chapters), "problems"]]
    for student in result.students:
        percent = "" if student.percent is None else f"{student.percent:.1f}"
        who = (student.name, student.id, student.email, student.login, student.submission)
        row = [*map(harmless, who), student.status, _amount(student.points), _amount(student.max_points), percent]
        row += [_of_chapter(student.exercises, folder[chapter]) for chapter in chapters]
        rows.append([*row, harmless("; ".join(student.problems))])
    return _csv(rows)


def canvas(result: ClassResult, assignment: str) -> str:
    """What Canvas imports: the students of the roster, whose numbers came from Canvas; without a grade where there is
    none."""
    most = sum(exercise.max_points for exercise in result.exercises)
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", harmless(assignment)],
        ["Points Possible", "", "", "", "", _amount(most)],
    ]
    for student in _enrolled(result):
        who = (student.name, student.id, student.sis, student.login, student.section)
        rows.append([*map(harmless, who), _amount(student.points)])
    return _csv(rows)


def moodle(result: ClassResult, assignment: str) -> str:
    """What Moodle imports: the students of the roster, since one that it does not know ends the import."""
    rows = [["ID number", "Email address", "Username", "Full name", harmless(assignment)]]
    for student in _enrolled(result):
        who = (student.id, student.email, student.login, student.name)
        rows.append([*map(harmless, who), NONE if student.points is None else _amount(student.points)])
    return _csv(rows)


def _enrolled(result: ClassResult) -> Iterable[StudentResult]:
    return (student for student in result.students if student.on_roster)


def _of_chapter(exercises: Sequence[OnExercise], chapter: str) -> str:
    if not exercises:
        return ""
    return _amount(sum(each.points for each in exercises if each.id.startswith(f"{chapter}/")))


def _amount(points: float | None) -> str:
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
