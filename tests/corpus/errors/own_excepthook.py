"""What nobody catches goes to hooks of the program's own: in a thread, in the main thread."""

import asyncio
import sys
import threading
import traceback


def in_thread(told):
    print("thread:", told.exc_type.__name__, told.thread.name)


def at_the_end(kind, error, place):
    print("end:", kind.__name__, error)
    traceback.print_exception(kind, error, place, file=sys.stdout)


threading.excepthook, sys.excepthook = in_thread, at_the_end
worker = threading.Thread(target=lambda: [].pop(), name="worker")
worker.start()
worker.join()


async def main():
    await asyncio.sleep(0.1)
    raise LookupError("nothing there")


asyncio.run(main())
