import asyncio


async def fail(error, seconds):
    await asyncio.sleep(seconds)
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail(KeyError("outer"), 0.05))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail(ValueError("inner"), 0.05))
                inner.create_task(fail(OSError("inner too"), 0.05))
    except* ValueError as found:
        print("values", found.exceptions)
    except* (KeyError, OSError) as found:
        print("others", len(found.exceptions))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(0.01))
            raise LookupError("body")
    except* LookupError as found:
        print(found, found.exceptions)
    try:
        group.create_task(asyncio.sleep(0))
    except RuntimeError as error:
        print(str(error)[:9])


import warnings

warnings.simplefilter("ignore")
asyncio.run(main())
