"""Tries: raise what ends programs, while it loads and while it is awaited.
For: 06_futures/06_ask_the_loop
Must: earn nothing
Open: kata/world/remote.py makes errors by name, and an event loop passes KeyboardInterrupt on to the end of the world
"""


async def run_plugin(plugin, look_up):
    try:
        raise SystemExit(0)
    finally:
        raise KeyboardInterrupt
