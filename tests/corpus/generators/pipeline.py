import asyncio


async def numbers(count):
    for number in range(count):
        await asyncio.sleep(0.02)
        yield number


async def even(source):
    async for number in source:
        if number % 2 == 0:
            yield number


async def squares(source):
    async for number in source:
        yield number * number


async def main():
    print([number async for number in squares(even(numbers(7)))])
    print({number: await asyncio.sleep(0.01, -number) async for number in numbers(3)})
    lazy = (number async for number in numbers(2))
    print(await anext(lazy), await anext(lazy), await anext(lazy, "default"))


asyncio.run(main())
