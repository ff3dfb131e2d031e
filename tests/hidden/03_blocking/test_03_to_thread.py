"""Hidden tests: a blocking client."""

import pytest

from kata.fakes import BlockingService

METERS = ["north", "south", "hall", "roof", "pump", "crane"]


async def read_twice(ex, read, meters):
    """Read all meters with no patience, then all but the first with some."""
    return [await ex.read_meters(read, meters, 0), await ex.read_meters(read, meters[1:], 1)]


def some_readings(rng, meters):
    return {meter: f"{rng.randint(210, 240)} V" for meter in meters}


async def test_the_event_loop_stays_free(exercise, rng):
    """The event loop is never blocked: every meter is read in another thread, and once only."""
    for number in (rng.choice([2, 3]), 1):
        meters = rng.sample(METERS, number)
        run = await exercise.read_meters(BlockingService(1), meters, 2)
        assert run.result == {meter: meter.upper() for meter in meters}, f"the readings were {run.result!r}"
        calls = run.calls.get("read", [])
        assert sorted(call.args[0] for call in calls) == sorted(meters), "each meter should be read once"
        assert all(call.thread for call in calls), "a meter was read in the event loop's own thread, which blocks it"


@pytest.mark.points(2)
async def test_all_meters_are_read_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest meter; with no meters, no time at all."""
    meters = rng.sample(METERS, 4)
    latency = dict(zip(meters, rng.sample([1.4, 1.5, 1.6, 2.2], 4), strict=True))
    readings = some_readings(rng, meters)
    run = await exercise.read_meters(BlockingService(latency, returns=readings), meters, 3)
    assert run.result == readings, f"expected {readings!r}, got {run.result!r}"
    assert not run.polled, run.polled
    assert run.elapsed == 2.2, (
        f"four meters, the slowest of which takes 2.2 seconds, took {run.elapsed:g} seconds; "
        f"at most {run.peak.get('read', 0)} were read at the same time"
    )
    run = await exercise.read_meters(BlockingService(1), [], 1)
    assert run.result == {}, f"no meters should give an empty dict, not {run.result!r}"
    assert run.elapsed == 0


@pytest.mark.points(2)
async def test_a_late_reading_becomes_none(exercise, rng):
    """A reading that took longer than `patience` is None, and the others are kept."""
    for late in range(3):
        meters = rng.sample(METERS, 3)
        latency = dict(zip(meters, [0.5, 0.5, 0.5], strict=True)) | {meters[late]: 1.9}
        readings = some_readings(rng, meters) | {meters[late - 1]: ""}
        run = await exercise.read_meters(BlockingService(latency, returns=readings), meters, 1.5)
        wanted = readings | {meters[late]: None}
        assert run.result == wanted, (
            f"with a patience of 1.5 seconds, {meters[late]} took 1.9 seconds and the others half a second; "
            f"expected {wanted!r}, got {run.result!r}"
        )
    run = await exercise.play(read_twice, BlockingService(0.5), meters)
    wanted = [dict.fromkeys(meters), {meter: meter.upper() for meter in meters[1:]}]
    assert run.result == wanted, (
        f"each meter takes half a second. A call for {', '.join(meters)} with a patience of 0 seconds, and then "
        f"one for {' and '.join(meters[1:])} with 1 second, should give {wanted!r}; they gave {run.result!r}"
    )


@pytest.mark.points(2)
async def test_it_returns_when_every_call_has_come_back(exercise, rng):
    """When `read_meters` returns, no call of `read` is under way any more."""
    meters = rng.sample(METERS, rng.choice([2, 3, 4]))
    slow = rng.choice(meters)
    run = await exercise.read_meters(BlockingService({meter: 0.5 for meter in meters} | {slow: 2.7}), meters, 1)
    wanted = {meter: meter.upper() for meter in meters} | {slow: None}
    assert run.result == wanted, (
        f"with a patience of 1 second, {slow} took 2.7 seconds and the others half a second; "
        f"expected {wanted!r}, got {run.result!r}"
    )
    for call in run.calls["read"]:
        assert call.end is not None and call.end <= run.elapsed, (
            f"read_meters returned at second {run.elapsed:g}, while {call.args[0]} was still talking: "
            "a thread does not stop when the task that awaits it is cancelled, it runs on to its end"
        )
    assert run.elapsed == 2.7, f"the slowest meter takes 2.7 seconds; the whole took {run.elapsed:g}"
