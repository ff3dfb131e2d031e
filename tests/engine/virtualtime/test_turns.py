"""The turns that are recorded are those of the loop, and say what each of them did."""

from __future__ import annotations

import asyncio
import sys
import textwrap
from collections.abc import Iterator

import pytest

from kata.contract.run import Line
from kata.contract.turns import MAX_NAMED, MAX_TIMERS, Turn
from kata.virtualtime import Clock, DeadlockError, InstrumentedLoop, Recorder, Scheduler, TurnRecorder, turns
from tests.agreement.turns import Seen, Witnessed, difference, differences, witness

FILE = "<learner>"


def recorded(source: str) -> TurnRecorder:
    """What is recorded of ``main()`` of a program; what it prints is told as in a play."""
    clock = Clock()
    recorder = TurnRecorder(lambda: clock.now_ns, FILE)
    recorder.task_numbers = iter(range(1, 100_000))

    def say(text: object) -> None:
        recorder.printed(Line(str(text), 0.0))

    names = {"asyncio": asyncio, "say": say}
    exec(compile(textwrap.dedent(source), FILE, "exec"), names)
    recorder.begin_lines()
    try:
        with Scheduler(clock).active(), asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder)) as runner:
            runner.run(names["main"]())
            recorder.closes(runner.get_loop())
    except (DeadlockError, ValueError, ExceptionGroup):
        pass
    finally:
        recorder.end_lines()
    return recorder


def turns_of(source: str) -> list[Turn]:
    return recorded(source).turns


def of(found: list[Turn], who: str) -> Iterator[Turn]:
    """The turns of a task or callback, one after the other."""
    return (turn for turn in found if who in (turn.who, turn.callback))


# The truth ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("timed", [False, True], ids=["order", "timers"])
def test_the_turns_of_random_programs_are_those_that_another_observer_of_the_loop_sees(timed, monkeypatch) -> None:
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    assert [*differences(range(20), timed=timed)] == []


@pytest.mark.once
def test_a_recording_that_is_not_what_was_seen_is_noticed(monkeypatch) -> None:
    program = (
        "async def program(log, cancel, block, U):\n    await asyncio.gather(asyncio.sleep(1), asyncio.sleep(0))\n"
    )
    good = witness("import asyncio\n" + program)
    assert difference(good) == ""
    assert "turn" in difference(Witnessed(good.told, good.seen, good.turns[1:]))
    for wrong in (Seen(0.5, "#0", [], []), Seen(0.0, "#1", [], []), Seen(0.0, "#0", ["#1"], [])):
        assert "turn 1," in difference(Witnessed(good.told, [wrong, *good.seen[1:]], good.turns))


# Who runs, and why ----------------------------------------------------------------------------------------------


def test_a_sleep_is_a_timer_whose_callback_wakes_the_task() -> None:
    first, timer, woken, over = turns_of("async def main():\n    await asyncio.sleep(2)\n")
    assert (first.who, first.why, first.end, first.on) == ("Task-1", "created", "waits", "asyncio.sleep(2)")
    assert (timer.callback, timer.at, timer.why, timer.end) == ("sleep of Task-1", 2.0, "timer", "ran")
    assert (woken.who, woken.at, woken.why, woken.because) == ("Task-1", 2.0, "future", "sleep is over")
    assert (woken.end, woken.line, over.callback) == ("returned", 0, "run_until_complete: Task-1 ended")


def test_tasks_become_ready_in_the_order_in_which_they_are_made() -> None:
    found = turns_of("""
        async def one(): pass
        async def main():
            tasks = [asyncio.create_task(one(), name=name) for name in "abc"]
            asyncio.get_running_loop().call_soon(say, "called")
            await asyncio.sleep(0)
    """)
    assert [turn.who or turn.callback for turn in found[:5]] == ["Task-1", "a", "b", "c", "recorded.<locals>.say"]
    assert found[1].ready == ["b", "c", "recorded.<locals>.say", "Task-1"]
    assert (found[1].why, found[1].because) == ("created", "task Task-1")
    assert (found[4].why, found[4].because) == ("call_soon", "task Task-1 put it into the ready queue")
    assert (found[5].why, found[0].end) == ("gave way", "gave way")


def test_who_cancelled_a_task_and_which_error_ended_it_is_told() -> None:
    found = turns_of("""
        async def fail():
            raise ValueError("no such page")
        async def main():
            task = asyncio.create_task(asyncio.sleep(5), name="nap")
            await asyncio.sleep(1)
            task.cancel()
            await asyncio.wait([task])
            await asyncio.create_task(fail(), name="failing")
    """)
    *_, nap = of(found, "nap")
    assert (nap.why, nap.because, nap.end) == ("cancelled", "by task Task-1", "cancelled")
    failing = next(of(found, "failing"))
    assert (failing.end, failing.error) == ("raised", "ValueError: no such page")
    main = [*of(found, "Task-1")]
    assert (main[1].deeds[0].kind, main[1].deeds[0].what, main[1].deeds[0].line) == ("cancel", "nap", 7)
    assert (main[-1].because, main[-1].end) == ("task failing failed", "raised")


def test_what_a_task_waits_for_names_the_tasks_behind_it() -> None:
    found = turns_of("""
        async def main():
            a, b = (asyncio.create_task(asyncio.sleep(n), name=f"nap-{n}") for n in (1, 2))
            await a
            await asyncio.gather(a, b)
            await asyncio.shield(b)
            c, d = (asyncio.create_task(asyncio.sleep(n), name=f"nap-{n}") for n in (3, 4))
            await asyncio.wait([c, d])
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(1), name="child")
            await asyncio.Event().wait()
    """)
    waits = [(turn.on, turn.on_tasks) for turn in of(found, "Task-1") if turn.end == "waits"]
    assert waits == [
        ("task nap-1", ["nap-1"]),
        ("gather of nap-2", ["nap-2"]),
        ("asyncio.wait of nap-3, nap-4", ["nap-3", "nap-4"]),
        ("asyncio.TaskGroup.__aexit__ of child", ["child"]),
        ("asyncio.Event.wait", []),
    ]


def test_a_group_cancels_its_tasks_and_the_one_that_it_is_in() -> None:
    found = turns_of("""
        async def fail():
            raise ValueError("no")
        async def main():
            async with asyncio.TaskGroup() as group:
                group.create_task(fail(), name="failing")
                group.create_task(asyncio.sleep(5), name="other")
    """)
    turn = next(of(found, "TaskGroup: failing ended"))
    assert [(deed.kind, deed.what) for deed in turn.deeds] == [("cancel", "other"), ("cancel", "Task-1")]


def test_threads_and_signals_are_told_apart_from_what_the_loop_does() -> None:
    found = turns_of("""
        import os, signal
        async def main():
            await asyncio.to_thread(len, "abc")
            loop = asyncio.get_running_loop()
            if hasattr(signal, "SIGUSR1"):
                event = asyncio.Event()
                loop.add_signal_handler(signal.SIGUSR1, event.set)
                os.kill(os.getpid(), signal.SIGUSR1)
                await event.wait()
                loop.remove_signal_handler(signal.SIGUSR1)
    """)
    assert next(of(found, "result of a thread")).why == "thread"
    if hasattr(__import__("signal"), "SIGUSR1"):
        assert next(of(found, "Event.set")).why == "event"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks came with 3.12")
def test_the_eager_first_step_of_a_task_belongs_to_the_turn_that_makes_it() -> None:
    found = turns_of("""
        async def child(n):
            say(n)
            await asyncio.sleep(n)
            return n
        async def main():
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
            await asyncio.gather(child(0), child(1))
    """)
    assert [deed.what for deed in found[0].deeds if deed.kind == "print"] == ["0", "1"]
    assert {step.function for step in found[0].steps} == {"main", "child"}


# The queue and the timers ---------------------------------------------------------------------------------------


def test_a_long_queue_is_cut_and_counted() -> None:
    turn = turns_of("""
        async def one(): await asyncio.sleep(1)
        async def main():
            await asyncio.gather(*(one() for _ in range(50)))
    """)[1]
    assert (len(turn.ready), turn.ready_more) == (MAX_NAMED, 49 - MAX_NAMED)


def test_pending_timers_come_in_the_order_of_their_due_times_without_those_that_were_cancelled() -> None:
    found = turns_of("""
        def tick(): pass
        async def main():
            loop = asyncio.get_running_loop()
            gone = loop.call_later(1, tick)
            for delay in (*range(30, 2, -1), 2):
                loop.call_later(delay, tick)
            gone.cancel()
            await asyncio.sleep(0)
    """)
    deeds = [(deed.what, deed.due) for deed in found[0].deeds]
    assert deeds[:2] == [("call_later: tick", 1.0), ("call_later: tick", 30.0)]
    timers = found[1].timers
    assert [(timer.due, timer.what) for timer in timers[:2]] == [(2.0, "call_later: tick"), (3.0, "call_later: tick")]
    assert (len(timers), found[1].timers_more) == (MAX_TIMERS, 29 - MAX_TIMERS)


def test_the_limit_of_a_task_is_a_timer_of_that_name() -> None:
    found = turns_of("""
        async def main():
            try:
                async with asyncio.timeout(1):
                    await asyncio.sleep(5)
            except TimeoutError:
                say("late")
    """)
    assert [(deed.kind, deed.what, deed.due) for deed in found[0].deeds] == [
        ("timer", "limit of Task-1", 1.0),
        ("timer", "sleep of Task-1", 5.0),
    ]
    limit = next(of(found, "limit of Task-1"))
    assert [(deed.kind, deed.what) for deed in limit.deeds] == [("cancel", "Task-1")]


# Lines ----------------------------------------------------------------------------------------------------------


def test_lines_come_with_the_names_whose_values_have_changed() -> None:
    first, _, woken, *_ = turns_of("""
        async def main():
            total = 1
            total += 1
            again = total
            await asyncio.sleep(1)
            del again
            say(total)
    """)
    assert [(step.line, step.changed) for step in first.steps] == [
        (3, {}),
        (4, {"total": "1"}),
        (5, {"total": "2"}),
        (6, {"again": "2"}),
    ]
    assert [(step.line, step.changed) for step in woken.steps] == [(6, {}), (7, {}), (8, {"again": ""})]
    assert {step.function for step in woken.steps} == {"main"}
    assert [(deed.kind, deed.what, deed.line) for deed in woken.deeds] == [("print", "2", 8)]


def test_a_coroutine_goes_on_in_the_innermost_one_that_it_awaits() -> None:
    found = turns_of("""
        async def inner():
            await asyncio.sleep(1)
            return 1
        async def main():
            value = await inner()
            say(value)
    """)
    assert [(step.line, step.function) for step in found[2].steps] == [(3, "inner"), (4, "inner"), (7, "main")]


def test_a_generator_that_the_coroutine_loops_over_is_followed() -> None:
    found = turns_of("""
        async def count():
            yield 1
            await asyncio.sleep(1)
            yield 2
        async def main():
            async for number in count():
                say(number)
    """)
    first, _, woken, *_ = found
    assert [step.function for step in first.steps] == ["main", "count", "main", "main", "count", "count"]
    assert (first.line, first.function) == (4, "count")
    assert woken.deeds[0].what == "2"


def test_nothing_of_the_programs_objects_is_called() -> None:
    recorder = recorded("""
        class Hostile:
            def _raise(self, *args):
                raise AssertionError("called")
            __repr__ = __str__ = __eq__ = __hash__ = __len__ = __iter__ = __getattr__ = __class_getitem__ = _raise
        async def main():
            hostile = Hostile()
            several = [hostile, {"key": hostile}]
            asyncio.get_running_loop().call_soon(type("Call", (), {"__call__": lambda self: None})())
            await asyncio.sleep(0)
            say("alive")
    """)
    steps = [step for turn in recorder.turns for step in turn.steps if step.function == "main"]
    texts = {name: text for step in steps for name, text in step.changed.items()}
    assert texts == {"hostile": "<Hostile>", "several": "[<Hostile>, {'key': <Hostile>}]"}
    assert "Call" in [turn.callback for turn in recorder.turns]
    assert [deed.what for turn in recorder.turns for deed in turn.deeds if deed.kind == "print"] == ["alive"]


def test_nothing_is_left_in_the_interpreter_afterwards() -> None:
    before = sys.gettrace()
    recorded("async def main():\n    await asyncio.sleep(1)\n")
    assert sys.gettrace() is before
    if sys.version_info >= (3, 12):
        assert "asyncio-kata" not in [sys.monitoring.get_tool(tool) for tool in range(6)]


# Limits ---------------------------------------------------------------------------------------------------------

LOOP = """
    async def main():
        for number in range(100):
            await asyncio.sleep(1)
        say(number)
"""


@pytest.mark.parametrize(
    ("limit", "most", "stopped"), [("TURNS", 20, "turns"), ("STEPS", 21, "lines"), ("BYTES", 2000, "bytes")]
)
def test_what_is_too_much_is_counted_and_said(monkeypatch, limit, most, stopped) -> None:
    whole = recorded(LOOP)
    assert (whole.turns_stopped, whole.turns_dropped) == ("", 0)
    monkeypatch.setattr(turns, f"MAX_{limit}", most)
    recorder = recorded(LOOP)
    assert recorder.turns_stopped == stopped
    assert len(recorder.turns) + recorder.turns_dropped >= len(whole.turns)
    assert 0 < len(recorder.turns) <= 21
    assert recorder.records() and recorder.records()[0].outcome == "returned"  # the play went on


def test_a_loop_that_computes_does_not_use_up_the_lines_of_other_turns(monkeypatch) -> None:
    first, *_, last, _ = turns_of("""
        async def main():
            for number in range(5000):
                pass
            await asyncio.sleep(1)
            say(number)
    """)
    assert (len(first.steps), first.steps_cut) == (500, True)
    assert ([step.line for step in last.steps], last.steps_cut) == ([5, 6], False)


def test_without_turns_nothing_of_the_loop_is_replaced() -> None:
    clock = Clock()
    loop = InstrumentedLoop(Recorder(lambda: clock.now_ns), clock)
    assert type(loop._ready).__name__ == "deque"
    assert not {"_at", "_timer_handle_cancelled"} & {*vars(loop)}
    loop.close()
