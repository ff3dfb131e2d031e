import asyncio
import multiprocessing


def square(number):
    return number * number


async def main():
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(5)))
        print(pool.apply_async(square, (7,)).get(timeout=10))
        print(await asyncio.to_thread(pool.map, square, [2, 3]))
    await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main())
