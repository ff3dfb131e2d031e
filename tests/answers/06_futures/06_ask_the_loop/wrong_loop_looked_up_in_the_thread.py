"""Mistake: the running event loop is asked for inside the thread, which has none.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio


async def run_plugin(plugin, look_up):
    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), asyncio.get_running_loop()).result()

    return await asyncio.to_thread(plugin, ask)
