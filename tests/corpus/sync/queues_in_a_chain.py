import asyncio


async def stage(name, source, target, seconds):
    while (item := await source.get()) is not None:
        await asyncio.sleep(seconds)
        await target.put(f"{item}>{name}")
    await target.put(None)


async def main():
    first, second, third = asyncio.Queue(), asyncio.Queue(1), asyncio.Queue(1)
    for item in "xyz":
        first.put_nowait(item)
    first.put_nowait(None)
    stages = [asyncio.create_task(stage("a", first, second, 0.02)), asyncio.create_task(stage("b", second, third, 0.07))]
    while (item := await third.get()) is not None:
        print(item, third.qsize())
    await asyncio.gather(*stages)
    try:
        second.put_nowait(1)
        second.put_nowait(2)
    except asyncio.QueueFull:
        print("full", second.full(), second.maxsize)
    try:
        second.task_done()
        for _ in range(9):
            second.task_done()
    except ValueError as error:
        print(error)


asyncio.run(main())
