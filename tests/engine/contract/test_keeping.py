"""What a scorecard keeps of a recording: ordinary ones whole, of large ones what shows them truly."""

from __future__ import annotations

import pytest

from kata.contract.keeping import MAX_CUT, kept
from kata.contract.recording import encode
from kata.contract.run import Block, Call, Limit, Line, Run, Span, TaskRecord
from kata.contract.values import Failure

LIMIT = Limit("seconds", "5 real seconds")
WAIT = Span("waiting", 0, 1, 1, "asyncio.sleep")


def steps(count: int) -> list[Span]:
    """Turns of a task that comes straight back."""
    return [Span("running", 0.0, 0.0, order) for order in range(1, count + 1)]


def tasks(count: int) -> list[TaskRecord]:
    """Tasks that took one turn each."""
    return [TaskRecord(f"Task-{number}", "fetch", 0.0, spans=steps(1)) for number in range(count)]


@pytest.fixture
def hundreds() -> Run:
    """What a good answer leaves behind that fetches 200 pages at once."""
    waits = [Span("running", 0, 0, 1), Span("waiting", 0, 1, 2, "fetch"), Span("running", 1, 1, 2)]
    fetching = [TaskRecord(f"Task-{number}", "fetch", 0, spans=waits, outcome="returned") for number in range(201)]
    calls = [Call("fetch", [f"page {number}"], 0, end=1, outcome="returned") for number in range(200)]
    return Run(tasks=fetching, calls={"fetch": calls}, elapsed=1)


def test_what_a_good_answer_leaves_behind_is_kept_whole(hundreds: Run) -> None:
    assert kept(hundreds) is hundreds


@pytest.mark.parametrize(
    "endless",
    [
        Run(tasks=[TaskRecord("Task-1", "main", 0, spans=steps(60_000))], limit=LIMIT),
        Run(lines=[Line("still here", 0.0, "Task-1", order=order) for order in range(20_000)], limit=LIMIT),
        Run(lines=[Line("x" * 60_000, 0.0)], limit=LIMIT),
        Run(tasks=tasks(12_000), tasks_dropped=40_000, limit=LIMIT),
        Run(tasks=[TaskRecord(f"{number}" * 50, "main", 0, spans=steps(50)) for number in range(1_000)], limit=LIMIT),
        Run(calls={f"fake {number}": [Call("f", ["x" * 1_000], 0)] * 500 for number in range(30)}, limit=LIMIT),
        Run(notes=["x" * 1_500] * 10_000, limit=LIMIT),
        Run(blocks=[Block(1, 0, "time.sleep " * 20)] * 1_000, limit=LIMIT),
        Run(tasks=[TaskRecord("Task-1", "main", 0, cancel_requests=[0.0] * 50_000)], limit=LIMIT),
        Run(error=Failure("ExceptionGroup", "x" * 300_000), limit=LIMIT),
    ],
    ids=[
        "spins",
        "prints",
        "prints_much",
        "makes_tasks",
        "tasks_that_spin",
        "calls",
        "notes",
        "blocks",
        "cancels",
        "error",
    ],
)
def test_a_recording_without_end_is_bounded_and_still_says_why_it_ended(endless: Run) -> None:
    few = kept(endless)
    assert len(encode(few)) <= MAX_CUT
    assert few.limit == LIMIT


def test_what_is_left_out_is_counted() -> None:
    endless = Run(
        tasks=[TaskRecord("Task-1", "main", 0, spans=steps(1_000)), *tasks(1_000)],
        tasks_dropped=7,
        lines=[Line("still here", 0.0)] * 1_000,
        lines_dropped=3,
    )
    few = kept(endless)
    assert len(few.tasks) + few.tasks_dropped == 1_001 + 7
    assert len(few.lines) + few.lines_dropped == 1_000 + 3
    assert len(few.tasks[0].spans) + few.tasks[0].steps_dropped == 1_000


def test_waiting_is_no_step_that_is_left_out() -> None:
    turns = [span for number in range(100) for span in (Span("running", number, number, number), WAIT)]
    [task] = kept(Run(tasks=[TaskRecord("Task-1", "main", 0, spans=turns)])).tasks
    assert sum(span.kind == "running" for span in task.spans) + task.steps_dropped == 100


@pytest.mark.parametrize("why", ["raised", "blocking"])
def test_a_task_that_failed_or_blocked_is_kept_wherever_it_comes(why: str) -> None:
    many = tasks(3_000)
    many[2_500] = TaskRecord("the one", "fetch", 0, outcome="raised" if why == "raised" else "returned")
    blocks = [Block(1, 0, "time.sleep", "the one")] if why == "blocking" else []
    few = kept(Run(tasks=many, blocks=blocks))
    assert few.tasks[-1].name == "the one"
    assert len(few.tasks) + few.tasks_dropped == 3_000
