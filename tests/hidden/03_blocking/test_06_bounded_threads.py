"""Hidden tests: bounded threads."""

import asyncio
import threading

import pytest

from kata.fakes import BlockingService
from kata.judge import expect, inputs

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
    for moment in moments:
        scanning = asyncio.ensure_future(ex.scan(device, list(files)))
        await asyncio.sleep(moment)
        scanning.cancel()
        await asyncio.wait([scanning])
        ex.note([moment, scanning.cancelled()])
        await asyncio.sleep(pause)


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
    for latencies in ([1] * rng.choice([4, 5]), uneven, [1, 1.5], inputs.seconds(rng, 12)):
        files = inputs.keys(rng, FILES, len(latencies))
        run = await exercise.scan(BlockingService(dict(zip(files, latencies, strict=True))), list(files))
        expect.returns(run, [file.upper() for file in files], "the texts")
        assert run.peak["check"] <= 2, f"the licence allows 2 checks at the same time; there were {run.peak['check']}"
        assert not run.polled, run.polled
        assert run.elapsed == greedy(latencies), (
            f"checks of {', '.join(f'{each:g}' for each in latencies)} seconds, two at a time, should take "
            f"{greedy(latencies):g} seconds and took {run.elapsed:g}; at most {run.peak['check']} ran at the same time"
        )


async def test_the_event_loop_stays_free(exercise, rng):
    """While files are checked, others have their turn, and no check runs in the event loop's own thread."""
    files = rng.sample(FILES, rng.choice([3, 4]))
    run = await exercise.play(beside_a_neighbour, BlockingService(1, name="check"), files)
    assert run.result == [file.upper() for file in files], f"the texts were {run.result!r}"
    assert all(call.thread for call in run.calls["check"]), (
        "a check ran in the event loop's own thread, which blocks it"
    )
    [turns] = run.noted
    assert turns >= int(run.elapsed / 0.3 - 0.01), (
        f"in the {run.elapsed:g} seconds of checking, a neighbour that wants a turn every 0.3 seconds had only "
        f"{turns}; something waited without awaiting"
    )


@pytest.mark.points(2)
async def test_the_pool_is_its_own_and_closed(exercise, rng):
    """The checks run in a pool of their own, and when `scan` is over, its threads have ended."""
    for number, bad in ((rng.choice([3, 4]), False), (2, True)):
        files = rng.sample(FILES, number)
        fails = {files[0]: ValueError("the file is damaged")} if bad else None
        run = await exercise.play_within(watched, BlockingService(0.5, name="check", fails=fails), files)
        if not bad:
            assert run.result == [file.upper() for file in files], f"the texts were {run.result!r}"
        else:
            assert run.raised is not None, "a check failed, and no error left scan"
        expect.called_once_each(run, "check", files)
        shared, left = run.noted
        assert not shared, (
            "checks ran in the default pool of the event loop, which belongs to the whole program; make one for this"
        )
        assert not left, (
            f"{'after the error of a check, ' if bad else ''}{left} thread{'s' if left > 1 else ''} of the pool "
            f"{'are' if left > 1 else 'is'} still there when scan is over; somebody has to close the pool and let its "
            "threads end first"
        )


@pytest.mark.allows("unretrieved")
@pytest.mark.points(2)
async def test_a_failed_check(exercise, rng):
    """If checks fail, the other files are checked all the same; then the error of the first of them leaves `scan`."""
    first, last, *others = inputs.errors(rng, 6, text="damaged")
    for place, bad in enumerate(([first], [None] * 4 + [last], [None, *others])):
        files = inputs.keys(rng, FILES, 5)
        fails = {file: error for file, error in zip(files, bad, strict=False) if error is not None}
        failed = [file for file in files if file in fails]
        # where several fail, the first in the list is the last to be over
        latency = dict.fromkeys(files, 0.41) | ({failed[0]: 4.13} if place == 2 else {})
        run = await exercise.scan(BlockingService(latency, name="check", fails=fails), list(files))
        expect.raises(run, fails[failed[0]], f"of {expect.told(files, 5)}, {expect.told(failed)} failed, the first")
        expect.called_once_each(run, "check", files)
        expect.stopped_and_waited_for(run, "check")


@pytest.mark.allows("blocking", "leaked", "unretrieved")
async def test_a_cancelled_scan_ends_as_cancelled(exercise, rng):
    """A scan that is cancelled, at whatever moment, ends as cancelled and gives no result."""
    files = inputs.keys(rng, FILES, 4)
    run = await exercise.play(called_off, BlockingService(2, name="check"), files, inputs.moments(rng, 4), 9)
    assert run.raised is None, f"{run.raised!r} came out of the drive that cancelled the scan"
    for moment, cancelled in run.noted:
        assert cancelled, f"scan was cancelled {moment:g} seconds after its beginning, and did not end as cancelled"
