"""One clock for everybody: `time`, `datetime` and the loop agree while a clock is active."""

from __future__ import annotations

import asyncio
import datetime
import time
from time import monotonic as imported_by_name

import pytest

from kata.virtualtime import Clock, Scheduler, time_patches


def test_all_ways_to_tell_time_agree(play) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        wall, perf = time.time(), time.perf_counter()
        await asyncio.sleep(1.25)
        assert loop.time() == time.monotonic() == imported_by_name() == 1.25
        assert time.monotonic_ns() == time.perf_counter_ns() == 1_250_000_000
        assert time.perf_counter() - perf == 1.25
        assert time.time() - wall == 1.25
        assert time.time_ns() / 10**9 == time.time()
        assert datetime.datetime.now(datetime.UTC).timestamp() == time.time()

    play(main())


def test_the_date_moves_on_with_the_loop(play) -> None:
    async def main() -> tuple[datetime.date, datetime.date]:
        before = datetime.date.today()
        await asyncio.sleep(86_400)
        return before, datetime.date.today()

    before, after = play(main())
    assert after - before == datetime.timedelta(days=1)


def test_the_wall_clock_can_start_at_any_moment(play) -> None:
    async def main() -> datetime.datetime:
        await asyncio.sleep(30)
        return datetime.datetime.now(datetime.UTC)

    new_year = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    clock = Clock(wall_ns=round((new_year.timestamp() - 30) * 10**9))
    assert play(main(), clock=clock) == new_year


def test_without_a_clock_time_is_real(play) -> None:
    play(asyncio.sleep(1000))
    assert abs(time.time() - time_patches.real_time()) < 1
    assert abs(time.monotonic() - time_patches.real_monotonic()) < 1
    assert abs(datetime.datetime.now(datetime.UTC).timestamp() - time_patches.real_time()) < 1


def test_time_sleep_moves_the_clock_while_every_task_stands_still(play) -> None:
    async def main() -> list[float]:
        loop = asyncio.get_running_loop()
        other = asyncio.create_task(asyncio.sleep(1))
        await asyncio.sleep(0)
        time.sleep(5)
        woken = loop.time()
        await other
        return [woken, loop.time()]

    assert play(main()) == [5, 5]


@pytest.mark.parametrize(
    ("seconds", "error"),
    [(-1, ValueError), (float("nan"), ValueError), (float("inf"), OverflowError), ("1", TypeError), (None, TypeError)],
)
def test_time_sleep_refuses_what_the_real_one_refuses(play, seconds, error) -> None:
    async def main() -> None:
        with pytest.raises(error):
            time.sleep(seconds)

    play(main())
    with pytest.raises(error):
        time_patches.real_sleep(seconds)


def test_the_clock_tells_of_a_block(play) -> None:
    scheduler, blocks = Scheduler(), []
    scheduler.on_block = lambda start, end, call: blocks.append((start, end, call))

    async def main() -> None:
        await asyncio.sleep(1)
        time.sleep(2)
        await asyncio.to_thread(time.sleep, 3)

    play(main(), clock=scheduler.clock)
    assert blocks == [(10**9, 3 * 10**9, "time.sleep")]
