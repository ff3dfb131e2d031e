"""A rehearsal: a little play in the process from which the played ones are copied, before any of them.

The interpreter then has looked up and specialized what each play needs, and a copy need not do so in memory of its own.
Nothing of it may be seen in a play: not a name of a task, not a loop, not a module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from kata.contract.request import Request, argument_to_wire
from kata.fakes import Service
from kata.player import tripwires
from kata.player.player import SUBMISSION, Player
from kata.virtualtime import stable_order

__all__ = ["rehearse"]

TIMES = 10
"""From some eight runs on, functions are specialized."""

_SUBMISSION = """
import asyncio

async def rehearse(fetch):
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(fetch(number), name="rehearsal") for number in range(2)]
    await asyncio.sleep(1)
    print(await asyncio.gather(*tasks))
"""
"""Its tasks have names, so that Task-1, Task-2, ... are left to the plays."""


class _Rehearsal(Player):
    """Sets no trip wires, and leaves alone what `asyncio.Runner` does once for a process."""

    def _play(self, seal: tripwires.Seal) -> None:
        module = self._load(SUBMISSION)
        self._call(*self._target(module))

    def _run(self, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
        loop = self._open_loop()
        loop.run_until_complete(loop.create_task(main(), name="rehearsal"))
        loop.close()


def rehearse() -> None:
    """Play the little program, and put back what each play replaces."""
    request = Request(_SUBMISSION, "rehearsal.py", name="rehearse", args=[argument_to_wire(Service(latency=1))])
    before = sys.stdout, sys.stderr, sys.argv
    seal = tripwires.Seal()
    for _ in range(TIMES):
        _Rehearsal().perform(request, lambda recording, again: None, seal)
    sys.stdout, sys.stderr, sys.argv = before
    del sys.modules[SUBMISSION]
    stable_order.start_over()
