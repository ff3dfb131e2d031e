import time

import anyio
from anyio import from_thread, to_thread


def blocking(number):
    time.sleep(0.1)
    from_thread.run(anyio.sleep, 0.02)
    from_thread.run_sync(print, "from thread", number)
    return number * 2


async def main():
    send, receive = anyio.create_memory_object_stream(1)

    async def produce():
        async with send:
            for number in range(3):
                await send.send(number)
                await anyio.sleep(0.02)

    async with anyio.create_task_group() as group:
        group.start_soon(produce)
        async with receive:
            async for number in receive:
                print("received", number)
    print(await to_thread.run_sync(blocking, 21))
    limiter = anyio.CapacityLimiter(1)
    event, lock = anyio.Event(), anyio.Lock()

    async def guarded(name):
        async with limiter, lock:
            await anyio.sleep(0.02)
            print(name)
        event.set()

    async with anyio.create_task_group() as group:
        for name in "ab":
            group.start_soon(guarded, name)
        await event.wait()
        print("event")
    async with await anyio.Path("/").joinpath("dev", "null").open() as stream:
        print(repr(await stream.read()))


anyio.run(main)
