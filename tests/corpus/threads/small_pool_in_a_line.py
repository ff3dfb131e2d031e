import asyncio
import concurrent.futures
import time


def work(number):
    time.sleep(0.3)
    return number


async def main():
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(2)
    loop.set_default_executor(pool)
    began = time.perf_counter()
    jobs = [asyncio.to_thread(work, number) for number in range(5)]
    for job in asyncio.as_completed(jobs):
        await job
        print(int((time.perf_counter() - began) / 0.3))


asyncio.run(main())
