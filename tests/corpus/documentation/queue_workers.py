import asyncio
import random


async def worker(name, queue, done):
    while True:
        seconds = await queue.get()
        await asyncio.sleep(seconds)
        queue.task_done()
        done.append(name)


async def main():
    random.seed(3)
    queue, done = asyncio.Queue(), []
    total = 0
    for _ in range(12):
        seconds = random.uniform(0.01, 0.06)
        total += seconds
        queue.put_nowait(seconds)
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(worker(f"worker-{number}", queue, done)) for number in range(3)]
    began = loop.time()
    await queue.join()
    took = loop.time() - began
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    print(len(done), sorted(set(done)), took < total, [type(each).__name__ for each in ended])


asyncio.run(main())
