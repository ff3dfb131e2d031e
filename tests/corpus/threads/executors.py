import asyncio
import concurrent.futures
import time


def square(number):
    time.sleep(0.05 * number)
    return number * number


async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        futures = [loop.run_in_executor(pool, square, number) for number in (5, 1, 2)]
        for done in asyncio.as_completed(futures):
            print(await done)
    print(await loop.run_in_executor(None, square, 1))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        print(list(pool.map(square, [2, 1])))
        print(await asyncio.wrap_future(pool.submit(square, 2)))


asyncio.run(main())
