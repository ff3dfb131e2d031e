"""Right: the block awaits a future and then cancels each task that is left.
"""

import asyncio


async def find_suitcase(search, stores):
    if not stores:
        return None
    found = asyncio.get_running_loop().create_future()

    def tell(task):
        tasks.remove(task)
        if found.done():
            return
        if not task.cancelled() and task.exception() is None and task.result() is not None:
            found.set_result(task.result())
        elif not tasks:
            found.set_result(None)

    tasks = set()
    async with asyncio.TaskGroup() as group:
        for store in stores:
            task = group.create_task(search(store))
            tasks.add(task)
            task.add_done_callback(tell)
        await found
        for task in tasks:
            task.cancel()
    return found.result()
