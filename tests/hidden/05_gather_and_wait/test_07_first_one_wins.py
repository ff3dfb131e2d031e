"""Hidden tests: the first one wins."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.expect import called_once_each, cancelled_at, together
from kata.judge.inputs import DAYS, HOUR, errors, keys, moments

MIRRORS = ["north", "south", "east", "west", "Oslo", "Lima", "Kyoto", "Perth"]


async def with_clean_up(ex, plans):
    """Race mirrors that need some seconds to close; plans: mirror -> [seconds, seconds of closing]."""

    class Waiting(asyncio.Future):
        """Who awaits it is cancelled by way of it."""

        asked = 0

        def cancel(self, msg=None):
            self.asked += 1
            return super().cancel(msg)

    calls = []

    async def fetch(mirror):
        seconds, closing = plans[mirror]
        waiting = Waiting()
        timer = asyncio.get_running_loop().call_later(seconds, waiting.set_result, None)
        gone = asyncio.Event()
        calls.append(gone)
        try:
            try:
                await waiting
            except asyncio.CancelledError:
                timer.cancel()
                if waiting.asked > 1:
                    ex.note(f"{mirror} was cancelled while it closed its connection")
                await asyncio.sleep(closing)
                ex.note(mirror)
                raise
            return f"file from {mirror}"
        finally:
            gone.set()

    file = await ex.fastest(fetch, list(plans))
    ex.note("returned")
    # Those that were left alone get the time to end, so that the notes tell who was late.
    for gone in calls:
        await gone.wait()
    return file


async def races(ex, plans):
    """One race after the other; plans: mirror -> seconds, for each of them."""
    files = []

    async def fetch(mirror):
        await asyncio.sleep(plans[len(files)][mirror])
        return f"file {len(files)} from {mirror}"

    for plan in plans:
        files.append(await ex.fastest(fetch, list(plan)))
    return files


async def given_up(ex, moment, lasts, fetch, mirrors):
    """Cancel fastest at this second, tell how and when it ended, and stay until the mirrors have ended as well."""
    started = asyncio.get_running_loop().time()
    racing = asyncio.create_task(ex.fastest(fetch, mirrors))
    if moment:
        await asyncio.wait([racing], timeout=moment)
    else:
        await asyncio.sleep(0)
    racing.cancel()
    await asyncio.wait([racing])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if racing.cancelled():
        return ["cancelled", ended]
    return [f"raised {racing.exception()!r}" if racing.exception() else f"returned {racing.result()!r}", ended]


def some_mirrors(rng, number, *, first, place):
    """Mirrors and their seconds; the one at ``place`` takes ``first`` seconds, the others longer."""
    mirrors = keys(rng, MIRRORS, number)
    latency = {mirror: first + rng.choice([1, 1.5, 2]) for mirror in mirrors}
    latency[mirrors[place]] = first
    return mirrors, latency


def file_of(run):
    """The result, unless a CancelledError came out in its place."""
    assert not (run.raised and run.raised.is_a("CancelledError")), (
        "a CancelledError came out of fastest; awaiting a task that was cancelled raises it, and it is meant "
        "for nobody here"
    )
    return run.result


@pytest.mark.points(2)
async def test_the_first_file_is_the_result(exercise, rng):
    """All mirrors are asked at the same time, each once; the first file that comes is the result, at that moment, in
    each race anew."""
    for place, number, first in ((0, 8, HOUR), (2, 8, 0.5), (7, 8, DAYS), (199, 200, 0.5)):
        mirrors, latency = some_mirrors(rng, number, first=first, place=place)
        files = {mirror: f"file {rng.random():.6f}" for mirror in mirrors}
        run = await exercise.fastest(Service(latency, returns=files), mirrors)
        winner = mirrors[place]
        assert file_of(run) == files[winner], (
            f"{winner} was the first, with {files[winner]!r}; the result was {run.result!r}"
        )
        assert not run.polled, run.polled
        assert run.elapsed == first, (
            f"the first file came after {first:g} seconds, and fastest took {run.elapsed:g}; it must neither wait "
            "for the others nor ask one after another"
        )
        called_once_each(run, "fetch", mirrors)
        together(run, "fetch", number)
    mirrors = rng.sample(MIRRORS, 3)
    plans = [{mirror: 0.5 if mirror == winner else 2 for mirror in mirrors} for winner in rng.sample(mirrors, 3)]
    run = await exercise.play(races, plans)
    wanted = [f"file {number} from {min(plan, key=plan.get)}" for number, plan in enumerate(plans)]
    assert run.result == wanted, f"three races between the same mirrors brought {wanted}; the results were {run.result}"


@pytest.mark.points(2)
@pytest.mark.allows("unretrieved")
async def test_a_failure_does_not_win(exercise, rng):
    """A mirror that fails is out of the race, even if it ends first, or at the moment at which the first file comes."""
    for place in (0, 1, 3):
        mirrors, latency = some_mirrors(rng, 8, first=0.5, place=place)
        bad, winner, slow, *others = mirrors[place:] + mirrors[:place]
        latency |= dict.fromkeys([winner, *others], 1)
        fails = dict(zip((bad, *others), errors(rng, 6), strict=True))
        run = await exercise.fastest(Service(latency, fails=fails), mirrors)
        story = (
            f"{bad} failed after 0.5 seconds; after 1 second {winner} sent its file, {len(others)} others failed, and "
            f"{slow} was still being asked; fastest should give the file of {winner}"
        )
        assert run.raised is None, f"{story}, and it raised {run.raised!r}"
        assert run.result == winner.upper(), f"{story}, {winner.upper()!r}; the result was {run.result!r}"
        assert run.elapsed == 1, f"the first file came after 1 second, and fastest took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_the_losers_are_cancelled(exercise, rng):
    """Every mirror still being asked when the winner is known is cancelled."""
    mirrors, latency = some_mirrors(rng, 5, first=0.5, place=rng.randrange(1, 5))
    run = await exercise.fastest(Service(latency), mirrors)
    winner = min(latency, key=latency.get)
    assert file_of(run) == winner.upper(), f"{winner} was the first; the result was {run.result!r}"
    cancelled_at(run, "fetch", [mirror for mirror in mirrors if mirror != winner], 0.5)


@pytest.mark.points(2)
async def test_the_losers_have_ended(exercise, rng):
    """`fastest` returns when every cancelled mirror has closed its connection; they close at the same time."""
    mirrors = rng.sample(MIRRORS, 4)
    winner = rng.choice(mirrors)
    closing = dict(zip(mirrors, rng.sample([0.5, 1, HOUR, HOUR], 4), strict=True))
    plans = {mirror: [0.5 if mirror == winner else 9, closing[mirror]] for mirror in mirrors}
    run = await exercise.play(with_clean_up, plans)
    assert file_of(run) == f"file from {winner}", f"{winner} was the first; the result was {run.result!r}"
    again = [note for note in run.noted if note.endswith("connection")]
    assert not again, f"{again[0]}; a second cancel() breaks off what the first one began"
    closed = run.noted[: run.noted.index("returned")]
    late = [mirror for mirror in mirrors if mirror != winner and mirror not in closed]
    assert not late, (
        f"fastest returned before {', '.join(late)} had closed the connection; they must be "
        "cancelled, and as cancel() only asks, somebody must wait until they have ended"
    )
    longest = max(seconds for mirror, seconds in closing.items() if mirror != winner)
    assert run.elapsed == round(0.5 + longest, 9), (
        f"the winner came after 0.5 seconds, and the longest closing takes {longest:g}; fastest took "
        f"{run.elapsed:g} seconds in all, so the losers did not close at the same time"
    )


@pytest.mark.allows("unretrieved")
async def test_all_failed(exercise, rng):
    """If all mirrors fail, `fastest` raises AllFailed when the last one has failed; with no mirrors at once. If it is
    cancelled, it ends as cancelled."""
    for number, seconds in ((8, HOUR), (1, 1), (0, 0)):
        mirrors = rng.sample(MIRRORS, number)
        latency = {mirror: rng.choice([0.5, 1]) for mirror in mirrors} | {mirrors[-1]: seconds} if mirrors else {}
        fails = dict(zip(mirrors, errors(rng, number), strict=True))
        run = await exercise.fastest(Service(latency, fails=fails), mirrors)
        assert run.raised is not None, f"{number} of {number} mirrors failed, and nothing was raised"
        assert run.raised.is_a("AllFailed"), (
            f"{number} of {number} mirrors failed, which should give AllFailed; raised was {run.raised!r}"
        )
        assert run.elapsed == seconds, (
            f"the last mirror failed after {seconds:g} seconds, and AllFailed came after {run.elapsed:g}"
        )
    for moment in moments(rng, 2):
        run = await exercise.play(given_up, moment, 3, Service(2), rng.sample(MIRRORS, 5))
        ends_as_cancelled("fastest", moment, *run.result)


async def test_an_empty_file_wins(exercise, rng):
    """A file may be empty: it wins like any other, also when there is only one mirror; of two that come at the same
    moment either wins."""
    for number in (1, 3):
        mirrors, latency = some_mirrors(rng, number, first=1, place=number // 2)
        empty = mirrors[number // 2]
        run = await exercise.fastest(Service(latency, returns={empty: ""}), mirrors)
        assert file_of(run) == "", f"{empty} was the first, and its file is empty; the result was {run.result!r}"
        assert run.elapsed == 1, f"the empty file came after 1 second, and fastest took {run.elapsed:g}"
    mirrors = rng.sample(MIRRORS, 4)
    latency = dict(zip(mirrors, (1, 2, 1, 2), strict=True))
    run = await exercise.fastest(Service(latency, returns={mirrors[0]: ""}), mirrors)
    files = ["", mirrors[2].upper()]
    assert file_of(run) in files, f"two mirrors sent {files} at the same moment; the result was {run.result!r}"
    assert run.elapsed == 1, f"two files came after 1 second, and fastest took {run.elapsed:g}"
