"""The timeline: what it shows of a run, and that it fits, whatever the run."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Sequence
from typing import Literal

import pytest
from rich.cells import cell_len
from rich.console import Console

from kata.contract.run import Block, Deadlock, Line, Run, Span, StuckTask, TaskRecord
from kata.contract.values import Failure
from kata.reports.timeline import Timeline
from kata.reports.timeline.scale import Scale
from kata.reports.timeline.signs import ASCII, MEANING, STYLE, UNICODE

from .conftest import NASTY

WIDTHS = [40, 60, 80, 160, 200]

Outcome = Literal["returned", "raised", "cancelled", "pending"]


def runs(at: float, order: int, until: float | None = None) -> Span:
    return Span("running", at, at if until is None else until, order)


def waits(start: float, end: float, order: int, what: str = "asyncio.sleep") -> Span:
    return Span("waiting", start, end, order, what)


def task(
    name: str,
    spans: Sequence[Span],
    outcome: Outcome = "returned",
    parent: str | None = "main",
    coroutine: str = "work",
    **more: object,
) -> TaskRecord:
    ended = spans[-1].end if outcome != "pending" else None
    made = spans[0].start
    values: dict[str, object] = {"spans": list(spans), "outcome": outcome, "ended": ended, **more}
    return TaskRecord(name, coroutine, made, parent, **values)  # type: ignore[arg-type]


def main(*spans: Span, **more: object) -> TaskRecord:
    return task("main", spans, parent=None, coroutine="main", **more)  # type: ignore[arg-type]


def sleeper(name: str, order: int, length: float, last: int, **more: object) -> TaskRecord:
    return task(name, [runs(0, order), waits(0, length, last), runs(length, last)], **more)  # type: ignore[arg-type]


def drawn(run: Run, width: int = 80, encoding: str = "utf-8", **how: int) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    console.print(Timeline(run, **how))
    stream.seek(0)
    return stream.read().splitlines()


@pytest.fixture
def two() -> Run:
    """Main gathers two tasks, of 1 and 3 seconds; each prints when it begins."""
    return Run(
        tasks=[
            main(runs(0, 1), waits(0, 3, 5, "gather"), runs(3, 5)),
            sleeper("fast", 2, 1, 4),
            sleeper("slow", 3, 3, 6),
        ],
        lines=[Line("hello", 0, "fast", order=2), Line("bye", 3, "slow", order=6)],
        elapsed=3,
    )


def test_tasks_are_rows_and_seconds_are_columns(two: Run) -> None:
    assert drawn(two, 60) == [
        "         0s╌               1s                             3s",
        "main     ●─ gather ───────────────────────────────────────✓",
        "  fast    ●─ sleep ────────✓",
        "  slow     ●─ sleep ───────────────────────────────────────✓",
        "0s fast   hello",
        "3s slow                                                  bye",
        "● runs  ─ waits  ✓ finished  ╌ steps at one moment",
    ]


def test_an_encoding_without_the_signs_gets_others(two: Run) -> None:
    assert drawn(two, 60, "ascii") == [
        "         0s=               1s                             3s",
        "main     o- gather ---------------------------------------+",
        "  fast    o- sleep --------+",
        "  slow     o- sleep ---------------------------------------+",
        "0s fast   hello",
        "3s slow                                                  bye",
        "o runs  - waits  + finished  = steps at one moment",
    ]


def test_every_sign_has_a_shape_of_its_own_and_a_meaning() -> None:
    for signs in (UNICODE, ASCII):
        shapes = [getattr(signs, kind) for kind in MEANING]
        assert len(set(shapes)) == len(shapes)
        assert {cell_len(shape) for shape in shapes} == {1}
    assert MEANING.keys() <= STYLE.keys()


def test_colours_are_those_of_the_terminal() -> None:
    assert not any("on " in style or "#" in style or "rgb" in style for style in STYLE.values())


def test_when_all_happens_at_once_the_columns_are_steps() -> None:
    run = Run(
        tasks=[
            main(runs(0, 1), runs(0, 6)),
            task("ping", [runs(0, 2), runs(0, 4)]),
            task("pong", [runs(0, 3), runs(0, 5)]),
        ]
    )
    assert drawn(run, 60)[:4] == [
        "step    1      2      3      4      5      6",
        "main    ●──────────────────────────────────✓",
        "  ping         ●─────────────✓",
        "  pong                ●─────────────✓",
    ]


def test_a_block_holds_up_what_could_run() -> None:
    run = Run(
        tasks=[
            main(Span("blocked", 0, 2, 1, "time.sleep"), runs(0, 1, until=2), waits(2, 3, 3, "gather"), runs(3, 3)),
            task("late", [waits(0, 2, 2, "its first turn"), runs(2, 2)]),
        ],
        elapsed=3,
    )
    rows = drawn(run, 60)
    assert "█ time.sleep █" in rows[1]
    assert rows[2].startswith("  late  ····")
    assert "· ready, but not let run █ blocks everybody" in " ".join(rows)


def test_a_block_outside_any_task_has_a_row_of_its_own() -> None:
    run = Run(tasks=[main(runs(0, 1), waits(0, 4, 2, "a future"), runs(4, 2))], blocks=[Block(2, 1, "time.sleep")])
    assert "██ time.sleep" in next(row for row in drawn(run) if row.startswith("(no task)"))


def test_failed_cancelled_and_unfinished_tasks_look_different() -> None:
    run = Run(
        tasks=[
            main(runs(0, 1), waits(0, 2, 6, "wait"), runs(2, 6)),
            sleeper("bad", 2, 1, 5, outcome="raised", error=Failure("KeyError", "x")),
            sleeper("stopped", 3, 2, 7, outcome="cancelled", cancel_requests=[2.0]),
            sleeper("left", 4, 2, 8, outcome="cancelled", cancel_requests=[2.0], ended_by_cleanup=True),
        ],
        elapsed=2,
    )
    rows = {row.split()[0]: row for row in drawn(run)}
    assert rows["bad"].endswith("✗ KeyError")
    assert rows["stopped"].endswith("⊘")
    assert rows["left"].endswith("▸")
    assert "✗ failed  ⊘ cancelled  ▸ not finished at the end" in " ".join(drawn(run))


def test_a_task_that_went_on_after_a_cancel_shows_where() -> None:
    spans = [runs(0, 2), waits(0, 1, 3), runs(1, 3), waits(1, 2, 4), runs(2, 4)]
    run = Run(
        tasks=[main(runs(0, 1), waits(0, 2, 5, "wait"), runs(2, 5)), task("deaf", spans, cancel_requests=[1.0])],
        elapsed=2,
    )
    row = next(row for row in drawn(run) if "deaf" in row)
    assert row.index("↯") < row.index("✓")
    assert "↯ woken by cancel()" in drawn(run)[-1]


def test_stuck_tasks_say_what_they_wait_for() -> None:
    run = Run(
        tasks=[main(runs(0, 1), outcome="pending"), task("taker", [runs(0, 2)], "pending")],
        deadlock=Deadlock(0, [StuckTask("main", "gather"), StuckTask("taker", "asyncio.Queue.get")]),
    )
    rows = drawn(run)
    assert "gather" in rows[1] and rows[1].endswith("▸")


def test_children_stand_below_the_task_that_made_them() -> None:
    tasks = [
        main(runs(0, 1), waits(0, 1, 6), runs(1, 6)),
        sleeper("a", 2, 1, 7),
        sleeper("b", 3, 1, 8),
        sleeper("a's", 4, 1, 9, parent="a"),
        sleeper("b's", 5, 1, 10, parent="b"),
    ]
    heads = [row[:7].rstrip() for row in drawn(Run(tasks=tasks, elapsed=1))[1:6]]
    assert heads == ["main", "  a", "    a's", "  b", "    b's"]


def test_asyncios_own_short_tasks_are_left_out() -> None:
    own = task("Task-2", [runs(0, 2)], coroutine="BaseSubprocessTransport._connect_pipes")
    assert len(drawn(Run(tasks=[main(runs(0, 1), runs(0, 3)), own]))) == 3


def test_a_long_idle_stretch_is_cut_short_and_marked() -> None:
    run = Run(
        tasks=[main(runs(0, 1), waits(0, 1, 2), runs(1, 2), waits(1, 2, 3), runs(2, 3), waits(2, 1e6, 4), runs(1e6, 4))]
    )
    ruler, row, legend = drawn(run, 80)
    assert "≈" in ruler and "1,000,000s" in ruler and "≈" in row
    assert ruler.index("2s") - ruler.index("1s") > 5
    assert legend.endswith("≈ long time, cut short")


def test_tasks_that_did_the_same_share_a_row_when_room_is_short() -> None:
    tasks = [main(runs(0, 1), waits(0, 1, 40), runs(1, 40))]
    tasks += [sleeper(f"Task-{number}", number, 1, number + 50) for number in range(2, 32)]
    rows = drawn(Run(tasks=tasks, elapsed=1), rows=8)
    assert rows[2].startswith("  work ×30")
    assert len(rows) == 4


def test_of_too_many_tasks_the_interesting_ones_are_shown_and_the_rest_counted() -> None:
    tasks = [main(runs(0, 1), waits(0, 100, 99), runs(100, 99))]
    tasks += [sleeper(f"t{number}", number, number, number + 100) for number in range(2, 60)]
    tasks.append(sleeper("broken", 60, 60, 200, outcome="raised", error=Failure("OSError", "")))
    rows = drawn(Run(tasks=tasks, elapsed=100), rows=6)
    assert [row.split()[0] for row in rows[1:7]] == ["main", "t2", "t3", "t4", "broken", "●"]
    assert rows[-1] == "(55 more tasks, all finished)"


def test_steps_that_were_not_recorded_are_not_made_up() -> None:
    cut = task("cut", [runs(0, 2)], ended=3.0)
    rows = drawn(Run(tasks=[main(runs(0, 1), waits(0, 3, 3), runs(3, 3)), cut], elapsed=3))
    assert "●┈┈┈" in rows[2] and rows[2].endswith("✓")
    assert "┈ too many steps to record" in rows[-1]


def test_steps_that_are_missing_before_a_last_wait_leave_a_gap() -> None:
    cut = task("cut", [runs(0, 2), waits(7.5, 9, 3)])
    rows = drawn(Run(tasks=[main(runs(0, 1), waits(0, 9, 4), runs(9, 4)), cut], elapsed=9))
    assert "┈" in rows[2]


def test_many_printed_lines_are_cut_and_counted(two: Run) -> None:
    two.lines = [Line(f"line {number}", 1, "fast") for number in range(500)]
    two.lines_dropped = 1000
    text = "\n".join(drawn(two, lines=5))
    assert "line 3" in text and "line 4" not in text
    assert text.endswith("(1,496 more lines)")


def test_a_line_that_is_too_long_goes_on_below(two: Run) -> None:
    two.lines = [Line("one two three four five six seven eight nine ten", 3, "slow")]
    rows = drawn(two, 40)
    assert any(row.startswith("3s slow") for row in rows)
    assert "one two three four five six seven eight nine ten" in " ".join(" ".join(rows).split())


def test_printed_lines_alone_need_no_ruler() -> None:
    assert drawn(Run(lines=[Line("hello", 0.5), Line("oh", 1, stream="stderr")])) == ["0.5s  hello", "1s    stderr: oh"]


def test_an_empty_run_draws_nothing() -> None:
    assert drawn(Run()) in ([], [""])


def test_times_of_a_real_clock_are_rounded_to_what_can_be_compared() -> None:
    run = Run(
        tasks=[
            main(runs(0.0001, 1), waits(0.0002, 1.00234, 4, "gather"), runs(1.00234, 4, until=1.00239)),
            task(
                "a",
                [waits(0.0002, 0.0009, 2, "its first turn"), runs(0.0009, 2), waits(0.001, 1.0011, 3), runs(1.0012, 3)],
            ),
        ],
        elapsed=1.00239,
        clock="real",
    )  # fmt: skip
    rows = drawn(run, 60)
    assert rows[0].split() == ["0s", "1s"]
    assert "·" not in rows[2]


def many(count: int) -> list[TaskRecord]:
    return [sleeper(f"t{number}", number, 1 + number / 7, number + 20_000) for number in range(2, count)]


BIG = {
    "ten thousand tasks": Run(tasks=[main(runs(0, 1)), *many(10_000)], elapsed=1500),
    "a million seconds": Run(
        tasks=[main(*(span for n in range(9_999) for span in (runs(n * 100, n), waits(n * 100, n * 100 + 99, n + 1))))],
        elapsed=1e6,
    ),
    "two hundred levels": Run(
        tasks=[sleeper(f"level-{n}", n + 1, 1, 900 - n, parent=f"level-{n - 1}" if n else None) for n in range(200)],
        elapsed=1,
    ),
    "a flood of prints": Run(lines=[Line("x" * 1000, n / 10, "main") for n in range(60_000)], lines_dropped=100_000),
    "twenty thousand steps at once": Run(tasks=[main(*(runs(0, n) for n in range(1, 20_000)))]),
    "hostile names": Run(
        tasks=[
            main(runs(0, 1), waits(0, 1, 4, NASTY), runs(1, 4)),
            sleeper(NASTY, 2, 1, 5),
            sleeper("世界" * 50, 3, 1, 6),
        ],
        lines=[Line(NASTY, 0, NASTY), Line("世界" * 200, 1, "世界" * 50), Line("e\u0301" * 300, 1)],
        elapsed=1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", BIG)
def test_every_run_fits_the_screen_in_width_height_and_time(name: str, width: int) -> None:
    began = time.process_time()
    rows = drawn(BIG[name], width)
    assert time.process_time() - began < 1
    assert max(map(cell_len, rows)) <= width
    assert len(rows) < 130
    assert not any("\x1b" in row or "\u202e" in row or "\x07" in row for row in rows)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_ascii_terminal_can_show_every_run(width: int) -> None:
    for name in ("ten thousand tasks", "a million seconds", "two hundred levels"):
        assert all(row.isascii() for row in drawn(BIG[name], width, "ascii"))


@pytest.mark.parametrize("width", [8, 26, 70, 170])
@pytest.mark.parametrize("count", [1, 2, 13, 40, 500])
def test_later_moments_never_stand_further_left(width: int, count: int) -> None:
    moments = [(n * n / 3, order) for n in range(count) for order in range(n * 10, n * 10 + n % 5)]
    moments += [(n * n / 3, 0) for n in range(count)]
    scale = Scale(moments, width)
    columns = [scale.column(*moment) for moment in sorted(moments)]
    assert columns == sorted(columns)
    assert max(columns) < scale.width <= width
    labels = scale.ruler()
    assert all(column + len(text) < later for (column, text), (later, _) in itertools.pairwise(labels))


def test_steps_that_were_not_kept_are_neither_waiting_nor_forgotten() -> None:
    spins = TaskRecord("Task-1", "main", 0, spans=[Span("running", 0, 0, 1)], steps_dropped=5_000)
    rows = drawn(Run(tasks=[spins], elapsed=10))
    assert "─" not in "".join(rows)
    assert "┈" in rows[1]
    assert rows[-1] == "(at least 5,000 more steps, not recorded)"


def test_a_long_step_of_a_real_clock_says_where_it_is_cut_short() -> None:
    steps = [runs(0, 1), waits(0, 0.1, 2), runs(0.1, 2, 6.7), waits(6.7, 6.8, 3), runs(6.8, 3)]
    row = drawn(Run(tasks=[main(*steps)], elapsed=6.8, clock="real"))[1]
    assert f"●{UNICODE.fold}●" in row
