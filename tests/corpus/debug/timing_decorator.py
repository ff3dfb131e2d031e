import asyncio
import functools
import time


def timed(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        began = time.perf_counter()
        try:
            return await function(*args, **kwargs)
        finally:
            print(function.__name__, args, int((time.perf_counter() - began) / 0.25), "quarters")

    return wrapper


@timed
async def fetch(seconds):
    await asyncio.sleep(seconds)
    return seconds


@timed
async def main():
    print(await fetch(0.3))
    print(await asyncio.gather(fetch(0.05), fetch(0.3)))


asyncio.run(main())
