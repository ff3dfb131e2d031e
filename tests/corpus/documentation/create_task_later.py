import asyncio


async def cook(dish, seconds):
    print("start", dish)
    await asyncio.sleep(seconds)
    print("ready", dish)
    return dish


async def main():
    soup = asyncio.create_task(cook("soup", 0.2))
    bread = cook("bread", 0.1)
    print("nothing has begun")
    print(await bread)
    print(await soup)


asyncio.run(main())
