"""The scorecard as ``results.json`` for Gradescope: one test a criterion. The bundle that writes it is `bundle`'s."""

from __future__ import annotations

from typing import Any

import msgspec

from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard
from kata.reports import wording
from kata.reports.escape import shorten, visible

__all__ = ["results"]


def results(card: Scorecard) -> str:
    """The document, with a final newline. All of its texts are plain ones, which Gradescope shows as they are."""
    document: dict[str, Any] = {
        "score": _number(card.points),
        "execution_time": max(round(card.seconds), 0),
        "output": _output(card),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(verdict, criterion, number)
            for verdict in card.exercises
            for number, criterion in enumerate(verdict.criteria, 1)
        ],
        "leaderboard": [],
        "extra_data": {
            "seed": card.seed,
            "python": card.python,
            "isolation": card.isolation,
            "max_points": _number(card.max_points),
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode("utf-8") + "\n"


def _output(card: Scorecard) -> str:
    if not any(verdict.criteria for verdict in card.exercises):
        return "Nothing was judged: no exercise was selected."
    rows = [f"{wording.score(card.points, card.max_points)} ({wording.percent(card)})", ""]
    for chapter, verdicts in wording.by_chapter(card).items():
        got, of = sum(each.points for each in verdicts), sum(each.max_points for each in verdicts)
        rows.append(f"{wording.amount(got)} of {wording.amount(of)}  {chapter}")
    return visible("\n".join([*rows, "", wording.conditions(card)]))


def _test(verdict: ExerciseVerdict, criterion: Criterion, number: int) -> dict[str, Any]:
    return {
        "score": _number(criterion.points),
        "max_score": _number(criterion.max_points),
        "status": "passed" if _met(criterion) else "failed",
        "name": visible(f"{wording.name(verdict)}: {criterion.text or criterion.test}", newlines=False),
        "number": f"{wording.number(verdict.id)}.{number}",
        "output": visible(shorten(_why(verdict, criterion), lines=40, characters=4000)),
        "tags": [wording.chapter(verdict)],
        "visibility": "visible",
        "extra_data": {"exercise": verdict.id, "test": criterion.test},
    }


def _met(criterion: Criterion) -> bool:
    return criterion.passed and criterion.points == criterion.max_points


def _why(verdict: ExerciseVerdict, criterion: Criterion) -> str:
    if _met(criterion):
        return ""
    if criterion.holds:
        return "It holds, and does not count yet."
    message = criterion.message or verdict.message or wording.STATUS[verdict.status]
    told = [f"{found.name}: {found.text}{_place(found.line, found.source)}" for found in criterion.diagnoses]
    return "\n".join([message, *told])


def _place(line: int, source: str) -> str:
    return f"\n  line {line}: {source}" if line and source else ""


def _number(points: float) -> int | float:
    return int(points) if points == int(points) else round(points, 2)
