import asyncio
import random


async def sleeper(number, seconds, woken):
    await asyncio.sleep(seconds)
    woken.append(number)


async def main():
    random.seed(11)
    woken = []
    async with asyncio.TaskGroup() as group:
        for number in range(1000):
            group.create_task(sleeper(number, random.choice((0.1, 0.3)), woken))
    print(len(woken), sorted(woken) == list(range(1000)), woken[:3] == sorted(woken[:3]))


asyncio.run(main())
