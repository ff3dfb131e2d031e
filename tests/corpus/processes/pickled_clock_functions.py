import asyncio, time
from concurrent.futures import ProcessPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, time.sleep, 0.2))
        print(type(await loop.run_in_executor(pool, time.time)))
        print(type(await loop.run_in_executor(pool, time.perf_counter)))


if __name__ == "__main__":
    asyncio.run(main())
