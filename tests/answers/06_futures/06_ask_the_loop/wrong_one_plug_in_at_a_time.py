"""Mistake: a lock around everything lets only one plug-in run at a time.
Caught by: test_plug_ins_run_at_the_same_time
"""

import asyncio

one_at_a_time = asyncio.Lock()


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), loop).result()

    async with one_at_a_time:
        return await asyncio.to_thread(plugin, ask)
