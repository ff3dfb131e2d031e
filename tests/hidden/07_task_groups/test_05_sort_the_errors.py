"""Hidden tests: sorting errors."""

import asyncio
import builtins
from collections import Counter

import pytest

from kata.contract.values import Record
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

SHOPS = ["Bonn", "Kiel", "Ulm", "Jena", "Trier", "Hof", "Mainz"]
OFFLINE = ["ConnectionError", "ConnectionResetError", "ConnectionRefusedError"]
SPECIAL = OFFLINE[1:]
MALFORMED = ["ValueError", "UnicodeError"]
OTHER = ["KeyError", "TypeError", "OSError", "ZeroDivisionError", "TimeoutError"]


async def at_night(ex, nights, cancel_after):
    """Sync shops night after night, by plans of [shop, seconds, error, seconds that it needs when stopped].

    An error is [type, text], or [text of a group, its members]. Gives what each night came to, and notes after each
    which shops were stopped, which had not ended, and which had begun.
    """
    kinds = (ConnectionError, ConnectionResetError, ConnectionRefusedError, ValueError, UnicodeError)
    kinds = (*kinds, KeyError, TypeError, OSError, ZeroDivisionError, TimeoutError)
    kinds = {kind.__name__: kind for kind in kinds}
    left, stopped, busy, begun, results = [], [], [], [], []

    def make(error):
        what, rest = error
        return kinds[what](rest) if what in kinds else ExceptionGroup(what, [make(inner) for inner in rest])

    async def sync(shop):
        plan = next(plan for plan in left if plan[0] == shop)
        left.remove(plan)
        busy.append(shop)
        begun.append(shop)
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
        left, stopped, busy, begun = list(plans), [], [], []
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
            ex.note([sorted(stopped), sorted(busy), begun])
    return results


def shuffled(rng, plans):
    return [[shop, *plan, 0] for shop, plan in rng.sample(list(plans.items()), len(plans))]


def one_of(kinds, rng, shop):
    return [rng.choice(kinds), f"{shop}: no. {rng.randint(100, 999)}"]


def all_begun(run, number, night=0):
    """So many shops were being synced at once; said where something else went wrong, as it tells most."""
    begun, of_night = run.noted[night][2], f" in night {night + 1}" if len(run.noted) > 1 else ""
    assert len(begun) >= number, (
        f"{number} shops should be synced at the same time{of_night}; {len(begun)} had begun when sync_shops ended"
    )


def expect_report(run, offline, malformed, night=0, of=0):
    """The report of a night names the texts of these errors, one for each, in whatever order.

    An error is [type, text], or [type, text, the message of the group that it is in]. There were ``of`` shops.
    """
    result = run.result[night]
    assert isinstance(result, Record) and result.type == "Report", (
        f"sync_shops should return a Report; it returned {result!r}"
    )
    of_night = f" of night {night + 1}" if len(run.result) > 1 else ""
    for name, errors in (("offline", offline), ("malformed", malformed)):
        got, wanted = getattr(result, name), [error[1] for error in errors]
        assert type(got) is list and all(type(text) is str for text in got), (
            f"{name}{of_night} should be a list of texts; it is {got!r}"
        )
        for kind, text, *inside in errors:
            where = f" inside the group {inside[0]!r}" if inside else ""
            if text not in got:
                all_begun(run, of, night)
            right = sorted(result.offline) == sorted(error[1] for error in offline) != []
            beside = ", though offline holds all it should" if name == "malformed" and right else ""
            assert text in got, (
                f"{name}{of_night} lacks {text!r}, the text of a {kind}{where}; it holds "
                f"{expect.told(got) or 'nothing'}{beside}"
            )
        for text in got:
            number = wanted.count(text)
            assert got.count(text) == number, (
                f"{name}{of_night} holds {text!r} {expect.often(got.count(text))}; {number or 'no'} "
                f"{'error' if number < 2 else 'errors'} of that kind had that text that night"
            )


def no_subclass_left(run):
    """A subclass is of its kind, too; said where one left, as its traceback alone does not say so."""
    leaves = run.raised.leaves() if run.raised is not None else []
    leaf = next((leaf for leaf in leaves if leaf.type in (*SPECIAL, "UnicodeError")), None)
    kind, name = ("ValueError", "malformed") if leaf and leaf.type == "UnicodeError" else ("ConnectionError", "offline")
    assert leaf is None, about(
        "no error",
        f"{leaf!r} left sync_shops; {leaf.type} is a subclass of {kind}, so its text belongs in {name}",
        error=leaf,
    )


def went_up(run, what, of, others=()):
    """The exception group that left; the first of the others, [type, text], is one that should be in it."""
    error = next((getattr(builtins, kind)(text) for kind, text in others), None)
    if run.raised is None:
        all_begun(run, of)
    assert run.raised is not None, about(
        "error kept",
        f"{what} should go on up in an exception group; nothing was raised, and sync_shops returned {run.result[0]!r}",
        error=error,
    )
    assert run.raised.is_a("BaseExceptionGroup"), (
        f"{what} should go on up in an exception group; {run.raised!r} came out by itself"
    )
    return run.raised


def just_these(run, failure, errors, of):
    """What went up holds these errors, each [type, text], and no others. There were ``of`` shops."""
    kinds, wanted = [leaf.type for leaf in failure.leaves()], [kind for kind, _ in errors]
    lacking, extra = Counter(wanted) - Counter(kinds), Counter(kinds) - Counter(wanted)
    if lacking:
        all_begun(run, of)
    held = expect.told(failure.leaves(), 2)
    assert not lacking, f"{next(iter(lacking))} should go on up; what went up holds {held}"
    beside = next((leaf for leaf in failure.leaves() if extra[leaf.type]), None)
    assert beside is None, f"{beside!r} went on up too; what should go up is {', '.join(wanted)}"


def groups(failure):
    return [failure] * bool(failure.children) + [each for child in failure.children for each in groups(child)]


@pytest.mark.points(2)
async def test_every_error_is_sorted(exercise, rng):
    """ConnectionErrors and ValueErrors of shops that fail at the same moment all stand in their lists, every night."""
    shops = rng.sample(SHOPS, 6)
    offline = [["ConnectionError", f"{shop}: no line"] for shop in shops[:2]]
    malformed = [["ValueError", f"{shop}: no date"] for shop in shops[2:4]]
    plans = {shop: [1, error] for shop, error in zip(shops, offline + malformed, strict=False)}
    run = await exercise.play(at_night, [shuffled(rng, plans)], None)
    expect_report(run, offline, malformed, of=4)
    offline = [[kind, text] for kind, text in zip(rng.sample(OFFLINE, 3), ("no line", "no line", ""), strict=True)]
    malformed = [[kind, "no date"] for kind in rng.sample(MALFORMED, 2)]
    plans = {shop: [1, error] for shop, error in zip(shops, offline + malformed, strict=False)}
    plans = shuffled(rng, plans | {shops[5]: [0.5, None]})
    # A shop that stands in the list twice is synced twice, and what it raises then is another matter.
    twice = [[shops[0], inputs.HOUR, one_of([kind], rng, shops[0]), 0] for kind in ("ConnectionError", "ValueError")]
    again = [[shop, seconds, error and ["ValueError", "later"], 0] for shop, seconds, error, _ in plans]
    run = await exercise.play(at_night, [plans, again, twice, plans], None)
    no_subclass_left(run)
    for night in (0, 3):
        expect_report(run, offline, malformed, night, of=6)
    expect_report(run, [], [["ValueError", "later"]] * 5, 1, of=6)
    expect_report(run, [twice[0][2]], [twice[1][2]], 2, of=2)
    expect.takes(run, 3 + inputs.HOUR, "four nights, one of them with an error after more than an hour,")


async def test_no_failure_no_errors(exercise, rng):
    """With no failure, or no shops at all, both lists are empty; it takes as long as the slowest of all shops."""
    shops = inputs.keys(rng, SHOPS, 120)
    plans = dict(zip(shops, [[seconds, None] for seconds in inputs.seconds(rng, 4)] * 30, strict=True))
    failed = [[shops[0], 1, ["ConnectionError", "no line, the night before"], 0]]
    run = await exercise.play(at_night, [failed, [], shuffled(rng, plans)], None)
    for night in (1, 2):
        expect_report(run, [], [], night)
    expect.takes(run, 1 + inputs.DAYS, f"a night of 1 second, one without shops, and one of {in_seconds(inputs.DAYS)}")


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
    expect_report(
        run,
        [[*offline[0], "floor"], [*offline[1], "wing"], offline[2]],
        [[*malformed[0], "floor"], [*malformed[1], "tills"], [*malformed[2], "tills"]],
        of=3,
    )


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
        just_these(run, went_up(run, what, len(plans), others), others, len(plans))
        [[stopped, _, _]] = run.noted
        if run.elapsed != 1:
            all_begun(run, len(plans))
        assert run.elapsed == 1, (
            f"{what} came after 1 second and should stop the other shops, as every first failure does; sync_shops "
            f"ended after {in_seconds(run.elapsed)}, and stopped were {expect.told(stopped) or 'none'}"
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
    raised = went_up(run, "a group with two errors of other kinds", 3)
    just_these(run, raised, others, 3)
    inner = [group for group in groups(raised) if group.message == message]
    story = f"{shops[0]} raised an inner group, {message!r}, with two errors of other kinds"
    assert len(inner) == 1, (
        f"{story}; they should go up in one inner group of that name, and there were {len(inner) or 'none'}"
    )
    assert len(inner[0].leaves()) == 2, (
        f"{story}; the inner group of that name that went up holds {expect.told(inner[0].leaves())}"
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
        [[stopped, busy, _]] = run.noted
        if not run.failed and stopped != sorted(shops[1:4]):
            all_begun(run, 5)
        assert run.failed or stopped == sorted(shops[1:4]), about(
            "others run on",
            f"{shops[4]} failed after 1 second, and {expect.told(sorted(shops[1:4]))} should be stopped then; stopped "
            f"were {expect.told(stopped) or 'none'}, and sync_shops ended after {in_seconds(run.elapsed)}",
            moment=1,
        )
        assert run.failed or not busy, (
            f"sync_shops ended after {in_seconds(run.elapsed)}, while {expect.told(busy)} had not"
        )
        assert run.failed or run.elapsed == 1 + slow, (
            f"{shops[4]} failed after 1 second, and those that were stopped then had ended {in_seconds(slow)} later; "
            f"sync_shops ended after {in_seconds(run.elapsed)}"
        )
        expect_report(run, [], [error])


async def test_a_cancellation_goes_on_up(exercise, rng):
    """If `sync_shops` is itself cancelled, it ends as cancelled, and so do the shops."""
    shops = rng.sample(SHOPS, 3)
    for moment in inputs.moments(rng, 2):
        run = await exercise.play(at_night, [[[shop, 2, None, 1.5] for shop in shops]], moment)
        assert run.result == "ended as cancelled", (
            f"sync_shops was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            "returned a report"
        )
        [[stopped, busy, _]] = run.noted
        assert not busy, (
            f"sync_shops was cancelled after {in_seconds(moment)}, and ended while {expect.told(busy)} had not"
        )
        # Cancelled at once, it may not have begun.
        assert not moment or stopped == sorted(shops), (
            f"sync_shops was cancelled after {in_seconds(moment)}, and all three shops should be stopped then; "
            f"stopped were {expect.told(stopped) or 'none'}"
        )
