"""Hidden tests: cleaning up."""

import asyncio

import pytest


async def with_station(ex, readings, fails, closing, cancel_after):
    """Follow a station that gives one reading each half second; note what happened to its connections.

    ``fails`` is where an error comes after the readings: "connect", "receive", "store" or nowhere.
    """
    seen = {"connected": 0, "closing begun": 0, "closing done": 0, "too late": 0}
    stored = []

    class Station:
        def __init__(self):
            self.left = list(readings)
            self.closed = False

        async def receive(self):
            if self.closed:
                seen["too late"] += 1
            await asyncio.sleep(0.5)
            if self.left:
                return self.left.pop(0)
            if fails == "receive":
                raise ConnectionError("the station is gone")
            return None

        async def close(self):
            self.closed = True
            seen["closing begun"] += 1
            await asyncio.sleep(closing)
            seen["closing done"] += 1

    async def connect():
        await asyncio.sleep(0.5)
        if fails == "connect":
            raise ConnectionError("the station does not answer")
        seen["connected"] += 1
        return Station()

    def store(reading):
        if fails == "store" and len(stored) == len(readings) - 1:
            raise ValueError("the disk is full")
        stored.append(reading)

    following = asyncio.create_task(ex.follow(connect, store))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        following.cancel()
    await asyncio.wait([following])
    ex.note(dict(seen))
    ex.note(list(stored))
    if following.cancelled():
        return ["cancelled"]
    error = following.exception()
    return ["raised", type(error).__name__, str(error)] if error else ["returned", following.result()]


def some_readings(rng, number):
    return [rng.randint(-80, 320) / 10 for _ in range(number)]


def told(how):
    if how[0] == "raised":
        return f"raised {how[1]}({how[2]!r})"
    return f"returned {how[1]!r}" if how[0] == "returned" else "ended as cancelled"


async def played(exercise, readings, fails=None, closing=0.5, cancel_after=None):
    """How follow ended, what happened to the connection, and what was stored."""
    run = await exercise.play(with_station, readings, fails, closing, cancel_after)
    how = run.result
    seen, stored = run.noted
    return how, seen, stored


def expect_closed(seen, when):
    assert seen["connected"] == 1, f"follow should connect once; it connected {seen['connected']} times"
    begun, done = seen["closing begun"], seen["closing done"]
    assert begun > 0, f"{when}, and the connection was not closed; that also happens when close() is not awaited"
    assert begun == 1, f"{when}; the connection should be closed once, and close() was awaited {begun} times"
    assert done == 1, (
        f"{when}; closing was begun, and follow ended before the closing was done; it should be awaited to its end"
    )
    assert not seen["too late"], "after it was closed, the connection was asked for another reading"


async def test_readings_are_stored_and_counted(exercise, rng):
    """Each reading is stored, in their order, and the result is how many there were; none and one work too."""
    for number in (rng.choice([3, 4]), 1, 0):
        readings = some_readings(rng, number)
        if number > 1:
            readings[rng.randrange(number - 1)] = 0.0
            readings[-1] = readings[0]
        how, _, stored = await played(exercise, readings)
        assert stored == readings, f"the station gave {readings}; stored were {stored}"
        assert how == ["returned", number], f"{number} readings were stored; follow {told(how)}"


async def test_it_closes_when_there_are_no_more(exercise, rng):
    """When the station has no more readings, the connection is closed once, and to its end."""
    _, seen, _ = await played(exercise, some_readings(rng, 2), closing=1)
    expect_closed(seen, "the station had no more readings")


@pytest.mark.points(2)
async def test_it_closes_when_it_is_cancelled(exercise, rng):
    """When the task is cancelled, the connection is closed once, to its end, and the task ends as cancelled."""
    for number in (0, rng.choice([1, 2])):
        readings = some_readings(rng, 4)
        how, seen, stored = await played(exercise, readings, cancel_after=0.8 + number / 2)
        expect_closed(seen, "the task that runs follow was cancelled")
        assert how == ["cancelled"], f"a cancelled follow should end as cancelled when it has closed; it {told(how)}"
        assert stored == readings[:number], f"{number} readings had come by then; stored were {stored}"


@pytest.mark.points(2)
async def test_it_closes_after_an_error(exercise, rng):
    """After an error of `receive` or `store`, the connection is closed once, to its end, and the error leaves."""
    for fails, number, error in (
        ("receive", 0, ["ConnectionError", "the station is gone"]),
        ("receive", rng.choice([1, 2]), ["ConnectionError", "the station is gone"]),
        ("store", rng.choice([1, 2]), ["ValueError", "the disk is full"]),
    ):
        how, seen, _ = await played(exercise, some_readings(rng, number), fails)
        expect_closed(seen, f"{fails} failed")
        assert how == ["raised", *error], (
            f"{fails} failed with {error[0]}({error[1]!r}), which should leave follow as it is; follow {told(how)}"
        )


async def test_without_a_connection_there_is_nothing_to_close(exercise, rng):
    """If `connect` fails or is cancelled, that leaves `follow` as it is."""
    how, _, _ = await played(exercise, some_readings(rng, 2), "connect")
    assert how == ["raised", "ConnectionError", "the station does not answer"], (
        "connect failed with ConnectionError('the station does not answer'), which should leave follow as it is; "
        f"follow {told(how)}"
    )
    how, seen, _ = await played(exercise, some_readings(rng, 2), cancel_after=0.2)
    assert how == ["cancelled"], f"follow was cancelled while it connected, and should end as cancelled; it {told(how)}"
    assert not seen["closing begun"]
