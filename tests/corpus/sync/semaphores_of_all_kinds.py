import asyncio
import time


async def visit(number, semaphore, log):
    async with semaphore:
        log.append((number, "in"))
        await asyncio.sleep(0.1)
        log.append((number, "out"))


async def main():
    log = []
    await asyncio.gather(*(visit(number, semaphore, log) for semaphore in [asyncio.Semaphore(2)] for number in range(4)))
    print(log[:2], log[-1])
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    print(bounded.locked())
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    zero = asyncio.Semaphore(0)
    asyncio.get_running_loop().call_later(0.1, zero.release)
    began = time.monotonic()
    await zero.acquire()
    print(0.09 < time.monotonic() - began < 1)
    try:
        asyncio.Semaphore(-1)
    except ValueError as error:
        print(error)


asyncio.run(main())
