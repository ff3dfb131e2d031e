"""Right: the event loop's own clock and a deadline, looked at after each step."""

import asyncio


async def crunch(steps, patience):
    loop = asyncio.get_running_loop()
    numbers = []
    deadline = loop.time() + patience
    for step in steps:
        numbers.append(step())
        if loop.time() >= deadline:
            await asyncio.sleep(0)
            deadline = loop.time() + patience
    return numbers
