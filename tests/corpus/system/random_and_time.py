import asyncio
import datetime
import random
import time


async def main():
    random.seed(5)
    await asyncio.sleep(random.random() / 10)
    started, wall = time.time(), datetime.datetime.now()
    await asyncio.sleep(0.2)
    print(0.19 < time.time() - started < 1, 0.19 < (datetime.datetime.now() - wall).total_seconds() < 1)
    print(datetime.date.today() == datetime.datetime.now().date(), time.localtime().tm_year >= 2024)
    print(random.randint(1, 100))


asyncio.run(main())
