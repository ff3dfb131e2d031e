"""The clean-run rule, and the words for plays that have no result."""

from __future__ import annotations

import pytest

from kata.contract.run import (
    Block,
    Deadlock,
    Frame,
    Limit,
    NeverAwaited,
    Run,
    StuckTask,
    Unfit,
    Unretrieved,
)
from kata.contract.values import Failure, TraceLine
from kata.judge import clean

HERE = Frame("exercises/x.py", 7, "solve", "time.sleep(2)")

THERE = Frame("exercises/x.py", 9, "solve", "time.sleep(3)")

UNCLEAN = {
    "blocking": Run(blocks=[Block(2.0, 1.0, "time.sleep", "Task-1", HERE)]),
    "never_awaited": Run(never_awaited=[NeverAwaited("fetch", HERE)]),
    "leaked": Run(leaked=[StuckTask("worker", "asyncio.sleep", HERE)]),
    "unretrieved": Run(unretrieved=[Unretrieved("worker", Failure("ValueError", "no"), "never retrieved")]),
    "deadlock": Run(deadlock=Deadlock(3.0, [StuckTask("worker", "asyncio.Event.wait", HERE)])),
}


def test_a_clean_run_is_clean() -> None:
    assert clean.find(Run(), ()) == []


@pytest.mark.parametrize("kind", UNCLEAN)
def test_each_kind_is_found_under_its_name(kind) -> None:
    [found] = clean.find(UNCLEAN[kind], ())
    assert found.name == kind
    assert found.text.endswith(".")


@pytest.mark.parametrize("kind", UNCLEAN)
def test_a_test_can_allow_each_kind(kind) -> None:
    assert clean.find(UNCLEAN[kind], {kind}) == []


def test_tasks_that_were_cancelled_and_left_are_told_as_such() -> None:
    cancelled = StuckTask("worker", "asyncio.sleep", HERE, cancelled=True)
    [one] = clean.find(Run(leaked=[cancelled]), ())
    assert one.text.endswith(
        "It had been asked to cancel, and ends only later, when it has cleaned up: await it after that."
    )
    [mixed] = clean.find(Run(leaked=[cancelled, StuckTask("other", "asyncio.sleep")]), ())
    assert mixed.text.endswith("Await them before the function ends; cancel them first if they are no longer wanted.")


def test_coroutines_that_are_never_awaited_are_counted() -> None:
    again, other = NeverAwaited("fetch", HERE), NeverAwaited("close", HERE)
    [twice] = clean.find(Run(never_awaited=[again, again]), ())
    assert "fetch(…) was made in line 7 and never awaited (2 times)" in twice.text
    [two] = clean.find(Run(never_awaited=[again, other]), ())
    assert "never awaited (and 1 more)" in two.text


def test_all_kinds_are_covered_here() -> None:
    assert set(UNCLEAN) == set(clean.KINDS)


def test_tampering_cannot_be_allowed_and_comes_first() -> None:
    run = Run(tampered=["asyncio.sleep"], blocks=UNCLEAN["blocking"].blocks)
    assert [found.name for found in clean.find(run, set())] == ["tampering", "blocking"]
    assert [found.name for found in clean.find(run, set(clean.KINDS))] == ["tampering"]


def test_a_block_is_told_with_its_line_and_seconds() -> None:
    [found] = clean.find(UNCLEAN["blocking"], ())
    assert (found.file, found.line) == ("exercises/x.py", 7)
    assert "time.sleep" in found.text
    assert "line 7" in found.text
    assert "2 seconds" in found.text


@pytest.mark.parametrize("kind", ["seconds", "cpu", "memory", "output", "processes", "answer", "exited", "unreadable"])
def test_each_limit_has_words(kind) -> None:
    found = clean.stopped(Run(limit=Limit(kind, "so much", HERE)))
    assert found is not None
    assert found.name == "limit"
    assert "so much" in found.text


@pytest.mark.parametrize("kind", ["syntax", "import", "missing", "not_async", "not_callable"])
def test_each_unfit_submission_has_words(kind) -> None:
    found = clean.stopped(Run(unfit=Unfit(kind, "thing", HERE)))
    assert found is not None
    assert found.name == "unfit"
    assert "thing" in found.text


def test_a_run_with_a_result_was_not_stopped() -> None:
    assert clean.stopped(Run()) is None


def test_blocks_in_several_lines_are_told_with_all_of_them() -> None:
    blocks = [Block(2.0, 1.0, "time.sleep", "Task-1", HERE), Block(3.0, 3.0, "time.sleep", "Task-2", THERE)]
    [found] = clean.find(Run(blocks=blocks), ())
    assert "in the lines 7 and 9, for 5 seconds in all" in found.text
    assert found.line == 7


def test_what_blocked_inside_a_function_of_the_library_is_told_by_the_name_that_was_called() -> None:
    [found] = clean.find(Run(blocks=[Block(2.0, 1.0, "Executor.map.<locals>.result_iterator", "Task-1", HERE)]), ())
    assert found.text.startswith("Executor.map blocked the event loop in line 7")


def test_an_error_of_a_callback_is_told_by_the_line_where_it_came() -> None:
    error = Failure("ValueError", "no", traceback=[TraceLine(9, "count", "task.result()")])
    message = "Exception in callback watch.<locals>.count(<Task finished>) at exercises/x.py:8"
    [found] = clean.find(Run(unretrieved=[Unretrieved(None, error, message)]), ())
    assert (found.name, found.line) == ("unretrieved", 9)
    assert found.text.startswith("count, which the event loop called, raised ValueError('no') in line 9")


def test_a_coroutine_inside_a_function_goes_by_its_own_name() -> None:
    [found] = clean.find(Run(never_awaited=[NeverAwaited("drive.<locals>.look_up", HERE)]), ())
    assert found.text.startswith("The coroutine look_up(…) was made")


def test_a_call_that_stops_the_loops_thread_is_told_as_the_cause_of_the_deadlock() -> None:
    stuck = StuckTask("page 1", "threading.Event.wait", HERE)
    [found] = clean.find(Run(deadlock=Deadlock(2.0, [stuck])), ())
    assert found.text.startswith(
        f"threading.Event.wait in line {HERE.line} blocks the event loop's own thread for ever"
    )
    assert (found.name, found.line) == ("deadlock", HERE.line)


def test_a_result_that_was_handed_over_in_place_of_a_function_is_told_as_that() -> None:
    error = Failure("TypeError", "'NoneType' object is not callable")
    [found] = clean.find(Run(unretrieved=[Unretrieved(None, error, "Exception in callback None()")]), ())
    assert "was given None to call" in found.text
