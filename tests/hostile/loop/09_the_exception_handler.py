"""Tries: set a handler of its own for what goes wrong in the loop, so that nothing is noted.
For: 04_tasks/07_done_callbacks
Must: earn nothing
"""

import asyncio


def watch(tasks, show):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)
    loop.instrument = None
    show(len(tasks), 0, 0)
