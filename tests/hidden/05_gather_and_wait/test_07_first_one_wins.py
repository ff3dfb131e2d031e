"""Hidden tests: the first one wins."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import began_late, called_once_each, cancelled_at, ends_as_cancelled, together, told
from kata.judge.inputs import DAYS, HOUR, errors, keys, moments
from kata.judge.topics import about

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
                ex.note(["cancelled", mirror])
                if waiting.asked > 1:
                    ex.note(["again", mirror])
                await asyncio.sleep(closing)
                ex.note(["closed", mirror])
                raise
            ex.note(["sent", mirror])
            return f"file from {mirror}"
        finally:
            gone.set()

    file = await ex.fastest(fetch, list(plans))
    ex.note(["returned", ""])
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


def asked_late(run):
    """Words on the mirrors that were not asked at once; empty if all were."""
    late = began_late(run, "fetch")
    return f"all mirrors should be asked at once; {late}" if late else ""


def first_one(run, winner, files, after=None):
    """The result is the file of this mirror, and not that of another one; ``files`` are by mirror."""
    got = file_of(run)
    others = [mirror for mirror, file in files.items() if file == got and mirror != winner]
    whose = f", the file of {others[0]}, after {in_seconds(run.elapsed)}" if others else ""
    sent = sum(call.outcome == "returned" and call.end <= run.elapsed for call in run.calls.get("fetch", []))
    whose += f"; by then {sent} mirrors had sent a file" if sent > 1 else ""
    first = f"{winner} is the first" + (f", after {in_seconds(after)}," if after is not None else ",")
    late = asked_late(run)
    assert file_of(run) == files[winner], late or f"{first} with {files[winner]!r}; the result was {got!r}{whose}"


def in_time(run, seconds, what):
    """So many virtual seconds, with a word on the mirrors that were asked late, or had sent a file by then."""
    late = asked_late(run)
    sent = sum(call.outcome == "returned" for call in run.calls.get("fetch", []))
    by_then = f"; by then {sent} mirrors had sent a file" if sent > 1 else ""
    assert run.elapsed == seconds, late or f"{what}; fastest took {in_seconds(run.elapsed)}{by_then}"


@pytest.mark.points(2)
async def test_the_first_file_is_the_result(exercise, rng):
    """All mirrors are asked at the same time, each once; the first file that comes is the result, at that moment, in
    each race anew."""
    for place, number, first in ((2, 4, 0.5), (0, 8, HOUR), (7, 8, DAYS), (199, 200, 0.5)):
        mirrors, latency = some_mirrors(rng, number, first=first, place=place)
        files = {mirror: f"file from {mirror}" for mirror in mirrors}
        run = await exercise.fastest(Service(latency, returns=files), mirrors)
        winner = mirrors[place]
        first_one(run, winner, files, first)
        assert not run.polled, run.polled
        in_time(run, first, f"the first file comes after {in_seconds(first)}")
        called_once_each(run, "fetch", mirrors)
        together(run, "fetch", number)
    mirrors = rng.sample(MIRRORS, 3)
    plans = [{mirror: 0.5 if mirror == winner else 2 for mirror in mirrors} for winner in rng.sample(mirrors, 3)]
    run = await exercise.play(races, plans)
    wanted = [f"file {number} from {min(plan, key=plan.get)}" for number, plan in enumerate(plans)]
    for number, (file, right) in enumerate(zip(run.result, wanted, strict=True), 1):
        assert file == right, (
            f"in race {number} between the same mirrors {right!r} is the first; the result was {file!r}"
        )


@pytest.mark.points(2)
@pytest.mark.allows("unretrieved")
async def test_a_failure_does_not_win(exercise, rng):
    """A mirror that fails is out of the race, even if it ends first, or at the moment at which the first file comes."""
    for place, number in ((1, 4), (0, 8), (3, 8)):
        mirrors, latency = some_mirrors(rng, number, first=0.5, place=place)
        bad, winner, slow, *others = mirrors[place:] + mirrors[:place]
        latency |= dict.fromkeys([winner, *others], 1)
        fails = dict(zip((bad, *others), errors(rng, number - 2), strict=True))
        beside = "another one fails" if len(others) == 1 else f"{len(others)} others fail"
        run = await exercise.fastest(Service(latency, fails=fails), mirrors)
        story = (
            f"{bad} fails after 0.5 seconds; after 1 second {winner} sends its file, and {beside} at that moment, "
            f"while {slow} is still being asked; fastest should give the file of {winner}"
        )
        late = asked_late(run)
        assert run.raised is None, late or f"{story}, and it raised {run.raised!r} after {in_seconds(run.elapsed)}"
        whose = ""
        if run.result == slow.upper():
            whose = (
                f", the file of {slow}, after {in_seconds(run.elapsed)}. The file that came beside a failure was lost"
            )
        assert run.result == winner.upper(), late or f"{story}; it gave {run.result!r}{whose}"
        in_time(run, 1, "the first file comes after 1 second")


@pytest.mark.points(2)
async def test_the_losers_are_cancelled(exercise, rng):
    """Every mirror still being asked when the winner is known is cancelled."""
    mirrors, latency = some_mirrors(rng, 5, first=0.5, place=rng.randrange(1, 5))
    run = await exercise.fastest(Service(latency), mirrors)
    winner = min(latency, key=latency.get)
    first_one(run, winner, {mirror: mirror.upper() for mirror in mirrors}, 0.5)
    cancelled_at(run, "fetch", [mirror for mirror in mirrors if mirror != winner], 0.5)


@pytest.mark.points(2)
async def test_the_losers_have_ended(exercise, rng):
    """`fastest` returns when every cancelled mirror has closed its connection; they close at the same time."""
    for lengths in ([0.5, 1, 1.5, 2], [0.5, 1, HOUR, HOUR]):
        await expect_ended(exercise, rng, lengths)


def sleeping(exercise):
    """Words on a sleep in fastest that may have been meant as a wait for the others; empty if there is none."""
    [fastest] = [node for node in exercise.source.tree.body if getattr(node, "name", "") == "fastest"] or [None]
    lines = [line for line in exercise.source.calls("asyncio.sleep") if fastest and fastest.lineno < line]
    lines = [line for line in lines if line <= fastest.end_lineno]
    return f"; the sleep in line {lines[0]} waits for none of them" if lines else ""


async def expect_ended(exercise, rng, lengths):
    """Race four mirrors; to close takes these seconds, which are given to them in any order."""
    mirrors = rng.sample(MIRRORS, 4)
    winner = rng.choice(mirrors)
    closing = dict(zip(mirrors, rng.sample(lengths, 4), strict=True))
    plans = {mirror: [0.5 if mirror == winner else 9, closing[mirror]] for mirror in mirrors}
    run = await exercise.play(with_clean_up, plans)
    first_one(run, winner, {mirror: f"file from {mirror}" for mirror in mirrors}, 0.5)
    again = [mirror for what, mirror in run.noted if what == "again"]
    assert not again, (
        f"{again[0]} was cancelled again while it closed its connection; a second cancel() breaks off what the first "
        "one began"
    )
    before = run.noted[: run.noted.index(["returned", ""])]
    for mirror in mirrors:
        if mirror == winner or ["closed", mirror] in before:
            continue
        assert ["sent", mirror] not in before, about(
            "others run on",
            f"{winner} won after 0.5 seconds; {mirror} should be cancelled then, and was not: it sent its file, too",
            moment=0.5,
        )
        assert ["sent", mirror] not in run.noted, (
            f"fastest returned while {mirror} was still being asked; nobody cancelled it, and it went on"
        )
        open_ones = [each for each in mirrors if ["cancelled", each] in run.noted and ["closed", each] not in before]
        raise AssertionError(
            f"fastest returned before {told(open_ones, 2)} had closed the connection; cancel() only asks, and somebody "
            f"must wait until what was cancelled has ended{sleeping(exercise)}"
        )
    longest = max(seconds for mirror, seconds in closing.items() if mirror != winner)
    both = round(0.5 + longest, 9)
    assert run.elapsed == both, (
        f"{winner} won after 0.5 seconds, and the longest closing takes {in_seconds(longest)}, together "
        f"{in_seconds(both)}; fastest took {in_seconds(run.elapsed)}"
    )


@pytest.mark.allows("unretrieved")
async def test_all_failed(exercise, rng):
    """If all mirrors fail, `fastest` raises AllFailed when the last one has failed; with no mirrors at once. If it is
    cancelled, it ends as cancelled."""
    for number, seconds in ((3, 2), (8, HOUR), (1, 1), (0, 0)):
        mirrors = rng.sample(MIRRORS, number)
        latency = {mirror: rng.choice([0.5, 1]) for mirror in mirrors} | {mirrors[-1]: seconds} if mirrors else {}
        fails = dict(zip(mirrors, errors(rng, number), strict=True))
        run = await exercise.fastest(Service(latency, fails=fails), mirrors)
        who = f"all {number} mirrors fail" if number > 1 else ("without mirrors", "the only mirror fails")[number]
        after = in_seconds(run.elapsed)
        assert run.raised is not None, f"{who}, and AllFailed should come out; nothing was raised"
        assert run.raised.is_a("AllFailed"), f"{who}, and AllFailed should come out; {run.raised!r} did, after {after}"
        last = f", the last one after {in_seconds(seconds)}" if number else ""
        assert run.elapsed == seconds, asked_late(run) or f"{who}{last}; AllFailed came after {after}"
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
        late = asked_late(run)
        raised = run.raised if run.raised and run.raised.is_a("AllFailed") else None
        assert not raised, late or f"{empty} sent an empty file after 1 second, which wins; fastest raised {raised!r}"
        assert file_of(run) == "", late or (
            f"{empty} is the first, after 1 second, and its file is empty; the result was {run.result!r}"
        )
        in_time(run, 1, "the empty file comes after 1 second")
    mirrors = rng.sample(MIRRORS, 4)
    latency = dict(zip(mirrors, (1, 2, 1, 2), strict=True))
    run = await exercise.fastest(Service(latency, returns={mirrors[0]: ""}), mirrors)
    files = ["", mirrors[2].upper()]
    assert file_of(run) in files, asked_late(run) or (
        f"two mirrors send {files[0]!r} and {files[1]!r} after 1 second; the result was {run.result!r}"
    )
    in_time(run, 1, "two files come after 1 second")
