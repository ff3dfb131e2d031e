"""Hidden tests: bounded threads."""

import asyncio
import threading

import pytest

from kata.fakes import BlockingService
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

FILES = ["a.doc", "b.pdf", "c.exe", "d.zip", "e.png", "f.txt", "g.csv"]


async def watched(ex, device, files):
    """Scan; note in which threads the checks ran, and which new threads are alive afterwards."""
    import sys

    sys.setswitchinterval(60)  # a thread that was told to end shall not have ended, by chance, before somebody looks
    before = set(threading.enumerate())
    homes = set()

    def check(file):
        homes.add(threading.current_thread())
        return device(file)

    try:
        return await ex.scan(check, list(files))
    finally:
        # a thread that is about to end is not enumerated any more
        left = [thread for thread in homes.union(threading.enumerate()) - before if thread.is_alive()]
        ex.note(len([thread for thread in homes if thread.name.startswith("asyncio_")]))
        ex.note(len([thread for thread in left if not thread.name.startswith("asyncio_")]))


async def beside_a_neighbour(ex, device, files):
    """Scan beside a neighbour that wants a turn every 0.3 seconds; note how many turns it had."""
    turns = 0

    async def neighbour():
        nonlocal turns
        while True:
            await asyncio.sleep(0.3)
            turns += 1

    watching = asyncio.create_task(neighbour())
    await asyncio.sleep(0)
    texts = await ex.scan(device, files)
    ex.note(turns)
    watching.cancel()
    return texts


async def scan_again(ex, before, after, files):
    """Scan the same files twice; the second time, the checker finds something else."""
    return [await ex.scan(before, list(files)), await ex.scan(after, list(files))]


async def called_off(ex, device, files, moments, pause):
    """Begin to scan, cancel that at one of these moments, and wait until no check runs any more; once for each."""

    def how(task):
        if task.cancelled():
            return ""
        return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r:.80}"

    for moment in moments:
        scanning = asyncio.ensure_future(ex.scan(device, list(files)))
        await asyncio.sleep(moment)
        scanning.cancel()
        await asyncio.wait([scanning])
        ex.note([moment, how(scanning)])
        await asyncio.sleep(pause)


def late(calls, latencies):
    """The first check that began later than a free thread could begin it, in words; empty if none did."""
    ends = [0.0, 0.0]
    for call, seconds in zip(sorted(calls, key=lambda call: call.start), latencies, strict=False):
        free = min(ends)
        if call.start > free + 1e-6:
            return (
                f": a thread was free after {in_seconds(free)}, and the next check began after {in_seconds(call.start)}"
            )
        ends[ends.index(free)] += seconds
    return ""


def greedy(latencies):
    """Seconds that two workers need when a free one always takes the next job."""
    ends = [0.0, 0.0]
    for seconds in latencies:
        ends[ends.index(min(ends))] += seconds
    return round(max(ends), 9)


async def test_the_texts_keep_the_order(exercise, rng):
    """Every file is checked once, and the texts come in the order of `files`: many, one, or none; in each call anew."""
    for number in (0, 1, rng.choice([3, 4, 5]), 12):
        files = inputs.keys(rng, FILES, number)
        latency = dict(zip(files, inputs.seconds(rng, number, longest=0, nothing=True), strict=True))
        found, later = inputs.texts(rng, number), [f"{file} is clean" for file in files]
        services = [
            BlockingService(latency, dict(zip(files, each, strict=True)), name="check") for each in (found, later)
        ]
        run = await exercise.play(scan_again, *services, files)
        expect.returns(run, [found, later], f"the texts of two calls for {number} files")
        expect.called_once_each(run, "check", files * 2)


@pytest.mark.points(2)
async def test_two_checks_at_a_time(exercise, rng):
    """Two checks run at the same time, never more, and a free thread takes the next file at once."""
    uneven = [2.7, 0.5, 1, 0.4, 0.5]
    for latencies in ([1] * rng.choice([4, 5]), [2, 0.5, 1, 0.5], uneven, [1, 1.5], inputs.seconds(rng, 12)):
        files = inputs.keys(rng, FILES, len(latencies))
        run = await exercise.scan(BlockingService(dict(zip(files, latencies, strict=True))), list(files))
        expect.returns(run, [file.upper() for file in files], "the texts")
        assert run.peak["check"] <= 2, f"the licence allows 2 checks at the same time; there were {run.peak['check']}"
        assert not run.polled, run.polled
        assert run.elapsed == greedy(latencies), (
            f"checks of {expect.all_seconds(latencies)}, two at a time, should take {in_seconds(greedy(latencies))}; "
            f"they took {in_seconds(run.elapsed)}"
            + (", one after another" if run.peak["check"] == 1 else late(run.calls["check"], latencies))
        )


async def test_the_event_loop_stays_free(exercise, rng):
    """While files are checked, others have their turn, and no check runs in the event loop's own thread."""
    files = rng.sample(FILES, rng.choice([3, 4]))
    run = await exercise.play(beside_a_neighbour, BlockingService(1, name="check"), files)
    expect.returns(run, [file.upper() for file in files], "the texts")
    at_home = [call.args[0] for call in run.calls["check"] if not call.thread]
    assert not at_home, f"{at_home[0]!r} was checked in the event loop's own thread, which blocks it"
    [turns] = run.noted
    wanted = int(run.elapsed / 0.3 - 0.01)
    assert turns >= wanted, (
        f"in the {in_seconds(run.elapsed)} of checking, a neighbour that wants a turn every 0.3 seconds should have "
        f"{wanted}; it had {turns}"
    )
    blocked = sum(block.seconds for block in run.blocks)
    assert not blocked, f"while files were checked, the event loop was blocked for {in_seconds(blocked)}"


@pytest.mark.points(2)
async def test_the_pool_is_its_own_and_closed(exercise, rng):
    """The checks run in a pool of their own, and when `scan` is over, its threads have ended."""
    for number, bad in ((rng.choice([3, 4]), False), (2, True)):
        files = rng.sample(FILES, number)
        fails = {files[0]: ValueError("the file is damaged")} if bad else None
        run = await exercise.play_within(watched, BlockingService(0.5, name="check", fails=fails), files)
        if not bad:
            expect.returns(run, [file.upper() for file in files], "the texts")
        else:
            assert run.raised is not None, (
                f"the check of {files[0]!r} fails with {fails[files[0]]!r}, which should leave scan; it "
                f"{expect.outcome(run)}"
            )
        expect.called_once_each(run, "check", files)
        shared, left = run.noted
        assert not shared, (
            "checks ran in the event loop's default pool, which others use too; make a pool for this call"
        )
        assert not left, about(
            "threads left",
            f"{'after the error of a check, ' if bad else ''}{left} thread{'s' if left > 1 else ''} that scan had "
            f"started {'were' if left > 1 else 'was'} still alive when it was over; the pool has to be closed, and its "
            "threads need the time to end, before that",
            failed=bad,
        )


@pytest.mark.allows("unretrieved")
@pytest.mark.points(2)
async def test_a_failed_check(exercise, rng):
    """If checks fail, the other files are checked all the same; then the error of the first of them leaves `scan`."""
    # by itself fails what comes to everybody's mind, and what does not
    found = sorted(inputs.errors(rng, 11, text="damaged"), key=lambda error: isinstance(error, OSError | ValueError))
    first, *others = found[:5]
    last = next(error for error in found if isinstance(error, TimeoutError))
    for place, bad in enumerate(([ValueError("damaged")], [first], [None] * 4 + [last], [None, *others])):
        files = inputs.keys(rng, FILES, 5)
        fails = {file: error for file, error in zip(files, bad, strict=False) if error is not None}
        failed = [file for file in files if file in fails]
        # where several fail, the first in the list is the last to be over
        latency = dict.fromkeys(files, 0.41) | ({failed[0]: 4.13} if place == 3 else {})
        run = await exercise.scan(BlockingService(latency, name="check", fails=fails), list(files))
        story = f"only {failed[0]!r} of {len(files)} files failed,"
        if len(failed) > 1:
            story = f"{len(failed)} of {len(files)} files failed, the first of these in the list, {failed[0]!r},"
        elif place:
            story = f"a ValueError did come out of scan; then only {failed[0]!r} failed,"
        expect.raises(run, fails[failed[0]], story)
        expect.called_once_each(run, "check", files, f"{expect.told(failed)} failed, and all files should be checked")
        expect.stopped_and_waited_for(run, "check")
        blocked = sum(block.seconds for block in run.blocks)
        assert not blocked, (
            f"when {failed[0]!r} had failed, the event loop was blocked for {in_seconds(blocked)}, until the other "
            "checks had ended"
        )


@pytest.mark.allows("blocking", "leaked", "unretrieved")
async def test_a_cancelled_scan_ends_as_cancelled(exercise, rng):
    """A scan that is cancelled, at whatever moment, ends as cancelled and gives no result."""
    files = inputs.keys(rng, FILES, 4)
    run = await exercise.play(
        called_off, BlockingService(2, name="check"), files, [0.0, rng.choice([1, 1.5, 2.5]), 3.96], 9
    )
    assert run.raised is None, f"{run.raised!r} came out of the drive that cancelled the scan"
    for moment, how in run.noted:
        assert not how, f"scan was cancelled after {in_seconds(moment)} and should end as cancelled; it {how}"
