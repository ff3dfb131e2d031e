import asyncio
import concurrent.futures
import threading


async def answer(seconds, value):
    await asyncio.sleep(seconds)
    return value


async def main():
    loop = asyncio.get_running_loop()

    def ask():
        print(asyncio.run_coroutine_threadsafe(answer(0.1, "first"), loop).result(1))
        future = asyncio.run_coroutine_threadsafe(answer(5, "late"), loop)
        try:
            future.result(0.1)
        except concurrent.futures.TimeoutError:
            print("took too long", future.cancel())

    thread = threading.Thread(target=ask)
    thread.start()
    while thread.is_alive():
        await asyncio.sleep(0.05)
    print("over")


asyncio.run(main())
