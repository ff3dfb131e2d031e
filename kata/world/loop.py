"""The event loop of the world: what asyncio keeps in sets there comes in the same order in each play.

Drives cancel and wait in the order of sets, which plain tasks would leave to their addresses.
"""

from __future__ import annotations

import asyncio
from typing import Any

from kata.virtualtime import Clock, VirtualLoop, stable_order

__all__ = ["WorldLoop"]


class WorldLoop(VirtualLoop):
    """A `VirtualLoop` whose futures and tasks have the same places in sets each time; ``clock`` as there.

    The places are counted for the whole process, so that a play begins with `stable_order.start_over`.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.set_task_factory(_task)

    def create_future(self) -> asyncio.Future[Any]:
        """See `asyncio.loop.create_future`."""
        return stable_order.new_future(self)


def _task(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
    return stable_order.Task(coroutine, loop=loop, **options)
