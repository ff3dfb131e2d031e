"""Mistake: the thread makes a task in the loop itself, which wakes nobody, and polls it.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio
import threading


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()

    def ask(article):
        there = threading.Event()
        task = loop.create_task(look_up(article))
        task.add_done_callback(lambda _: there.set())
        there.wait()
        return task.result()

    return await asyncio.to_thread(plugin, ask)
