"""Hidden tests: the first one wins."""

import asyncio

import pytest

from kata.fakes import Service

MIRRORS = ["north", "south", "east", "west", "Oslo", "Lima", "Kyoto", "Perth"]


async def with_clean_up(ex, plans):
    """Race mirrors that need some seconds to close; plans: mirror -> [seconds, seconds of closing]."""

    calls = []

    async def fetch(mirror):
        seconds, closing = plans[mirror]
        gone = asyncio.Event()
        calls.append(gone)
        try:
            try:
                await asyncio.sleep(seconds)
            except asyncio.CancelledError:
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


def some_mirrors(rng, number, *, first, place):
    """Mirrors and their seconds; the one at ``place`` takes ``first`` seconds, the others longer."""
    mirrors = rng.sample(MIRRORS, number)
    latency = {mirror: rng.choice([1.5, 2, 2.5]) for mirror in mirrors}
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
    """All mirrors are asked at the same time, each once; the first file that comes is the result, at that moment."""
    for place in (0, 2, 7):
        mirrors, latency = some_mirrors(rng, 8, first=0.5, place=place)
        files = {mirror: f"file {rng.random():.6f}" for mirror in mirrors}
        run = await exercise.fastest(Service(latency, returns=files), mirrors)
        winner = mirrors[place]
        assert file_of(run) == files[winner], (
            f"{winner} was the first, with {files[winner]!r}; the result was {run.result!r}"
        )
        assert not run.polled, run.polled
        assert run.elapsed == 0.5, (
            f"the first file came after 0.5 seconds, and fastest took {run.elapsed:g}; it must neither wait "
            "for the others nor ask one after another"
        )
        asked = sorted(call.args[0] for call in run.calls["fetch"])
        assert asked == sorted(mirrors), f"each of the {len(mirrors)} mirrors should be asked once; asked were {asked}"


@pytest.mark.points(2)
@pytest.mark.allows("unretrieved")
async def test_a_failure_does_not_win(exercise, rng):
    """A mirror that fails is out of the race, even if it ends first, or at the moment at which the first file comes."""
    for place, kind in ((0, OSError), (1, ValueError), (3, Exception)):
        mirrors, latency = some_mirrors(rng, 8, first=0.5, place=place)
        bad, winner, slow, *others = mirrors[place:] + mirrors[:place]
        latency |= dict.fromkeys([winner, *others], 1)
        fails = {mirror: kind(f"{mirror} is down") for mirror in (bad, *others)}
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
    for call in run.calls["fetch"]:
        if call.args[0] != winner:
            assert (call.outcome, call.end) == ("cancelled", 0.5), (
                f"{call.args[0]} should be cancelled after 0.5 seconds, when {winner} has won; "
                f"its request was {call.outcome}" + (f" after {call.end:g} seconds" if call.end else "")
            )


@pytest.mark.points(2)
async def test_the_losers_have_ended(exercise, rng):
    """`fastest` returns when every cancelled mirror has closed its connection; they close at the same time."""
    mirrors = rng.sample(MIRRORS, 4)
    winner = rng.choice(mirrors)
    closing = dict(zip(mirrors, rng.sample([0.5, 1, 90, 90], 4), strict=True))
    plans = {mirror: [0.5 if mirror == winner else 9, closing[mirror]] for mirror in mirrors}
    run = await exercise.play(with_clean_up, plans)
    assert file_of(run) == f"file from {winner}", f"{winner} was the first; the result was {run.result!r}"
    closed = run.noted[: run.noted.index("returned")]
    late = [mirror for mirror in mirrors if mirror != winner and mirror not in closed]
    assert not late, (
        f"fastest returned before {', '.join(late)} had closed the connection; they must be "
        "cancelled, and as cancel() only asks, somebody must wait until they have ended"
    )
    longest = max(seconds for mirror, seconds in closing.items() if mirror != winner)
    assert run.elapsed == 0.5 + longest, (
        f"the winner came after 0.5 seconds, and the longest closing takes {longest:g}; fastest took "
        f"{run.elapsed:g} seconds in all, so the losers did not close at the same time"
    )


@pytest.mark.allows("unretrieved")
async def test_all_failed(exercise, rng):
    """If all mirrors fail, `fastest` raises AllFailed when the last one has failed; with no mirrors at once."""
    for number, seconds in ((8, 1.5), (1, 1), (0, 0)):
        mirrors = rng.sample(MIRRORS, number)
        latency = {mirror: rng.choice([0.5, 1]) for mirror in mirrors} | {mirrors[-1]: seconds} if mirrors else {}
        fails = {mirror: OSError(f"{mirror} is down") for mirror in mirrors}
        run = await exercise.fastest(Service(latency, fails=fails), mirrors)
        assert run.raised is not None, f"{number} of {number} mirrors failed, and nothing was raised"
        assert run.raised.is_a("AllFailed"), (
            f"{number} of {number} mirrors failed, which should give AllFailed; raised was {run.raised!r}"
        )
        assert run.elapsed == seconds, (
            f"the last mirror failed after {seconds:g} seconds, and AllFailed came after {run.elapsed:g}"
        )


async def test_an_empty_file_wins(exercise, rng):
    """A file may be empty: it wins like any other, also when there is only one mirror."""
    for number in (1, 3):
        mirrors, latency = some_mirrors(rng, number, first=1, place=number // 2)
        empty = mirrors[number // 2]
        run = await exercise.fastest(Service(latency, returns={empty: ""}), mirrors)
        assert file_of(run) == "", f"{empty} was the first, and its file is empty; the result was {run.result!r}"
        assert run.elapsed == 1, f"the empty file came after 1 second, and fastest took {run.elapsed:g}"
