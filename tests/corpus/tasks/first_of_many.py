import asyncio


async def mirror(name, seconds, fails=False):
    try:
        await asyncio.sleep(seconds)
        if fails:
            raise ConnectionError(name)
        return name
    except asyncio.CancelledError:
        print(name, "not needed")
        raise


async def first_success(*coroutines):
    pending = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        while pending:
            done, rest = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            pending = [task for task in pending if task in rest]
            for task in done:
                if task.exception() is None:
                    return task.result()
                print("failed", task.exception())
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


async def main():
    print(await first_success(mirror("x", 0.05, True), mirror("y", 0.15), mirror("z", 0.4)))


asyncio.run(main())
