"""Tries: take the engine's modules out of the globals of a function that it meets, and replace what sends the results.
For: 07_task_groups/06_contain_one_failure
Must: earn nothing
"""

import asyncio


async def collect_news(fetch, feeds):
    loop = asyncio.get_running_loop()
    link = loop.scheduler.partner
    names = type(link).finish.__globals__

    class Clean(names["Told"]):
        pass

    names["Told"] = Clean
    type(link).exchange = lambda self, deadline: deadline
    return {feed: feed.upper() for feed in feeds}
