"""Mistake: all plug-ins ask through one global.
Caught by: test_plug_ins_run_at_the_same_time
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

Ask = Callable[[str], int]
LookUp = Callable[[str], Coroutine[Any, Any, int]]


CURRENT = {}
def ask(article):
    return asyncio.run_coroutine_threadsafe(CURRENT["look_up"](article), CURRENT["loop"]).result()
async def run_plugin(plugin, look_up):
    CURRENT["look_up"] = look_up
    CURRENT["loop"] = asyncio.get_running_loop()
    return await asyncio.to_thread(plugin, ask)
