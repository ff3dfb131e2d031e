"""What a wait is about: how long it was asked to take, and for which tasks."""

from __future__ import annotations

import asyncio
import functools
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from typing import Any

import pytest

from kata.contract.run import Span
from kata.virtualtime import InstrumentedLoop, InstrumentedMixin, Recorder, Scheduler, stable_order

Waits = Callable[[Coroutine[Any, Any, Any]], list[Span]]


@pytest.fixture
def waits() -> Waits:
    """Runs a coroutine on virtual time; gives the waits of its task."""

    def run(main: Coroutine[Any, Any, Any]) -> list[Span]:
        scheduler = Scheduler()
        recorder = Recorder(lambda: scheduler.clock.now_ns, __file__)
        with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder, scheduler.clock)) as runner:
            runner.run(main)
        return [span for span in recorder.records()[0].spans if span.kind == "waiting"]

    return run


def made(name: str, seconds: float) -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(seconds), name=name)


def test_a_sleep_says_how_long_it_was_to_be_although_it_took_longer(waits) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_later(1, time.sleep, 5)
        await asyncio.sleep(2.5)

    (wait,) = waits(main())
    assert (wait.asked, wait.end) == (2.5, 6)


def test_on_the_stock_loop_a_sleep_says_how_long_it_was_to_be() -> None:
    class Loop(InstrumentedMixin, asyncio.SelectorEventLoop):
        pass

    def loop() -> Loop:
        made = Loop()
        made.instrument = recorder
        return made

    recorder = Recorder(time.perf_counter_ns, __file__)
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(asyncio.sleep(0.001))
    assert 0.001 in [span.asked for task in recorder.records() for span in task.spans if span.what == "asyncio.sleep"]


async def _gather() -> None:
    await asyncio.gather(made("a", 1), asyncio.gather(made("b", 2), made("c", 2)))


async def _group() -> None:
    async with asyncio.TaskGroup() as group:
        for name in "abc":
            group.create_task(asyncio.sleep(1), name=name)


async def _wait() -> None:
    await asyncio.wait([made("a", 1), made("b", 2), made("c", 2)], timeout=5)


async def _task() -> None:
    await made("a", 1)


async def _shield() -> None:
    await asyncio.shield(made("a", 1))


@pytest.mark.parametrize(
    ("main", "on", "asked"),
    [
        (_gather, "abc", None),
        (_group, "abc", None),
        (_wait, "abc", 5),
        (_task, "a", None),
        (_shield, "a", None),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_wait_names_the_tasks_that_it_is_for(waits, main, on: str, asked: float | None) -> None:
    wait = waits(main())[0]
    assert (sorted(wait.on), wait.on_dropped, wait.asked) == (sorted(on), 0, asked)


def test_as_completed_names_what_is_still_to_come(waits) -> None:
    async def main() -> None:
        for coming in stable_order.as_completed([made("a", 1), made("b", 2), made("c", 3)]):
            await coming

    assert [sorted(wait.on) for wait in waits(main())] == [["a", "b", "c"], ["b", "c"], ["c"]]


def test_of_very_many_tasks_the_first_are_named_and_the_rest_is_counted(waits) -> None:
    async def main() -> None:
        await asyncio.gather(*(made(f"t{number}", 1) for number in range(1000)))

    (wait,) = waits(main())
    assert list(wait.on) == [f"t{number}" for number in range(20)]
    assert wait.on_dropped == 980


async def _ticks() -> AsyncIterator[int]:
    for number in range(2):
        await asyncio.sleep(1)
        yield number
    await asyncio.Event().wait()


async def _for() -> None:
    async for number in _ticks():
        if number:
            break


async def _next() -> None:
    ticks = _ticks()
    for _ in range(2):
        await anext(ticks, None)


class _Awaitable:
    def __await__(self) -> Generator[Any, Any, None]:
        return asyncio.sleep(1).__await__()


async def _own_awaitable() -> None:
    await _Awaitable()
    await _Awaitable()


@pytest.mark.parametrize("main", [_for, _next, _own_awaitable])
def test_what_is_behind_an_awaitable_of_pythons_own_is_seen(waits, main) -> None:
    found = waits(main())
    assert [(wait.what, wait.asked) for wait in found] == [("asyncio.sleep", 1)] * 2
    assert all(wait.at is not None for wait in found)


def test_a_generator_that_asyncio_closes_is_called_by_its_name() -> None:
    scheduler = Scheduler()
    recorder = Recorder(lambda: scheduler.clock.now_ns, __file__)
    with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder, scheduler.clock)) as runner:
        runner.run(_for())
    assert "_ticks.aclose" in {task.coroutine for task in recorder.records()} or sys.implementation.name != "cpython"


def test_the_loops_own_coroutines_are_called_as_a_program_calls_them(waits) -> None:
    import socket

    async def main() -> None:
        here, there = socket.socketpair()
        with here, there:
            here.setblocking(False)
            asyncio.get_running_loop().call_later(1, there.send, b"x")
            await asyncio.get_running_loop().sock_recv(here, 1)

    assert [wait.what for wait in waits(main())] == ["loop.sock_recv"]


def test_a_wait_for_an_executor_names_the_function_that_it_was_given(waits) -> None:
    def work() -> None:
        time.sleep(1)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, work)
        await loop.run_in_executor(None, functools.partial(functools.partial(time.sleep, 1)))
        await loop.run_in_executor(None, lambda: work())
        await asyncio.to_thread(work)

    named = ["loop.run_in_executor(work)", "loop.run_in_executor(sleep)", "loop.run_in_executor"]
    assert [wait.what for wait in waits(main())] == [*named, "asyncio.to_thread(work)"]


@pytest.mark.skipif(not hasattr(asyncio, "eager_task_factory"), reason="there are none before 3.12")
def test_the_first_wait_of_an_eager_task_is_told_like_any_other() -> None:
    scheduler = Scheduler()
    recorder = Recorder(lambda: scheduler.clock.now_ns, __file__)

    async def nap() -> None:
        await asyncio.sleep(2)

    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        await asyncio.create_task(nap(), name="nap")

    with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder, scheduler.clock)) as runner:
        runner.run(main())
    (wait,) = [span for span in recorder.records()[1].spans if span.kind == "waiting"]
    assert (wait.what, wait.asked, wait.end) == ("asyncio.sleep", 2, 2)
    assert wait.at is not None and wait.at.function.endswith("nap")


def test_a_task_made_of_an_awaitable_is_called_by_its_class() -> None:
    class Countdown:
        def __await__(self) -> Generator[Any, None, None]:
            yield from asyncio.sleep(1).__await__()

    scheduler = Scheduler()
    recorder = Recorder(lambda: scheduler.clock.now_ns, __file__)

    async def main() -> None:
        await asyncio.gather(Countdown())

    with asyncio.Runner(loop_factory=lambda: InstrumentedLoop(recorder, scheduler.clock)) as runner:
        runner.run(main())
    assert recorder.records()[1].coroutine == "Countdown"
