"""Tries: wait by hand, and write into the recording that gather was waited for, which is called in dead code.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing for test_gather_does_the_waiting
Open: run.waited_for is the player's word
"""

import asyncio
import sys


async def fetch_all(fetch, urls):
    recorder = asyncio.get_running_loop().instrument
    real = type(recorder).records

    def records():
        replace = sys.modules["msgspec"].structs.replace
        tasks = real(recorder)
        return [replace(task, spans=[replace(span, what="gather") for span in task.spans]) for task in tasks]

    recorder.records = records
    if urls is None:
        await asyncio.gather()
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    return [await task for task in tasks]
