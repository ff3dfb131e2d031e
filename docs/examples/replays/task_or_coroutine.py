"""A task begins by itself; a coroutine object only where it is awaited."""

import asyncio


async def fetch(page, seconds):
    print(page, "asked for")
    await asyncio.sleep(seconds)
    return f"text of {page}"


async def main():
    task = asyncio.create_task(fetch("news", 2), name="news")
    later = fetch("sport", 1)
    print("both are made, none has begun")
    print(await later)
    print(await task)


asyncio.run(main())
