import asyncio


async def worker(name, lock):
    for turn in range(2):
        async with lock:
            print(name, turn)
            await asyncio.sleep(0)


async def impatient(lock):
    try:
        await asyncio.wait_for(lock.acquire(), 0.05)
    except TimeoutError:
        print("gave up")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(worker(name, lock) for name in "abc"))
    await lock.acquire()
    await impatient(lock)
    lock.release()
    print(lock.locked())
    try:
        lock.release()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
