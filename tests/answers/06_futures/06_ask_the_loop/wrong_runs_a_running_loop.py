"""Mistake: run_until_complete is called on the loop that is running already.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        return loop.run_until_complete(look_up(article))

    return await asyncio.to_thread(plugin, ask)
