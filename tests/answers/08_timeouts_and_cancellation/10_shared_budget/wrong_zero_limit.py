"""Mistake: only less than nothing counts as nothing left, so a call gets a limit of zero.
Caught by: test_nothing_is_left
"""

import asyncio
from collections.abc import Awaitable, Callable


async def call_all(call, services, seconds):
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    answers = []
    for service in services:
        left = end - loop.time()
        if left < 0:
            raise TimeoutError
        answers.append(await call(service, left))
    return answers
