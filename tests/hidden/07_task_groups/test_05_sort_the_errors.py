"""Hidden tests: sorting errors."""

import asyncio
from collections import Counter

import pytest

from kata.contract.values import Record
from kata.judge import expect, inputs

SHOPS = ["Bonn", "Kiel", "Ulm", "Jena", "Trier", "Hof", "Mainz"]
OFFLINE = ["ConnectionError", "ConnectionResetError", "ConnectionRefusedError"]
SPECIAL = OFFLINE[1:]
MALFORMED = ["ValueError", "UnicodeError"]
OTHER = ["KeyError", "TypeError", "OSError", "ZeroDivisionError", "TimeoutError"]


async def at_night(ex, nights, cancel_after):
    """Sync shops night after night, by plans of [shop, seconds, error, seconds that it needs when stopped].

    An error is [type, text], or [text of a group, its members]. Gives what each night came to, and notes after each
    which shops were stopped and which had not ended.
    """
    kinds = (ConnectionError, ConnectionResetError, ConnectionRefusedError, ValueError, UnicodeError)
    kinds = (*kinds, KeyError, TypeError, OSError, ZeroDivisionError, TimeoutError)
    kinds = {kind.__name__: kind for kind in kinds}
    left, stopped, busy, results = [], [], [], []

    def make(error):
        what, rest = error
        return kinds[what](rest) if what in kinds else ExceptionGroup(what, [make(inner) for inner in rest])

    async def sync(shop):
        plan = next(plan for plan in left if plan[0] == shop)
        left.remove(plan)
        busy.append(shop)
        try:
            await asyncio.sleep(plan[1])
        except asyncio.CancelledError:
            stopped.append(shop)
            await asyncio.sleep(plan[3])
            raise
        finally:
            busy.remove(shop)
        if plan[2]:
            raise make(plan[2])

    for plans in nights:
        left, stopped, busy = list(plans), [], []
        try:
            syncing = asyncio.create_task(ex.sync_shops(sync, [plan[0] for plan in plans]))
            if cancel_after is not None:
                await asyncio.sleep(cancel_after)
                syncing.cancel()
                await asyncio.wait([syncing])
                if syncing.cancelled():
                    return "ended as cancelled"
            results.append(await syncing)
        finally:
            ex.note([sorted(stopped), sorted(busy)])
    return results


def shuffled(rng, plans):
    return [[shop, *plan, 0] for shop, plan in rng.sample(list(plans.items()), len(plans))]


def one_of(kinds, rng, shop):
    return [rng.choice(kinds), f"{shop}: no. {rng.randint(100, 999)}"]


def expect_report(run, offline, malformed, night=0):
    """The report of a night names these texts, one for each error, in whatever order."""
    result = run.result[night]
    assert isinstance(result, Record) and result.type == "Report", f"expected a Report, got {result!r}"
    for name, wanted in (("offline", offline), ("malformed", malformed)):
        got = getattr(result, name)
        assert type(got) is list and all(type(text) is str for text in got), (
            f"{name} should be a list of texts; it is {got!r}"
        )
        why = "; every single error counts, also one of a special kind, inside an inner group, or with another's text"
        missing = Counter(wanted) - Counter(got)
        assert sorted(got) == sorted(wanted), (
            f"{name} should be {sorted(wanted)!r}, in any order, and is {got!r}{why if missing else ''}"
        )


def went_up(run, about):
    assert run.raised is not None, f"{about} should go on up in an exception group, and nothing was raised"
    assert run.raised.is_a("BaseExceptionGroup"), (
        f"{about} should go on up in an exception group; {run.raised!r} came out by itself"
    )
    return run.raised


def groups(failure):
    return [failure] * bool(failure.children) + [each for child in failure.children for each in groups(child)]


@pytest.mark.points(2)
async def test_every_error_is_sorted(exercise, rng):
    """ConnectionErrors and ValueErrors of shops that fail at the same moment all stand in their lists, every night."""
    shops = rng.sample(SHOPS, 6)
    offline = [[kind, text] for kind, text in zip(rng.sample(OFFLINE, 3), ("no line", "no line", ""), strict=True)]
    malformed = [[kind, "no date"] for kind in rng.sample(MALFORMED, 2)]
    plans = {shop: [1, error] for shop, error in zip(shops, offline + malformed, strict=False)}
    plans = shuffled(rng, plans | {shops[5]: [0.5, None]})
    # A shop that stands in the list twice is synced twice, and what it raises then is another matter.
    twice = [[shops[0], inputs.HOUR, one_of([kind], rng, shops[0]), 0] for kind in ("ConnectionError", "ValueError")]
    again = [[shop, seconds, error and ["ValueError", "later"], 0] for shop, seconds, error, _ in plans]
    run = await exercise.play(at_night, [plans, again, twice, plans], None)
    for night in (0, 3):
        expect_report(run, [text for _, text in offline], [text for _, text in malformed], night)
    expect_report(run, [], ["later"] * 5, 1)
    expect_report(run, [twice[0][2][1]], [twice[1][2][1]], 2)
    expect.takes(run, 3 + inputs.HOUR, "four nights, one of them with an error after more than an hour,")


async def test_no_failure_no_errors(exercise, rng):
    """With no failure, or no shops at all, both lists are empty; it takes as long as the slowest of all shops."""
    shops = inputs.keys(rng, SHOPS, 120)
    plans = dict(zip(shops, [[seconds, None] for seconds in inputs.seconds(rng, 4)] * 30, strict=True))
    failed = [[shops[0], 1, ["ConnectionError", "no line, the night before"], 0]]
    run = await exercise.play(at_night, [failed, [], shuffled(rng, plans)], None)
    for night in (1, 2):
        expect_report(run, [], [], night)
    expect.takes(run, 1 + inputs.DAYS, f"a night of 1 second, one without shops, and one of {inputs.DAYS:.2f} seconds")


@pytest.mark.points(2)
async def test_errors_in_inner_groups_are_found(exercise, rng):
    """Errors inside inner groups, at any depth, are reported one by one."""
    shops = rng.sample(SHOPS, 3)
    offline = [one_of([kind], rng, shop) for kind, shop in zip(rng.sample(OFFLINE, 3), shops, strict=True)]
    malformed = [one_of(MALFORMED, rng, shop) for shop in shops]
    deepest = ["floor", [offline[0], malformed[0]]]
    inner = ["tills", [malformed[1], ["wing", [deepest, offline[1]]]]]
    plans = {shops[0]: [1, inner], shops[1]: [1, offline[2]], shops[2]: [1, ["tills", [malformed[2]]]]}
    run = await exercise.play(at_night, [shuffled(rng, plans)], None)
    expect_report(run, [text for _, text in offline], [text for _, text in malformed])


@pytest.mark.points(2)
async def test_other_errors_go_on_up(exercise, rng):
    """Other errors stop the rest too, and go on up in an exception group, without the two kinds beside them."""
    for kinds, beside in ((["OSError"], False), (["TimeoutError"], True), (rng.sample(OTHER, 2), True)):
        shops = rng.sample(SHOPS, 4)
        others = [one_of([kind], rng, shop) for kind, shop in zip(kinds, shops, strict=False)]
        plans = {shop: [1, other] for shop, other in zip(shops, others, strict=False)}
        both = {shops[2]: [1, one_of(SPECIAL, rng, shops[2])], shops[3]: [1, one_of(["UnicodeError"], rng, shops[3])]}
        plans |= both if beside else {shops[2]: [2, None]}
        run = await exercise.play(at_night, [shuffled(rng, plans)], None)
        what = " and ".join(kind for kind, _ in others)
        kinds = sorted(leaf.type for leaf in went_up(run, what).leaves())
        assert kinds == sorted(kind for kind, _ in others), (
            f"{what} should go on up, without the two kinds beside them; what went up holds {', '.join(kinds)}"
        )
        assert run.elapsed == 1, (
            f"{what} came after 1 second and should stop the other shops, as every first failure does; sync_shops "
            f"ended after {run.elapsed:g}"
        )


async def test_inner_groups_stay_together(exercise, rng):
    """What is left of an inner group goes up in an inner group with the same message."""
    shops = rng.sample(SHOPS, 3)
    others = [one_of(["KeyError", "TypeError"], rng, shop) for shop in shops]
    message = f"tills of {shops[0]}"
    plans = {
        shops[0]: [1, [message, [others[0], one_of(SPECIAL, rng, shops[0]), others[1]]]],
        shops[1]: [1, others[2]],
        shops[2]: [1, ["tills", [one_of(MALFORMED, rng, shops[2])]]],
    }
    run = await exercise.play(at_night, [shuffled(rng, plans)], None)
    raised = went_up(run, "a group with two errors of other kinds")
    assert sorted(leaf.type for leaf in raised.leaves()) == sorted(kind for kind, _ in others), (
        f"three errors of other kinds should go up; what went up is {raised!r}"
    )
    inner = [group for group in groups(raised) if group.message == message]
    assert len(inner) == 1 and len(inner[0].leaves()) == 2, (
        f"{shops[0]} raised a group of its own, {message!r}, with two errors that are not ours to report; they "
        f"should go up together in an inner group of that name; what went up is {raised!r}"
    )


async def test_the_first_failure_stops_the_rest(exercise, rng):
    """The first failure stops the shops that are still at it, waits for them, and they are not in the report."""
    shops = rng.sample(SHOPS, 5)
    plans = {shop: [seconds, None] for shop, seconds in zip(shops, (0.5, 1.5, 2, inputs.HOUR), strict=False)}
    plans[shops[2]][1] = one_of(OFFLINE, rng, shops[2])
    error = one_of(["UnicodeError"], rng, shops[4])
    plans[shops[4]] = [1, error]
    for slow in (0, 5):
        run = await exercise.play(at_night, [[[*plan[:3], slow] for plan in shuffled(rng, plans)]], None)
        assert run.failed or run.elapsed == 1 + slow, (
            f"the failure came after 1 second, and those that were stopped then needed {slow} more; sync_shops ended "
            f"after {run.elapsed:g}"
        )
        expect_report(run, [], [error[1]])
        [[stopped, busy]] = run.noted
        assert stopped == sorted(shops[1:4]), f"three shops were still being synced; stopped were {stopped}"
        assert not busy, f"sync_shops ended while {expect.told(busy)} had not"


async def test_a_cancellation_goes_on_up(exercise, rng):
    """If `sync_shops` is itself cancelled, it ends as cancelled, and so do the shops."""
    shops = rng.sample(SHOPS, 3)
    for moment in inputs.moments(rng, 2):
        run = await exercise.play(at_night, [[[shop, 2, None, 1.5] for shop in shops]], moment)
        assert run.result == "ended as cancelled", (
            f"sync_shops was cancelled by its caller and should end as cancelled; it returned {run.result[0]!r}"
        )
        [[stopped, busy]] = run.noted
        # Cancelled at once, it may not have begun.
        assert not busy and (not moment or stopped == sorted(shops)), (
            f"all three shops should have been stopped and have ended; stopped were {stopped}, still at it {busy}"
        )
