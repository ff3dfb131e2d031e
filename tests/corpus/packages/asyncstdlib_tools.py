import asyncio

import aioitertools
import asyncstdlib as a


async def count(limit):
    for number in range(limit):
        await asyncio.sleep(0.01)
        yield number


@a.lru_cache(maxsize=4)
async def slow(number):
    print("computes", number)
    await asyncio.sleep(0.02)
    return number


async def main():
    print(await a.list(a.zip(count(3), a.enumerate(count(3)))), await a.sum(count(5)))
    async with a.scoped_iter(count(9)) as numbers:
        print(await a.anext(numbers), await a.list(a.islice(numbers, 3)))
    print(await slow(1), await slow(1))
    async for group in aioitertools.more_itertools.chunked(count(5), 2):
        print(group)
    async for pair in aioitertools.zip([1, 2], count(2)):
        print(pair)


asyncio.run(main())
