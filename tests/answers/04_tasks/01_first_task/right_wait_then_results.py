"""Right: imported by name, awaited with wait, then asked for the results."""

from asyncio import create_task, wait


async def release(build, typeset, version):
    building, typesetting = create_task(build(version)), create_task(typeset(version))
    await wait({typesetting, building})
    return f"{building.result()} with {typesetting.result()}"
