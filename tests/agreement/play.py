"""Plays one program's text, on the stock loop or on `VirtualLoop`, and tells what it did.

For the stock loop nothing of kata is imported, so that its processes know no other time than the real one.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import itertools
import selectors
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

MAX_LOG = 2000


@dataclasses.dataclass(frozen=True)
class Told:
    """What a program did: its log, how it ended and when, in whole units."""

    log: tuple[tuple[str, str, int], ...]
    ended: str
    elapsed: int
    doubtful: bool = False
    """True when asyncio itself does not decide the program's order, so that the two loops may differ."""


class Stuck(Exception):
    """Nothing is left that could wake the stock loop."""


class _NumberedTask(asyncio.Task):  # type: ignore[type-arg]
    """A task that hashes to its number: sets of tasks, which asyncio keeps, have one order in both runs."""

    counter = itertools.count()

    def __init__(self, coro: Any, **kwargs: Any) -> None:
        self.number = next(self.counter)
        # asyncio's own numbers count up through a whole process.
        kwargs["name"] = kwargs.get("name") or f"#{self.number}"
        super().__init__(coro, **kwargs)

    def __hash__(self) -> int:
        return self.number


class _Play:
    """One program on one loop; ``unit`` is in that loop's seconds."""

    def __init__(self, source: str, unit: float, eager: bool) -> None:
        self.unit = unit
        self.eager = eager
        self.namespace: dict[str, Any] = {}
        exec(compile(source, "<program>", "exec"), self.namespace)
        self.log: list[tuple[str, str, int]] = []
        self.over = False
        self.started = 0.0

    def units(self) -> int:
        """Units since the start; sleeps on the stock loop end late, never early."""
        return int((asyncio.get_running_loop().time() - self.started) / self.unit + 0.05)

    def note(self, name: str, step: object) -> None:
        if not self.over and len(self.log) < MAX_LOG:
            self.log.append((name, str(step), self.units()))

    def cancel(self, number: int) -> str:
        """Cancel one of the program's other tasks."""
        me = asyncio.current_task()
        others = [task for task in self.tasks if not task.done() and task is not me]
        if not others or self.over:
            return "nobody"
        task = others[number % len(others)]
        task.cancel()
        return task.get_name()

    def block(self, seconds: float) -> None:
        time.sleep(seconds)

    def make_task(self, loop: asyncio.AbstractEventLoop, coro: Any, **kwargs: Any) -> asyncio.Task[Any]:
        if self.main is None:
            self.main = _NumberedTask(coro, loop=loop, **kwargs)
            return self.main
        if self.eager:
            kwargs["eager_start"] = True
        task = _NumberedTask(coro, loop=loop, **kwargs)
        self.tasks.append(task)
        return task

    async def whole(self) -> str:
        self.started = asyncio.get_running_loop().time()
        try:
            await self.namespace["program"](self.note, self.cancel, self.block, self.unit)
            return "returned"
        except asyncio.CancelledError:
            return "cancelled"
        except Exception as error:
            return f"raised {type(error).__name__}"
        finally:
            if not self.over:
                self.elapsed = self.units()
                self.over = True

    def run(self, loop: asyncio.AbstractEventLoop, stuck: type[BaseException], doubtful: Callable[[], bool]) -> Told:
        self.tasks: list[asyncio.Task[Any]] = []
        self.main: asyncio.Task[Any] | None = None
        self.elapsed = -1
        _NumberedTask.counter = itertools.count()
        gc.disable()
        loop.set_task_factory(self.make_task)  # type: ignore[arg-type]
        loop.set_exception_handler(lambda loop, context: None)
        loop.set_default_executor(ThreadPoolExecutor(32))
        try:
            ended = loop.run_until_complete(self.whole())
        except asyncio.CancelledError:  # a task group asked for that when its block was over already
            ended = "cancelled at its end"
        except stuck:
            ended = "stuck: " + ", ".join(task.get_name() for task in self.tasks if not task.done())
        self.over = True
        self._end_all(loop)
        loop.close()
        self.tasks.clear()
        self.main = None
        self.namespace.clear()
        # Forgotten coroutines run their finally blocks when they are collected; not in the midst of the next program.
        gc.enable()
        gc.collect()
        return Told(tuple(self.log), ended, self.elapsed, doubtful())

    def _end_all(self, loop: asyncio.AbstractEventLoop) -> None:
        """Cancel what is left, again and again: programs catch cancellations and wait for something else."""

        async def some_turns() -> None:
            for _ in range(5):
                await asyncio.sleep(0)

        for _ in range(200):
            left = [task for task in [self.main, *self.tasks] if task is not None and not task.done()]
            if not left:
                break
            for task in left:
                task.cancel()
            loop.run_until_complete(some_turns())
            del self.tasks[-1:]  # that was some_turns
        loop.run_until_complete(loop.shutdown_asyncgens())


def play_stock(source: str, unit: float, eager: bool = False) -> Told:
    """On the stock loop; ``unit`` in real seconds."""
    play = _Play(source, unit, eager)

    class Selector(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
        def select(self, timeout: float | None = None) -> Any:
            if timeout is None and not play.over and all(job.done() for job in jobs):
                events = super().select(0)
                if not events:
                    raise Stuck
                return events
            return super().select(timeout)

    class Loop(asyncio.SelectorEventLoop):
        def run_in_executor(self, *args: Any) -> Any:
            jobs.append(super().run_in_executor(*args))
            return jobs[-1]

    jobs: list[asyncio.Future[Any]] = []
    return play.run(Loop(Selector()), Stuck, lambda: False)


def play_virtual(source: str, eager: bool = False) -> Told:
    """On `VirtualLoop`; tells whether two deadlines fell together that were set at different instants."""
    from kata.virtualtime import Clock, DeadlockError, VirtualLoop

    sleeps: Counter[int] = Counter()

    class WatchedClock(Clock):
        doubtful = False

        def jump(self, to: int) -> None:
            if to > self.now_ns:
                due = {origin[timer.order] for timer in loop._scheduled if timer.ns == to and not timer.cancelled()}
                self.doubtful |= len(due) + sleeps[to] > 1
            super().jump(to)

    clock = WatchedClock()
    origin: dict[int, int] = {}

    class WatchedLoop(VirtualLoop):
        def _at(self, *args: Any) -> Any:
            timer = super()._at(*args)
            origin[timer.order] = clock.now_ns
            return timer

    play = _Play(source, 1.0, eager)
    plain_block = play.block

    def block(seconds: float) -> None:
        sleeps[clock.now_ns + round(seconds * 1e9)] += 1
        plain_block(seconds)

    play.block = block  # type: ignore[method-assign]
    loop: Any = WatchedLoop(clock)
    return play.run(loop, DeadlockError, lambda: clock.doubtful)


def main() -> None:
    """For a script that holds a program as its text: ``python program.py stock|virtual``."""
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    told = play_stock(source, 0.05) if sys.argv[2:] == ["stock"] else play_virtual(source)
    for entry in told.log:
        print(*entry)
    print(told.ended, "after", told.elapsed, "units")


if __name__ == "__main__":
    main()
