"""Mistake: the plug-in is called in the event loop's own thread, where result() waits for the loop itself.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), loop).result()

    return plugin(ask)
