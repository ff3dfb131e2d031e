import asyncio

import aiocache
from async_lru import alru_cache

calls = []


@alru_cache(maxsize=2, ttl=0.3)
async def square(number):
    calls.append(number)
    await asyncio.sleep(0.02)
    return number * number


@aiocache.cached(ttl=0.3)
async def cube(number):
    calls.append(-number)
    return number**3


async def main():
    print(await asyncio.gather(square(2), square(2), square(3)), calls)
    await asyncio.sleep(0.5)
    print(await square(2), calls, square.cache_info().hits)
    print(await cube(2), await cube(2), calls)
    await asyncio.sleep(0.5)
    print(await cube(2), calls)
    await square.cache_close()


asyncio.run(main())
