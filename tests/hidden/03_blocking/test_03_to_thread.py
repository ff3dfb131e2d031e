"""Hidden tests: a blocking client."""

import asyncio

import pytest

from kata.fakes import BlockingService
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

METERS = ["north", "south", "hall", "roof", "pump", "crane"]


async def read_again(ex, before, after, meters, patience):
    """Read meters that all answer late, then the same with other answers, then all but the first."""
    return [
        await ex.read_meters(before, meters, 0),
        await ex.read_meters(before, meters, patience),
        await ex.read_meters(after, meters, patience),
        await ex.read_meters(after, meters[1:], patience),
    ]


async def called_off(ex, read, meters, moments, patience, pause):
    """Begin to read, cancel that at one of these moments, and wait until no meter talks any more; once for each."""

    def how(task):
        if task.cancelled():
            return ""
        return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r:.80}"

    for moment in moments:
        reading = asyncio.ensure_future(ex.read_meters(read, meters, patience))
        await asyncio.sleep(moment)
        reading.cancel()
        await asyncio.wait([reading])
        ex.note([moment, how(reading)])
        await asyncio.sleep(pause)


def some_readings(rng, meters):
    return {meter: f"{rng.randint(210, 240)} V" for meter in meters}


async def test_the_event_loop_stays_free(exercise, rng):
    """The event loop is never blocked: every meter is read in another thread, and once only."""
    for number in (rng.choice([2, 3]), 1):
        meters = inputs.keys(rng, METERS, number)
        run = await exercise.read_meters(BlockingService(1), meters, 2)
        at_home = [call.args[0] for call in run.calls.get("read", []) if not call.thread]
        assert run.failed or not at_home, f"{at_home[0]} was read in the event loop's own thread, which blocks it"
        expect.returns(run, {meter: meter.upper() for meter in meters}, "the readings")
        expect.called_once_each(run, "read", meters)


@pytest.mark.points(2)
async def test_all_meters_are_read_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest meter; with no meters, no time at all."""
    for seconds, patience in (([2, 0.5, 1, 1.5], 3), (inputs.seconds(rng, 4, longest=inputs.HOUR), 4_000)):
        meters = inputs.keys(rng, METERS, 4)
        latency = dict(zip(meters, seconds, strict=True))
        readings = some_readings(rng, meters)
        run = await exercise.read_meters(BlockingService(latency, returns=readings), meters, patience)
        expect.returns(run, readings, "the readings")
        assert not run.polled, run.polled
        slowest = max(latency.values())
        assert run.elapsed == slowest, (
            f"four meters, the slowest of which takes {in_seconds(slowest)}, took {in_seconds(run.elapsed)}; "
            f"{run.peak.get('read', 0)} of the 4 at most {'was' if run.peak.get('read', 0) == 1 else 'were'} read at "
            "the same time"
        )
    run = await exercise.read_meters(BlockingService(1), [], 1)
    expect.returns(run, {}, "the readings of no meters")
    expect.takes(run, 0, "reading no meters")


@pytest.mark.points(2)
async def test_a_late_reading_becomes_none(exercise, rng):
    """A reading that took longer than `patience` is None, and the others are kept, in each call anew."""
    for late, patience in enumerate([1, *rng.sample([1.37, 2.07], 2)]):
        # by a tenth of a second too late, or just in time
        meters = inputs.keys(rng, METERS, 3)
        latency = dict.fromkeys(meters, round(patience - 0.1, 2)) | {meters[late]: round(patience + 0.1, 2)}
        readings = some_readings(rng, meters)
        if late:
            readings[meters[late - 1]] = ""
        run = await exercise.read_meters(BlockingService(latency, returns=readings), meters, patience)
        wanted = readings | {meters[late]: None}
        none = isinstance(run.result, dict) and [*run.result.items()] == [(meter, None) for meter in meters]
        assert run.result == wanted, (
            f"with a patience of {in_seconds(patience)}, {meters[late]} takes {in_seconds(latency[meters[late]])} and "
            f"the others {in_seconds(patience - 0.1)} each: "
            + (f"only {meters[late]} is late, and all have None" if none else expect.difference(run.result, wanted))
        )
    before, after = some_readings(rng, meters), {meter: f"{meter} is well" for meter in meters}
    services = [BlockingService(0.5, returns=each, name="read") for each in (before, after)]
    run = await exercise.play(read_again, *services, meters, 1)
    wanted = [dict.fromkeys(meters), before, after, {meter: after[meter] for meter in meters[1:]}]
    kinds = ("with a patience of 0 seconds", "with a patience of 1 second", "when the meters had other readings")
    for number, (found, right) in enumerate(zip(run.result, wanted, strict=True)):
        what = [*kinds, f"for {' and '.join(meters[1:])} only"][number]
        assert found == right, (
            f"call {number + 1} of read_meters, {what}, where each meter takes half a second: "
            f"{expect.difference(found, right)}"
        )


@pytest.mark.points(2)
async def test_it_returns_when_every_call_has_come_back(exercise, rng):
    """When `read_meters` returns, no call of `read` is under way any more."""
    for slowest in (2.75, inputs.DAYS):
        meters = inputs.keys(rng, METERS, rng.choice([2, 3, 4]))
        slow = rng.choice(meters)
        run = await exercise.read_meters(BlockingService(dict.fromkeys(meters, 0.5) | {slow: slowest}), meters, 1)
        wanted = {meter: meter.upper() for meter in meters} | {slow: None}
        assert run.result == wanted, (
            f"with a patience of 1 second, {slow} takes {in_seconds(slowest)} and the others half a second: "
            f"{expect.difference(run.result, wanted)}"
        )
        for call in run.calls["read"]:
            assert call.end is not None and call.end <= run.elapsed, (
                f"with a patience of 1 second, read_meters returned after {in_seconds(run.elapsed)}, while "
                f"{call.args[0]} was still talking: its call of `read` takes "
                f"{in_seconds(slowest if call.args[0] == slow else 0.5)}"
            )
        expect.takes(run, slowest, "read_meters, with one slow meter,")


@pytest.mark.allows("blocking", "leaked", "unretrieved")
async def test_errors_come_out(exercise, rng):
    """An error of `read` comes out of `read_meters`; when `read_meters` is cancelled, it ends as cancelled."""
    for error in inputs.errors(rng, 3):
        meters = inputs.keys(rng, METERS, 3)
        bad = rng.choice(meters)
        # the others are over by then, so it does not matter whether somebody waits for them
        read = BlockingService(dict.fromkeys(meters, 0.5) | {bad: 0.9}, fails={bad: error})
        run = await exercise.read_meters(read, meters, 2)
        raised = run.raised
        leaves = raised.leaves() if raised is not None and raised.is_a("ExceptionGroup") else [raised]
        assert leaves == [error], (
            f"reading {bad} failed with {error!r}, which should come out; it {expect.outcome(run)}"
        )
        expect.called_once_each(run, "read", meters, f"{bad} failed, and all meters should be read at the same time")
    meters = inputs.keys(rng, METERS, 2)
    moments = [0.0, rng.choice([0.5, 0.75, 1.25]), 1.98]
    run = await exercise.play(called_off, BlockingService(2), meters, moments, 3, 4)
    for moment, how in run.noted:
        assert not how, f"read_meters was cancelled after {in_seconds(moment)} and should end as cancelled; it {how}"
