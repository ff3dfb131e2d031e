import asyncio


async def averager():
    total = count = 0
    average = None
    while True:
        try:
            value = yield average
        except ValueError as error:
            print("thrown in", error)
            continue
        await asyncio.sleep(0.01)
        total += value
        count += 1
        average = total / count


async def main():
    generator = averager()
    await generator.asend(None)
    print(await generator.asend(10), await generator.asend(20))
    print(await generator.athrow(ValueError("bad")))
    print(await generator.asend(30))
    await generator.aclose()
    try:
        await generator.asend(1)
    except StopAsyncIteration:
        print("closed")


asyncio.run(main())
