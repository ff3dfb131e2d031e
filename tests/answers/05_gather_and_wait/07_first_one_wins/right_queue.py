"""Right: the mirrors put what they got into a queue."""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    ends = asyncio.Queue()

    async def run(mirror):
        try:
            await ends.put((True, await fetch(mirror)))
        except Exception as error:
            await ends.put((False, error))

    tasks = [asyncio.create_task(run(mirror)) for mirror in mirrors]
    errors = []
    for _ in mirrors:
        worked, end = await ends.get()
        if worked:
            break
        errors.append(end)
    [task.cancel() for task in tasks]
    await asyncio.gather(*tasks, return_exceptions=True)
    if len(errors) == len(mirrors):
        raise AllFailed(errors)
    return end
