import abc, datetime, asyncio


class Stamp(datetime.datetime, abc.ABC):
    pass


class Day(datetime.date, metaclass=abc.ABCMeta):
    pass


s = Stamp(2026, 1, 2, 3, 4)
print(s.year, isinstance(s, datetime.datetime), isinstance(datetime.datetime.now(), datetime.datetime))


async def main():
    a = datetime.datetime.now()
    await asyncio.sleep(0.3)
    b = datetime.datetime.now()
    print((b - a).total_seconds() > 0.29)


asyncio.run(main())
