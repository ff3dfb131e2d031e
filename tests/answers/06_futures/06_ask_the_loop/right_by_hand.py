"""Right: what run_coroutine_threadsafe does, done by hand with a queue for threads."""

import asyncio
import queue


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    tasks = set()

    def ask(article):
        answers = queue.Queue()

        async def answer():
            try:
                answers.put((await look_up(article), None))
            except Exception as error:
                answers.put((None, error))

        def begin():
            task = loop.create_task(answer())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        loop.call_soon_threadsafe(begin)
        value, error = answers.get()
        if error is not None:
            raise error
        return value

    return await asyncio.to_thread(plugin, ask)
