"""What a program finds as datetime, time and the loop's classes, printed."""

import asyncio
import copy
import datetime
import pickle
import time
from concurrent.futures import ThreadPoolExecutor

moment = datetime.datetime(2024, 2, 29, 12, 30)
print(type(datetime.datetime.now()), type(datetime.date.today()), type(datetime.datetime), datetime.datetime)
print(datetime.datetime.__module__, datetime.datetime.__qualname__, datetime.date.__name__)
print(repr(moment), [moment.date()], {"at": moment}, moment)
print(pickle.loads(pickle.dumps(moment)) == moment, copy.copy(moment), isinstance(moment, datetime.date))
print(time.sleep, time.monotonic, time.perf_counter_ns, time.localtime, time.strftime, type(time.time), input)


class Stamp(datetime.datetime):
    pass


print(repr(Stamp(2024, 1, 1)), type(Stamp.now()), datetime.datetime.strptime("2024", "%Y"))


async def main():
    loop = asyncio.get_running_loop()
    print(type(loop.call_later(1, print)), type(loop.call_soon(int)), type(loop.create_future()))
    print(asyncio.new_event_loop.__qualname__, type(asyncio.current_task()))
    with ThreadPoolExecutor() as pool:
        future = pool.submit(int)
        future.result()
        print(type(future), str(future).partition(" ")[0])


asyncio.run(main())
