"""Two plays on one scale: where the learner's code and the solution part is what the picture shows."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from kata.contract.run import Block, Call, Frame, Line, Run, Span, TaskRecord, Timer
from kata.contract.scorecard import Criterion, Diagnosis
from kata.contract.values import Failure, TraceLine
from kata.reports import plays
from kata.reports.timeline import names_in

from .test_timeline import BIG, runs, sleeper, task, waits

OWN = "async def shop(): ...\nasync def helper(): ...\n"
HERE = Frame("shop.py", 3, "shop", "await asyncio.sleep(1)")


def shop(*spans: Span, **more: object) -> TaskRecord:
    """The task of a play that calls the learner's `shop`."""
    return task("Task-1", spans, parent=None, coroutine="shop", **more)  # type: ignore[arg-type]


def drive(*spans: Span, **more: object) -> TaskRecord:
    """The task of a test that drives the learner's code."""
    return task("Task-1", spans or (waits(0, 9, 9, "the test"),), parent=None, coroutine="drive_it", **more)  # type: ignore[arg-type]


def compared(yours: Run, good: Run, width: int = 100, text: str = OWN) -> list[str]:
    """What is printed of the two."""
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    criterion = Criterion("test_it", "It is quick.", False, 0.0, 1.0, runs=[yours])
    found = plays.compare(criterion, text, good, OWN, console)
    if found is not None:
        found.show(console)
    assert isinstance(console.file, io.StringIO)
    return [row.rstrip() for row in console.file.getvalue().splitlines()]


def slept(*lengths: float, what: str = "asyncio.sleep", **more: object) -> Run:
    """A play in which `shop` sleeps so long, one sleep after the other."""
    spans, now, order = [runs(0, 1)], 0.0, 1
    for length in lengths:
        order += 1
        spans += [waits(now, now + length, order, what), runs(now + length, order)]
        now += length
    return Run(tasks=[shop(*spans)], elapsed=now, **more)  # type: ignore[arg-type]


def test_both_stand_on_one_scale_with_a_mark_where_they_part() -> None:
    assert compared(slept(1, 1, returned="ab"), slept(1, returned="ab"), 60) == [
        "",
        "What happened in: It is quick.",
        "      0s                       1s                      2s",
        "                               ▼ here they differ",
        "Your code: shop took 2 seconds and returned 'ab'",
        "shop  ●─ sleep ────────────────●─ sleep ────────────────✓",
        "The solution: shop took 1 second and returned 'ab'",
        "shop  ●─ sleep ────────────────✓",
        "● runs  ─ waits  ✓ finished",
    ]


def test_waits_one_after_the_other_part_from_waits_at_the_same_time() -> None:
    gathered = Run(
        tasks=[
            shop(runs(0, 1), waits(0, 1, 6, "gather"), runs(1, 6)),
            sleeper("Task-2", 2, 1, 4, parent="Task-1", created_at=HERE),
            sleeper("Task-3", 3, 1, 5, parent="Task-1", created_at=HERE),
        ],
        elapsed=1,
    )
    assert compared(slept(1, 1), gathered, 64)[2:] == [
        "               0s╌                     1s╌                    2s",
        "                ▼ here they differ",
        "Your code: shop took 2 seconds and returned None",
        "shop           ●─ sleep ───────────────●─ sleep ───────────────✓",
        "The solution: shop took 1 second and returned None",
        "shop           ●─ gather ────────────────✓",
        "  work Task-2   ●─ sleep ──────────────✓",
        "  work Task-3    ●─ sleep ──────────────✓",
        "● runs  ─ waits  ✓ finished  ╌ steps at one moment",
    ]


def test_a_time_limit_stands_below_the_task_that_it_is_for() -> None:
    moved = slept(2, 2, timers=[Timer(0, 3, "", 2, False, "Task-1", HERE), Timer(2, 5, "", 4, False, "Task-1", HERE)])
    kept = slept(2, 1, timers=[Timer(0, 3, "", 3, True, "Task-1", HERE)])
    rows = compared(moved, kept, 60)
    assert rows[5:7] + rows[8:10] == [
        "shop          ●─ sleep ─────────────●─ sleep ──────────────✓",
        "  time limit  ◇─ until 3s ──────────◇─ until 5s ───────────",
        "shop          ●─ sleep ─────────────●─ sleep ──✓",
        "  time limit  ◇─ until 3s ─────────────────────◆",
    ]
    assert "◇ timer is set  ◆ timer fires" in rows[-1]


def test_time_limits_that_were_never_reached_are_left_out() -> None:
    limited = slept(2, timers=[Timer(0, 3, "", 2, False, "Task-1", HERE)])
    assert not any("time limit" in row for row in compared(limited, slept(1), 60))


def test_the_calls_of_a_timer_are_a_row_of_their_own() -> None:
    def counted(*seconds: float) -> Run:
        timers = [Timer(0, time, "countdown.<locals>.tick", time, True, "Task-1", HERE) for time in seconds]
        return Run(tasks=[drive()], timers=timers, elapsed=9)

    rows = [row for row in compared(counted(1, 2, 4), counted(1, 2, 3), 60) if row.startswith("tick")]
    assert [row.count("◆") for row in rows] == [3, 3]


def test_what_drives_the_code_is_no_row() -> None:
    yours = Run(tasks=[drive(), sleeper("Task-2", 1, 2, 3, parent=None, coroutine="shop")], elapsed=9)
    good = Run(tasks=[drive(), sleeper("Task-2", 1, 1, 3, parent=None, coroutine="shop")], elapsed=9)
    rows = compared(yours, good)
    assert "Your code: shop took 2 seconds" in rows
    assert not any("drive_it" in row for row in rows)


def test_what_a_test_awaits_itself_stands_under_the_name_of_the_learners_function() -> None:
    def awaited(length: float) -> Run:
        wait = Span("waiting", 1, 1 + length, 3, "asyncio.sleep", HERE)
        return Run(tasks=[drive(waits(0, 1, 2), runs(1, 2), wait, runs(1 + length, 3))], elapsed=9)

    rows = compared(awaited(2), awaited(1), 60)
    assert rows[5].startswith("shop ") and rows[5].endswith("●")
    assert rows[5].index("●") > len("shop  ")  # the second before is the test's own


def test_tasks_of_the_test_say_so_and_come_last() -> None:
    def with_worker(length: float) -> Run:
        return Run(
            tasks=[
                drive(),
                sleeper("w", 2, length, 5, parent=None, coroutine="drive_it.<locals>.worker"),
                sleeper("Task-3", 3, length, 6, parent=None, coroutine="shop"),
            ],
            elapsed=9,
        )

    rows = compared(with_worker(1), with_worker(2))
    heads = [row.split("  ")[0] for row in rows[5:7]]
    assert heads == ["shop", "worker (the test's)"]


def test_helpers_of_other_names_are_no_difference() -> None:
    def helped(coroutine: str) -> Run:
        helper = sleeper("Task-2", 2, 1, 3, parent="Task-1", coroutine=coroutine, created_at=HERE)
        return Run(tasks=[shop(runs(0, 1), waits(0, 1, 4, "gather"), runs(1, 4)), helper], elapsed=1)

    assert compared(helped("shop.<locals>.one"), helped("helper")) == []


def test_values_are_told_in_words_alone() -> None:
    assert compared(slept(1, returned=["list", ["a", "b"]]), slept(1, returned=["list", ["a", "c"]])) == []


def test_where_nothing_differs_nothing_is_printed() -> None:
    assert compared(slept(1), slept(1)) == []


def test_calls_are_rows_where_tasks_show_no_difference() -> None:
    def called(end: float) -> Run:
        first = Call("fetch", ["a"], 0, end=1, outcome="returned")
        second = Call("fetch", ["b"], 1, end=end, outcome="returned")
        return slept(3, calls={"fetch": [first, second]})

    rows = compared(called(3), called(2), 60)
    assert [row.split("  ")[0] for row in rows if row.startswith("fetch")] == ["fetch('a')", "fetch('b')"] * 2


def test_tasks_and_waits_for_calls_have_their_first_argument() -> None:
    def asked(*ends: float) -> Run:
        """`shop` asks for itself, and by a task of its own."""
        spans = [runs(0, 1), waits(0, ends[0], 5, "ask"), runs(ends[0], 5)]
        helper = sleeper("Task-2", 2, ends[1], 6, parent="Task-1", coroutine="ask", created_at=HERE)
        calls = [
            Call("ask", [name], 0, end=end, task=task)
            for name, end, task in zip("ab", ends, ["Task-1", "Task-2"], strict=True)
        ]
        return Run(tasks=[shop(*spans), helper], elapsed=max(ends), calls={"ask": calls})

    text = "\n".join(compared(asked(4, 3), asked(4, 2)))
    assert "─ ask('a') ─" in text and "\n  ask('b')  " in text


def test_ways_to_write_the_same_are_no_picture() -> None:
    assert compared(slept(1, what="asyncio.to_thread"), slept(1)) == []
    together = Run(tasks=[shop(runs(0, 1), waits(0, 1, 6, "gather"), runs(1, 6))], elapsed=1)
    assert compared(together, slept(1)) == []


def test_what_a_play_took_decides_and_not_what_it_woke_up_for() -> None:
    def joined(*moments: float) -> Run:
        """Two calls of a fake at the same time, joined at these moments."""
        spans = [runs(0, 1), *(waits(0, moment, 5, "task Task-2") for moment in moments), runs(2, 9)]
        calls = [Call("fetch", [name], 0, end=end, outcome="returned") for name, end in [("a", 1), ("b", 2)]]
        return Run(tasks=[shop(*spans)], elapsed=2, calls={"fetch": calls})

    assert compared(joined(1, 2), joined(2)) == []
    assert compared(slept(1, 1), slept(2)) == []
    assert compared(slept(1, 1), slept(1)) != []


def test_a_row_that_waits_for_tasks_without_room_for_them_is_no_picture() -> None:
    def gathered(length: float) -> Run:
        tasks = [sleeper(f"Task-{n}", n, length, n + 60, parent="Task-1", coroutine="helper") for n in range(2, 40)]
        return Run(tasks=[shop(runs(0, 1), waits(0, length, 99, "gather"), runs(length, 99)), *tasks], elapsed=length)

    yours, good = gathered(2), gathered(1)
    criterion = Criterion("test_it", "It is quick.", False, 0.0, 1.0, runs=[yours])
    wide = Console(file=io.StringIO(), width=100)
    assert plays.compare(criterion, OWN, good, OWN, wide, room=10) is None
    assert plays.compare(criterion, OWN, good, OWN, wide, room=30) is not None


def test_what_blocked_says_more_than_what_was_printed() -> None:
    line = Line("hello", 2, "Task-1", order=3)
    stopped = slept(2, lines=[line], blocks=[Block(1.0, 0.0, "time.sleep", "Task-1", HERE)])
    assert not any("hello" in row for row in compared(stopped, slept(1)))
    assert any("hello" in row for row in compared(slept(2, lines=[line]), slept(1)))


def test_how_a_call_ended_at_the_same_moment_is_told_in_words_alone() -> None:
    error = Failure("OSError", "no line", traceback=[TraceLine(4, "shop", "raise OSError('no line')")])
    failed = Run(tasks=[shop(runs(0, 1), outcome="raised", error=error)], error=error)
    assert compared(failed, Run(tasks=[shop(runs(0, 1))])) == []


@pytest.mark.parametrize("words", ["OSError: no line\n  line 4, in shop: raise", "it raised OSError('no line')"])
def test_an_error_that_is_told_with_its_line_is_not_told_again(words: str) -> None:
    error = Failure("OSError", "no line", traceback=[TraceLine(4, "shop", "raise OSError('no line')")])
    failed = Run(tasks=[shop(runs(0, 1), outcome="raised", error=error)], error=error)
    criterion = Criterion("test_it", "It is quick.", False, 0.0, 1.0, words, runs=[failed])
    if "line 4" not in words:
        criterion.diagnoses = [Diagnosis("error_escaped", "It came from here.", "shop.py", 4)]
    assert plays.compare(criterion, OWN, Run(), OWN, Console(file=io.StringIO())) is None


def test_lines_are_shown_from_the_first_that_differs() -> None:
    def printed(length: float, *texts: str) -> Run:
        return slept(length, lines=[Line(text, 0, "Task-1", order=1) for text in texts])

    rows = compared(printed(2, "first", "second"), printed(1, "first", "third"))
    assert not any("first" in row for row in rows)
    assert [row.split()[-1] for row in rows if row.startswith("0s ") and "▼" not in row][-2:] == ["second", "third"]


def test_a_test_that_prints_for_itself_is_not_quoted() -> None:
    def noted(length: float, text: str) -> Run:
        task = sleeper("Task-2", 1, length, 3, parent=None, coroutine="shop")
        return Run(tasks=[drive(), task], lines=[Line(text, 0, "Task-2", order=1), Line("x" + text, 0, "Task-2")])

    assert not any("noted" in row for row in compared(noted(2, "noted: a"), noted(1, "noted: b")))


def test_the_mark_is_at_a_row_that_is_shown() -> None:
    def many(late: float) -> Run:
        tasks = [sleeper(f"Task-{n}", n, 1 if n != 40 else late, n + 60, coroutine="helper") for n in range(2, 60)]
        return Run(tasks=[shop(runs(0, 1), waits(0, 3, 200, "gather"), runs(3, 200)), *tasks], elapsed=3)

    rows = compared(many(2), many(1))
    assert sum("helper Task-40" in row for row in rows) == 2
    assert sum("more tasks" in row for row in rows) == 2


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("name", BIG)
def test_both_together_take_twenty_two_lines_and_a_hundred_columns_at_most(name: str, width: int) -> None:
    rows = compared(BIG[name], BIG["two hundred levels"], width, "def main(): ...\nasync def work(): ...")
    assert len(rows) <= 22 + (width < 100)  # the legend may take another line
    assert max(map(cell_len, rows), default=0) <= min(width, 100)


def test_what_was_not_recorded_is_no_difference() -> None:
    def helped(count: int, dropped: int) -> Run:
        helpers = [sleeper(f"Task-{n}", n, 1, n + 9, coroutine="helper") for n in range(2, 2 + count)]
        main = shop(runs(0, 1), waits(0, 1, 30, "gather"), runs(1, 30))
        return Run(tasks=[main, *helpers], tasks_dropped=dropped, elapsed=1)

    assert compared(helped(3, 2), helped(5, 0)) == []
    cut = task("Task-1", [runs(0, 1)], parent=None, coroutine="shop", ended=2.0)
    assert compared(Run(tasks=[cut], elapsed=2), slept(1, 1)) == []


def test_names_are_those_at_the_top_of_the_text() -> None:
    assert names_in("async def a():\n    def b(): ...\nclass C: ...") == {"a", "C"}
    assert names_in("def (") == frozenset()
