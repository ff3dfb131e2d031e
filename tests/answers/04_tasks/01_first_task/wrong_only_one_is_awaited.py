"""Mistake: only the first task is awaited, the second is believed to be ready by then.
Caught by: test_the_result_names_program_and_manual
"""

import asyncio


async def release(build, typeset, version):
    building = asyncio.create_task(build(version))
    typesetting = asyncio.create_task(typeset(version))
    program = await building
    return f"{program} with {typesetting.result()}"
