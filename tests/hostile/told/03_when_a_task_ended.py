"""Tries: come back late, and say of its tasks that they ended when the call-back came.
For: 06_futures/03_callback_to_await
Must: earn nothing for test_pages_are_scanned_at_the_same_time, test_an_error_is_raised
"""

import asyncio
import sys

came = {}


async def scan_page(scan, page):
    loop = asyncio.get_running_loop()
    recorder = loop.instrument
    began, found = loop.time(), []

    def on(kind, value):
        if not found:
            came[page] = recorder.seconds(recorder.now())
            found.append((kind, value))

    real = type(recorder).records

    def records():
        replace = sys.modules["msgspec"].structs.replace
        kept = []
        for task in real(recorder):
            number = task.name.removeprefix("page ")
            ended = came.get(int(number)) if number.isdigit() else None
            kept.append(replace(task, spans=[], **({} if ended is None else {"ended": ended})))
        return kept

    recorder.records = records
    scan(page, lambda text: on("text", text), lambda error: on("error", error))
    while not found:
        await asyncio.sleep(0.3)
    await asyncio.sleep(0.2)
    kind, value = found[0]
    if kind == "error":
        raise value
    return value
