"""The recorder: what every task did, without changing what it does."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import weakref
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from kata.contract.run import TaskRecord
from kata.virtualtime import InstrumentedLoop, Recorder, Scheduler

eager = pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks came with 3.12")


class Recording:
    """A recorder, and how to run something under it."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.clock = self.scheduler.clock
        self.recorder = Recorder(lambda: self.clock.now_ns, __file__)
        self.scheduler.on_block = self.recorder.loop_blocked

    def loop(self) -> InstrumentedLoop:
        return InstrumentedLoop(self.recorder, self.clock)

    def run(self, main: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=self.loop) as runner:
            try:
                return runner.run(main)
            finally:
                self.recorder.closes(runner.get_loop())

    def task(self, name: str) -> TaskRecord:
        return next(record for record in self.recorder.records() if record.name == name)

    def spans(self, name: str) -> list[tuple[str, float, float, str]]:
        return [(span.kind, span.start, span.end, span.what) for span in self.task(name).spans]


@pytest.fixture
def recording() -> Recording:
    return Recording()


def _line(function: Callable[..., Any], offset: int) -> int:
    return function.__code__.co_firstlineno + offset


def test_a_task_runs_waits_and_returns(recording) -> None:
    async def worker() -> None:
        await asyncio.sleep(2)
        await asyncio.sleep(1)

    async def main() -> None:
        await asyncio.create_task(worker(), name="worker")

    recording.run(main())
    assert recording.spans("worker") == [
        ("running", 0, 0, ""),
        ("waiting", 0, 2, "asyncio.sleep"),
        ("running", 2, 2, ""),
        ("waiting", 2, 3, "asyncio.sleep"),
        ("running", 3, 3, ""),
    ]
    record = recording.task("worker")
    assert (record.created, record.ended, record.outcome) == (0, 3, "returned")
    assert record.coroutine.endswith("worker")
    assert [span.at.line for span in record.spans if span.at] == [_line(worker, 1), _line(worker, 2)]


def test_a_task_that_is_not_begun_at_once_waits_for_its_first_turn(recording) -> None:
    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0), name="late")
        time.sleep(1)
        await task

    recording.run(main())
    assert recording.spans("late")[0] == ("waiting", 0, 1, "its first turn")


def test_a_block_is_noted_with_its_task_and_line(recording) -> None:
    async def main() -> None:
        await asyncio.sleep(1)
        time.sleep(3)

    recording.run(main())
    [block] = recording.recorder.blocks
    assert (block.seconds, block.start, block.call) == (3, 1, "time.sleep")
    assert block.at is not None
    assert block.at.line == _line(main, 2)
    kinds = [span.kind for span in recording.task(block.task).spans]
    assert kinds == ["running", "waiting", "blocked", "running"]


def test_parents_and_the_place_of_making(recording) -> None:
    async def child() -> None:
        asyncio.create_task(asyncio.sleep(0), name="grandchild")
        await asyncio.sleep(1)

    async def main() -> None:
        asyncio.current_task().set_name("main")  # type: ignore[union-attr]
        await asyncio.create_task(child(), name="child")

    recording.run(main())
    assert recording.task("child").parent == "main"
    assert recording.task("grandchild").parent == "child"
    at = recording.task("grandchild").created_at
    assert at is not None
    assert at.line == _line(child, 1)


def test_names_and_new_names(recording) -> None:
    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0), name="first name")
        task.set_name("last name")
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(0), name="of a group")
        await task
        await asyncio.create_task(asyncio.sleep(0))

    recording.run(main())
    names = [record.name for record in recording.recorder.records()]
    assert names[1:3] == ["last name", "of a group"]
    assert names[3].startswith("Task-")


def test_a_task_that_is_still_alive_has_its_own_name(recording) -> None:
    async def main() -> list[str]:
        waiting = asyncio.create_task(asyncio.sleep(10), name="alive")
        await asyncio.sleep(1)
        names = [record.name for record in recording.recorder.records()]
        await waiting
        return names

    assert recording.run(main())[1] == "alive"


def test_outcomes_and_cancel_requests(recording) -> None:
    async def stubborn() -> str:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "I went on"
        return ""

    async def fails() -> None:
        raise ValueError("no")

    async def main() -> None:
        names = ("stubborn", "yielding")
        tasks = [
            asyncio.create_task(coroutine, name=name)
            for name, coroutine in zip(names, (stubborn(), asyncio.sleep(10)), strict=True)
        ]
        failing = asyncio.create_task(fails(), name="failing")
        await asyncio.sleep(2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, failing, return_exceptions=True)

    recording.run(main())
    assert recording.task("stubborn").outcome == "returned"
    assert recording.task("stubborn").cancel_requests == [2]
    assert recording.task("yielding").outcome == "cancelled"
    failing = recording.task("failing")
    assert failing.outcome == "raised"
    assert failing.error == ValueError("no")
    assert failing.cancel_requests == []


def test_cancel_requests_of_timeouts_and_groups_are_seen(recording) -> None:
    async def main() -> None:
        try:
            async with asyncio.timeout(1), asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(10), name="member")
        except TimeoutError:
            pass

    recording.run(main())
    assert recording.task("member").cancel_requests == [1]


def test_looking_at_an_error_does_not_mark_it_as_retrieved(recording) -> None:
    async def fails() -> None:
        raise ValueError("nobody looks")

    async def main() -> None:
        asyncio.create_task(fails(), name="failing")
        await asyncio.sleep(1)

    recording.run(main())
    recording.recorder.lives.clear()
    gc.collect()
    [lost] = recording.recorder.unretrieved
    assert lost.task == "failing"
    assert lost.error == ValueError("nobody looks")
    assert lost.message == "Task exception was never retrieved"


def test_the_recorder_keeps_no_task_alive(recording) -> None:
    async def main() -> Any:
        task = asyncio.create_task(asyncio.sleep(0))
        await task
        reference = weakref.ref(task)
        del task
        await asyncio.sleep(0)
        gc.collect()
        return reference()

    assert recording.run(main()) is None


def test_a_program_with_a_handler_of_its_own_sees_its_errors(recording) -> None:
    seen = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: seen.append(context["message"]))
        loop.call_soon(lambda: 1 / 0)
        await asyncio.sleep(0)

    recording.run(main())
    assert len(seen) == 1
    assert recording.recorder.unretrieved == []


def test_an_error_in_a_callback_is_noted(recording) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0)

    recording.run(main())
    [lost] = recording.recorder.unretrieved
    assert lost.task is None
    assert lost.error is not None
    assert lost.error.is_a("ZeroDivisionError")


def test_leaked_tasks_are_named_in_the_order_of_their_making(recording) -> None:
    async def main() -> None:
        tasks = [asyncio.create_task(asyncio.sleep(100 - n), name=f"t{n}") for n in range(3)]
        tasks[0].cancel()
        await asyncio.sleep(1)

    recording.run(main())
    assert [(task.name, task.what) for task in recording.recorder.leaked] == [
        ("t1", "asyncio.sleep"),
        ("t2", "asyncio.sleep"),
    ]


def test_the_order_of_steps_is_kept_within_one_instant(recording) -> None:
    async def steps() -> None:
        for _ in range(3):
            await asyncio.sleep(0)

    async def main() -> None:
        await asyncio.gather(asyncio.create_task(steps(), name="a"), asyncio.create_task(steps(), name="b"))

    recording.run(main())
    order = {name: [span.order for span in recording.task(name).spans] for name in "ab"}
    merged = sorted((number, name) for name, numbers in order.items() for number in numbers)
    assert [name for _, name in merged] == ["a", "b"] * 4


def test_tracebacks_and_reprs_of_tasks_stay_as_they_are(recording) -> None:
    async def fails() -> None:
        raise ValueError

    async def main() -> tuple[str, list[str]]:
        task = asyncio.create_task(fails(), name="failing")
        text = repr(task)
        try:
            await task
        except ValueError as error:
            functions, traceback = [], error.__traceback__
            while traceback is not None:
                functions.append(traceback.tb_frame.f_code.co_name)
                traceback = traceback.tb_next
            return text, functions
        return "", []

    text, functions = recording.run(main())
    assert text.startswith("<Task pending name='failing' coro=<")
    assert functions == ["main", "fails"]


@eager
def test_an_eager_task_that_ends_at_once_is_recorded(recording) -> None:
    tasks = []

    async def quick() -> int:
        return 1

    async def main() -> int:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        task = asyncio.create_task(quick(), name="quick")
        assert task.done()
        tasks.append(task)
        return await task

    assert recording.run(main()) == 1
    assert recording.task("quick").outcome == "returned"


@eager
def test_an_eager_task_that_waits_is_recorded(recording) -> None:
    async def slow() -> None:
        await asyncio.sleep(2)

    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        await asyncio.create_task(slow(), name="slow")

    recording.run(main())
    record = recording.task("slow")
    assert (record.outcome, record.ended) == ("returned", 2)
    assert ("waiting", 0, 2) in [(span.kind, span.start, span.end) for span in record.spans]


def test_a_clock_that_is_put_back_is_noticed() -> None:
    instants = iter([0, 10, 5])
    recorder = Recorder(lambda: next(instants), "x.py")
    recorder.instant()
    recorder.instant()
    assert recorder.backwards


def test_very_many_tasks_are_counted_and_not_kept(recording, monkeypatch) -> None:
    monkeypatch.setattr("kata.virtualtime.recorder.MAX_TASKS", 5)

    async def main() -> None:
        await asyncio.gather(*(asyncio.sleep(0) for _ in range(10)))

    recording.run(main())
    assert len(recording.recorder.records()) == 5
    # the runner's own closing tasks count too on Pythons that record them
    assert recording.recorder.tasks_dropped >= 6
