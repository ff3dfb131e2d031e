"""Hidden tests: cleaning up."""

import asyncio

import pytest

from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, HOUR, errors, moments
from kata.judge.topics import about


async def with_station(ex, rounds, latency, closing, cancel_after):
    """Follow a station that gives one reading each ``latency`` seconds; note what happened to its connections.

    A round is [readings, where an error comes after them ("connect", "receive", "store" or nowhere), the error]; two
    errors come as a group. ``cancel_after`` is when follow is cancelled, or None.
    """

    async def play_round(readings, fails, error):
        seen = {"connected": 0, "closing begun": 0, "closing done": 0, "too late": 0}
        stored = []

        def fail():
            raise error if isinstance(error, Exception) else ExceptionGroup("two troubles", error)

        class Station:
            def __init__(self):
                self.left = list(readings)
                self.closed = False

            async def receive(self):
                if self.closed:
                    seen["too late"] += 1
                await asyncio.sleep(latency)
                if self.left:
                    return self.left.pop(0)
                if fails == "receive":
                    fail()
                return None

            async def close(self):
                self.closed = True
                seen["closing begun"] += 1
                await asyncio.sleep(closing)
                seen["closing done"] += 1

        async def connect():
            seen["connected"] += 1
            await asyncio.sleep(0.53)
            if fails == "connect":
                fail()
            return Station()

        def store(reading):
            if fails == "store" and len(stored) == len(readings) - 1:
                fail()
            stored.append(reading)

        start = asyncio.get_running_loop().time()
        following = asyncio.create_task(ex.follow(connect, store))
        if cancel_after is not None:
            await asyncio.sleep(cancel_after)
            following.cancel()
        await asyncio.wait([following])
        took = round(asyncio.get_running_loop().time() - start, 6)
        ended = dict(seen)
        if following.cancelled():
            return [["cancelled"], ended, stored, took]
        error_out = following.exception()
        if error_out:
            return [["raised", type(error_out).__name__, str(error_out)], ended, stored, took]
        return [["returned", following.result()], ended, stored, took]

    return [await play_round(*each) for each in rounds]


def some_readings(rng, number):
    """Temperatures, none of them 0: that one is put in where it is asked about."""
    return [rng.choice([-1, 1]) * rng.randint(1, 320) / 10 for _ in range(number)]


def told(how):
    if how[0] == "raised":
        return f"raised {how[1]}({how[2]!r})"
    return f"returned {how[1]!r}" if how[0] == "returned" else "ended as cancelled"


async def played(exercise, *rounds, latency=0.57, closing=0.41, cancel_after=None):
    """Of each round: how follow ended, what happened to the connection, what was stored, and how long it took."""
    rounds = [(*each, None, None)[:3] for each in rounds]
    run = await exercise.play(with_station, [list(each) for each in rounds], latency, closing, cancel_after)
    return run.result


def expect_closed(seen, when):
    assert seen["connected"] == 1, f"follow should connect once; it connected {expect.often(seen['connected'])}"
    begun, done = seen["closing begun"], seen["closing done"]
    assert begun > 0, f"{when}, and the connection was not closed"
    assert begun == 1, f"{when}; the connection should be closed once, and its closing was begun {expect.often(begun)}"
    assert done == 1, (
        f"{when}; closing was begun, and follow ended before the closing was done; it should be awaited to its end"
    )
    assert not seen["too late"], "after it was closed, the connection was asked for another reading"


def expect_stored(stored, readings):
    """These readings were stored, in their order."""
    for place, reading in enumerate(readings):
        assert stored[place : place + 1] == [reading], (
            f"reading {place + 1} of {len(readings)}, {reading!r}, should be stored in its place; stored were "
            f"{expect.told(stored) or 'none'}"
        )
    assert len(stored) == len(readings), f"the station had {len(readings)} readings; stored were {len(stored)}"


async def test_readings_are_stored_and_counted(exercise, rng):
    """Each reading is stored, in their order, and the result is how many there were; none and one work too."""
    several = some_readings(rng, rng.choice([3, 4]))
    several[rng.randrange(len(several) - 1)] = 0.0
    several[-1] = several[0]
    rounds = [several, some_readings(rng, 1), [], [0], some_readings(rng, 60)]
    seen = await played(exercise, *([readings] for readings in rounds))
    for readings, (how, _, stored, _) in zip(rounds, seen, strict=True):
        expect_stored(stored, readings)
        equal = ", two of them equal," if len(set(readings)) < len(readings) else ""
        assert how == ["returned", len(readings)], (
            f"all {len(readings)} readings{equal} were stored, and their number should be returned; follow {told(how)}"
        )


async def test_it_closes_when_there_are_no_more(exercise, rng):
    """When the station has no more readings, the connection is closed once, and to its end."""
    for latency, closing in ((0.57, 1.03), (HOUR, 0.41), (0.57, DAYS)):
        readings = some_readings(rng, 2)
        [[how, seen, stored, took]] = await played(exercise, [readings], latency=latency, closing=closing)
        if how != ["returned", 2]:
            expect_stored(stored, readings)
        assert how == ["returned", 2], f"both readings were stored, and 2 should be returned; follow {told(how)}"
        expect_closed(seen, "the station had no more readings")
        total = round(0.53 + 3 * latency + closing, 6)
        assert took == total, (
            f"connecting, receiving and closing take {in_seconds(total)} in all, and follow took {in_seconds(took)}"
        )


@pytest.mark.points(2)
async def test_it_closes_when_it_is_cancelled(exercise, rng):
    """When the task is cancelled, the connection is closed once, to its end, and the task ends as cancelled."""
    for number, moment, closing in ((0, 0.6, 0.41), (rng.choice([1, 2]), 0.8, DAYS), (4, 1.07, 0.41)):
        readings, moment = some_readings(rng, 4), round(moment + 0.57 * number, 6)
        [[how, seen, stored, took]] = await played(exercise, [readings], closing=closing, cancel_after=moment)
        expect_closed(seen, f"the task that runs follow was cancelled after {in_seconds(moment)}")
        assert how == ["cancelled"], (
            f"follow was cancelled after {in_seconds(moment)}, and should end as cancelled when it has closed; it "
            f"{told(how)} after {in_seconds(took)}"
        )
        assert stored == readings[:number], (
            f"{number or 'no'} readings had come after {in_seconds(moment)}, when follow was cancelled; stored were "
            f"{expect.told(stored) or 'none'}"
        )
        assert took == round(moment + closing, 6), (
            f"follow was cancelled after {in_seconds(moment)} and closing takes {in_seconds(closing)}; it ended after "
            f"{in_seconds(took)}"
        )


@pytest.mark.points(2)
async def test_it_closes_after_an_error(exercise, rng):
    """After an error of `receive` or `store`, the connection is closed once, to its end, and the error leaves."""
    some = errors(rng, 4, text="trouble")
    two = [OSError("no current"), ValueError("no reading")]
    places = ["receive", "receive", "store", "store", "receive", "store"]
    numbers = [0, rng.choice([1, 2]), 1, 2, 1, rng.choice([1, 2])]
    rounds = list(zip([some_readings(rng, number) for number in numbers], places, [*some, two, two], strict=True))
    for (_, fails, error), (how, seen, _, _) in zip(rounds, await played(exercise, *rounds), strict=True):
        expect_closed(seen, f"{fails} failed")
        name = type(error).__name__ if isinstance(error, Exception) else "ExceptionGroup"
        text = str(error) if isinstance(error, Exception) else "two troubles (2 sub-exceptions)"
        assert how == ["raised", name, text], (
            f"{fails} fails with {name}({text!r}), which should leave follow as it is; follow {told(how)}"
        )


async def test_without_a_connection_there_is_nothing_to_close(exercise, rng):
    """If `connect` fails or is cancelled, that leaves `follow` as it is."""
    for error in [ConnectionError("the station does not answer"), *errors(rng, 2, text="no station")]:
        [[how, seen, _, _]] = await played(exercise, [some_readings(rng, 2), "connect", error])
        assert how == ["raised", type(error).__name__, str(error)], about(
            "no error",
            f"connect fails with {error!r}, which should leave follow as it is; follow {told(how)}",
            error=how[1:],
        )
        assert seen["connected"] == 1, (
            f"connect failed; it should be called once, and was called {expect.often(seen['connected'])}"
        )
    for moment in moments(rng, 0.53):
        [[how, seen, _, _]] = await played(exercise, [some_readings(rng, 2)], cancel_after=moment)
        assert how == ["cancelled"], (
            f"follow was cancelled after {in_seconds(moment)}, while it connected, and should end as cancelled; it "
            f"{told(how)}"
        )
        assert not seen["closing begun"], "there was no connection yet, and close() was awaited"
