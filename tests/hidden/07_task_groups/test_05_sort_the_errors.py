"""Hidden tests: sorting errors."""

import asyncio
from collections import Counter

import pytest

from kata.contract.values import Record

SHOPS = ["Bonn", "Kiel", "Ulm", "Jena", "Trier", "Hof", "Mainz"]
OFFLINE = ["ConnectionError", "ConnectionResetError", "ConnectionRefusedError"]
SPECIAL = OFFLINE[1:]
MALFORMED = ["ValueError", "UnicodeError"]
OTHER = ["KeyError", "TypeError", "OSError", "ZeroDivisionError"]


async def at_night(ex, plans, cancel_after):
    """Sync shops by plans of [seconds, error]; an error is [type, text], or [text of a group, its members]."""
    kinds = (ConnectionError, ConnectionResetError, ConnectionRefusedError, ValueError, UnicodeError)
    kinds = {kind.__name__: kind for kind in (*kinds, KeyError, TypeError, OSError, ZeroDivisionError)}
    stopped = []

    def make(error):
        what, rest = error
        return kinds[what](rest) if what in kinds else ExceptionGroup(what, [make(inner) for inner in rest])

    async def sync(shop):
        seconds, error = plans[shop]
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            stopped.append(shop)
            raise
        if error:
            raise make(error)

    try:
        if cancel_after is None:
            return await ex.sync_shops(sync, list(plans))
        syncing = asyncio.create_task(ex.sync_shops(sync, list(plans)))
        await asyncio.sleep(cancel_after)
        syncing.cancel()
        await asyncio.wait([syncing])
        if syncing.cancelled():
            return "cancelled"
        return "raised" if syncing.exception() else "returned"
    finally:
        ex.note(sorted(stopped))


async def the_night_after(ex, shop):
    """A night without shops, after one in which a shop was offline."""

    async def sync(shop):
        raise ConnectionError(f"{shop}: no line, the night before")

    await ex.sync_shops(sync, [shop])
    return await ex.sync_shops(sync, [])


def one_of(kinds, rng, shop):
    return [rng.choice(kinds), f"{shop}: no. {rng.randint(100, 999)}"]


def expect_report(run, offline, malformed):
    """The report names these texts, one for each error, in whatever order."""
    result = run.result
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
    """ConnectionErrors and ValueErrors of shops that fail at the same moment all stand in their lists."""
    shops = rng.sample(SHOPS, 6)
    offline = [
        [kind, text] for kind, text in zip(rng.sample(OFFLINE, 3), ("no line", "no line", "no answer"), strict=True)
    ]
    malformed = [[kind, "no date"] for kind in rng.sample(MALFORMED, 2)]
    plans = {shop: [1, error] for shop, error in zip(shops, offline + malformed, strict=False)}
    plans |= {shops[5]: [0.5, None]}
    run = await exercise.play(at_night, dict(rng.sample(list(plans.items()), 6)), None)
    expect_report(run, [text for _, text in offline], [text for _, text in malformed])
    [bad] = rng.sample(SHOPS, 1)
    for kinds in (["ConnectionResetError"], ["ValueError"]):
        error = one_of(kinds, rng, bad)
        run = await exercise.play(at_night, {bad: [0.5, error]}, None)
        expect_report(run, [error[1]] * (kinds[0] in OFFLINE), [error[1]] * (kinds[0] in MALFORMED))


async def test_no_failure_no_errors(exercise, rng):
    """With no failure, or no shops at all, both lists are empty; it takes as long as the slowest shop."""
    shops = rng.sample(SHOPS, 3)
    plans = dict(zip(shops, ([0.5, None], [2, None], [1, None]), strict=True))
    run = await exercise.play(at_night, plans, None)
    expect_report(run, [], [])
    assert run.elapsed == 2, f"the slowest shop takes 2 seconds, and sync_shops took {run.elapsed:g}"
    run = await exercise.play(the_night_after, shops[0])
    expect_report(run, [], [])


@pytest.mark.points(2)
async def test_errors_in_inner_groups_are_found(exercise, rng):
    """Errors inside inner groups, at any depth, are reported one by one."""
    shops = rng.sample(SHOPS, 3)
    offline = [one_of([kind], rng, shop) for kind, shop in zip(rng.sample(OFFLINE, 3), shops, strict=True)]
    malformed = [one_of(MALFORMED, rng, shop) for shop in shops]
    deepest = ["floor", [offline[0], malformed[0]]]
    inner = ["tills", [malformed[1], ["wing", [deepest, offline[1]]]]]
    plans = {shops[0]: [1, inner], shops[1]: [1, offline[2]], shops[2]: [1, ["tills", [malformed[2]]]]}
    run = await exercise.play(at_night, dict(rng.sample(list(plans.items()), 3)), None)
    expect_report(run, [text for _, text in offline], [text for _, text in malformed])


@pytest.mark.points(2)
async def test_other_errors_go_on_up(exercise, rng):
    """Other errors stop the rest too, and go on up in an exception group, without the two kinds beside them."""
    for kinds, beside in ((["OSError"], False), (rng.sample(OTHER, 2), True)):
        shops = rng.sample(SHOPS, 4)
        others = [one_of([kind], rng, shop) for kind, shop in zip(kinds, shops, strict=False)]
        plans = {shop: [1, other] for shop, other in zip(shops, others, strict=False)}
        both = {shops[2]: [1, one_of(SPECIAL, rng, shops[2])], shops[3]: [1, one_of(["UnicodeError"], rng, shops[3])]}
        plans |= both if beside else {shops[2]: [2, None]}
        run = await exercise.play(at_night, dict(rng.sample(list(plans.items()), len(plans))), None)
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
    run = await exercise.play(at_night, plans, None)
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
    """The first failure stops the shops that are still at it, and they do not stand in the report."""
    shops = rng.sample(SHOPS, 5)
    plans = {shop: [seconds, None] for shop, seconds in zip(shops, (0.5, 1.5, 2, 2.5), strict=False)}
    plans[shops[2]][1] = one_of(OFFLINE, rng, shops[2])
    error = one_of(["UnicodeError"], rng, shops[4])
    plans[shops[4]] = [1, error]
    run = await exercise.play(at_night, dict(rng.sample(list(plans.items()), 5)), None)
    assert run.failed or run.elapsed == 1, (
        f"the failure came after 1 second, and sync_shops ended after {run.elapsed:g}"
    )
    expect_report(run, [], [error[1]])
    assert run.noted == [sorted(shops[1:4])], (
        f"three shops were still being synced when one failed; stopped were {run.noted[0]}"
    )


async def test_a_cancellation_goes_on_up(exercise, rng):
    """If `sync_shops` is itself cancelled, it ends as cancelled, and so do the shops."""
    shops = rng.sample(SHOPS, 3)
    run = await exercise.play(at_night, {shop: [2, None] for shop in shops}, rng.choice([0.5, 1]))
    assert run.result == "cancelled", (
        f"sync_shops was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )
    assert run.noted == [sorted(shops)], f"all three shops should have been stopped; stopped: {run.noted[0]}"
