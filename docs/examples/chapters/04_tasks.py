"""Each task awaited as it is made, then both made first."""

import asyncio


def start(name, seconds):
    return asyncio.create_task(asyncio.sleep(seconds), name=name)


async def main():
    await start("build", 2)
    await start("typeset", 1)
    print("awaited as it is made: 3 seconds")
    build, typeset = start("build again", 2), start("typeset again", 1)
    await build
    await typeset
    print("both made, then awaited: 2 seconds")


asyncio.run(main())
