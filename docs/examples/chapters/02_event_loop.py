"""Two tasks that step aside after each line: the event loop gives them turns."""

import asyncio


async def page():
    for _ in range(2):
        await asyncio.sleep(0)


async def main():
    yesterday = asyncio.create_task(page(), name="yesterday")
    today = asyncio.create_task(page(), name="today")
    print("both are made, none has begun")
    await today
    await yesterday


asyncio.run(main())
