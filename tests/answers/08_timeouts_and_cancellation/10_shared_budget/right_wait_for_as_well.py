"""Right: tells each service its limit, and holds it to that with wait_for."""

import asyncio


async def call_all(call, services, seconds):
    now = asyncio.get_running_loop().time
    end = now() + seconds
    answers = []
    for service in services:
        left = end - now()
        if left <= 0:
            raise asyncio.TimeoutError
        answers.append(await asyncio.wait_for(call(service, left), left))
    return answers
