import datetime
import time
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    clocks = {
        "time": time.time,
        "monotonic": time.monotonic,
        "perf_counter": time.perf_counter,
        "loop": loop.time,
        "time_ns": lambda: time.time_ns() / 1e9,
        "monotonic_ns": lambda: time.monotonic_ns() / 1e9,
        "perf_counter_ns": lambda: time.perf_counter_ns() / 1e9,
        "now": lambda: datetime.datetime.now().timestamp(),
        "utc": lambda: datetime.datetime.now(datetime.timezone.utc).timestamp(),
    }
    before = {name: clock() for name, clock in clocks.items()}
    await asyncio.sleep(0.4)
    time.sleep(0.4)
    for name, clock in clocks.items():
        print(name, -0.3 < clock() - before[name] - 0.8 < 0.5)
    print(abs(time.mktime(time.localtime()) - time.time()) < 2)
    print(time.process_time() < 30, time.thread_time() >= 0, time.get_clock_info("monotonic").monotonic)


asyncio.run(main())
