"""What GitHub Classroom's reporter is handed, read as it reads it, and marks at the learner's lines."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from kata.classroom import github
from kata.contract.scorecard import Scorecard

Made = Callable[..., Scorecard]
Results = dict[str, dict[str, Any]]

STATES = ["all_pass", "mixed", "not_started", "crash", "nothing"]


def read(lines: str) -> Results:
    """The results by runner, from the outputs of a step, by the rules of the reporter."""
    outputs = dict(line.split("=", 1) for line in lines.splitlines())
    assert re.fullmatch("([a-zA-Z0-9]+,)*[a-zA-Z0-9]+", outputs["runners"])
    names = outputs["runners"].split(",")
    assert set(outputs) == {"runners", *names}
    return {name: json.loads(base64.b64decode(outputs[name], validate=True)) for name in names}


def table(results: Results) -> float:
    """What the reporter's table adds up to."""
    return sum(
        sum(test["status"] == "pass" for test in each["tests"]) / len(each["tests"]) * each["max_score"]
        for each in results.values()
    )


def notice(results: Results) -> tuple[float, int]:
    """What the reporter's notice says: points, and the most that there are."""
    points = sum(test["score"] for each in results.values() for test in each["tests"])
    return points, sum(each["max_score"] for each in results.values())


@pytest.mark.parametrize("state", STATES)
def test_table_and_notice_agree_with_the_scorecard(card: Made, state: str) -> None:
    made = card(state)
    results = read(github.classroom(made))
    assert table(results) == pytest.approx(made.points)
    assert notice(results) == (made.points, made.max_points or 1)


@pytest.mark.parametrize("state", STATES)
def test_every_field_that_a_reader_knows_is_there(card: Made, state: str) -> None:
    for result in read(github.classroom(card(state))).values():
        assert result["version"] == 1
        assert type(result["max_score"]) is int and result["max_score"] > 0
        assert result["tests"]
        for test in result["tests"]:
            assert test["status"] in ("pass", "fail", "error")
            assert test["line_no"] == 0
            assert type(test["score"]) is int and type(test["duration"]) is float
            assert {"name", "message", "test_code", "task_id", "filename", "output"} <= test.keys()


@pytest.mark.parametrize(
    ("state", "statuses"),
    [
        ("all_pass", {"pass"}),
        ("mixed", {"pass", "fail"}),
        ("not_started", {"fail"}),
        ("crash", {"error"}),
        ("nothing", {"error"}),
    ],
)
def test_each_runner_says_how_it_ended(card: Made, state: str, statuses: set[str]) -> None:
    results = read(github.classroom(card(state)))
    assert {result["status"] for result in results.values()} == statuses
    for result in results.values():
        assert (result["status"] == "pass") == all(test["status"] == "pass" for test in result["tests"])


def test_a_runner_holds_what_is_worth_the_same(card: Made) -> None:
    results = read(github.classroom(card("mixed")))
    assert {name: len(result["tests"]) for name, result in results.items()} == {
        "points1": 1, "points2": 2, "points3": 2, "points4": 1, "points5": 1,
    }  # fmt: skip


def test_a_criterion_that_holds_and_does_not_count_is_no_pass(card: Made) -> None:
    made = card("all_pass")
    made.exercises[0].criteria[0].points = 0.0
    made.exercises[0].criteria[0].holds = True
    made.points -= 4
    results = read(github.classroom(made))
    assert results["points4"]["tests"][0]["status"] == "fail"
    assert table(results) == notice(results)[0] == made.points


def test_nothing_judged_says_so(card: Made) -> None:
    [test] = read(github.classroom(card("nothing")))["points1"]["tests"]
    assert (test["status"], test["message"]) == ("error", "Nothing was judged: no exercise was selected.")


@pytest.mark.parametrize("message", ["x" * 1_000_000, "ü€😀" * 10_000, "\n" * 100_000, "\x00\ud800" * 9_999])
def test_a_value_fits_into_a_variable_whatever_the_messages_are(card: Made, message: str) -> None:
    made = card("not_started")
    for verdict in made.exercises:
        verdict.status = "failed"
        for each in verdict.criteria:
            each.message = message
            each.max_points = 2.0
        verdict.criteria *= 40
    lines = github.classroom(made).splitlines()
    assert max(len(line) for line in lines) < 128 * 1024
    results = read("\n".join(lines))
    assert len(results["points2"]["tests"]) == 280


def test_text_of_others_issues_no_command_and_moves_no_cursor(card: Made) -> None:
    made = card("mixed", "::error::x\n##[group]\x1b[2J\r\n::set-output name=runners::x")
    for result in read(github.classroom(made)).values():
        for test in result["tests"]:
            for text in (test["name"], test["message"]):
                assert "::" not in text and "##[" not in text and "\x1b" not in text and "\r" not in text


def test_lines_of_the_learner_are_marked(card: Made) -> None:
    first, *_ = github.line_marks(card("mixed")).splitlines()
    assert first == (
        "::error file=exercises/01_coroutines/01_first_coroutine.py,line=11,"
        "title=01.01 First coroutine%3A never_awaited::It took 3 seconds. It was never awaited."
    )


@pytest.mark.parametrize("state", ["all_pass", "not_started", "nothing"])
def test_where_no_line_is_known_nothing_is_marked(card: Made, state: str) -> None:
    assert github.line_marks(card(state)) == ""


def test_marks_are_ten_at_most_one_line_each_and_not_too_long(card: Made) -> None:
    made = card("crash", "50 %, a: b\n::warning::" + "€\n" * 10_000)
    for number, each in enumerate(made.exercises * 9):
        for one in each.criteria:
            one.diagnoses = [*one.diagnoses, *one.diagnoses[:1]]
        each.id = f"01_a/{number:02}_b"
    marks = github.line_marks(made).splitlines()
    assert 0 < len(marks) <= 10
    for mark in marks:
        assert re.fullmatch(r"::error file=[^,:]+,line=\d+,title=[^,:]+::[^\r]*", mark)
        text = mark.split("::", 2)[2]
        assert "::warning" not in text and len(text) < 4096
        assert text.startswith("50 %25, a: b%0A")
