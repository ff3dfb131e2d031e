import asyncio


async def job(name, seconds, fails=False):
    try:
        await asyncio.sleep(seconds)
        if fails:
            raise ValueError(name)
        print(name, "done")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job("a", 0.05))
            group.create_task(job("b", 0.1, fails=True))
            group.create_task(job("c", 0.3))
    except* ValueError as errors:
        print([str(error) for error in errors.exceptions])


asyncio.run(main())
