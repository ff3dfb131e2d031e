"""What a drive does with a submission, done in the played process: look-ups, calls, and awaits as tasks."""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import msgspec

from kata.contract.messages import Answered, Ask, Ended, How, Work
from kata.contract.run import Unfit
from kata.player.link import Link
from kata.player.loading import NotPlayable
from kata.player.stubs import Stubs
from kata.virtualtime import DeadlockError, VirtualLoop

__all__ = ["Worker"]


class Worker:
    """Does what a drive asks for, on the loop on which `serve` runs.

    Args:
        module: the submission.
        deadlocked: told of an error that says that nothing can go on any more.
    """

    waits_as = "the test"

    def __init__(self, module: types.ModuleType, deadlocked: Callable[[DeadlockError], None]) -> None:
        self._module = module
        self._deadlocked = deadlocked
        self._tasks: dict[int, asyncio.Task[Any]] = {}
        self._loop: VirtualLoop | None = None
        self._over: asyncio.Future[None] | None = None

    def meet(self, link: Link, stubs: Stubs) -> None:
        """From now on answers go through ``link``, and objects through ``stubs``."""
        self._link = link
        self._stubs = stubs

    def serve(self, name: str) -> Coroutine[Any, Any, None]:
        """Stand for the drive of that name in the played process, until it has ended."""

        async def serve(self: Worker) -> None:  # the recorder finds ``waits_as`` of ``self``
            self._loop = asyncio.get_running_loop()  # type: ignore[assignment]
            self._over = asyncio.get_running_loop().create_future()
            await self._over

        serve.__qualname__ = name
        return serve(self)

    # From the world: the scheduler's mutex is held, and everybody rests -------------------------------------

    def work(self, work: Work, instant: int, place: int) -> None:
        """Begin to await an object."""
        self._soon(instant, place, self._begin, work)

    def stop(self, number: int, instant: int, place: int) -> None:
        """Cancel what is awaited."""
        self._soon(instant, place, self._cancel, number)

    def ask(self, ask: Ask, instant: int, place: int) -> None:
        """Answer a question, on the thread of the call in which it is asked, or else on that of the loop."""
        call = self._stubs.stands(ask.call)
        if call is not None:
            call.asks.append(partial(self._answer, ask))
            call.rouse(instant, place)
        else:
            self._soon(instant, place, self._answer, ask)

    def over(self, instant: int, place: int) -> None:
        """The drive has ended."""
        self._soon(instant, place, self._end)

    def _soon(self, instant: int, place: int, callback: Any, *args: Any) -> None:
        assert self._loop is not None
        self._loop.call_in_order(instant, place, callback, *args)

    # On the loop's thread ------------------------------------------------------------------------------------

    def _begin(self, work: Work) -> None:
        assert self._loop is not None
        target = self._stubs.own(work.target)
        coroutine = target if type(target) is types.CoroutineType else _awaited(target)
        task = self._loop.create_task(coroutine, name=work.name or None)
        self._tasks[work.work] = task
        task.add_done_callback(partial(self._ended, work.work))

    def _ended(self, number: int, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(number, None)
        try:
            value = task.result()
        except BaseException as error:
            how: How = "cancelled" if task.cancelled() else "raised"
            self._link.event(Ended(number, how, self._raised(error)))
        else:
            self._link.event(Ended(number, "returned", self._stubs.write(value)))

    def _raised(self, error: BaseException) -> Any:
        if isinstance(error, DeadlockError):
            self._deadlocked(error)
        return self._stubs.raised(error)

    def _cancel(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is not None and task.cancelling():  # one after the other, as on one event loop
            task.get_loop().call_soon(task.cancel)
        elif task is not None:
            task.cancel()

    def _answer(self, ask: Ask) -> None:
        try:
            value = self._looked_up(ask)
        except NotPlayable as refusal:
            self._link.event(Answered(ask.ask, "unfit", msgspec.to_builtins(refusal.unfit)))
        except BaseException as error:
            self._link.event(Answered(ask.ask, "raised", self._raised(error)))
        else:
            self._link.event(Answered(ask.ask, "returned", self._stubs.write(value)))

    def _looked_up(self, ask: Ask) -> Any:
        if ask.target == 0:
            if ask.name not in self._module.__dict__:
                raise NotPlayable(Unfit("missing", ask.name))
            return self._module.__dict__[ask.name]
        target, read = self._stubs.own(ask.target), self._stubs.read
        if ask.name:
            return getattr(target, ask.name)
        return target(*(read(arg) for arg in ask.args), **{name: read(value) for name, value in ask.kwargs.items()})

    def _end(self) -> None:
        if self._over is not None and not self._over.done():
            self._over.set_result(None)


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
