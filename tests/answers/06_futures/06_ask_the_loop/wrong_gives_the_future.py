"""Mistake: ask gives the future, not its result.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), loop)

    return await asyncio.to_thread(plugin, ask)
