import asyncio


async def endless():
    number = 0
    try:
        while True:
            yield number
            number += 1
            await asyncio.sleep(0.01)
    finally:
        await asyncio.sleep(0.01)
        print("finalised", number)


async def main():
    generator = endless()
    async for number in generator:
        if number == 3:
            break
    print("broke off")
    await generator.aclose()
    other = endless()
    await anext(other)
    print("left to the loop")
    return other


kept = asyncio.run(main())
print("run is over")
