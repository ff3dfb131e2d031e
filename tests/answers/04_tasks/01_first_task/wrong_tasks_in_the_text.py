"""Mistake: the tasks are put into the text, not their results.
Caught by: test_the_result_names_program_and_manual
"""

import asyncio


async def release(build, typeset, version):
    building = asyncio.create_task(build(version))
    typesetting = asyncio.create_task(typeset(version))
    return f"{building} with {typesetting}"
