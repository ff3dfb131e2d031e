import asyncio


async def nothing():
    await asyncio.sleep(0.05)


async def main():
    named = asyncio.create_task(nothing(), name="named")
    other = asyncio.create_task(nothing())
    other.set_name("other")
    print(sorted(task.get_name() for task in asyncio.all_tasks()))
    print(asyncio.current_task().get_name(), named.get_coro().__name__)
    await asyncio.gather(named, other)
    print(named.done(), named.result(), repr(named).split()[1])


asyncio.run(main())
