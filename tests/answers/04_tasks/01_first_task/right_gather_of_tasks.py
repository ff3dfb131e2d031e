"""Right: gather awaits the two tasks."""

import asyncio


async def release(build, typeset, version):
    tasks = [asyncio.create_task(step(version)) for step in (build, typeset)]
    return " with ".join(await asyncio.gather(*tasks))
