"""Mistake: asyncio.run in the thread makes a second event loop for each question.
Caught by: test_look_up_runs_in_the_same_event_loop
"""

import asyncio


async def run_plugin(plugin, look_up):
    def ask(article):
        return asyncio.run(look_up(article))

    return await asyncio.to_thread(plugin, ask)
