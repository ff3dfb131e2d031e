"""Mistake: the names stand in the order in which they come.
Caught by: test_the_result_names_program_and_manual
"""

import asyncio


async def release(build, typeset, version):
    tasks = [asyncio.create_task(build(version)), asyncio.create_task(typeset(version))]
    names = [await task for task in asyncio.as_completed(tasks)]
    return " with ".join(names)
