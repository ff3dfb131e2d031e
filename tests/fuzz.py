"""A played process that says anything: conversations that are right for a while, then changed, cut or made up.

They are fed to a world, in this process. The only two things that may come of one are a recording that the judge can
read, and `PlayerGone`. ``python -m tests.fuzz --messages 1000000`` feeds as many as one likes.
"""

from __future__ import annotations

import argparse
import copy
import faulthandler
import random
import resource
import time
from typing import Any

import msgspec

from kata.contract import messages
from kata.contract.messages import Ask, Go, Over, Work
from kata.contract.recording import decode, encode
from kata.contract.request import Request, argument_to_wire
from kata.contract.run import Run
from kata.contract.values import PlainValueError
from kata.fakes import BlockingService, Service
from kata.world.world import PlayerBroken, PlayerGone, World

__all__ = ["Enemy", "converse"]

DRIVE = """
async def drive(ex, service, number):
    async def callback(*args, **kwargs):
        await asyncio.sleep(1)
        return await service(*args)

    def plain(*args):
        return len(args)

    ex.note(ex.thing)
    thing = ex.make(callback, plain, number=number)
    first = asyncio.create_task(ex.work(thing, callback), name="first")
    second = asyncio.create_task(ex.work(plain))
    await asyncio.sleep(2)
    first.cancel()
    ex.note(await asyncio.gather(first, second, return_exceptions=True))
    try:
        async with ex.manager(thing) as inner:
            ex.note([each async for each in inner])
    except Exception as error:
        ex.note(error)
    return len(thing), thing.name, thing
"""

LONGEST = 40
"""Messages of one conversation."""

ODD: list[Any] = [
    None, True, -1, 0, 2**63 - 1, 2**64 - 1, 1e308, float("nan"), float("inf"), "", "soon", "0x" + "f" * 50, b"\xff",
    [], {}, [[]], ["set", [["list", []]]], ["int", "0x" + "f" * 300], ["text", "eda080"], ["text", "zz"],
    ["world", 1], ["player", 1, "async", "f", "f"], ["player", "1", 2, 3, 4], ["failure", {}], ["opaque", 1, 2],
    ["raised", {"type": "SystemExit", "message": "3"}, [3], None], ["record", "R", [["type", 1], [2, 3]]],
    ["raised", {"type": "ExceptionGroup", "message": "", "children": [{"type": "E", "message": ""}]}, None, 1],
    ["raised", {"type": "E\0", "message": "", "bases": ["KeyError"]}, [], None], ["dict", [[["list", []], 1]]],
]  # fmt: skip


class Enemy:
    """The other end of a world's wire. What it says is drawn from ``rng``."""

    def __init__(self, rng: random.Random, *, drive: bool) -> None:
        self.said = 0
        self._drive = drive
        self._given = [1]
        self._rng = rng
        self._good = rng.choice((0.5, 0.9, 0.99, 1.0))
        self._now = 0
        self._calls = 0
        self._open: list[int] = []
        self._asks: list[Ask] = []
        self._works: list[int] = []

    def hear(self) -> Any:
        """Its first words."""
        return self._say(over=False)

    def ask(self, go: Go) -> Any:
        """What it answers."""
        self._now = messages.instant(go.now)
        for order in go.orders:
            if isinstance(order, Ask):
                self._asks.append(order)
                self._given += [arg[1] for arg in order.args if type(arg) is list and arg[0] == "world"]
            elif isinstance(order, Work):
                self._works.append(order.work)
        return self._say(over=go.stuck or any(isinstance(order, Over) for order in go.orders))

    def _say(self, *, over: bool) -> Any:
        rng = self._rng
        if self.said >= LONGEST:
            raise PlayerGone("")
        self.said += 1
        events = self._events()
        if over or rng.random() < 0.02:
            events.append(
                ["ended", 0, *self._outcome(("returned", "raised", "cancelled"), {"type": "E", "message": ""})]
            )
            message: Any = ["finished", messages.packed(self._now), events, self._told(), False, None]
        else:
            deadline = rng.choice((None, self._now + rng.choice((0, 1, 10**9, 2**70))))
            later = None if deadline is None else messages.packed(deadline)
            message = ["report", messages.packed(self._now), later, events]
        if rng.random() > self._good:
            message = self._changed(message)
        data = msgspec.msgpack.encode(message)
        if rng.random() > self._good:
            data = self._cut(data)
        try:
            return messages.read_report(data)
        except PlainValueError as error:
            raise PlayerGone(str(error)) from error

    def _events(self) -> list[Any]:
        rng, events = self._rng, []
        for ask in self._asks:
            events.append(["answered", ask.ask, *self._outcome(("returned", "returned", "raised", "unfit"))])
        self._asks.clear()
        for work in self._works[:]:
            if rng.random() < 0.5:
                self._works.remove(work)
                events.append(["ended", work, *self._outcome(("returned", "raised", "cancelled"))])
        for _ in range(rng.randrange(3)):
            self._calls += 1
            self._open.append(self._calls)
            args = [self._value() for _ in range(rng.randrange(3))]
            how = rng.choice(((False, False), (False, True), (True, True)))
            target = rng.choice(self._given)
            events.append(["began", self._calls, target, args, {}, rng.randrange(1000), "t", *how])
        if self._open and rng.random() < 0.3:
            events.append(["dropped", rng.choice(self._open)])
        if rng.random() < 0.3:
            events.append(["printed", {"text": "line", "at": rng.choice((0.0, 1e9, -5.0))}])
        return events

    def _told(self) -> Any:
        frame = {"file": "x.py", "line": 3, "function": "f"}
        task = {"name": "t", "coroutine": "f", "created": 0.0, "error": {"type": "E", "message": "no"}}
        return {"tasks": [task], "leaked": [{"name": "t", "what": "sleep", "at": frame}]}

    def _outcome(self, ways: tuple[str, ...], failure: Any = None) -> tuple[str, Any]:
        rng = self._rng
        how = rng.choice(ways)
        if how == "unfit":
            return how, {"kind": "missing", "message": "name"}
        if how != "raised":
            return how, self._value()
        name = rng.choice(("ValueError", "TimeoutError", "Mine", "CancelledError", "SystemExit", "StopIteration"))
        return how, failure or ["raised", {"type": name, "message": "no", "bases": ["Exception"]}, ["no"], None]

    def _value(self, depth: int = 0) -> Any:
        rng = self._rng
        kind = rng.randrange(10)
        if kind == 0 and self._drive:
            return ["player", rng.randrange(1, 5), rng.choice(("async", "object", "callable", "coroutine")), "C", "C"]
        if kind == 1 and self._drive:
            return ["world", rng.choice(self._given)]
        if kind == 2 and rng.random() > self._good:
            return copy.deepcopy(rng.choice(ODD))
        if kind < 6 or depth > 4:
            return rng.choice((1, "a", None, 2.5, ["int", hex(10**30)], ["text", "eda080"], ["bytes", "AAAA"]))
        if kind == 6:
            return ["dict", [[rng.choice(("a", 1, None)), self._value(depth + 1)]]]
        if kind == 7:
            return ["set", [1, "a", ["float", "nan"]]]
        return [rng.choice(("list", "tuple")), [self._value(depth + 1) for _ in range(rng.randrange(3))]]

    def _changed(self, message: Any) -> Any:
        """One place of a message is another value, is there twice, or is missing."""
        rng, place = self._rng, message
        while True:
            inner = [each for each in (place.values() if type(place) is dict else place) if type(each) in (list, dict)]
            inner = [each for each in inner if each]
            if not inner or rng.random() < 0.3:
                break
            place = rng.choice(inner)
        key = rng.choice([*place]) if type(place) is dict else rng.randrange(len(place))
        change = rng.randrange(4)
        if change == 0:
            del place[key]
        elif change == 1 and type(place) is list:
            place.extend([place[key]] * rng.choice((1, 3, 500)))
        elif change == 2:
            value = place[key]
            for _ in range(rng.choice((1, 60, 300))):
                value = ["list", [value]]
            place[key] = value
        else:
            place[key] = copy.deepcopy(rng.choice(ODD))
        return message

    def _cut(self, data: bytes) -> bytes:
        """Fewer bytes, others, or none of these."""
        rng = self._rng
        change = rng.randrange(3)
        if change == 0:
            return data[: rng.randrange(len(data))]
        if change == 1:
            place = rng.randrange(len(data))
            return data[:place] + rng.randbytes(rng.randrange(1, 5)) + data[place + 1 :]
        return rng.choice((rng.randbytes(rng.randrange(60)), b"\x91" * 5000))


def converse(rng: random.Random) -> tuple[Run | None, int]:
    """One play with an enemy.

    Returns:
        The recording as the judge reads it, or None when the player counts as gone; and the number of messages.
    """
    fakes = [Service({"a": 3}, fails={"b": ValueError("no")}), BlockingService(2)]
    wires = [argument_to_wire(value) for value in (fakes[0], rng.choice([10**30, "\ud800", fakes[1]]))]
    action = rng.choice(("call", "drive"))
    request = Request("", "x.py", action=action, name="drive", args=wires, drive=DRIVE)  # type: ignore[arg-type]
    enemy = Enemy(rng, drive=action == "drive")
    world = World(request, enemy)
    messages.write(messages.Play(world.for_the_player()))
    try:
        world.play()
    except (PlayerGone, PlayerBroken):
        return None, enemy.said
    return decode(encode(world.whole())), enemy.said


def main() -> None:
    """Feed messages, and tell how many and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000, help="how many, at least")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    began, fed, plays, read, seed = time.monotonic(), 0, 0, 0, asked.seed
    while fed < asked.messages:
        faulthandler.dump_traceback_later(30, exit=True)
        try:
            run, said = converse(random.Random(seed))
        except BaseException:
            print(f"seed {seed}:")
            raise
        fed, plays, read, seed = fed + said, plays + 1, read + (run is not None), seed + 1
    faulthandler.cancel_dump_traceback_later()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{fed} messages in {plays} plays, {read} of which gave a recording: "
        f"{time.monotonic() - began:.0f} s, {memory} MiB at most."
    )


if __name__ == "__main__":
    main()
