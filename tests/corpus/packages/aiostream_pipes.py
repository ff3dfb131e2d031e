import asyncio

from aiostream import pipe, stream


async def slow_square(number, *_):
    await asyncio.sleep(0.02 * (5 - number))
    return number * number


async def main():
    xs = stream.count(interval=0.02) | pipe.skip(1) | pipe.take(4) | pipe.map(slow_square, ordered=True, task_limit=2)
    async with xs.stream() as streamer:
        async for value in streamer:
            print(value)
    print(await stream.list(stream.range(5) | pipe.filter(lambda x: x % 2)))
    merged = stream.merge(stream.iterate([1, 2]), stream.just(3))
    print(sorted(await stream.list(merged)))
    print(await (stream.range(4) | pipe.accumulate()))


asyncio.run(main())
