import asyncio


async def enter(name, lock, seconds):
    async with lock:
        print(name, "in")
        await asyncio.sleep(seconds)
    print(name, "out")


async def main():
    await asyncio.gather(*(enter(name, asyncio.Lock(), 0.02) for name in "ab"))
    shared = asyncio.Semaphore(2)
    await asyncio.gather(*(enter(name, shared, 0.02 * (place + 1)) for place, name in enumerate("cdef")))
    event = asyncio.Event()

    async def wait(name):
        await event.wait()
        print(name, "goes")

    waiters = [asyncio.create_task(wait(name)) for name in "xyz"]
    await asyncio.sleep(0.02)
    event.set()
    await asyncio.gather(*waiters)
    condition = asyncio.Condition()
    ready = []

    async def until():
        async with condition:
            await condition.wait_for(lambda: len(ready) == 2)
            print("ready", ready)

    task = asyncio.create_task(until())
    for item in "pq":
        await asyncio.sleep(0.02)
        async with condition:
            ready.append(item)
            condition.notify_all()
    await task
    barrier = asyncio.Barrier(3)

    async def arrive(number):
        await asyncio.sleep(number / 50)
        place = await barrier.wait()
        return place

    print(sorted(await asyncio.gather(*(arrive(number) for number in range(3)))))


asyncio.run(main())
