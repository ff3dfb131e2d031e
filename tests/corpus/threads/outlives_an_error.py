import asyncio
import threading
import time


def work():
    time.sleep(0.2)
    print("thread ends")


async def main():
    threading.Thread(target=work).start()
    await asyncio.sleep(0.05)
    print("main fails")
    raise SystemExit(3)


asyncio.run(main())
