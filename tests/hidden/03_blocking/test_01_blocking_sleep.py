"""Hidden tests: the blocking sleep."""

import asyncio
import threading

import pytest

from kata.judge import expect, inputs

CHORES = {
    "heat_oven": ("oven: on", "oven: hot", "oven is hot"),
    "boot_till": ("till: on", "till: up", "till is up"),
    "raise_shutters": ("shutters: moving", "shutters: open", "shutters are open"),
}
TEXTS = [text for _, _, text in CHORES.values()]


async def count_threads(ex, oven, till, shutters):
    """Note how many threads more there were at most than before, looking often."""
    before = threading.active_count()
    most = before

    async def look():
        nonlocal most
        while True:
            most = max(most, threading.active_count())
            await asyncio.sleep(0.1)

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    result = await ex.open_shop(oven, till, shutters)
    most = max(most, threading.active_count())
    looking.cancel()
    await asyncio.wait([looking])
    ex.note(most - before)
    return result


async def with_a_neighbour(ex, name, times):
    """Play one chore again and again, each time beside a wait of half a second that begins with it."""
    return [await asyncio.gather(getattr(ex, name)(each), asyncio.sleep(0.5, "neighbour")) for each in times]


async def called_off(ex, names, seconds, moments):
    """Begin each chore some times and cancel it at these moments; then wait for as long as it would have lasted."""
    loop = asyncio.get_running_loop()

    async def one(name, moment):
        chore = asyncio.ensure_future(getattr(ex, name)(seconds))
        await asyncio.sleep(moment)
        chore.cancel()
        await asyncio.wait([chore])
        ex.note([name, moment, chore.cancelled(), loop.time() - started])

    started = loop.time()
    await asyncio.gather(*(one(name, moment) for name in names for moment in moments))
    await asyncio.sleep(seconds)


async def test_each_chore_leaves_the_event_loop_free(exercise, rng):
    """Each chore waits as many seconds as it is told, each time, and others can wait during the same seconds."""
    for name, (_, _, text) in CHORES.items():
        some = rng.choice([1.37, 2.59])
        times = [*rng.sample([inputs.DAYS, 4.13], 2), some, some]
        run = await exercise.play(with_a_neighbour, name, times)
        assert run.result == [[text, "neighbour"]] * 4, f"{name} should return {text!r} each time; got {run.result!r}"
        asked = ", ".join(f"{each:g}" for each in times)
        expect.takes(run, round(sum(times), 9), f"{name}, called four times for {asked} seconds, beside short waits,")


@pytest.mark.points(2)
async def test_the_shop_opens_with_the_longest_chore(exercise, rng):
    """`open_shop` takes as long as the longest of the three, whichever that is."""
    short, middle, long = 0.41, 0.93, inputs.DAYS
    for times in ((long, middle, short), (short, long, middle), (middle, short, rng.choice([1.37, 2.59]))):
        run = await exercise.open_shop(*times)
        expect.returns(run, TEXTS, "the reports")
        expect.takes(run, max(times), f"chores of {', '.join(f'{each:g}' for each in times)} seconds together")


async def test_all_three_begin_at_once(exercise, rng):
    """All three chores begin before any of them ends, and they print the same lines as before."""
    times = inputs.seconds(rng, 3, longest=inputs.HOUR)
    run = await exercise.open_shop(*times)
    lines = {line.text: line.at for line in run.lines if line.stream == "stdout"}
    assert sorted(run.printed) == sorted(line for first, last, _ in CHORES.values() for line in (first, last)), (
        f"the six lines of the three chores should be printed once each; printed were {run.printed!r}"
    )
    for (first, last, _), seconds in zip(CHORES.values(), times, strict=True):
        assert lines[first] == 0, f"{first!r} should be printed at once; it came at second {lines[first]:g}"
        assert lines[last] == seconds, (
            f"{last!r} should be printed after {seconds:g} seconds; it came at second {lines[last]:g}"
        )


async def test_the_reports_keep_their_order(exercise, rng):
    """The result is the list of the three texts: oven, till, shutters."""
    run = await exercise.open_shop(*inputs.seconds(rng, 3, longest=0, nothing=True))
    expect.returns(run, TEXTS, "the reports")


async def test_a_cancelled_chore_ends(exercise, rng):
    """A chore that is cancelled while it waits ends at once, cancelled, and does not say that it is done."""
    seconds = rng.choice([29.3, 47.1])
    run = await exercise.play(called_off, list(CHORES), seconds, inputs.moments(rng, seconds))
    assert run.raised is None, f"{run.raised!r} came out of a chore that was cancelled"
    for name, moment, cancelled, ended in run.noted:
        assert cancelled and ended == moment, (
            f"{name}({seconds:g}) was cancelled at second {moment:g}; it "
            f"{'ended, cancelled,' if cancelled else 'ended otherwise,'} at second {ended:g}"
        )
    done = [last for _, last, _ in CHORES.values() if last in run.printed]
    assert not done, f"all chores were cancelled before they were done, and still {expect.told(done)} was printed"


async def test_no_thread_is_started(exercise, rng):
    """No thread is started: waiting needs no help."""
    run = await exercise.play_within(count_threads, *rng.sample([0.5, 1, 1.5], 3))
    assert run.result == TEXTS
    assert run.noted == [0], (
        f"{run.noted[0]} more threads than before were running; a thread is for code that can only block, "
        "and sleeping can be awaited"
    )
