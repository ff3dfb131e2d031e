"""The recorder notes the timers that a submission sets, and the time limits of its tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kata.contract.run import Timer
from kata.virtualtime import Clock, InstrumentedLoop, Recorder, Scheduler


def recorded(main: Callable[[], Awaitable[None]], file: str = __file__) -> list[Timer]:
    clock = Clock()
    recorder = Recorder(lambda: clock.now_ns, file)
    with (
        Scheduler(clock).active(),
        asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder)) as runner,
    ):
        runner.run(main())  # type: ignore[arg-type]
    return recorder.timers


def told(timers: list[Timer]) -> list[tuple[str, float, float, float | None, bool]]:
    return [(timer.calls, timer.set, timer.due, timer.ended, timer.fired) for timer in timers]


def tick() -> None:
    """Nothing."""


def test_a_timer_that_fires_and_one_that_is_cancelled() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(1, tick)
        late = loop.call_at(5, tick)
        await asyncio.sleep(2)
        late.cancel()

    assert told(recorded(main)) == [("tick", 0, 1, 1, True), ("tick", 0, 5, 2, False)]


def test_a_deadline_that_moves_and_then_is_over() -> None:
    async def main() -> None:
        try:
            async with asyncio.timeout(2) as limit:
                await asyncio.sleep(1)
                limit.reschedule(4)
                await asyncio.sleep(9)
        except TimeoutError:
            pass

    timers = recorded(main)
    assert told(timers) == [("", 0, 2, 1, False), ("", 1, 4, 4, True)]
    assert len({timer.task for timer in timers}) == 1


def test_a_limit_of_wait_for_that_is_kept() -> None:
    async def main() -> None:
        await asyncio.wait_for(asyncio.sleep(1), 3)

    assert told(recorded(main)) == [("", 0, 3, 1, False)]


def test_sleeps_and_timers_of_other_files_are_none() -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_later(1, tick)
        async with asyncio.timeout(3):
            await asyncio.sleep(2)

    assert recorded(main, "another.py") == []


def test_what_a_timer_looks_like_stays_as_it_is() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        shown.append(repr(loop.call_later(1, tick)))

    shown: list[str] = []
    recorded(main)
    recorded(main, "another.py")
    assert len({text.partition(" at ")[0] for text in shown}) == 1
