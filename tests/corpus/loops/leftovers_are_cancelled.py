import asyncio


async def background():
    try:
        while True:
            print("beat")
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        print("cancelled at the end")
        raise
    finally:
        await asyncio.sleep(0.05)
        print("cleaned")


async def main():
    task = asyncio.create_task(background())
    await asyncio.sleep(0.25)
    print("main ends", task.done())


asyncio.run(main())
