import asyncio


async def careful():
    try:
        await asyncio.sleep(5)
    finally:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("cancelled again")
        print("left")


async def main():
    task = asyncio.create_task(careful())
    for _ in range(2):
        await asyncio.sleep(0.05)
        print("cancel", task.cancel())
    await asyncio.wait([task])
    print(task.cancelled(), task.cancel())
    inner = asyncio.create_task(asyncio.sleep(0.1, "inner"))
    try:
        async with asyncio.timeout(0.05):
            await asyncio.shield(inner)
    except TimeoutError:
        print("shielded", inner.done(), await inner)


asyncio.run(main())
