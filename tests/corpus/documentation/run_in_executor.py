import asyncio
import concurrent.futures
import functools


def blocking_io():
    with open(__file__, "rb") as stream:
        return len(stream.read(10))


def cpu_bound():
    return sum(number * number for number in range(10_000))


async def main():
    loop = asyncio.get_running_loop()
    print("default pool", await loop.run_in_executor(None, blocking_io))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        print("own pool", await loop.run_in_executor(pool, blocking_io))
    with concurrent.futures.ProcessPoolExecutor() as pool:
        print("processes", await loop.run_in_executor(pool, cpu_bound))
    print(await loop.run_in_executor(None, functools.partial(int, "ff", base=16)))


if __name__ == "__main__":
    asyncio.run(main())
