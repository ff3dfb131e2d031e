import asyncio


async def set_after(future, delay, value):
    await asyncio.sleep(delay)
    future.set_result(value)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = loop.create_task(set_after(future, 0.1, "... world"))
    print("hello ...")
    print(await future)
    await task
    failed = loop.create_future()
    loop.call_later(0.05, failed.set_exception, KeyError("gone"))
    try:
        await failed
    except KeyError as error:
        print("error", error)
    print(asyncio.isfuture(failed), failed.exception())
    try:
        failed.set_result(1)
    except asyncio.InvalidStateError:
        print("only once")


asyncio.run(main())
