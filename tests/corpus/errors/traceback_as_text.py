import asyncio
import traceback


async def divide(number):
    await asyncio.sleep(0.01)
    return 1 / number


async def main():
    try:
        await asyncio.create_task(divide(0))
    except ZeroDivisionError as error:
        for frame in traceback.extract_tb(error.__traceback__):
            print(frame.name, frame.lineno, frame.line)
    try:
        await asyncio.gather(divide(1), divide(0))
    except ZeroDivisionError:
        print(traceback.format_exc().strip().splitlines()[-1])
    task = asyncio.create_task(divide(0))
    await asyncio.wait([task])
    print("".join(traceback.format_exception_only(task.exception())).strip())


asyncio.run(main())
