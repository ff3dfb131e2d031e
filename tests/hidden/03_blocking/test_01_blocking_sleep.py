"""Hidden tests: the blocking sleep."""

import asyncio
import threading

import pytest

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


async def with_a_neighbour(ex, name, seconds):
    """Play one chore beside a wait of half a second, both started together."""
    return await asyncio.gather(getattr(ex, name)(seconds), asyncio.sleep(0.5, "neighbour"))


async def test_each_chore_leaves_the_event_loop_free(exercise, rng):
    """Each chore waits as many seconds as it is told, and others can wait during the same seconds."""
    for name, (_, _, text) in CHORES.items():
        seconds = rng.choice([1.5, 2])
        run = await exercise.play(with_a_neighbour, name, seconds)
        assert run.result == [text, "neighbour"], f"{name} should return {text!r}; it gave {run.result[0]!r}"
        assert run.elapsed == seconds, (
            f"{name}({seconds}) beside a wait of half a second should take {seconds} seconds in all; "
            f"it took {run.elapsed:g}"
        )


@pytest.mark.points(2)
async def test_the_shop_opens_with_the_longest_chore(exercise, rng):
    """`open_shop` takes as long as the longest of the three, whichever that is."""
    short, middle, long = 0.5, 1, rng.choice([1.5, 2])
    for times in ((long, middle, short), (short, long, middle), (middle, short, long)):
        run = await exercise.open_shop(*times)
        assert run.result == TEXTS, f"expected {TEXTS!r}, got {run.result!r}"
        assert run.elapsed == long, (
            f"chores of {', '.join(map(str, times))} seconds should take {long:g} seconds "
            f"together and took {run.elapsed:g}"
        )


async def test_all_three_begin_at_once(exercise, rng):
    """All three chores begin before any of them ends, and they print the same lines as before."""
    times = rng.sample([0.5, 1, 1.5], 3)
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
    run = await exercise.open_shop(*rng.sample([0, 0.5, 1], 3))
    assert run.result == TEXTS, f"expected {TEXTS!r}, got {run.result!r}"


async def test_no_thread_is_started(exercise, rng):
    """Waiting needs no help: no thread is started."""
    run = await exercise.play_within(count_threads, *rng.sample([0.5, 1, 1.5], 3))
    assert run.result == TEXTS
    assert run.noted == [0], (
        f"{run.noted[0]} more threads than before were running; a thread is for code that can only block, "
        "and sleeping can be awaited"
    )
