"""Run: what a recording answers, and that its bytes are read strictly."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kata.contract.recording import MAX_BYTES, decode, encode
from kata.contract.run import (
    Deadlock,
    Frame,
    Limit,
    Line,
    Run,
    Span,
    SubmissionFailed,
    TaskRecord,
    Unfit,
)
from kata.contract.values import Failure


def test_a_recording_survives_its_bytes() -> None:
    run = Run(returned=["tuple", [1, 2]], lines=[Line("hello", 1.5)], elapsed=3.0)
    again = decode(encode(run))
    assert (again.result, again.printed, again.elapsed) == ((1, 2), ["hello"], 3.0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"\xc1",
        msgspec.msgpack.encode([]),
        msgspec.msgpack.encode({"elapsed": "soon"}),
        msgspec.msgpack.encode({"elapsed": True}),
        msgspec.msgpack.encode({"surprise": 1}),
        msgspec.msgpack.encode({"clock": "stopped"}),
        msgspec.msgpack.encode({"returned": ["no such tag", 1]}),
        msgspec.msgpack.encode({"returned": ["set", [["list", []]]]}),
        msgspec.msgpack.encode({"notes": [["bytes", "not base64"]]}),
        encode(Run()) + b"more",
    ],
)
def test_bytes_that_are_no_recording_are_refused(data) -> None:
    with pytest.raises((msgspec.MsgspecError, ValueError)):
        decode(data)


def test_a_recording_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        decode(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize(
    "run",
    [
        Run(error=Failure("ValueError", "no")),
        Run(limit=Limit("cpu", "4 seconds")),
        Run(unfit=Unfit("missing", "solve")),
        Run(deadlock=Deadlock(1.0, [])),
    ],
)
def test_without_a_result_asking_for_it_fails_with_the_run(run) -> None:
    assert run.failed
    with pytest.raises(SubmissionFailed) as caught:
        _ = run.result
    assert caught.value.run is run
    assert run.looked_at_outcome


def test_what_was_raised_can_be_read() -> None:
    run = Run(error=Failure("ValueError", "no"))
    assert not run.looked_at_outcome
    assert run.raised == ValueError("no")
    assert run.looked_at_outcome
    assert Run().raised is None


@pytest.mark.parametrize("run", [Run(limit=Limit("cpu", "")), Run(deadlock=Deadlock(0.0, []))])
def test_a_stopped_play_raised_nothing_and_says_so(run) -> None:
    with pytest.raises(SubmissionFailed):
        _ = run.raised


def test_tasks_are_found_by_name() -> None:
    run = Run(tasks=[TaskRecord("a", "f", 0.0), TaskRecord("b", "f", 0.0), TaskRecord("a", "g", 1.0)])
    assert run.task("a").coroutine == "f"
    with pytest.raises(LookupError, match="'c'"):
        run.task("c")


def test_only_standard_output_counts_as_printed() -> None:
    run = Run(lines=[Line("out", 0.0), Line("err", 0.0, stream="stderr")])
    assert run.printed == ["out"]


@pytest.mark.parametrize(
    ("sleeps", "outcome", "cancel", "polls"),
    [
        (4, "returned", [], False),
        (5, "returned", [], True),
        (5, "pending", [], True),
        (9, "cancelled", [], False),
        (9, "cancelled", [0.5], False),
        (9, "cancelled", [0.4], True),
    ],
)
def test_sleeping_again_and_again_at_one_place_is_polling(
    sleeps: int, outcome: Any, cancel: list[float], polls: bool
) -> None:
    place = Frame("exercise.py", 7, "main")
    waits = [Span("waiting", n / 10, (n + 1) / 10, n, "asyncio.sleep", place) for n in range(sleeps)]
    between = [Span("running", n / 10, n / 10, n) for n in range(sleeps)]
    spans = [span for pair in zip(between, waits, strict=True) for span in pair]
    run = Run(tasks=[TaskRecord("Task-1", "main", 0.0, spans=spans, outcome=outcome, cancel_requests=cancel)])
    assert bool(run.polled) is polls
    assert not polls or "line 7 was awaited 5 times" in run.polled


def test_what_tasks_waited_for() -> None:
    spans = [
        Span("running", 0.0, 0.0, 0),
        Span("waiting", 0.0, 1.0, 1, "gather"),
        Span("blocked", 1.0, 2.0, 2, "time.sleep"),
    ]
    run = Run(tasks=[TaskRecord("Task-1", "main", 0.0, spans=spans), TaskRecord("Task-2", "other", 0.0)])
    assert run.waited_for == {"gather"}


def test_what_tasks_waited_for_says_nothing_of_a_play_that_failed() -> None:
    with pytest.raises(SubmissionFailed):
        _ = Run(error=Failure("KeyError", "'two'")).waited_for
