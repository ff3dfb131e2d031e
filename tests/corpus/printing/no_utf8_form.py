"""A lone surrogate cannot be printed; all else can."""

import asyncio


async def main():
    print("naïve ☕ 日本語 🎉")
    await asyncio.sleep(0.1)
    try:
        print("broken: \ud83d")
    except UnicodeEncodeError as error:
        print(error)


asyncio.run(main())
