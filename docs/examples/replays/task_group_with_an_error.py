"""One task of a group fails: the group cancels the others, waits for them, and raises what happened."""

import asyncio


async def load(page, seconds):
    await asyncio.sleep(seconds)
    if page == "broken":
        raise ValueError(f"no such page: {page}")
    print(page, "is here")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load("slow", 3), name="slow")
            group.create_task(load("broken", 1), name="broken")
    except* ValueError as errors:
        print("failed:", *errors.exceptions)


asyncio.run(main())
