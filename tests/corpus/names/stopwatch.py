import asyncio
import contextlib
import time
from datetime import datetime, timedelta
from time import perf_counter as clock, sleep as pause, strftime


@contextlib.contextmanager
def stopwatch(name):
    began = clock()
    yield
    print(name, int((clock() - began) / 0.2))


async def main():
    with stopwatch("asyncio"):
        await asyncio.sleep(0.25)
    with stopwatch("blocking"):
        pause(0.25)
    began = datetime.now()
    await asyncio.sleep(0.1)
    print(timedelta(0) < datetime.now() - began < timedelta(seconds=2))
    print(strftime("%Y") == time.strftime("%Y", time.localtime()), len(strftime("%H:%M:%S")))


asyncio.run(main())
