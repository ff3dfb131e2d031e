import asyncio


async def fail(error, seconds):
    await asyncio.sleep(seconds)
    raise error


async def main():
    print(await asyncio.gather(fail(OSError("a"), 0.02), asyncio.sleep(0.03, "b"), return_exceptions=True))
    try:
        await asyncio.gather(fail(OSError("c"), 0.02), fail(KeyError("d"), 0.05))
    except OSError as error:
        print("first", error)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(OSError("e"), 0))
            group.create_task(fail(KeyError("f"), 0))
    except ExceptionGroup as errors:
        print(errors.message, [type(error).__name__ for error in errors.exceptions])
    await asyncio.sleep(0.1)


asyncio.run(main())
