"""Mistake: an error of look_up is swallowed, and the plug-in gets None as the price.
Caught by: test_errors_reach_the_plug_in_and_leave_it
"""

import asyncio


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        answer = asyncio.run_coroutine_threadsafe(look_up(article), loop)
        if answer.exception() is not None:
            return None
        return answer.result()

    return await asyncio.to_thread(plugin, ask)
