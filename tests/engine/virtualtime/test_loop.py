"""The loop on virtual time: exact, in asyncio's own order, and without waiting."""

from __future__ import annotations

import asyncio
import logging
import math
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from kata.virtualtime import Clock, DeadlockError, VirtualLoop


def test_it_works_as_a_loop_factory_and_nothing_else(real_seconds) -> None:
    async def main() -> float:
        await asyncio.sleep(3600)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(main()) == 3600
        assert runner.run(main()) == 7200
    assert real_seconds() < 5


@pytest.mark.parametrize("start", [0.0, 1.7e9])
def test_equal_sleeps_wake_in_the_order_in_which_they_began(play, start) -> None:
    woken = []

    async def sleeper(number: int) -> None:
        await asyncio.sleep(1)
        woken.append(number)

    async def main() -> None:
        await asyncio.gather(*(sleeper(number) for number in range(8)))

    play(main(), clock=Clock(start=start))
    assert woken == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("start", [0.0, 1.7e9])
def test_a_tenth_and_seven_tenths_fall_together_with_eight_tenths(play, start) -> None:
    woken = []

    async def in_two_steps() -> None:
        await asyncio.sleep(0.1)
        await asyncio.sleep(0.7)
        woken.append(("two steps", loop_time()))

    async def in_one_step() -> None:
        await asyncio.sleep(0.8)
        woken.append(("one step", loop_time()))

    def loop_time() -> float:
        return asyncio.get_running_loop().time()

    async def main() -> None:
        await asyncio.gather(in_two_steps(), in_one_step())

    play(main(), clock=Clock(start=start))
    assert [name for name, _ in woken] == ["one step", "two steps"]
    assert woken[0][1] == woken[1][1]


@pytest.mark.parametrize("start", [0.0, 0.3, 1.7e9])
def test_elapsed_is_exact(start) -> None:
    async def main() -> None:
        for _ in range(10):
            await asyncio.sleep(0.1)

    with asyncio.Runner(loop_factory=lambda: VirtualLoop(Clock(start=start))) as runner:
        runner.run(main())
        assert runner.get_loop().elapsed == 1.0


def test_call_at_meets_its_instant(play) -> None:
    async def main() -> list[float]:
        loop = asyncio.get_running_loop()
        seen = []
        for when in (0.3, 0.1, 0.2):
            loop.call_at(when, lambda: seen.append(loop.time()))
        await asyncio.sleep(1)
        return seen

    assert play(main()) == [0.1, 0.2, 0.3]


def test_a_hundred_thousand_seconds_pass_the_clamp_of_a_day(play) -> None:
    async def main() -> float:
        await asyncio.sleep(100_000)
        return asyncio.get_running_loop().time()

    assert play(main()) == 100_000


def test_nanoseconds_are_told_apart(play) -> None:
    woken = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(2e-9, woken.append, "later")
        loop.call_later(1e-9, woken.append, "sooner")
        await asyncio.sleep(1)

    play(main())
    assert woken == ["sooner", "later"]


def test_a_timer_at_infinity_never_fires_and_can_be_cancelled(play) -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        timer = loop.call_later(math.inf, pytest.fail, "infinity came")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await asyncio.sleep(math.inf)
        assert timer.when() == math.inf
        timer.cancel()
        return loop.time()

    assert play(main()) == 2


def test_nothing_but_infinity_ahead_is_a_deadlock(play) -> None:
    with pytest.raises(DeadlockError):
        play(asyncio.sleep(math.inf))


def test_a_sleep_that_is_no_number_does_what_this_python_does(play) -> None:
    if sys.version_info >= (3, 13):
        with pytest.raises(ValueError):
            play(asyncio.sleep(math.nan))
    else:
        play(asyncio.sleep(math.nan))


def test_negative_and_zero_delays_are_due_at_once(play) -> None:
    async def main() -> float:
        await asyncio.sleep(-5)
        await asyncio.sleep(0)
        done = asyncio.Event()
        asyncio.get_running_loop().call_later(-1, done.set)
        await done.wait()
        return asyncio.get_running_loop().time()

    assert play(main()) == 0


def test_order_survives_many_cancelled_timers(play) -> None:
    woken = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(5, woken.append, number) for number in range(400)]
        for number, timer in enumerate(timers):
            if number % 4:
                timer.cancel()
        await asyncio.sleep(10)

    play(main())
    assert woken == list(range(0, 400, 4))


def test_timers_of_one_instant_fire_in_one_turn_and_ready_callbacks_wait(play) -> None:
    seen = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(1, lambda: (seen.append("first"), loop.call_soon(seen.append, "soon")))
        loop.call_later(1, seen.append, "second")
        await asyncio.sleep(2)

    play(main())
    assert seen == ["first", "second", "soon"]


def test_a_missing_delay_is_refused_as_by_the_stock_loop() -> None:
    loop = VirtualLoop()
    with pytest.raises(TypeError):
        loop.call_later(None, print)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        loop.call_at(None, print)  # type: ignore[arg-type]
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_later(1, print)


def test_debug_mode_reports_slow_callbacks_in_virtual_seconds(play, caplog) -> None:
    async def main() -> None:
        time.sleep(2)

    with caplog.at_level(logging.WARNING, "asyncio"):
        play(main(), debug=True)
    assert "took 2.000 seconds" in caplog.text


@pytest.mark.parametrize("schedule", ["call_soon", "call_soon_threadsafe", "call_later", "call_at"])
def test_debug_mode_says_where_a_callback_was_scheduled(play, schedule) -> None:
    async def main() -> str:
        loop = asyncio.get_running_loop()
        when = {"call_later": (1,), "call_at": (loop.time() + 1,)}.get(schedule, ())
        handle = getattr(loop, schedule)(*when, int)
        place = handle._source_traceback[-1]
        handle.cancel()
        return place.name

    assert play(main(), debug=True) == "main"


def test_the_default_pool_shuts_down_without_waiting_for_a_time_out(real_seconds) -> None:
    async def main() -> int:
        return await asyncio.to_thread(sum, [1, 2])

    with warnings.catch_warnings(), asyncio.Runner(loop_factory=VirtualLoop) as runner:
        warnings.simplefilter("error")
        assert runner.run(main()) == 3
        loop = runner.get_loop()
    assert loop.elapsed == 0
    assert real_seconds() < 5


def test_asyncio_timeouts_are_exact(play) -> None:
    async def main() -> tuple[float, str]:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(1.5):
                await asyncio.sleep(1.5)
                return loop.time(), "slept"
        except TimeoutError:
            return loop.time(), "timed out"

    # The timeout's timer was set first, so it comes first.
    assert play(main()) == (1.5, "timed out")


def test_interrupted_runs_leave_a_loop_that_can_go_on() -> None:
    loop = VirtualLoop()

    async def stop_soon() -> None:
        await asyncio.sleep(1)
        loop.stop()

    task = loop.create_task(stop_soon())
    loop.run_forever()
    loop.run_until_complete(asyncio.sleep(1))
    assert task.done()
    assert loop.time() == 2
    loop.close()


def test_an_executor_of_the_programs_own_lives_on_the_clock(play, real_seconds) -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(2) as pool:
            await asyncio.gather(*(loop.run_in_executor(pool, time.sleep, 100) for _ in range(4)))
        return loop.time()

    assert play(main()) == 200
    assert real_seconds() < 10


def test_contextvars_and_task_names_stay_as_they_are(play) -> None:
    import contextvars

    variable = contextvars.ContextVar("variable", default="outside")

    async def child() -> str:
        await asyncio.sleep(1)
        return variable.get()

    async def main() -> list[str]:
        variable.set("inside")
        task = asyncio.create_task(child(), name="child")
        variable.set("changed later")
        return [await task, task.get_name(), repr(task).partition(" ")[0]]

    assert play(main()) == ["inside", "child", "<Task"]


@pytest.mark.parametrize("start", [0.0, 1e6, 1.7e9, 1e12])
def test_a_timer_that_is_due_at_once_fires_however_late_the_clock_starts(play, start) -> None:
    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await asyncio.sleep(1)

    play(main(), clock=Clock(start=start))


def test_a_timer_fires_after_a_block_of_half_a_century(play) -> None:
    async def main() -> float:
        time.sleep(1.7e9)
        fired = asyncio.Event()
        asyncio.get_running_loop().call_later(0, fired.set)
        await fired.wait()
        return asyncio.get_running_loop().time()

    assert play(main()) == 1.7e9


def test_it_needs_no_sockets(play, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser, where a program has none and nobody outside could wake the loop."""

    def none_here() -> None:
        raise OSError("no sockets")

    monkeypatch.setattr("socket.socketpair", none_here)

    async def main() -> float:
        await asyncio.gather(asyncio.sleep(60), asyncio.sleep(90))
        return asyncio.get_running_loop().time()

    assert play(main()) == 90
