import asyncio


async def log(text):
    await asyncio.sleep(0.05)
    print("logged", text)


async def main():
    asyncio.create_task(log("first"))
    await asyncio.sleep(0.1)
    asyncio.create_task(log("second"))
    print("main is over")


asyncio.run(main())
