import asyncio
import threading
import time


def hook(told):
    print("hook", told.exc_type.__name__, told.exc_value, told.thread.name)


threading.excepthook = hook


def broken():
    time.sleep(0.05)
    raise RuntimeError("in a thread")


async def main():
    thread = threading.Thread(target=broken, name="broken")
    thread.start()
    await asyncio.sleep(0.1)
    print(thread.is_alive())
    try:
        await asyncio.to_thread(broken)
    except RuntimeError as error:
        print("awaited", error)


asyncio.run(main())
