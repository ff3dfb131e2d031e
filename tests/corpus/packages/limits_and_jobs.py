import asyncio
import functools

import aiojobs
import aiometer
import backoff


async def fetch(number):
    await asyncio.sleep(0.1)
    return number * 10


tries = []


@backoff.on_exception(backoff.expo, OSError, max_tries=3, jitter=None, factor=0.05)
async def flaky():
    tries.append(1)
    if len(tries) < 3:
        raise OSError
    return len(tries)


async def main():
    print(await aiometer.run_on_each(fetch, [1, 2, 3], max_at_once=2))
    print(await aiometer.run_all([functools.partial(fetch, number) for number in (3, 1)], max_per_second=20))
    async with aiojobs.Scheduler(limit=1) as scheduler:
        jobs = [await scheduler.spawn(fetch(number)) for number in (1, 2)]
        print(scheduler.active_count, scheduler.pending_count)
        print([await job.wait() for job in jobs])
    print(await flaky())


asyncio.run(main())
