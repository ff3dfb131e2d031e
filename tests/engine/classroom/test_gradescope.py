"""The fields of Gradescope's ``results.json``."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kata.classroom import gradescope
from kata.contract.scorecard import Scorecard

Made = Callable[..., Scorecard]

KEYS = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
    "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
TEST_KEYS = {
    "score", "max_score", "status", "name", "number", "output", "output_format", "tags", "visibility", "extra_data",
}  # fmt: skip
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}


@pytest.mark.parametrize("state", ["all_pass", "mixed", "not_started", "crash", "nothing"])
def test_only_known_fields_with_known_values(card: Made, state: str) -> None:
    made = card(state)
    document = json.loads(gradescope.results(made))
    assert document.keys() <= KEYS
    assert {document["output_format"], document["test_output_format"], document["test_name_format"]} <= FORMATS
    assert {document["visibility"], document["stdout_visibility"]} <= VISIBLE
    assert document["score"] == made.points
    assert type(document["execution_time"]) is int
    for test in document["tests"]:
        assert test.keys() <= TEST_KEYS
        assert test["status"] in ("passed", "failed")
        assert (test["status"] == "passed") == (test["score"] == test["max_score"])
        assert test["visibility"] in VISIBLE
    assert sum(test["score"] for test in document["tests"]) == made.points
    assert sum(test["max_score"] for test in document["tests"]) == made.max_points


def test_a_criterion_says_why_it_is_not_met(card: Made) -> None:
    tests = json.loads(gradescope.results(card("mixed")))["tests"]
    assert [test["number"] for test in tests[:3]] == ["01.01.1", "01.01.2", "01.01.3"]
    assert tests[0]["output"] == ""
    assert tests[1]["output"] == (
        "It took 3 seconds.\nnever_awaited: It took 3 seconds. It was never awaited.\n  line 11: sleep(1)"
    )


def test_nothing_judged_says_so(card: Made) -> None:
    assert "no exercise was selected" in json.loads(gradescope.results(card("nothing")))["output"]


def test_text_of_others_is_shown_and_not_obeyed(card: Made) -> None:
    text = gradescope.results(card("mixed", "<script>\x1b[2J\u202e\ud800"))
    assert "\x1b" not in text and "\u202e" not in text
    assert json.loads(text)["tests"][1]["output"].startswith("<script>\\x1b[2J\\u202e\\ud800")
