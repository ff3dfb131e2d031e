"""The document of a replay holds what is shown of its plays, as JSON."""

from __future__ import annotations

import json

import pytest

from kata.contract.run import Block, Deadlock, Frame, Limit, Line, Run, Span, TaskRecord, Unfit
from kata.contract.turns import Deed, Step, Turn, Waiting
from kata.contract.values import Failure
from kata.reports.page.document import MANY_SPANS, Replayed, document

pytestmark = pytest.mark.once

AT = Frame("own.py", 7, "main", "await x")


def play_of(run: Run, **options: object) -> dict:
    made = document("A title", [Replayed("Yours", "own.py", "code", run, **options)], "A criterion")  # type: ignore[arg-type]
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    return made["plays"][0]


def test_a_turn_has_all_its_fields() -> None:
    turn = Turn(1, 0.5, "main", deeds=[Deed("timer", "tick", 3, 1.0)], timers=[Waiting(1.0, "tick")])
    turn.steps = [Step(3, "main", {"x": "1"})]
    (made,) = play_of(Run(turns=[turn]))["turns"]
    assert [*made] == [*Turn.__struct_fields__]
    assert made["deeds"] == [{"kind": "timer", "what": "tick", "line": 3, "due": 1.0}]
    assert made["steps"] == [{"line": 3, "function": "main", "changed": {"x": "1"}}]
    assert (made["ready"], made["error"], made["timers"]) == ([], "", [{"due": 1.0, "what": "tick"}])


def test_tasks_and_blocks_name_the_lines_where_they_stand() -> None:
    spans = [Span("running", 0.0, 0.0, 1), Span("waiting", 0.0, 1.0, 1, "asyncio.sleep", AT)]
    task = TaskRecord("main", "main", 0.0, None, AT, spans, [0.5], "returned", 1.0)
    play = play_of(Run(tasks=[task], blocks=[Block(1.0, 0.0, "time.sleep", "main", AT)], elapsed=1.0))
    assert play["tasks"][0]["spans"][1] == {
        "kind": "waiting", "start": 0.0, "end": 1.0, "what": "asyncio.sleep", "line": 7,
    }  # fmt: skip
    assert (play["tasks"][0]["cancel_requests"], play["tasks"][0]["ended"]) == ([0.5], 1.0)
    assert play["blocks"] == [{"start": 0.0, "seconds": 1.0, "call": "time.sleep", "task": "main", "line": 7}]


def test_of_very_many_spans_those_without_length_are_left_out() -> None:
    spans = [Span("running", 0.0, 0.0, n) for n in range(MANY_SPANS + 1)] + [Span("waiting", 0.0, 1.0, 1)]
    task = TaskRecord("main", "main", 0.0, spans=spans)
    assert [span["kind"] for span in play_of(Run(tasks=[task]))["tasks"][0]["spans"]] == ["waiting"]


def test_a_printed_line_names_its_turn_and_that_of_a_thread_names_none() -> None:
    turns = [Turn(n, 0.0, "main", deeds=[Deed("print", text)]) for n, text in ((1, "one"), (2, ""), (4, "x" * 200))]
    lines = [Line("one", 0.0, "main"), Line("thread", 0.0), Line("", 0.0, "main"), Line("x" * 300, 1.0, "main")]
    assert [(line["text"], line["turn"]) for line in play_of(Run(turns=turns, lines=lines))["lines"]] == [
        ("one", 1),
        ("thread", 0),
        ("", 2),
        ("x" * 300, 4),
    ]


@pytest.mark.parametrize(
    ("run", "outcome"),
    [
        (Run(), "returned"),
        (Run(returned=["list", ["A"]]), "returned ['A']"),
        (Run(error=Failure("ValueError", "no such page")), "raised ValueError: no such page"),
        (Run(error=Failure("KeyError", "")), "raised KeyError"),
        (Run(deadlock=Deadlock(1.0, [])), "never ended: nothing could wake it any more"),
        (Run(limit=Limit("seconds", "5 real seconds")), "was stopped after 5 real seconds"),
        (Run(unfit=Unfit("syntax", "invalid syntax")), "was not played: invalid syntax"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_how_a_play_ended_is_said(run: Run, outcome: str) -> None:
    assert play_of(run)["outcome"] == outcome


def test_what_is_left_out_is_said() -> None:
    run = Run(turns_stopped="turns", turns_dropped=1)
    assert play_of(run)["stopped"] == "Only the first 20,000 turns are recorded; 1 more turn followed."
    assert play_of(Run(turns_stopped="lines"))["stopped"].endswith("lines are recorded.")
    assert play_of(Run())["stopped"] == ""


def test_hidden_code_leaves_no_line_and_no_value() -> None:
    turn = Turn(1, 0.0, "main", steps=[Step(3, "secret", {"x": "1"})], line=3, function="secret")
    turn.deeds = [Deed("print", "said", 5)]
    task = TaskRecord("main", "main", 0.0, spans=[Span("waiting", 0.0, 1.0, 1, "asyncio.sleep", AT)])
    run = Run(turns=[turn], tasks=[task], blocks=[Block(1.0, 0.0, "time.sleep", "main", AT)])
    play = play_of(run, hidden=True)
    assert play["code"] != "code" and "secret" not in json.dumps(play)
    assert (play["turns"][0]["steps"], play["turns"][0]["line"], play["turns"][0]["deeds"][0]["line"]) == ([], 0, 0)
    assert (play["tasks"][0]["spans"][0]["line"], play["blocks"][0]["line"]) == (0, 0)
