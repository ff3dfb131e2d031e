import asyncio


async def ticks(name, seconds, count):
    for number in range(count):
        await asyncio.sleep(seconds)
        yield f"{name}{number}"


async def merge(*sources):
    queue, end = asyncio.Queue(), object()

    async def drain(source):
        async for item in source:
            await queue.put(item)
        await queue.put(end)

    async with asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(drain(source))
        left = len(sources)
        while left:
            item = await queue.get()
            if item is end:
                left -= 1
            else:
                yield item


async def main():
    async for item in merge(ticks("a", 0.1, 3), ticks("b", 0.17, 2)):
        print(item)


asyncio.run(main())
