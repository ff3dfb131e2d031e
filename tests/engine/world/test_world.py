"""The world's side of a play, with a player that says what a test wants it to say."""

from __future__ import annotations

import asyncio

from kata.contract.messages import Finished, Go, Report
from kata.contract.request import Request
from kata.contract.run import Limit, Told
from kata.virtualtime import Clock, Scheduler, stable_order
from kata.world.loop import WorldLoop
from kata.world.world import World


class Stopped:
    """A player that rests until second 10 and is stopped as it wakes, before it knows how late it is."""

    def hear(self) -> Report:
        return Report(0, 10 * 10**9, [])

    def ask(self, go: Go) -> Finished:
        return Finished(0, [], Told(limit=Limit("seconds", "5 real seconds")))


def test_a_limit_that_is_passed_as_the_player_wakes_is_told_as_that_limit() -> None:
    world = World(Request("", "answer.py", name="solve"), Stopped())
    world.play()
    assert world.whole().limit == Limit("seconds", "5 real seconds")
    assert world.clock.seconds == 10


def test_sets_of_a_drives_tasks_and_futures_have_the_same_order_wherever_they_lie_in_memory() -> None:
    def names() -> tuple[list[str], bool]:
        stable_order.start_over()
        loop = WorldLoop(Clock())

        async def main() -> tuple[list[str], bool]:
            tasks = [asyncio.create_task(asyncio.sleep(1), name=f"task {number}") for number in range(9)]
            _, left = await asyncio.wait(tasks, timeout=0.5)
            await asyncio.wait(tasks)
            return [task.get_name() for task in left], isinstance(loop.create_future(), stable_order.Future)

        with Scheduler(loop.clock).active():
            try:
                return loop.run_until_complete(main())
            finally:
                loop.close()

    first, stable = names()
    assert stable and sorted(first) == [f"task {number}" for number in range(9)]
    between = [object() for _ in range(10_000)]
    assert [names() for _ in range(5)] == [(first, True)] * 5
    assert between
