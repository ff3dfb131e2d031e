"""The scorecard for GitHub: what GitHub Classroom's reporter reads, and annotations at the learner's lines.

The reporter (classroom-resources/autograding-grading-reporter) is given names of runners and, for each, a variable
with base64 of JSON. Its table shows ``passed / all tests * max_score`` for a runner, its notice the sum of
``tests[].score`` of all. The two agree only when all tests of a runner weigh the same, so there is one runner for
each worth: ``points3`` has every criterion that is worth three points.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from typing import Any

import msgspec

from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard
from kata.reports import wording
from kata.reports.escape import shorten, visible

__all__ = ["MAX_VALUE", "classroom", "line_marks", "runners"]

MAX_VALUE = 120 * 1024
"""Bytes of a variable's value: Linux starts no program with one of 128 KiB, its name included."""

ANNOTATIONS = 10
"""As many as GitHub shows of a type and a step."""

ANNOTATION = 3000
"""Characters of a message, of the 4096 that GitHub keeps; escapes count."""

MESSAGES = (2000, 600, 200, 60, 0)
"""Characters of each message, the first of these lengths that lets a value stay small enough."""

NOTHING = "Nothing was judged"


def classroom(card: Scorecard) -> str:
    """Lines for ``$GITHUB_OUTPUT``: the names of the runners, and each runner's result."""
    results = runners(card)
    lines = [f"runners={','.join(results)}"]
    lines += [f"{name}={value}" for name, value in results.items()]
    return "\n".join(lines) + "\n"


def runners(card: Scorecard) -> dict[str, str]:
    """The result of each runner as the reporter reads it: base64 of JSON."""
    by_worth: dict[int, list[dict[str, Any]]] = {}
    pairs = ((verdict, criterion) for verdict in card.exercises for criterion in verdict.criteria)
    for verdict, criterion in pairs:
        worth = round(criterion.max_points)
        if worth > 0:
            by_worth.setdefault(worth, []).append(_test(verdict, criterion))
    if not by_worth:
        return {"points1": _value(1, [_nothing()])}
    return {f"points{worth}": _value(worth * len(tests), tests) for worth, tests in sorted(by_worth.items())}


def _test(verdict: ExerciseVerdict, criterion: Criterion) -> dict[str, Any]:
    met = criterion.passed and criterion.points == criterion.max_points
    status = "pass" if met else "error" if criterion.fault or verdict.status in ("error", "limit") else "fail"
    message = "" if met else criterion.message or verdict.message or wording.STATUS[verdict.status]
    text = f"{wording.number(verdict.id)} {criterion.text or criterion.test}"
    return {
        "name": shorten(visible(text, newlines=False), lines=1, characters=160),
        "status": status,
        "message": visible(shorten(message, lines=20, characters=MESSAGES[0])),
        "test_code": "",
        "task_id": visible(f"{verdict.id} {criterion.test}", newlines=False),
        "filename": wording.file(verdict),
        "line_no": 0,
        "duration": round(criterion.seconds, 3),
        "score": round(criterion.max_points) if met else 0,
        "output": "",
    }


def _nothing() -> dict[str, Any]:
    return {
        "name": NOTHING,
        "status": "error",
        "message": f"{NOTHING}: no exercise was selected.",
        "test_code": "",
        "task_id": "",
        "filename": "",
        "line_no": 0,
        "duration": 0.0,
        "score": 0,
        "output": "",
    }


def _value(max_score: int, tests: list[dict[str, Any]]) -> str:
    states = {test["status"] for test in tests}
    status = "fail" if "fail" in states else "error" if "error" in states else "pass"
    result = {"version": 1, "status": status, "max_score": max_score, "tests": tests}
    for length in MESSAGES:
        for test in tests:
            test["message"] = shorten(test["message"], lines=20, characters=length) if length else ""
        value = base64.b64encode(msgspec.json.encode(result)).decode("ascii")
        if len(value) < MAX_VALUE:
            return value
    for test in tests:  # what the reporter counts, and nothing more
        test |= {"name": test["name"][:40], "task_id": "", "filename": ""}
    return base64.b64encode(msgspec.json.encode(result)).decode("ascii")


def line_marks(card: Scorecard) -> str:
    """Workflow commands that mark the learner's lines, the first ten that are known; to be printed in the log.

    Their file names are relative to the learner's repository.
    """
    return "".join(itertools.islice(_marks(card), ANNOTATIONS))


def _marks(card: Scorecard) -> Iterator[str]:
    for verdict in card.exercises:
        places: set[tuple[str, int]] = set()
        for criterion in verdict.criteria if verdict.status != "not_started" else ():
            for found in criterion.diagnoses if not criterion.passed else ():
                if found.line > 0 and (found.name, found.line) not in places:
                    places.add((found.name, found.line))
                    title = f"{wording.name(verdict)}: {found.name}"
                    yield _command(verdict, found.line, title, found.text)


def _command(verdict: ExerciseVerdict, line: int, title: str, message: str) -> str:
    text = shorten(visible(message[: ANNOTATION * 2]), lines=20, characters=ANNOTATION)
    file = wording.file(verdict)
    return f"::error file={_property(file)},line={line},title={_property(title)}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text, newlines=False)[:200]).replace(":", "%3A").replace(",", "%2C")
