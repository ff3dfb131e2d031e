"""Right: a thread of its own, whose end is told to the loop through a future."""

import asyncio
import threading


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    over = loop.create_future()

    def ask(article):
        return asyncio.run_coroutine_threadsafe(look_up(article), loop).result()

    def end(method, value):
        if not over.done():
            method(value)

    def work():
        try:
            result = plugin(ask)
        except Exception as error:
            loop.call_soon_threadsafe(end, over.set_exception, error)
        else:
            loop.call_soon_threadsafe(end, over.set_result, result)

    threading.Thread(target=work).start()
    return await over
