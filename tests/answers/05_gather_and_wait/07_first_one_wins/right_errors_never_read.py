"""Right: callbacks count who is left, and nobody reads the errors of the mirrors that failed."""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    over = asyncio.get_running_loop().create_future()
    running = set()

    async def run(mirror):
        file = await fetch(mirror)
        if not over.done():
            over.set_result(file)

    def ended(task):
        running.discard(task)
        if not running and not over.done():
            over.set_exception(AllFailed("no mirror is left"))

    for mirror in mirrors:
        task = asyncio.create_task(run(mirror))
        running.add(task)
        task.add_done_callback(ended)
    if not running:
        raise AllFailed("no mirrors")
    file = await over
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    return file
