import asyncio
import collections
import dataclasses
import enum
import json
import typing


class Level(enum.Enum):
    LOW = 1
    HIGH = 2


@dataclasses.dataclass(order=True)
class Job:
    priority: int
    name: str = dataclasses.field(compare=False)
    level: Level = Level.LOW


class Point(typing.NamedTuple):
    x: int
    y: int = 0


async def main():
    queue = asyncio.PriorityQueue()
    for job in (Job(3, "c"), Job(1, "a", Level.HIGH), Job(2, "b")):
        await queue.put(job)
    while not queue.empty():
        print(json.dumps(dataclasses.asdict(await queue.get()), default=lambda level: level.name))
    print(Point(1), collections.Counter("abca").most_common(1))


asyncio.run(main())
