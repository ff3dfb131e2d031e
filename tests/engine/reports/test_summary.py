"""The table of what tasks did with their time."""

from __future__ import annotations

import io

from rich.console import Console

from kata.contract.run import Frame, Run, Span, TaskRecord
from kata.contract.values import Failure
from kata.reports import summary
from kata.reports.timeline import View

LINE = Frame("script.py", 7, "fetch")


def task(name: str, *spans: Span, **more: object) -> TaskRecord:
    turns = sum(span.kind == "running" for span in spans)
    values = {"outcome": "returned", "ended": 9.0, "turns": turns, **more}
    return TaskRecord(name, "fetch", 0.0, spans=list(spans), **values)  # type: ignore[arg-type]


BUSY = task(
    "busy",
    Span("waiting", 0, 1, 1, "its first turn"),
    Span("running", 1, 1, 1),
    Span("waiting", 1, 3, 2, "asyncio.sleep", LINE),
    Span("running", 3, 3, 2),
    Span("waiting", 3, 8, 3, "asyncio.Event.wait"),
    Span("blocked", 8, 9, 3, "time.sleep", LINE),
    Span("running", 8, 9, 3),
    computed=0.25,
)


def shown(run: Run, width: int = 100, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    summary.show(run, Console(file=stream, width=width), View())
    stream.seek(0)
    return stream.read()


def test_waiting_is_told_from_being_held_up_blocking_and_computing() -> None:
    (total,) = summary.totals([BUSY])
    assert (total.turns, total.waited, total.held_up, total.blocked, total.computed) == (3, 7, 1, 1, 0.25)
    assert (total.most, total.cut) == ("Event.wait", False)
    row = shown(Run(tasks=[BUSY])).splitlines()[1].split()
    assert row == ["busy", "3", "7", "Event.wait", "1", "1", "0.25", "finished"]


def test_a_sleep_that_took_too_long_was_held_up() -> None:
    (total,) = summary.totals([task("t", Span("waiting", 0, 3, 1, "asyncio.sleep", LINE, asked=1.0))])
    assert (total.waited, total.held_up) == (1, 2)


def test_many_tasks_share_a_row_with_the_others_of_their_function() -> None:
    failed = task("t", Span("running", 0, 0, 1), outcome="raised", error=Failure("ValueError", ""))
    lines = shown(Run(tasks=[BUSY] * 40 + [failed] * 2, tasks_dropped=3)).splitlines()
    assert lines[1].split()[:4] == ["fetch", "×42", "122", "280"]
    assert lines[1].endswith("40 finished, 2 ValueError")
    assert "3 more tasks, not recorded" in " ".join(lines[2:])


def test_a_wait_that_is_not_recorded_leaves_more_than_the_number() -> None:
    cut = task("cut", Span("running", 0, 0, 1), turns=9)
    assert shown(Run(tasks=[cut])).splitlines()[1].split()[:3] == ["cut", "9", "0+"]


def test_the_table_fits_any_console_and_encoding() -> None:
    run = Run(tasks=[BUSY] * 60)
    for width in (60, 80, 200):
        assert max(map(len, shown(run, width).splitlines())) <= width
    assert "x60" in shown(run, encoding="ascii")


def test_without_tasks_there_is_no_table() -> None:
    assert shown(Run()) == ""
