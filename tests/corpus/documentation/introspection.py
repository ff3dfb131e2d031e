import asyncio


async def inner():
    await asyncio.sleep(0.05)


async def outer():
    await inner()


async def main():
    task = asyncio.create_task(outer(), name="outer")
    await asyncio.sleep(0)
    print(task.get_stack()[-1].f_code.co_name, task.get_coro().__qualname__)
    task.print_stack(file=__import__("sys").stdout, limit=1)
    print(asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))
    print(asyncio.iscoroutine(task.get_coro()), asyncio.isfuture(task))
    await task
    print(task.exception(), asyncio.all_tasks() == {asyncio.current_task()})


asyncio.run(main())
