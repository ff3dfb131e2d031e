import asyncio


async def number(value, seconds):
    await asyncio.sleep(seconds)
    return value


async def main():
    first = asyncio.gather(number(1, 0.1), number(2, 0.05))
    second = asyncio.gather(number(3, 0.02), number(4, 0))
    print(await asyncio.gather(first, second))
    same = number(5, 0.01)
    print(await asyncio.gather(same, same), await asyncio.gather())
    both = asyncio.gather(number(6, 5), number(7, 5))
    await asyncio.sleep(0.01)
    both.cancel()
    try:
        await both
    except asyncio.CancelledError:
        print("both cancelled", both.cancelled())
    mixed = await asyncio.gather(number(8, 0.01), number("x", "y"), return_exceptions=True)
    print(mixed[0], type(mixed[1]).__name__)


asyncio.run(main())
