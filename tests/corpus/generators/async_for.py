import asyncio
import contextlib


async def ticker(count):
    try:
        for number in range(count):
            yield number
            await asyncio.sleep(0.03)
    finally:
        print("ticker closed")


@contextlib.asynccontextmanager
async def room(name):
    print("open", name)
    await asyncio.sleep(0.02)
    try:
        yield name.upper()
    finally:
        await asyncio.sleep(0.02)
        print("close", name)


async def main():
    async for number in ticker(3):
        print(number)
    print([number async for number in ticker(4) if number % 2])
    async with room("hall") as name, room("attic"):
        print(name)
    async with contextlib.aclosing(ticker(9)) as numbers:
        async for number in numbers:
            if number == 1:
                break
    async for number in ticker(5):
        break
    print("left open")


asyncio.run(main())
