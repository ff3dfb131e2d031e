import asyncio


async def factorial(name, number):
    result = 1
    for factor in range(2, number + 1):
        print(f"Task {name}: factorial({number}), now {factor}")
        await asyncio.sleep(0.05)
        result *= factor
    print(f"Task {name}: {result}")
    return result


async def main():
    print(await asyncio.gather(factorial("A", 2), factorial("B", 3), factorial("C", 4)))


asyncio.run(main())
