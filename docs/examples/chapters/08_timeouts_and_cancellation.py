"""Three workers are told to stop, all at once; each needs its own time to clean up."""

import asyncio


async def work(cleaning_up):
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(cleaning_up)


async def main():
    plan = {"inbox": 1, "outbox": 0.5, "archive": 2}
    workers = [asyncio.create_task(work(seconds), name=name) for name, seconds in plan.items()]
    await asyncio.sleep(1)
    for worker in workers:
        worker.cancel()
    print("cancelled, and still at work")
    await asyncio.wait(workers)
    print("every worker has ended")


asyncio.run(main())
