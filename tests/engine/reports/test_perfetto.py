"""Recordings as trace events: what every reader of the format relies on, and what it is told."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kata.cli import main
from kata.contract.places import Frame
from kata.contract.run import Block, Deadlock, Limit, Line, Run, Span, StuckTask, TaskRecord
from kata.contract.values import Failure
from kata.reports.perfetto import render

ROOT = Path(__file__).resolve().parents[3]

Event = dict[str, Any]

REQUIRED = {
    "M": {"name", "pid", "tid", "args"},
    "X": {"name", "cat", "pid", "tid", "ts", "dur", "args"},
    "i": {"name", "cat", "pid", "tid", "ts", "s", "args"},
    "C": {"name", "pid", "tid", "ts", "args"},
    "s": {"name", "cat", "pid", "tid", "ts", "id"},
    "f": {"name", "cat", "pid", "tid", "ts", "id", "bp"},
}
"""The keys that an event of each phase must have."""


def strict(text: str) -> list[Event]:
    """The events of a trace, after a look at everything that the format asks for."""
    document = json.loads(text.encode("utf-8"), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert set(document) == {"displayTimeUnit", "otherData", "traceEvents"}
    assert document["displayTimeUnit"] in ("ms", "ns")
    events: list[Event] = document["traceEvents"]
    for event in events:
        assert REQUIRED[event["ph"]] <= set(event), event
        assert event["name"] and event["pid"] == 1, event
    timed = [event for event in events if event["ph"] != "M"]
    assert [event["ts"] for event in timed] == sorted(event["ts"] for event in timed)
    assert all(event["ts"] >= 0 and event.get("dur", 0) >= 0 for event in timed)
    assert all(event["s"] in ("t", "g") for event in of(events, "i"))
    nested(events)
    flowing(events)
    counting(events)
    named = [event["tid"] for event in of(events, "M") if event["name"] == "thread_name"]
    assert len(named) == len(set(named))
    assert {event["tid"] for event in timed if event["ph"] != "C" and event.get("s") != "g"} <= set(named)
    return events


def of(events: list[Event], phase: str) -> list[Event]:
    return [event for event in events if event["ph"] == phase]


def ns(microseconds: float) -> int:
    return round(microseconds * 1000)


def nested(events: list[Event]) -> None:
    """Of two slices of a track, one holds the other, or they do not touch."""
    open_until: dict[int, list[int]] = defaultdict(list)
    for event in of(events, "X"):
        start, end = ns(event["ts"]), ns(event["ts"]) + ns(event["dur"])
        ends = open_until[event["tid"]]
        while ends and ends[-1] <= start:
            ends.pop()
        assert not ends or end <= ends[-1], event
        ends.append(end)


def flowing(events: list[Event]) -> None:
    """Each arrow has one beginning and one end, in this order, and both stand on a slice."""
    starts, ends = of(events, "s"), of(events, "f")
    assert [event["id"] for event in starts] == [event["id"] for event in ends]
    assert len({event["id"] for event in starts}) == len(starts)
    slices = of(events, "X")
    for event in starts + ends:
        assert any(
            each["tid"] == event["tid"] and ns(each["ts"]) <= ns(event["ts"]) <= ns(each["ts"]) + ns(each["dur"])
            for each in slices
        ), event


def counting(events: list[Event]) -> None:
    """A counter has one value at a moment, and never less than nothing."""
    moments: dict[str, list[float]] = defaultdict(list)
    for event in of(events, "C"):
        moments[event["name"]].append(event["ts"])
        assert all(type(value) is int and value >= 0 for value in event["args"].values()), event
    assert all(times == sorted(set(times)) for times in moments.values())


@pytest.mark.once
@pytest.mark.parametrize("script", ["kitchen", "chapters/05_gather_and_wait", "chapters/07_task_groups"])
def test_a_played_script_becomes_a_trace_that_keeps_to_the_format(script: str, tmp_path: Path) -> None:
    out = tmp_path / "trace.json"
    main(["trace", str(ROOT / f"docs/examples/{script}.py"), "--perfetto", str(out)])
    events = strict(out.read_text(encoding="utf-8"))
    assert len(of(events, "X")) > 5 and of(events, "s") and of(events, "C")


@pytest.mark.once
def test_on_the_real_clock_too(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import asyncio, time\nasync def two():\n    await asyncio.sleep(0.01)\n    time.sleep(0.01)\n"
        "async def main():\n    await asyncio.gather(two(), two())\nasyncio.run(main())\n"
    )
    assert main(["trace", str(script), "--clock", "real", "--perfetto", str(tmp_path / "out")]) == 0
    assert of(strict((tmp_path / "out").read_text()), "X")


AT = Frame("script.py", 7, "main", "await asyncio.sleep(1)")

COOK = TaskRecord(
    "Task-1", "main", 0.0, outcome="returned", ended=3.0,
    spans=[
        Span("running", 0.0, 0.0, 1),
        Span("waiting", 0.0, 1.0, 3, "asyncio.sleep", AT),
        Span("blocked", 1.0, 3.0, 3, "time.sleep", AT),
        Span("running", 1.0, 3.0, 3),
    ],
)  # fmt: skip
SOUP = TaskRecord(
    "soup", "soup", 0.5, parent="Task-1", outcome="cancelled", ended=3.0, cancel_requests=[2.5],
    spans=[Span("waiting", 0.5, 3.0, 4, "its first turn")],
)  # fmt: skip


def traced(**fields: Any) -> list[Event]:
    fields = {"tasks": [COOK, SOUP], "elapsed": 3.0} | fields
    return strict(render(Run(**fields), "script.py"))


def slices(events: list[Event], track: int) -> list[tuple[str, float, float]]:
    return [(event["name"], event["ts"], event["dur"]) for event in of(events, "X") if event["tid"] == track]


def instants(events: list[Event], kind: str) -> list[tuple[int, str, float]]:
    return [(event["tid"], event["name"], event["ts"]) for event in of(events, "i") if event["cat"] == kind]


def counter(events: list[Event], name: str, part: str) -> list[tuple[float, int]]:
    return [(event["ts"], event["args"][part]) for event in of(events, "C") if event["name"] == name]


def test_a_task_is_a_track_with_its_waits_and_blocks_in_microseconds() -> None:
    assert slices(traced(), 1) == [
        ("main", 0, 3_000_000),
        ("waits: asyncio.sleep", 0, 1_000_000),
        ("runs", 1_000_000, 2_000_000),
        ("blocks: time.sleep", 1_000_000, 2_000_000),
    ]


def test_a_wait_tells_its_line() -> None:
    wait = next(event for event in of(traced(), "X") if event["cat"] == "waiting")
    assert wait["args"] == {"step": 3, "at": "script.py:7", "source": "await asyncio.sleep(1)"}


def test_an_arrow_leads_from_a_task_to_the_one_that_it_made() -> None:
    arrows = [(event["ph"], event["tid"], event["ts"]) for event in traced() if event["ph"] in "sf"]
    assert arrows == [("s", 1, 500_000), ("f", 2, 500_000)]


def test_of_two_parents_of_one_name_the_last_one_made_it() -> None:
    parents = [TaskRecord("same", "f", 0.0, outcome="returned", ended=2.0) for _ in range(2)]
    events = traced(tasks=[*parents, TaskRecord("child", "g", 1.0, parent="same", outcome="returned", ended=1.0)])
    assert [event["tid"] for event in of(events, "s")] == [2]


def test_counters_tell_how_many_tasks_are_alive_run_and_could_run() -> None:
    events = traced()
    assert counter(events, "tasks", "alive") == [(0, 1), (500_000, 2), (3_000_000, 0)]
    assert counter(events, "loop", "ready") == [(0, 0), (500_000, 1), (1_000_000, 1), (3_000_000, 0)]
    assert counter(events, "loop", "running") == [(0, 0), (500_000, 0), (1_000_000, 1), (3_000_000, 0)]


def test_a_cancellation_and_the_end_that_it_brought_are_marked() -> None:
    events = traced()
    assert instants(events, "cancellation") == [(2, "cancel()", 2_500_000)]
    assert instants(events, "outcome") == [(2, "cancelled", 3_000_000)]


def test_an_error_is_marked_with_its_message() -> None:
    failed = TaskRecord("t", "f", 0.0, outcome="raised", ended=1.0, error=Failure("ValueError", "no"))
    assert instants(traced(tasks=[failed]), "outcome") == [(1, "ValueError: no", 1_000_000)]


def test_a_printed_line_is_on_the_track_of_the_task_whose_step_printed_it() -> None:
    same = [
        TaskRecord("same", "f", 0.0, outcome="returned", ended=1.0, spans=[Span("running", 0.0, 0.0, step)])
        for step in (1, 2)
    ]
    lines = [Line("first", 0.0, "same", order=1), Line("second", 0.0, "same", order=2), Line("nobody", 1.0)]
    events = traced(tasks=same, lines=lines)
    assert instants(events, "printed") == [(1, "first", 0), (2, "second", 0), (3, "nobody", 1_000_000)]


def test_what_a_task_does_many_times_at_one_moment_is_one_instant() -> None:
    lines = [Line(f"line {number}", 0.0, "Task-1") for number in range(1000)]
    events = traced(lines=lines)
    assert instants(events, "printed") == [(1, "line 0 (+999)", 0)]
    listed = next(event for event in events if event.get("cat") == "printed")["args"]
    assert listed["2"] == "line 1" and "101" not in listed


def test_what_happens_outside_any_task_has_a_track_of_its_own() -> None:
    events = traced(blocks=[Block(1.0, 0.5, "time.sleep", None, AT)])
    assert slices(events, 3) == [("blocks: time.sleep", 500_000, 1_000_000)]
    names = [event["args"]["name"] for event in of(events, "M") if event["name"] == "thread_name"]
    assert names == ["Task-1 main", "soup", "(no task)"]


def test_a_deadlock_and_a_limit_are_marked_across_all_tracks() -> None:
    deadlock = Deadlock(3.0, [StuckTask("soup", "Event.wait")])
    events = traced(deadlock=deadlock, limit=Limit("seconds", "5 real seconds were over"))
    ends = [(event["name"], event["s"]) for event in of(events, "i") if event["s"] == "g"]
    assert ends == [("deadlock", "g"), ("stopped: 5 real seconds were over", "g")]


def test_a_task_that_is_alive_at_the_end_reaches_to_it() -> None:
    events = traced(tasks=[TaskRecord("t", "f", 1.0)], elapsed=4.0)
    assert slices(events, 1) == [("f", 1_000_000, 3_000_000)]
    assert counter(events, "tasks", "alive") == [(0, 0), (1_000_000, 1)]


def test_nanoseconds_are_not_lost() -> None:
    spans = [Span("waiting", 1e-9, 0.1 + 0.2, 1, "asyncio.sleep")]
    events = traced(tasks=[TaskRecord("t", "f", 1e-9, outcome="returned", ended=0.1 + 0.2, spans=spans)])
    assert [(event["ts"], event["dur"]) for event in of(events, "X")] == [(0.001, 299_999.999)] * 2


def test_foreign_text_and_endless_times_stay_within_what_readers_take() -> None:
    evil = 'x"\ud800\x1b[31m\n</script>'
    task = TaskRecord(evil, evil, 0.0, outcome="raised", ended=1.7e308, error=Failure(evil, evil))
    events = traced(tasks=[task], lines=[Line(evil, 1e300, evil)], elapsed=1e308)
    assert all(ns(event["ts"]) + ns(event.get("dur", 0)) < 2**63 for event in events if "ts" in event)
    assert not any(character in json.dumps(events, ensure_ascii=False) for character in "\ud800\x1b")


def test_nothing_recorded_is_an_empty_trace() -> None:
    assert not of(traced(tasks=[], elapsed=0.0), "X")
