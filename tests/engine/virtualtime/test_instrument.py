"""An instrument is told of what happens on a loop, in the order in which it happens."""

from __future__ import annotations

import asyncio
import sys

import pytest

from kata.virtualtime import Instrument, InstrumentedLoop


class Diary(Instrument):
    """Writes down what it is told; the first task without a name is the main one."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.names = iter(["main", "child"])

    def task_name(self) -> str | None:
        return next(self.names, None)

    def task_spawned(self, task, coroutine) -> None:
        self.entries.append(f"{task.get_name()} is made of {coroutine.__name__}")

    def before_task_step(self, task) -> None:
        self.entries.append(f"{task.get_name()} begins a step")

    def after_task_step(self, task) -> None:
        self.entries.append(f"{task.get_name()} ends a step")

    def task_exited(self, task) -> None:
        self.entries.append(f"{task.get_name()} ends")

    def task_cancel_requested(self, task) -> None:
        self.entries.append(f"{task.get_name()} shall end")

    def exception_unhandled(self, context) -> None:
        self.entries.append(context["message"])


def diary(main, *, eager: bool = False) -> list[str]:
    """What an instrument is told of a run of ``main()``, without what `asyncio.run` does after it."""
    told = Diary()
    with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(told)) as runner:
        if eager:
            runner.get_loop().set_task_factory(asyncio.eager_task_factory)
        runner.run(main())
        return list(told.entries)


async def child() -> None:
    """Lasts for two steps."""
    await asyncio.sleep(60)


def test_the_events_of_a_task_come_in_their_order() -> None:
    async def main() -> None:
        await asyncio.create_task(child())

    assert diary(main) == [
        "main is made of main",
        "main begins a step",
        "child is made of child",
        "main ends a step",
        "child begins a step",
        "child ends a step",
        "child begins a step",
        "child ends a step",
        "child ends",
        "main begins a step",
        "main ends a step",
        "main ends",
    ]


def test_a_cancellation_is_told_before_the_step_that_it_brings_about() -> None:
    async def main() -> None:
        task = asyncio.create_task(child())
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])

    entries = [entry for entry in diary(main) if entry.startswith("child")]
    assert entries == [
        "child is made of child",
        "child begins a step",
        "child ends a step",
        "child shall end",
        "child begins a step",
        "child ends a step",
        "child ends",
    ]


def test_a_group_that_takes_its_cancellation_back_does_not_tell_of_it() -> None:
    async def fail() -> None:
        raise ValueError

    async def main() -> None:
        with pytest.raises(ExceptionGroup):
            async with asyncio.TaskGroup() as group:
                group.create_task(fail())
                await asyncio.sleep(60)

    assert "main shall end" not in diary(main)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks came with 3.12")
def test_an_eager_task_may_end_as_it_is_made() -> None:
    async def at_once() -> None:
        pass

    async def main() -> None:
        await asyncio.get_running_loop().create_task(at_once(), name="child")

    entries = [entry for entry in diary(main, eager=True) if entry.startswith("child")]
    assert entries == ["child is made of at_once", "child ends"]


def test_what_nobody_caught_is_told() -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_exception_handler({"message": "something broke"})

    assert "something broke" in diary(main)


def test_timers_are_seen_under_the_name_that_they_have_in_asyncio() -> None:
    with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(Instrument())) as runner:
        timer = runner.get_loop().call_later(1, print)
        assert repr(timer).startswith("<TimerHandle when=1.0") and type(timer).__module__ == "asyncio.events"
        timer.cancel()
