"""Tries: raise what ends programs, while it loads and while it is awaited.
For: 06_futures/06_ask_the_loop
Must: earn nothing
"""


async def run_plugin(plugin, look_up):
    try:
        raise SystemExit(0)
    finally:
        raise KeyboardInterrupt
