"""One cook, rice and vegetables: first one await after the other, then both gathered."""

import asyncio


async def rice():
    await asyncio.sleep(2)


async def vegetables():
    await asyncio.sleep(1)


async def main():
    await rice()
    await vegetables()
    print("one after the other: 3 seconds")
    await asyncio.gather(rice(), vegetables())
    print("gathered: 2 seconds")


asyncio.run(main())
