import asyncio


async def save():
    await asyncio.sleep(0.2)
    print("saved")
    return "ok"


async def main():
    inner = asyncio.create_task(save())
    outer = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 1))
    await asyncio.sleep(0.05)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled", outer.cancelled(), inner.done())
    print(await inner)
    task = asyncio.create_task(asyncio.sleep(1))
    await asyncio.sleep(0)
    print(task.cancel("why"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(error.args)


asyncio.run(main())
