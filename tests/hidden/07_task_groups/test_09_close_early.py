"""Hidden tests: closing early."""

import asyncio

import pytest

from kata.judge import expect, inputs

STORES = ["north", "south", "east", "west", "cellar", "customs", "hangar"]


async def look(ex, days, cancel_after, go_on_for):
    """Search day after day, by plans of [seconds, place or None, seconds of locking up, text of an error or None].

    Gives the places, and notes at the end of each find_suitcase who was told to stop, who has locked up, who still
    searches, and how many searches there were at once.
    """
    told, locked, busy, most, places = [], [], [], [0], []

    async def search(store):
        seconds, place, locking, error = plans[store]
        busy.append(store)
        most[0] = max(most[0], len(busy))
        try:
            if seconds:
                await asyncio.sleep(seconds)
            if error is not None:
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
        told, locked, busy, most = [], [], [], [0]
        try:
            if cancel_after is None:
                places.append(await ex.find_suitcase(search, list(plans)))
            else:
                finding = asyncio.create_task(ex.find_suitcase(search, list(plans)))
                await asyncio.sleep(cancel_after)
                finding.cancel()
                await asyncio.wait([finding])
                places.append("cancelled" if finding.cancelled() else "raised" if finding.exception() else "returned")
        finally:
            ex.note([sorted(told), sorted(locked), sorted(busy), most[0]])
    if go_on_for:
        await asyncio.sleep(go_on_for)
    return places


def plan(seconds, place=None, locking=0, error=None):
    return [seconds, place, locking, error]


def shuffled(rng, plans):
    return dict(rng.sample(list(plans.items()), len(plans)))


def expect_place(run, *places, day=0):
    assert run.raised is None, f"finding is no error, and {run.raised!r} came out of find_suitcase"
    found = run.result[day]
    why = "; None from one store means only that it is not in that one" if found is None else ""
    assert found in places, f"expected {' or '.join(map(repr, places))}, got {found!r}{why}"
    return run.noted[day]


@pytest.mark.points(2)
async def test_the_place_is_returned(exercise, rng):
    """The place is returned, every day, and nothing raised; of several places at the same moment any one will do."""
    for finder in (0, 2, 3):
        stores = rng.sample(STORES, 4)
        place = f"shelf {rng.randint(1, 999)}"
        plans = {store: plan(0.5) for store in stores} | {stores[finder]: plan(inputs.HOUR, place)}
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
    for number in (120, 4):
        stores = inputs.keys(rng, STORES, number)
        plans = {store: plan(seconds) for store, seconds in zip(stores, inputs.seconds(rng, 4) * 30, strict=False)}
        run = await exercise.play(look, [{"north": plan(1, "shelf 1")}, {}, plans], None, 0)
        expect_place(run, "shelf 1", day=0)
        expect_place(run, None, day=1)
        told, _, _, most = expect_place(run, None, day=2)
        assert not told, f"nothing was found, so no search should be stopped; {expect.told(told)} was"
        expect.takes(run, 1 + inputs.DAYS, f"a search of 1 second, one without stores, and one of {inputs.DAYS:.2f}")
        assert most == number, f"{number} stores should be searched at the same time; there were {most} at most"


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
    told, _, busy, _ = expect_place(run, "shelf 9")
    why = "; a group that nobody stops waits for all its tasks" if run.elapsed == inputs.HOUR else ""
    assert run.elapsed == 1.03, (
        f"it was found after 1.03 seconds, and find_suitcase returned after {run.elapsed:g}{why}"
    )
    assert not run.polled, run.polled
    assert told == sorted(stores[2:]) and not busy, (
        f"three searches were under way when it was found; told to stop by the time find_suitcase returned: "
        f"{len(told)}, still searching: {busy}"
    )


@pytest.mark.points(2)
async def test_it_returns_when_all_are_locked_up(exercise, rng):
    """A search that is stopped may need time to lock up; it is told once, and all are waited for."""
    for found_after, longest in ((0.5, inputs.HOUR), (0.5, 2), (0, 0)):
        stores = rng.sample(STORES, 4)
        locking = [longest, longest / 4, longest / 2]
        plans = {store: plan(3, None, seconds) for store, seconds in zip(stores, locking, strict=False)}
        plans[stores[3]] = plan(found_after, "shelf 3")
        run = await exercise.play(look, [shuffled(rng, plans)], None, 0)
        told, locked, busy, _ = expect_place(run, "shelf 3")
        assert not busy, f"find_suitcase returned while {busy} of its searches had not ended"
        assert locked == told, (
            f"{len(told)} searches were told to stop and {len(locked)} got round to locking up; telling a "
            "search again breaks into its locking up"
        )
        assert run.elapsed == found_after + longest, (
            f"it was found after {found_after:g} seconds and the last store is locked up {longest:g} seconds "
            f"later; find_suitcase returned after {run.elapsed:g} in all"
        )


async def test_the_caller_goes_on(exercise, rng):
    """The task that called `find_suitcase` is not cancelled and goes on afterwards."""
    stores = rng.sample(STORES, 3)
    plans = {stores[0]: plan(1, "shelf 5"), stores[1]: plan(2, None, 0.5), stores[2]: plan(0.25)}
    run = await exercise.play(look, [shuffled(rng, plans)], None, inputs.HOUR)
    assert run.raised is None or not run.raised.is_a("CancelledError"), (
        "the task that called find_suitcase was cancelled; only the searches are to be stopped"
    )
    expect_place(run, "shelf 5")
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
        assert run.raised is not None, f"{error!r} should leave find_suitcase, and nothing was raised"
        assert run.raised.is_a("BaseExceptionGroup") and all(leaf == error for leaf in run.raised.leaves()), (
            f"an exception group with {error!r} in it was expected; {run.raised!r} came out"
        )
        [[told, _, busy, _]] = run.noted
        assert told == sorted(stores[2:]) and not busy and run.elapsed == 1.03 + locking, (
            f"the error came after 1.03 seconds and should stop two searches, which need {locking} seconds then; "
            f"find_suitcase ended after {run.elapsed:g}, told to stop were {len(told)}, still searching were {busy}"
        )


@pytest.mark.virtual
async def test_a_cancelled_caller_ends_as_cancelled(exercise, rng):
    """If `find_suitcase` is itself cancelled, it ends as cancelled when all its searches have ended."""
    stores = rng.sample(STORES, 3)
    plans = {stores[0]: plan(2, "shelf 6", 0.5), stores[1]: plan(2.5, None, 1), stores[2]: plan(0.5)}
    for moment in (0, 1, 1.75):
        run = await exercise.play(look, [shuffled(rng, plans)], moment, 0)
        assert run.result == ["cancelled"], (
            f"find_suitcase was cancelled by its caller and should end as cancelled; it {run.result[0]} instead"
        )
        [[told, locked, busy, _]] = run.noted
        assert told == locked and not busy, (
            f"told to stop were {len(told)} searches, {len(locked)} of them locked up, and still searching were {busy}"
        )
        if moment:  # cancelled at once, it may not have begun
            assert told == sorted(stores[:2]), (
                f"two searches were under way when the caller cancelled; told to stop were {len(told)}"
            )
            expect.takes(run, moment + 1, "the search, with the last store locked up 1 second after the cancellation,")
