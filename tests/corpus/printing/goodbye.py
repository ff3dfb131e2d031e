import asyncio, atexit, sys

atexit.register(lambda: print("bye"))


async def main():
    await asyncio.sleep(0.1)
    sys.exit(False)


asyncio.run(main())
