"""What a drive awaits in the played process: begun there as a task, cancelled there, and waited for here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from kata.contract.messages import How, Stop, Work
from kata.contract.values import PlainValueError
from kata.virtualtime import VirtualLoop
from kata.world.crossing import Crossing

__all__ = ["Works"]


class _Waiter(asyncio.Future[None]):
    """What a drive's task waits in. Who cancels the task is heard at once, before what is done next."""

    stop: Callable[[], None]

    def cancel(self, msg: Any | None = None) -> bool:
        if not self.done():
            self.stop()
        return super().cancel(msg)


class _Begun:
    def __init__(self) -> None:
        self.outcome: tuple[How, Any] | None = None
        self.waiter: _Waiter | None = None


class Works:
    """All of one play.

    Args:
        loop: the world's.
        crossing: reads what comes of them.
        orders: what the player is told.
    """

    def __init__(self, loop: VirtualLoop, crossing: Crossing, orders: list[Any]) -> None:
        self._loop = loop
        self._crossing = crossing
        self._orders = orders
        self._works: dict[int, _Begun] = {}

    async def done(self, target: int, name: str) -> Any:
        """Await an object of the player's there, as a task called as the drive's own, if that has a name."""
        task = asyncio.current_task()
        own = task.get_name() if task is not None else ""
        number, work = len(self._works) + 1, _Begun()
        self._works[number] = work
        self._orders.append(Work(number, target, "" if own.startswith("Task-") else own))
        while work.outcome is None:
            work.waiter = _Waiter(loop=self._loop)
            work.waiter.stop = partial(self._orders.append, Stop(number))
            with suppress(asyncio.CancelledError):  # it is cancelled there, and tells here how it ended
                await work.waiter
        how, value = work.outcome
        if how == "returned":
            return value
        raise value

    def ended(self, number: int, how: How, value: Any) -> None:
        """The player tells that a piece of work is over.

        Raises:
            PlainValueError: it was never begun, is over, or ended with what no player sends.
        """
        work = self._works.get(number)
        if work is None or work.outcome is not None:
            raise PlainValueError("it ends work that is not under way")
        read = self._crossing.from_player(value)
        kind = {"raised": BaseException, "cancelled": asyncio.CancelledError}.get(how, object)
        if how == "unfit" or not isinstance(read, kind):
            raise PlainValueError("it raised what is no exception")
        work.outcome = how, read
        if work.waiter is not None and not work.waiter.done():
            work.waiter.set_result(None)
