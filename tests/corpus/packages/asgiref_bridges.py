import asyncio
import time

from asgiref.sync import async_to_sync, sync_to_async


def blocking(seconds):
    time.sleep(seconds)
    return async_to_sync(answer)(seconds)


async def answer(seconds):
    await asyncio.sleep(seconds)
    return f"slept {seconds} twice"


async def main():
    print(await sync_to_async(blocking)(0.05))
    pair = await asyncio.gather(
        sync_to_async(blocking, thread_sensitive=False)(0.2), sync_to_async(blocking, thread_sensitive=False)(0.1)
    )
    print(pair)


asyncio.run(main())
print(async_to_sync(answer)(0.02))
