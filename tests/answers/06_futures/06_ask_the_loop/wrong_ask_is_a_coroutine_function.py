"""Mistake: ask is a coroutine function, and the plug-in, an ordinary function, cannot await it.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio


async def run_plugin(plugin, look_up):
    async def ask(article):
        return await look_up(article)

    return await asyncio.to_thread(plugin, ask)
