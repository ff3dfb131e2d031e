"""Right: asyncio.sleep hands the result back itself."""

import asyncio as aio


async def warm_up(sensor: str, seconds: float) -> str:
    return await aio.sleep(seconds, result=sensor + " is ready")
