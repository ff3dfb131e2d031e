"""Pages: one of a scorecard with what happened in the plays that failed, and one of a class. They need no network.

All that is put into them is text, escaped by the templates; no page loads anything, which its policy says too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kata.classroom.results import ClassResult, OnExercise, Repeated, StudentResult
from kata.contract.run import Run
from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict, Scorecard
from kata.reports import plays, wording
from kata.reports.causes import Common, common, unmet
from kata.reports.escape import shorten, visible
from kata.reports.timeline import Timeline

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["class_page", "exercise_part", "scorecard_page"]

WIDTH = 100
"""Columns of a picture."""

PLAYS = 3
"""Pictures of an exercise, at most."""

STATUS = {"not_started": "", "passed": "done"}


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("kata.classroom", "pages")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["quoted"] = _quoted
    return made


def _quoted(text: str) -> Markup:
    """Escaped text in which `names` between backticks are code."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))


def _rendered(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(**values)


# A scorecard


def scorecard_page(card: Scorecard, title: str, part: Callable[[ExerciseVerdict], Markup], *, back: str = "") -> str:
    """The page of a scorecard.

    Args:
        card: what it shows.
        title: its heading.
        part: gives the part on an exercise, see `exercise_part`.
        back: where a link to the class goes; none when empty.
    """
    done = sum(verdict.status == "passed" for verdict in card.exercises)
    chapters = []
    for name, verdicts in wording.by_chapter(card).items():
        got, of = sum(each.points for each in verdicts), sum(each.max_points for each in verdicts)
        passed = sum(each.status == "passed" for each in verdicts)
        score = f"{wording.amount(got)} of {wording.amount(of)}"
        chapters.append({"name": _line(name), "score": score, "done": f"{passed} of {len(verdicts)}"})
    started = [verdict for verdict in card.exercises if verdict.status not in ("passed", "not_started")]
    return _rendered(
        "student.html",
        title=_line(title),
        back=back,
        score=f"{wording.score(card.points, card.max_points)} ({wording.percent(card)}), "
        f"{done} of {wording.count(len(card.exercises), 'exercise')} done.",
        chapters=chapters,
        exercises=[part(verdict) for verdict in started],
        conditions=_line(wording.conditions(card)),
    )


def exercise_part(verdict: ExerciseVerdict, *, drawn: bool = True, replay: str = "") -> Markup:
    """The part of a page on one exercise: causes, criteria, and pictures of what failed.

    Args:
        verdict: on the exercise.
        drawn: False where a picture would give the answer away, as it does when a program's output is to be predicted.
        replay: where a link to the replay of what failed goes; none when empty.
    """
    from markupsafe import Markup

    cause = common(verdict)
    told = [found for found in (cause.diagnosis, *cause.more) if found is not None]
    message = cause.message or (verdict.message if not told else "")
    return Markup(
        _rendered(
            "exercise.html",
            name=_line(wording.name(verdict)),
            status=verdict.status,
            score=wording.score(verdict.points, verdict.max_points),
            note="" if verdict.status in ("failed", "passed") else wording.STATUS[verdict.status],
            message=_block(message),
            common=[_told(found) for found in told],
            criteria=[_criterion(criterion, cause) for criterion in verdict.criteria],
            plays=list(_plays(verdict)) if drawn else [],
            replay=replay,
        )
    )


def _criterion(criterion: Criterion, cause: Common) -> dict[str, Any]:
    mark, style = ("○", "yellow") if criterion.holds else ("✓", "green") if criterion.passed else ("✗", "red")
    silent = criterion.passed or criterion.holds
    return {
        "mark": mark,
        "style": style,
        "text": _line(criterion.text or criterion.test),
        "message": "" if silent else _block(cause.message_of(criterion)),
        "told": [] if silent else [_told(found) for found in criterion.diagnoses if not cause.tells(found)],
        "score": f"{wording.amount(criterion.points)} of {wording.amount(criterion.max_points)}",
    }


def _plays(verdict: ExerciseVerdict) -> Iterator[dict[str, Any]]:
    shown = 0
    for criterion in unmet(verdict):
        for run in criterion.runs[:1]:
            drawn = picture(run) if shown < PLAYS else ""
            if drawn:
                shown += 1
                text = _line(criterion.text or criterion.test)
                yield {"criterion": text, "duration": plays.duration(run), "picture": drawn}


def _told(found: Diagnosis) -> dict[str, str]:
    place = f"line {found.line}: {found.source}" if found.line and found.source else ""
    return {"name": _line(found.name), "text": _block(found.text), "place": _line(place)}


def picture(run: Run) -> Markup:
    """The timeline of a play as escaped text with the classes of its colours; empty when there is nothing to draw."""
    from markupsafe import Markup, escape
    from rich.console import Console

    if run.unfit is not None or not (run.tasks or run.lines or run.blocks):
        return Markup("")
    console = Console(width=WIDTH, force_terminal=True, color_system="standard", highlight=False, markup=False)
    cells: list[str] = []
    for text in Timeline(run, rows=plays.ROWS, lines=plays.LINES).texts(WIDTH, "utf-8"):
        for segment in text.render(console, end="\n"):
            style, shown = segment.style, str(escape(segment.text))
            names = [style.color.name.removeprefix("bright_")] if style and style.color else []
            names += [name for name in ("bold", "dim") if style and getattr(style, name)]
            cells.append(f"<span class='{' '.join(names)}'>{shown}</span>" if names else shown)
    return Markup("".join(cells).rstrip("\n"))


# A class


def class_page(result: ClassResult, title: str, play_of: Callable[[Repeated], Run | None]) -> Iterator[str]:
    """The page of a class, piece by piece: the cells of a large one are many.

    Args:
        result: what it shows.
        title: its heading.
        play_of: finds a play that shows a diagnosis, or None.
    """
    graded = result.graded
    mean = sum(student.percent or 0 for student in graded) / len(graded) if graded else 0
    names = {exercise.id: f"{exercise.number} {exercise.title}" for exercise in result.exercises}
    chapters = [each.chapter for each in result.exercises]
    places = ["" if chapter == before else " first" for before, chapter in pairwise(["", *chapters])]
    repeat = []
    for one in result.repeat:
        run = play_of(one)
        repeat.append(
            {
                "name": _line(one.name),
                "students": wording.count(one.students, "student"),
                "text": _block(one.text),
                "exercise": _line(names.get(one.example.exercise, one.example.exercise)),
                "picture": picture(run) if run is not None else "",
            }
        )
    return (
        _templates()
        .get_template("class.html")
        .generate(
            title=_line(title),
            summary=f"{wording.count(len(graded), 'student')} graded, {len(result.students) - len(graded)} not; "
            f"{mean:.1f} % on average, of {wording.points(sum(each.max_points for each in result.exercises))}.",
            problems=[_line(line) for line in result.problems],
            repeat=repeat,
            exercises=[
                {"number": each.number, "title": _line(names[each.id]), "place": place}
                for each, place in zip(result.exercises, places, strict=True)
            ],
            students=(
                _student(student, result, names, places) for student in result.students
            ),  # one at a time in memory
            hardest=[
                {"exercise": _line(names[one.exercise]), "text": _line(one.text), "met": one.met, "tried": one.tried}
                for one in result.hardest
            ],
            diagnoses=[
                {"name": _line(one.name), "count": one.students, "text": _block(one.text)} for one in result.diagnoses
            ],
            conditions=_line(f"Python {result.python}, {result.clock} clock, seed {result.seed}"),
        )
    )


def _student(student: StudentResult, result: ClassResult, names: dict[str, str], places: list[str]) -> dict[str, Any]:
    cells = {each.id: each for each in student.exercises}
    return {
        "name": _line(student.name),
        "page": student.page,
        "order": -1 if student.points is None else student.points,
        "points": "" if student.points is None else wording.amount(student.points),
        "percent": "" if student.percent is None else f"{student.percent:.0f}",
        "cells": (
            {**_cell(cells.get(each.id), names[each.id]), "place": place}
            for each, place in zip(result.exercises, places, strict=True)
        ),
    }


def _cell(done: OnExercise | None, name: str) -> dict[str, Any]:
    if done is None:
        return {"order": -2, "title": _line(name), "style": "", "mark": ""}
    score = f"{wording.amount(done.points)} of {wording.amount(done.max_points)}"
    title = _line(f"{name}: {score}, {wording.STATUS[done.status]}")
    if done.status == "not_started":
        return {"order": -1, "title": title, "style": "h0", "mark": ""}
    if done.status in ("error", "limit"):
        return {"order": done.points, "title": title, "style": "hx", "mark": "!"}
    share = done.points / done.max_points if done.max_points else 0.0
    style = "h5" if done.status == "passed" else f"h{min(1 + int(share * 4), 4)}"
    return {"order": done.points, "title": title, "style": style, "mark": "✓" if done.status == "passed" else ""}


def _line(text: str) -> str:
    return visible(shorten(" ".join(text.split()), lines=1, characters=400), newlines=False)


def _block(text: str) -> str:
    return visible(shorten(text.strip(), lines=40, characters=4000))
