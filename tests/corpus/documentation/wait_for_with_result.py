import asyncio


async def quick():
    await asyncio.sleep(0.02)
    return "quick"


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(0.05)
        print("tidied up")
        raise


async def main():
    print(await asyncio.wait_for(quick(), 1))
    print(await asyncio.wait_for(quick(), None))
    for seconds in (0.05, 0, -1):
        try:
            await asyncio.wait_for(stubborn(), seconds)
        except asyncio.TimeoutError as error:
            print("timeout", seconds, type(error) is TimeoutError)
    done = asyncio.get_running_loop().create_future()
    done.set_result("done before")
    print(await asyncio.wait_for(done, 0))


asyncio.run(main())
