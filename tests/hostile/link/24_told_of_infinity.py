"""Tries: tell of spans, blocks and lines at times that are no numbers, so that whoever draws them falls over.
For: 05_gather_and_wait/09_as_they_finish
Must: earn nothing
"""

import asyncio


async def follow(build, projects, show):
    recorder = asyncio.get_running_loop().instrument
    for value in (float("nan"), float("inf"), -float("inf"), 1e308):
        recorder.seconds = lambda *arguments, value=value: value
        print("here")
        await asyncio.sleep(0)
    return []
