import asyncio

lock = asyncio.Lock()
queue = asyncio.Queue()
event = asyncio.Event()


async def other():
    async with lock:
        await asyncio.sleep(0.05)
        await queue.put("made early")
        event.set()


async def main():
    task = asyncio.create_task(other())
    await event.wait()
    event.clear()
    async with lock:
        print(await queue.get())
    await task


asyncio.run(main())
asyncio.run(main())
