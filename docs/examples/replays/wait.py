"""wait hands over as soon as one is done, and leaves the others as they are."""

import asyncio


async def ask(shop, seconds):
    await asyncio.sleep(seconds)
    return shop


async def main():
    slow = asyncio.create_task(ask("slow", 2), name="slow")
    fast = asyncio.create_task(ask("fast", 0.5), name="fast")
    done, pending = await asyncio.wait({slow, fast}, return_when=asyncio.FIRST_COMPLETED)
    print("done:", *(task.result() for task in done))
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)
    print("slow was cancelled:", slow.cancelled())


asyncio.run(main())
