"""Mistake: the thread gets an event loop of its own, which serves all its questions.
Caught by: test_look_up_runs_in_the_same_event_loop
"""

import asyncio


async def run_plugin(plugin, look_up):
    def work():
        loop = asyncio.new_event_loop()
        try:
            return plugin(lambda article: loop.run_until_complete(look_up(article)))
        finally:
            loop.close()

    return await asyncio.to_thread(work)
