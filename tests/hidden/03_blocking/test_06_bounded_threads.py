"""Hidden tests: bounded threads."""

import asyncio
import threading

import pytest

from kata.fakes import BlockingService

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


def greedy(latencies):
    """Seconds that two workers need when a free one always takes the next job."""
    ends = [0.0, 0.0]
    for seconds in latencies:
        ends[ends.index(min(ends))] += seconds
    return max(ends)


def checked(run):
    return sorted(call.args[0] for call in run.calls.get("check", []))


async def test_the_texts_keep_the_order(exercise, rng):
    """Every file is checked once, and the texts come in the order of `files`: many, one, or none."""
    for number in (rng.choice([3, 4, 5]), 1, 0):
        files = rng.sample(FILES, number)
        latency = {file: rng.choice([0.5, 1]) for file in files}
        texts = {file: file.upper() for file in files} | dict.fromkeys(files[:2], "")
        run = await exercise.scan(BlockingService(latency, returns=texts), files)
        wanted = list(texts.values())
        assert run.result == wanted, f"expected {wanted!r}, got {run.result!r}"
        assert checked(run) == sorted(files), f"checked were {checked(run)}"


@pytest.mark.points(2)
async def test_two_checks_at_a_time(exercise, rng):
    """Two checks run at the same time, never more, and a free thread takes the next file at once."""
    uneven = [2.7, 0.5, 1, 0.4, 0.5]
    for latencies in ([1] * rng.choice([4, 5]), uneven, [1, 1.5]):
        files = rng.sample(FILES, len(latencies))
        run = await exercise.scan(BlockingService(dict(zip(files, latencies, strict=True)), name="check"), list(files))
        assert run.result == [file.upper() for file in files], f"the texts were {run.result!r}"
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
        assert checked(run) == sorted(files), f"checked were {checked(run)}"
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
    """If checks fail, the other files are checked all the same; then the first of the errors leaves `scan`."""
    files = rng.sample(FILES, 5)
    places = ([0], [4], sorted(rng.sample(range(5), 2), reverse=True))
    for failing, kind in zip(places, rng.sample([ValueError, OSError, LookupError], 3), strict=True):
        fails = {files[place]: kind(f"{files[place]} is damaged") for place in failing}
        # where two fail, the later one in the list is the first to be over
        latency = {file: 0.5 for file in files} | ({files[min(failing)]: 2} if len(failing) > 1 else {})
        run = await exercise.scan(BlockingService(latency, name="check", fails=fails), files)
        wanted = kind(f"{files[min(failing)]} is damaged")
        damaged = " and ".join(files[place] for place in sorted(failing))
        assert run.raised == wanted, f"of {', '.join(files)}, {damaged} failed; {wanted!r} should leave scan, and " + (
            f"{run.raised!r} did" if run.raised else "nothing was raised"
        )
        assert checked(run) == sorted(files), (
            f"{damaged} failed; the others should be checked all the same, and checked were {checked(run)}"
        )
        for call in run.calls["check"]:
            assert call.end is not None and call.end <= run.elapsed, (
                f"the error left scan at second {run.elapsed:g}, while {call.args[0]} was still being checked"
            )
