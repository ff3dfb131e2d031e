import asyncio


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0)
    return count


async def main():
    print(sum(await asyncio.gather(*(turns(100) for _ in range(1000)))))


asyncio.run(main())
