import asyncio


async def main():
    loop = asyncio.get_running_loop()
    deadline = loop.time() + 0.15
    try:
        async with asyncio.timeout_at(deadline) as limit:
            print(limit.when() == deadline, limit.expired())
            await asyncio.sleep(1)
    except TimeoutError:
        print("late", limit.expired(), repr(limit).split("[")[1][:7])
    try:
        async with asyncio.timeout(None) as limit:
            limit.reschedule(loop.time() - 1)
            await asyncio.sleep(0)
            print("not reached")
    except TimeoutError:
        print("at once")
    async with asyncio.timeout(0.2) as outer:
        try:
            async with asyncio.timeout(0.05):
                await asyncio.sleep(1)
        except TimeoutError:
            print("inner", outer.expired())


asyncio.run(main())
