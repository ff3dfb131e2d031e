"""Right: one task is enough, since the script itself can run the other step."""

import asyncio


async def release(build, typeset, version):
    manual = asyncio.create_task(typeset(version))
    program = await build(version)
    return f"{program} with {await manual}"
