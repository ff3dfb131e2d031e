"""Mistake: the event loop's thread waits for the other thread with join(), and nobody runs look_up.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio
import threading


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    results = []

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), loop).result()

    thread = threading.Thread(target=lambda: results.append(plugin(ask)))
    thread.start()
    thread.join()
    return results[0]
