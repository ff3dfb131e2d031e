"""Hidden tests: closing early."""

import asyncio

import pytest

from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

STORES = ["north", "south", "east", "west", "cellar", "customs", "hangar"]


async def look(ex, days, cancel_after, go_on_for):
    """Search day after day, by plans of [seconds, place or None, seconds of locking up, text of an error or None].

    Gives the places, and notes at the end of each find_suitcase who was told to stop, who has locked up, who still
    searches, how many searches there were at once, which of them had failed, and whether the cancellation came in time.
    """
    told, locked, busy, most, failed, places, in_time = [], [], [], [0], [], [], True

    async def search(store):
        seconds, place, locking, error = plans[store]
        busy.append(store)
        most[0] = max(most[0], len(busy))
        try:
            if seconds:
                await asyncio.sleep(seconds)
            if error is not None:
                failed.append(store)
                raise OSError(error)
            return place
        except asyncio.CancelledError:
            told.append(store)
            if locking:
                await asyncio.sleep(locking)
            locked.append(store)
            raise
        finally:
            busy.remove(store)

    for plans in days:
        told, locked, busy, most, failed = [], [], [], [0], []
        try:
            if cancel_after is None:
                places.append(await ex.find_suitcase(search, list(plans)))
            else:
                finding = asyncio.create_task(ex.find_suitcase(search, list(plans)))
                await asyncio.sleep(cancel_after)
                in_time = finding.cancel()
                await asyncio.wait([finding])
                places.append("cancelled" if finding.cancelled() else "raised" if finding.exception() else "returned")
        finally:
            ex.note([sorted(told), sorted(locked), sorted(busy), most[0], failed, in_time])
    if go_on_for:
        await asyncio.sleep(go_on_for)
    return places


def plan(seconds, place=None, locking=0, error=None):
    return [seconds, place, locking, error]


def shuffled(rng, plans):
    return dict(rng.sample(list(plans.items()), len(plans)))


def expect_place(run, *places, day=0, or_later=()):
    """The place of a day, one of these; gives who was told, had locked up and still searched, and how many did.

    What is found ``or_later`` will do, too: when that is so, another message says more.
    """
    if run.raised is not None and run.raised.is_a("CancelledError"):
        raise AssertionError(
            "CancelledError left find_suitcase, as if the task that called it had been cancelled; only the searches "
            "are to be stopped"
        )
    if run.raised is not None and not run.raised.children:
        _ = run.result  # an error of its own tells most
    assert run.raised is None, f"finding is no error; {run.raised.leaves()[0]!r} left find_suitcase in a group"
    found, of_day = run.result[day], f" on day {day + 1}" if len(run.result) > 1 else ""
    wanted = " or ".join(map(repr, places))
    stopped = run.noted[day][0] if found is None else []
    then = f" and stopped the searches of {expect.told(stopped)}" if stopped else ""
    assert found in (*places, *or_later), f"find_suitcase should return {wanted}{of_day}; it returned {found!r}{then}"
    return run.noted[day][:4]


def expect_stopped(told, locked, busy, ended):
    """Those that were told to stop have locked up, and nobody searches any more."""
    when = f"find_suitcase ended after {in_seconds(ended)}"
    assert not busy, (
        f"{when}, and the searches of {expect.told(busy)} had not ended by then; they should be stopped and waited for"
    )
    broken_off = [store for store in told if store not in locked]
    assert not broken_off, about(
        "cancelled again",
        f"{when}; the searches of {expect.told(broken_off)} had been told to stop, were told once more while they "
        "locked up, and broke off there",
    )


def at_once(most, number):
    story = f"{number} stores should be searched at the same time; there were {most} at most"
    assert most == number, about("together", story)


def expect_told(told, stores, moment, what, most, number):
    """These searches were told to stop by then, and no others; there were so many at most, and should be ``number``."""
    missing = [store for store in sorted(stores) if store not in told]
    if missing:
        at_once(most, number)
    assert not missing, (
        f"{what} after {in_seconds(moment)}; the search of {missing[0]!r} should be under way then and be told to "
        "stop, and it was not told"
    )
    others = [store for store in told if store not in stores]
    assert not others, f"the search of {expect.told(others)} should be left alone; it was told to stop"


@pytest.mark.points(2)
async def test_the_place_is_returned(exercise, rng):
    """The place is returned, every day, and nothing raised; of several places at the same moment any one will do."""
    for finder in (0, 2, 3):
        stores = rng.sample(STORES, 4)
        place = f"shelf {rng.randint(1, 999)}"
        plans = {store: plan(0.5) for store in stores} | {stores[finder]: plan(90.37 if finder else 1.5, place)}
        later = {store: plan(1, f"{place} on another day" if store == stores[1] else None) for store in stores}
        run = await exercise.play(look, [plans, later, dict.fromkeys(stores, plan(1))], None, 0)
        expect_place(run, place)
        expect_place(run, f"{place} on another day", day=1)
        expect_place(run, None, day=2)
    stores = rng.sample(STORES, 4)
    plans = {store: plan(1, f"shelf in {store}") for store in stores[:2]} | {s: plan(2) for s in stores[2:]}
    run = await exercise.play(look, [shuffled(rng, plans)], None, 0)
    expect_place(run, *(f"shelf in {store}" for store in stores[:2]))


async def test_all_stores_are_searched_at_the_same_time(exercise, rng):
    """If all give None the result is None, after the slowest of all searches; with no stores it is None at once."""
    for number in (6, 120):
        stores = inputs.keys(rng, STORES, number)
        plans = {store: plan(seconds) for store, seconds in zip(stores, inputs.seconds(rng, 4) * 30, strict=False)}
        run = await exercise.play(look, [{"north": plan(1, "shelf 1")}, {}, plans], None, 0)
        expect_place(run, "shelf 1", day=0)
        expect_place(run, None, day=1)
        told, _, _, most = expect_place(run, None, day=2)
        assert not told, (
            f"nothing was found, so no search should be stopped; {len(told)} were, that of {told[0]!r} among them"
        )
        at_once(most, number)
        expect.takes(
            run, 1 + inputs.DAYS, f"a search of 1 second, one without stores, and one of {in_seconds(inputs.DAYS)}"
        )


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_the_other_searches_are_stopped(exercise, rng):
    """As soon as it has been found, the searches under way are stopped; those that had ended are left alone."""
    stores = rng.sample(STORES, 5)
    latency = [1.03, 0.53, 2.07, 2.59, inputs.HOUR]
    plans = {store: plan(seconds) for store, seconds in zip(stores, latency, strict=True)}
    plans[stores[0]][1] = "shelf 9"
    plans[stores[3]][1] = "shelf 40"
    run = await exercise.play(look, [shuffled(rng, plans)], None, 0)
    told, _, busy, most = expect_place(run, "shelf 9", or_later=["shelf 40"])
    assert run.elapsed == 1.03 or most == 5, f"5 stores should be searched at the same time; there were {most} at most"
    assert not run.polled, run.polled
    assert run.elapsed == 1.03, about(
        "others run on",
        f"it was found after 1.03 seconds, and find_suitcase returned {run.result[0]!r} after "
        f"{in_seconds(run.elapsed)}; {len(told) or 'no'} search{'' if len(told) < 2 else 'es'} had been told to stop",
        moment=1.03,
    )
    expect_place(run, "shelf 9")
    expect_stopped(told, told, busy, run.elapsed)
    expect_told(told, stores[2:], 1.03, "it was found", most, 5)


@pytest.mark.points(2)
async def test_it_returns_when_all_are_locked_up(exercise, rng):
    """A search that is stopped may need time to lock up; it is told once, and all are waited for."""
    for found_after, longest in ((0.5, 2), (0.5, inputs.HOUR), (0, 0)):
        stores = rng.sample(STORES, 4)
        locking = [longest, longest / 4, longest / 2]
        plans = {store: plan(3, None, seconds) for store, seconds in zip(stores, locking, strict=False)}
        plans[stores[3]] = plan(found_after, "shelf 3")
        run = await exercise.play(look, [shuffled(rng, plans)], None, 0)
        told, locked, busy, most = expect_place(run, "shelf 3")
        expect_stopped(told, locked, busy, run.elapsed)
        late = run.elapsed != found_after + longest
        assert not late or not found_after or most == 4, (
            f"4 stores should be searched at the same time; there were {most} at most"
        )
        if late and found_after:
            expect_told(told, stores[:3], found_after, "it was found", most, 4)
        assert not late, (
            f"it was found after {in_seconds(found_after)}, and the last store is locked up {in_seconds(longest)} "
            f"later; find_suitcase returned after {in_seconds(run.elapsed)} in all"
        )


async def test_the_caller_goes_on(exercise, rng):
    """The task that called `find_suitcase` is not cancelled and goes on afterwards."""
    stores = rng.sample(STORES, 3)
    plans = {stores[0]: plan(1, "shelf 5"), stores[1]: plan(2, None, 0.5), stores[2]: plan(0.25)}
    run = await exercise.play(look, [shuffled(rng, plans)], None, inputs.HOUR)
    told, locked, busy, most = expect_place(run, "shelf 5")
    ended = round(run.elapsed - inputs.HOUR, 6)
    if ended != 1.5:
        expect_stopped(told, locked, busy, ended)
        assert most == 3, f"3 stores should be searched at the same time; there were {most} at most"
        expect_told(told, stores[1:2], 1, "it was found", most, 3)
    assert ended == 1.5, (
        f"it was found after 1 second, and the store of {stores[1]!r} is locked up 0.5 seconds later; find_suitcase "
        f"returned after {in_seconds(ended)}"
    )
    expect.takes(run, 1.5 + inputs.HOUR, "a search of 1.5 seconds, and an hour of sleep in the same task,")


async def test_an_error_leaves(exercise, rng):
    """An error in a search stops the others, waits for them, and leaves in an exception group."""
    for locking in (0, 5):
        stores = rng.sample(STORES, 4)
        plans = {
            store: plan(seconds, None, locking)
            for store, seconds in zip(stores, (1.03, 0.53, 2.07, inputs.HOUR), strict=True)
        }
        error = OSError(f"{stores[0]}: there is a fire")
        plans[stores[0]][3] = str(error)
        plans[stores[2]][1] = "shelf 8"
        run = await exercise.play(look, [shuffled(rng, plans)], None, 0)
        [[told, locked, busy, most, failed, _]] = run.noted
        assert run.raised is not None or most == 4, (
            f"4 stores should be searched at the same time; there were {most} at most"
        )
        assert run.raised is not None or failed, (
            f"the search of {stores[0]!r} fails after 1.03 seconds; find_suitcase returned {run.result[0]!r} before, "
            f"after {in_seconds(run.elapsed)}"
        )
        assert run.raised is not None, (
            f"{error!r} should leave find_suitcase in an exception group; it returned {run.result[0]!r}"
        )
        expect.in_a_group(run, [error], "find_suitcase")
        if told != sorted(stores[2:]) or busy or run.elapsed != 1.03 + locking:
            expect_stopped(told, locked, busy, run.elapsed)
            expect_told(told, stores[2:], 1.03, f"the search of {stores[0]!r} failed", most, 4)
        assert run.elapsed == 1.03 + locking, (
            f"the search of {stores[0]!r} failed after 1.03 seconds, and those that were told to stop then had locked "
            f"up {in_seconds(locking)} later; find_suitcase ended after {in_seconds(run.elapsed)}"
        )


@pytest.mark.virtual
async def test_a_cancelled_caller_ends_as_cancelled(exercise, rng):
    """If `find_suitcase` is itself cancelled, it ends as cancelled when all its searches have ended."""
    stores = rng.sample(STORES, 3)
    plans = {stores[0]: plan(2, "shelf 6", 0.5), stores[1]: plan(2.5, None, 1), stores[2]: plan(0.5)}
    for moment in (0, 1, 1.75):
        run = await exercise.play(look, [shuffled(rng, plans)], moment, 0)
        [[told, locked, busy, most, _, in_time]] = run.noted
        assert in_time, (
            f"the search should still be going on after {in_seconds(moment)}, when the caller cancels; find_suitcase "
            "had ended already"
        )
        assert run.result == ["cancelled"], (
            f"find_suitcase was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            f"{run.result[0]} after {in_seconds(run.elapsed)} instead"
        )
        expect_stopped(told, locked, busy, run.elapsed)
        if moment:  # cancelled at once, it may not have begun
            expect_told(told, stores[:2], moment, "the caller cancelled", most, 3)
            expect.takes(run, moment + 1, "the search, with the last store locked up 1 second after the cancellation,")
