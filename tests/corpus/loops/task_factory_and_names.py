import asyncio

made = []


def factory(loop, coroutine, **options):
    made.append(coroutine.__name__)
    return asyncio.Task(coroutine, loop=loop, **options)


async def work():
    await asyncio.sleep(0.01)
    return "worked"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(factory)
    print(await asyncio.create_task(work()), loop.get_task_factory() is factory)
    async with asyncio.TaskGroup() as group:
        group.create_task(work(), name="named")
    print(made)


asyncio.run(main())
