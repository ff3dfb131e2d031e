"""Right: two coroutines take the next file whenever they are free, each with a job in the pool."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    texts, errors = {}, {}
    waiting = iter(enumerate(files))

    async def lane(pool):
        for place, file in waiting:
            try:
                texts[place] = await loop.run_in_executor(pool, check, file)
            except Exception as error:
                errors[place] = error

    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="scan") as pool:
        await asyncio.gather(lane(pool), lane(pool))
    if errors:
        raise errors[min(errors)]
    return [texts[place] for place in range(len(files))]
