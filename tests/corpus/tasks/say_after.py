import asyncio
import time


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


async def main():
    started = time.monotonic()
    await say_after(0.1, "hello")
    await say_after(0.2, "world")
    print(time.monotonic() - started > 0.29)
    first = asyncio.create_task(say_after(0.2, "world"))
    second = asyncio.create_task(say_after(0.1, "hello"))
    await first
    await second
    print(0.49 < time.monotonic() - started < 2)


asyncio.run(main())
