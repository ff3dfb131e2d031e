"""Right: the waiting is a coroutine of its own, awaited from the first."""

from asyncio import sleep


async def wait(seconds: float) -> None:
    if seconds:
        await sleep(seconds)


async def warm_up(sensor: str, seconds: float) -> str:
    message = "{} is ready".format(sensor)
    await wait(seconds)
    return message
