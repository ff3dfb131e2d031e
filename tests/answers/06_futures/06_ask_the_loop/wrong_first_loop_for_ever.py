"""Mistake: the event loop of the first call is kept for all later ones.
Caught by: test_look_up_runs_in_the_same_event_loop
"""

import asyncio

LOOP = None


async def run_plugin(plugin, look_up):
    global LOOP
    if LOOP is None:
        LOOP = asyncio.get_running_loop()

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), LOOP).result()

    return await asyncio.to_thread(plugin, ask)
