"""Right: one time-out around all, which also knows its deadline."""

import asyncio


async def call_all(call, services, seconds):
    loop = asyncio.get_running_loop()
    answers = []
    async with asyncio.timeout(seconds) as limit:
        for service in services:
            left = limit.when() - loop.time()
            if left <= 0:
                raise TimeoutError
            answers.append(await call(service, left))
    return answers
