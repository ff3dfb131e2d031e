"""Right: wait_for for each message, with what is left until the deadline."""

import asyncio


async def chat(receive, seconds, extra):
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    messages = []
    while True:
        try:
            message = await asyncio.wait_for(receive(), deadline - clock())
        except TimeoutError:
            return messages
        if message is None:
            return messages
        messages.append(message)
        deadline += extra
