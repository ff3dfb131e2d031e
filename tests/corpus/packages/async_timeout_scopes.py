import asyncio

import async_timeout


async def main():
    try:
        async with async_timeout.timeout(0.1) as limit:
            await asyncio.sleep(5)
    except asyncio.TimeoutError:
        print("expired", limit.expired)
    async with async_timeout.timeout(1) as limit:
        limit.reject()
        await asyncio.sleep(0.05)
    print("rejected", limit.expired)
    async with async_timeout.timeout(None):
        await asyncio.sleep(0.02)
    try:
        async with async_timeout.timeout_at(asyncio.get_running_loop().time() + 0.05):
            await asyncio.sleep(5)
    except asyncio.TimeoutError:
        print("expired at")


asyncio.run(main())
