import asyncio
import time


def work():
    time.sleep(0.3)
    print("the thread goes on")
    return "done"


async def main():
    try:
        await asyncio.wait_for(asyncio.to_thread(work), 0.1)
    except TimeoutError:
        print("not waited for")
    await asyncio.sleep(0.05)
    print("main ends")


asyncio.run(main())
print("run ends")
