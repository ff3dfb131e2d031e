"""Right: a talking task, and a clock beside it that looks again whenever the deadline has moved."""

import asyncio


async def chat(receive, seconds, extra):
    loop = asyncio.get_running_loop()
    start = loop.time()
    messages = []

    async def talk():
        while (message := await receive()) is not None:
            messages.append(message)

    talking = asyncio.create_task(talk())
    try:
        while not talking.done():
            left = start + seconds + extra * len(messages) - loop.time()
            if left <= 0:
                break
            await asyncio.wait([talking], timeout=left)
    finally:
        talking.cancel()
        await asyncio.wait([talking])
    if not talking.cancelled():
        talking.result()
    return messages
