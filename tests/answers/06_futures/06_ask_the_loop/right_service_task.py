"""Right: questions and the end of the plug-in go through one asyncio queue to the coroutine."""

import asyncio
import concurrent.futures


async def run_plugin(plugin, look_up):
    loop = asyncio.get_running_loop()
    questions = asyncio.Queue()

    def ask(article):
        answer = concurrent.futures.Future()
        loop.call_soon_threadsafe(questions.put_nowait, (article, answer))
        return answer.result()

    running = asyncio.create_task(asyncio.to_thread(plugin, ask))
    running.add_done_callback(lambda _: questions.put_nowait(None))
    while (question := await questions.get()) is not None:
        article, answer = question
        try:
            answer.set_result(await look_up(article))
        except Exception as error:
            answer.set_exception(error)
    return await running
