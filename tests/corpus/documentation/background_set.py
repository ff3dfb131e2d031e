import asyncio

background = set()


async def ping(number):
    await asyncio.sleep(0.05)
    print("ping", number)


async def main():
    for number in range(4):
        task = asyncio.create_task(ping(number))
        background.add(task)
        task.add_done_callback(background.discard)
    print(len(background))
    await asyncio.sleep(0.1)
    print(len(background))


asyncio.run(main())
