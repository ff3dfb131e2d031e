import asyncio, time


async def main():
    a = time.ctime()
    b = time.asctime()
    c = time.clock_gettime(time.CLOCK_MONOTONIC)
    d = time.clock_gettime_ns(time.CLOCK_REALTIME)
    await asyncio.sleep(1.1)
    print(
        a != time.ctime(),
        b != time.asctime(),
        round(time.clock_gettime(time.CLOCK_MONOTONIC) - c),
        round((time.clock_gettime_ns(time.CLOCK_REALTIME) - d) / 1e9),
    )
    print(time.ctime(0))


asyncio.run(main())
