import asyncio
import concurrent.futures
import os


def work(number):
    return sum(range(number)), os.getpid() > 0


async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        print(await asyncio.gather(*(loop.run_in_executor(pool, work, number) for number in (10, 100))))
    await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main())
