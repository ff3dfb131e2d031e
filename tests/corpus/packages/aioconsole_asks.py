import asyncio

import aioconsole


async def beat(beats):
    while True:
        beats.append(1)
        await asyncio.sleep(0.02)


async def main():
    beats = []
    task = asyncio.create_task(beat(beats))
    name = await aioconsole.ainput()
    await aioconsole.aprint("hello", name)
    await asyncio.sleep(0.1)
    task.cancel()
    print(len(beats) > 2)


asyncio.run(main())
