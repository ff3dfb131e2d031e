import asyncio


async def fail():
    raise ValueError("in a group")


async def main():
    print("before")
    async with asyncio.TaskGroup() as group:
        group.create_task(fail())


asyncio.run(main())
