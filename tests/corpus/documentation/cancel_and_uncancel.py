import asyncio


async def cancel_me():
    print("before sleep")
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("cancel sleep")
        raise
    finally:
        print("after sleep")


async def refuses():
    for turn in range(2):
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError as error:
            print("refused", turn, error.args, asyncio.current_task().cancelling())
            asyncio.current_task().uncancel()
    return "stayed"


async def main():
    task = asyncio.create_task(cancel_me())
    await asyncio.sleep(0.05)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled now", task.cancelled(), task.done())
    task = asyncio.create_task(refuses())
    for message in ("one", "two"):
        await asyncio.sleep(0.02)
        task.cancel(message)
    print(await task, task.cancelled(), task.cancelling())
    task = asyncio.create_task(cancel_me())
    task.cancel()
    await asyncio.wait([task])
    print("never began", task.cancelled())


asyncio.run(main())
