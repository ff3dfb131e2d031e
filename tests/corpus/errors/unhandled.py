import asyncio


async def main():
    await asyncio.sleep(0.05)
    print("before")
    raise ValueError("broken")


asyncio.run(main())
