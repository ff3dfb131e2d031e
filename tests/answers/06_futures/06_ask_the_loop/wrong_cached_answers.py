"""Mistake: a second question about an article is answered from memory.
Caught by: test_ask_gives_what_look_up_gives
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

Ask = Callable[[str], int]
LookUp = Callable[[str], Coroutine[Any, Any, int]]


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    cache = {}
    def ask(article):
        if article not in cache:
            cache[article] = asyncio.run_coroutine_threadsafe(look_up(article), loop).result()
        return cache[article]
    return await asyncio.to_thread(plugin, ask)
