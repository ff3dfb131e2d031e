import asyncio, time


async def beat():
    for i in range(4):
        print("beat", i)
        await asyncio.sleep(0.3)


async def main():
    t = asyncio.create_task(beat())
    await asyncio.sleep(0.1)
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        pass
    print("computed")
    loop = asyncio.get_running_loop()
    end = loop.time() + 0.5
    while loop.time() < end:
        await asyncio.sleep(0)
    print("polled")
    await t


asyncio.run(main())
