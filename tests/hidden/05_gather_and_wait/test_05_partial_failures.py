"""Hidden tests: partial failures."""

import asyncio
from collections import Counter

import pytest

from kata.contract.values import Failure
from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import began_late, ends_as_cancelled, often, still_open, takes
from kata.judge.inputs import DAYS, HOUR, errors, keys, moments, seconds, texts

ISSUES = ["Monday's", "Tuesday's", "Friday's"]
NAMES = ["ada", "bob", "cleo", "dan", "eve", "finn", "gil", "hana", "ivo", "jill"]


def some_failures(rng, names, *, group=True):
    """An error for each name; with ``group`` one of them is a group of errors."""
    several = ExceptionGroup("both doors", [OSError("door 1"), ValueError("door 2")])
    found = [*errors(rng, len(names) - 1), several] if group else errors(rng, len(names))
    return dict(zip(names, rng.sample(found, len(names)), strict=True))


def two_lists(run):
    """The result, once its form is right."""
    result = run.result
    assert type(result) is tuple and len(result) == 2 and all(type(part) is list for part in result), (
        f"the result should be a tuple of two lists; it was {result!r}"
    )
    for pair in [*result[0], *result[1]]:
        assert type(pair) is tuple and len(pair) == 2, f"the lists should hold tuples of two; one holds {pair!r}"
    return result


def whereabouts(run, address, held, failed):
    """Words on a copy that stands nowhere: whether it was still under way, or all after the first error are missing."""
    asked = [call.args[0] for call in run.calls["send"]]
    first = next((place for place, name in enumerate(asked) if any(name == pair[0] for pair in failed)), len(asked))
    missing = [name for name in asked if not held["sent"][name] and not held["failed"][name]]
    if len(missing) > 1 and missing == asked[first + 1 :]:
        return f", like all that come after {asked[first]!r}, the first whose copy fails"
    if any(call.args[0] == address for call in still_open(run, "send")):
        return f"; send_all returned after {in_seconds(run.elapsed)}, while this copy was still under way"
    return ""


def mixed_up(parts):
    """Words on the first pair of an address and what belongs to another one; empty if there is none."""
    ends = [pair for _, wanted in parts.values() for pair in wanted]
    for name, (mine, _) in parts.items():
        for address, value in mine:
            own = [end for other, end in ends if other == address]
            others = [other for other, end in ends if end == value]
            if value and others and address not in others and own:
                what = "error" if isinstance(value, Failure | BaseException) else "receipt"
                got = "failed with" if isinstance(own[0], BaseException) else "gave the receipt"
                return (
                    f"{name} has {address!r} with {value!r}, the {what} of {others[0]!r}; the copy to {address!r} "
                    f"{got} {own[0]!r}"
                )
    return ""


def in_what_order(run, order):
    """Words on addresses that stand in the order in which their copies ended; empty if they do not."""
    calls = sorted(run.calls["send"], key=lambda call: (call.end is None, call.end)) if run else []
    ended = [call.args[0] for call in calls if call.args[0] in order]
    return ". They stand in the order in which the copies ended" if ended == order else ""


def compare(got, sent, failed, when="", run=None):
    """Say what is the first that is wrong in the two lists.

    Args:
        got: both lists, as pairs.
        sent: what the first one should hold.
        failed: what the second one should hold.
        when: of which newsletter, as the beginning of a sentence.
        run: the play, where it can tell what became of a copy.
    """
    parts = {"sent": (got[0], sent), "failed": (got[1], failed)}
    held = {name: Counter(pair[0] for pair in mine) for name, (mine, _) in parts.items()}
    mixed = mixed_up(parts)
    assert not mixed, f"{when}{mixed}"
    for name, (_, wanted) in parts.items():
        other = "failed" if name == "sent" else "sent"
        for address, right in wanted:
            times, should = held[name][address], sum(pair[0] == address for pair in wanted)
            ends = "fails with" if name == "failed" else "gives the receipt"
            belongs = f"{when}the copy to {address!r} {ends} {right!r} and belongs in {name}; it stands in "
            kept = next((pair for pair in wanted if held[name][pair[0]]), None) if name == "failed" else None
            beside = f"; that to {kept[0]!r}, with {kept[1]!r}, stands in failed" if kept else ""
            assert times or not held[other][address], f"{belongs}{other}{beside}"
            assert times, f"{belongs}neither list{whereabouts(run, address, held, failed) if run else ''}"
            assert not held[other][address], f"{belongs}both lists"
            how_often = f"{should} times in {name}; it stands there {times} times".replace(" 1 times", " once")
            assert times == should, f"{when}{address!r} should stand {how_often}"
    for name, (mine, wanted) in parts.items():
        for address in held[name]:
            assert any(pair[0] == address for pair in wanted), f"{when}{address!r} should not stand in {name}"
        order, right = [pair[0] for pair in mine], [pair[0] for pair in wanted]
        first = next((pair for pair in zip(right, order, strict=True) if pair[0] != pair[1]), ("", ""))
        assert order == right, (
            f"{when}{name} should follow the order of `addresses`; {first[0]!r} should stand where {first[1]!r} stands"
            + in_what_order(run, order)
        )
        for (address, its), (_, value) in zip(mine, wanted, strict=True):
            what = "the exception itself, " if name == "failed" and run else ""
            assert its == value, f"{when}in {name}, beside {address!r} belongs {what}{value!r}; there is {its!r}"


def expect(run, sent, failed):
    """Compare both lists with what they should be."""
    compare(two_lists(run), sent, failed, run=run)


@pytest.mark.points(2)
async def test_both_lists_are_in_the_order_of_the_addresses(exercise, rng):
    """Every address stands in one of the two lists with its own receipt or error, in the order of `addresses`."""
    for number in (2, 4):
        names = rng.sample(NAMES, 8)
        fails = some_failures(rng, rng.sample(names, number), group=number > 2)
        # Sorted, the empty text comes first, and goes to one whose copy is sent.
        kept = [name for name in names if name not in fails]
        receipts = dict(zip([*kept, *fails], sorted(texts(rng, 8)), strict=True))
        latency = dict(zip(names, seconds(rng, 8), strict=True))
        if number == 2:  # the plain case
            receipts = {name: f"receipt of {name}" for name in names}
            latency = dict(zip(names, (2, 0.5, 3, 1, 4, 1.5, 3.5, 2.5), strict=True))
        run = await exercise.send_all(Service(latency, returns=receipts, fails=fails), names)
        expect(
            run,
            [(name, receipts[name]) for name in names if name not in fails],
            [(name, fails[name]) for name in names if name in fails],
        )


@pytest.mark.points(2)
async def test_an_error_stops_nobody(exercise, rng):
    """An early error neither ends the whole early nor stops anybody else's copy, wherever it stands in the list."""
    for place, slowest in ((2, 2), (0, DAYS), (4, HOUR)):
        names = rng.sample(NAMES, 5)
        fails = some_failures(rng, [names[place]], group=place == 4)
        latency = {name: rng.choice([1, 1.5]) for name in names} | {names[place]: 0.5, names[1]: slowest}
        run = await exercise.send_all(Service(latency, fails=fails), names)
        expect(
            run,
            [(name, name.upper()) for name in names if name not in fails],
            [(name, error) for name, error in fails.items()],
        )
        late = began_late(run, "send")
        assert run.elapsed == slowest, (
            f"the slowest copy takes {in_seconds(slowest)}, and the whole took {in_seconds(run.elapsed)}"
            + (f": {late}" if late else "")
        )


async def test_all_copies_wait_at_the_same_time(exercise, rng):
    """All copies wait at the same time, and every address is mailed once for each time it stands there."""
    for number in (5, 200):
        names = keys(rng, NAMES, number)
        names += [names[0], names[3]]
        fails = some_failures(rng, names[3 : 4 if number == 5 else 9], group=number > 5)
        run = await exercise.send_all(Service(1, fails=fails), names)
        two_lists(run)
        assert not run.polled, run.polled
        mailed = [call.args[0] for call in run.calls["send"]]
        for name in names:
            right, times = names.count(name), mailed.count(name)
            bad = f"; the first copy failed with {fails[name]!r}" if name in fails and times > right else ""
            assert times == right, (
                f"{name!r} stands in the list {often(right)}, and should be mailed {often(right)}; it was mailed "
                f"{often(times)}{bad}"
            )
        late = began_late(run, "send")
        assert run.elapsed == 1, (
            f"{len(names)} copies of 1 second each should take 1 second together; they took {in_seconds(run.elapsed)}"
            + (f": {late}" if late else "")
        )
        expect(
            run,
            [(name, name.upper()) for name in names if name not in fails],
            [(name, fails[name]) for name in names if name in fails],
        )


async def test_all_or_none_of_them_fail(exercise, rng):
    """It may be that all fail, that none fails, or that there are no addresses at all."""
    for group in (False, True):
        names = rng.sample(NAMES, 3)
        fails = some_failures(rng, names, group=group)
        run = await exercise.send_all(Service(0.5, fails=fails), names)
        expect(run, [], [(name, fails[name]) for name in names])
    run = await exercise.send_all(Service(0.5), names)
    expect(run, [(name, name.upper()) for name in names], [])
    run = await exercise.send_all(Service(), [])
    expect(run, [], [])
    takes(run, 0, "a call without addresses")


async def test_empty_receipts_and_errors_without_text(exercise, rng):
    """An empty receipt is still a receipt, and an error without a text is still an error."""
    names = rng.sample(NAMES, 4)
    fails = {names[1]: OSError(), names[3]: Exception()}
    receipts = {names[0]: "", names[2]: "None"}
    run = await exercise.send_all(Service(1, returns=receipts, fails=fails), names)
    expect(
        run,
        [(names[0], ""), (names[2], "None")],
        [(names[1], fails[names[1]]), (names[3], fails[names[3]])],
    )


async def issues(ex, addresses, troubles, days):
    """A newsletter for each of these days; the errors are by address, and each newsletter has its own."""
    ended = []

    async def send(address):
        await asyncio.sleep(0.5)
        trouble = troubles[len(ended)].get(address)
        if trouble is not None:
            raise OSError(trouble)
        return f"{days[len(ended)]} copy for {address}"

    for _ in troubles:
        sent, failed = await ex.send_all(send, addresses)
        ended.append([sent, [(address, str(error)) for address, error in failed]])
    return ended


async def cancelled_at(ex, moment, lasts, send, addresses):
    """Cancel send_all at this second, tell how and when it ended, and stay until the copies have ended as well."""
    started = asyncio.get_running_loop().time()
    sending = asyncio.create_task(ex.send_all(send, addresses))
    if moment:
        await asyncio.wait([sending], timeout=moment)
    else:
        await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait([sending])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if sending.cancelled():
        return ["cancelled", ended]
    return [f"raised {sending.exception()!r}" if sending.exception() else f"returned {sending.result()!r}", ended]


async def test_another_newsletter(exercise, rng):
    """Another newsletter is mailed to everybody again, and has lists of its own; a cancelled one ends as cancelled."""
    names = rng.sample(NAMES, 3)
    troubles = [{names[1]: "moved"}, {names[0]: "full", names[2]: "moved"}, {}]
    run = await exercise.play(issues, names, troubles, ISSUES)
    for number, trouble in enumerate(troubles):
        sent = [(name, f"{ISSUES[number]} copy for {name}") for name in names if name not in trouble]
        failed = [(name, trouble[name]) for name in names if name in trouble]
        got = run.result[number]
        before = [(*pair, name) for part, name in zip(run.result[0], ("sent", "failed"), strict=True) for pair in part]
        left = [pair for pair in before if number and pair[:2] in got[("sent", "failed").index(pair[2])]]
        left = [pair for pair in left if pair[:2] not in [*sent, *failed]]
        assert not left, (
            f"call {number + 1} with the same addresses: {left[0][2]} still holds {left[0][:2]!r}, which call 1 put "
            "there"
        )
        compare(got, sent, failed, f"call {number + 1} with the same addresses: ")
        assert got == [sent, failed], f"newsletter {number + 1} should give {(sent, failed)!r}; it gave {tuple(got)!r}"
    for moment in moments(rng, 2):
        run = await exercise.play(cancelled_at, moment, 3, Service(2), names)
        ends_as_cancelled("send_all", moment, *run.result)
