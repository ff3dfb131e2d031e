"""Right: a helper object decides, and a future that a callback fulfils gives the others their turn."""

import asyncio
from time import perf_counter


class Courtesy:
    def __init__(self, patience):
        self.patience = patience
        self.since = perf_counter()

    async def step_aside(self):
        if perf_counter() - self.since < self.patience:
            return
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        loop.call_soon(turn.set_result, None)
        await turn
        self.since = perf_counter()


async def crunch(steps, patience):
    courtesy = Courtesy(patience)
    numbers = []
    for step in steps:
        await courtesy.step_aside()
        numbers.append(step())
    return numbers
