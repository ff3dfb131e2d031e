"""Right: the loop's pool of threads, and functools.partial in place of a closure."""

import asyncio
import functools


def put_to(loop, look_up, article):
    answer = asyncio.run_coroutine_threadsafe(look_up(article), loop)
    return answer.result()


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, plugin, functools.partial(put_to, loop, look_up))
