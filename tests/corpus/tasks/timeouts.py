import asyncio


async def eternity():
    try:
        await asyncio.sleep(3600)
    finally:
        print("cleaned up")


async def main():
    try:
        await asyncio.wait_for(eternity(), timeout=0.1)
    except TimeoutError:
        print("timeout!")
    try:
        async with asyncio.timeout(0.1):
            await eternity()
    except TimeoutError:
        print("timeout again!")
    async with asyncio.timeout(None) as limit:
        limit.reschedule(asyncio.get_running_loop().time() + 0.2)
        await asyncio.sleep(0.1)
    print(limit.expired(), limit.when() is not None)


asyncio.run(main())
