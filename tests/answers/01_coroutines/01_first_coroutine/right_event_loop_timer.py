"""Right: a future that a timer of the event loop fulfils."""

import asyncio


async def warm_up(sensor: str, seconds: float) -> str:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.call_later(seconds, ready.set_result, f"{sensor} is ready")
    return await ready
