import asyncio


class Terminate(Exception):
    pass


async def end():
    raise Terminate


async def job(number, seconds):
    print("begin", number)
    try:
        await asyncio.sleep(seconds)
        print("end", number)
    finally:
        print("leave", number)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job(1, 0.1))
            group.create_task(job(2, 1.5))
            await asyncio.sleep(0.2)
            group.create_task(end())
    except* Terminate:
        pass
    print("after")


asyncio.run(main())
