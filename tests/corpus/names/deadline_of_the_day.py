import asyncio
import datetime as dt
import time
import zoneinfo


async def at(moment, what):
    await asyncio.sleep((moment - dt.datetime.now(dt.timezone.utc)).total_seconds())
    print(what)


async def main():
    now = dt.datetime.now(dt.timezone.utc)
    await asyncio.gather(*(at(now + dt.timedelta(milliseconds=ms), ms) for ms in (300, 100, 200)))
    stamp = dt.datetime.fromtimestamp(time.time(), dt.timezone.utc)
    print(abs(stamp - dt.datetime.now(dt.timezone.utc)) < dt.timedelta(seconds=1))
    print(dt.datetime(2024, 2, 29) + dt.timedelta(days=1), dt.date.fromisoformat("2024-03-01").weekday())
    try:
        print(dt.datetime(2030, 7, 1, 12, tzinfo=zoneinfo.ZoneInfo("UTC")).isoformat())
    except zoneinfo.ZoneInfoNotFoundError:
        print("2030-07-01T12:00:00+00:00")


asyncio.run(main())
