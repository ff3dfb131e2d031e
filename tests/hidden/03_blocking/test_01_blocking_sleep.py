"""Hidden tests: the blocking sleep."""

import asyncio
import threading

import pytest

from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

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


async def with_a_neighbour(ex, names, times):
    """Play each chore again and again, each time beside a wait of half a second; note how long it took, and both."""
    loop = asyncio.get_running_loop()
    results = []

    async def alone(name, seconds):
        began = loop.time()
        text = await getattr(ex, name)(seconds)
        return text, round(loop.time() - began, 6)

    for name in names:
        for seconds in times:
            began = loop.time()
            (text, took), _ = await asyncio.gather(alone(name, seconds), asyncio.sleep(0.5))
            results.append(text)
            ex.note([name, seconds, took, round(loop.time() - began, 6)])
    return results


async def called_off(ex, names, seconds, moments):
    """Begin each chore some times and cancel it at these moments; then wait for as long as it would have lasted."""
    loop = asyncio.get_running_loop()

    def how(task):
        if task.cancelled():
            return ""
        return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r:.80}"

    async def one(name, moment):
        ends = []
        chore = asyncio.ensure_future(getattr(ex, name)(seconds))
        chore.add_done_callback(lambda _: ends.append(loop.time() - started))
        await asyncio.sleep(moment)
        chore.cancel()
        await asyncio.wait([chore])
        ex.note([name, moment, how(chore), ends[0]])

    started = loop.time()
    await asyncio.gather(*(one(name, moment) for name in names for moment in moments))
    await asyncio.sleep(seconds)


async def test_each_chore_leaves_the_event_loop_free(exercise, rng):
    """Each chore waits as many seconds as it is told, each time, and others can wait during the same seconds."""
    some = rng.choice([1.37, 2.59])
    for times in ([2, some, some], rng.sample([inputs.DAYS, 4.13], 2)):
        run = await exercise.play(with_a_neighbour, list(CHORES), times)
        for result, [name, seconds, took, both] in zip(run.result, run.noted, strict=True):
            text = CHORES[name][-1]
            assert result == text, f"{name}({seconds}) should return {text!r}; it returned {result!r}"
            exact = took == seconds
            assert exact, f"{name}({seconds}) should take {in_seconds(seconds)}; it took {in_seconds(took)}"
            together = both == seconds
            assert together, (
                f"{name}({seconds}) beside a wait of half a second should take {in_seconds(seconds)}; it took "
                f"{in_seconds(both)}"
            )
        expect.takes(run, round(3 * sum(times), 9), f"each chore in turn, for {expect.all_seconds(times)},")


@pytest.mark.points(2)
async def test_the_shop_opens_with_the_longest_chore(exercise, rng):
    """`open_shop` takes as long as the longest of the three, whichever that is."""
    short, middle, long = 0.41, 0.93, inputs.DAYS
    for times in ((2, 1.5, 1), (short, long, middle), (middle, short, rng.choice([1.37, 2.59]))):
        run = await exercise.open_shop(*times)
        expect.returns(run, TEXTS, "the reports")
        expect.takes(run, max(times), f"open_shop with chores of {expect.all_seconds(times)}", in_a_row=sum(times))


async def test_all_three_begin_at_once(exercise, rng):
    """All three chores begin before any of them ends, and they print the same lines as before."""
    times = rng.sample([0.5, 1, 1.5, 2, 2.5], 3)
    run = await exercise.open_shop(*times)
    lines = {line.text: line.at for line in run.lines if line.stream == "stdout"}
    expected = [line for first, last, _ in CHORES.values() for line in (first, last)]
    for line in [*expected, *run.printed]:
        times_printed = run.printed.count(line)
        assert times_printed == expected.count(line), (
            f"{line!r} should {'be printed once' if line in expected else 'not be printed'}; it was "
            + ("not" if not times_printed else f"printed {'once' if times_printed == 1 else f'{times_printed} times'}")
        )
    for (first, last, _), seconds in zip(CHORES.values(), times, strict=True):
        at_once = lines[first] == 0
        assert at_once, f"{first!r} should be printed at once; it was printed after {in_seconds(lines[first])}"
        in_time = lines[last] == seconds
        assert in_time, (
            f"{last!r} should be printed after {in_seconds(seconds)}; it was printed after {in_seconds(lines[last])}"
        )


async def test_the_reports_keep_their_order(exercise, rng):
    """The result is the list of the three texts: oven, till, shutters."""
    run = await exercise.open_shop(*inputs.seconds(rng, 3, longest=0, nothing=True))
    expect.returns(run, TEXTS, "the reports")


async def test_a_cancelled_chore_ends(exercise, rng):
    """A chore that is cancelled while it waits ends at once, cancelled, and does not say that it is done."""
    seconds, moments = 2, [0.0, rng.choice([0.5, 0.75, 1.25]), 1.98]
    run = await exercise.play(called_off, list(CHORES), seconds, moments)
    assert run.raised is None, f"while the chores were cancelled, one after another, {run.raised!r} came out"
    for name, moment, how, ended in run.noted:
        story = f"{name}({seconds}), cancelled after {in_seconds(moment)}, should end"
        assert not how, f"{story} as cancelled; it {how} after {in_seconds(ended)}"
        assert ended == moment, f"{story} then; it ended after {in_seconds(ended)}"
    done = [last for _, last, _ in CHORES.values() if last in run.printed]
    assert not done, f"all chores were cancelled before they were done, and still {expect.told(done)} was printed"


async def test_no_thread_is_started(exercise, rng):
    """No thread is started: waiting needs no help."""
    run = await exercise.play_within(count_threads, *rng.sample([0.5, 1, 1.5], 3))
    expect.returns(run, TEXTS, "the reports")
    [more] = run.noted
    assert not more, about(
        "thread used",
        f"{more} thread{'s were' if more > 1 else ' was'} started; waiting needs none, it can be awaited",
    )
