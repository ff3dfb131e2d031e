"""Hidden tests: closing early."""

import asyncio

import pytest

from kata.fakes import Service

STORES = ["north", "south", "east", "west", "cellar", "customs", "hangar"]


async def look(ex, plans, cancel_after, go_on_for):
    """Search by plans of [seconds, place or None, seconds of locking up]; the place "fire" is an error.

    Notes, at the end of find_suitcase: who was told to stop, who has locked up, and how many still search.
    """
    told, locked, busy = [], [], []

    async def search(store):
        seconds, place, locking = plans[store]
        busy.append(store)
        try:
            if seconds:
                await asyncio.sleep(seconds)
            if place == "fire":
                raise OSError(f"{store}: there is a fire")
            return place
        except asyncio.CancelledError:
            told.append(store)
            if locking:
                await asyncio.sleep(locking)
            locked.append(store)
            raise
        finally:
            busy.remove(store)

    try:
        if cancel_after is None:
            place = await ex.find_suitcase(search, list(plans))
        else:
            finding = asyncio.create_task(ex.find_suitcase(search, list(plans)))
            await asyncio.sleep(cancel_after)
            finding.cancel()
            await asyncio.wait([finding])
            place = "cancelled" if finding.cancelled() else "raised" if finding.exception() else "returned"
    finally:
        ex.note([sorted(told), sorted(locked), len(busy)])
    if go_on_for:
        await asyncio.sleep(go_on_for)
    return place


async def the_day_after(ex, search, stores):
    """A day without stores, after one on which it was found."""
    await ex.find_suitcase(search, stores)
    return await ex.find_suitcase(search, [])


def shuffled(rng, plans):
    return dict(rng.sample(list(plans.items()), len(plans)))


def expect_place(run, *places):
    assert run.raised is None, f"finding is no error, and {run.raised!r} came out of find_suitcase"
    why = "; None from one store means only that it is not in that one" if run.result is None else ""
    assert run.result in places, f"expected {' or '.join(map(repr, places))}, got {run.result!r}{why}"
    return run.noted[0]


@pytest.mark.points(2)
async def test_the_place_is_returned(exercise, rng):
    """The place is returned, and nothing raised; of several places at the same moment any one will do."""
    for finder in (0, 2, 3):
        stores = rng.sample(STORES, 4)
        place = f"shelf {rng.randint(1, 999)}"
        plans = {store: [0.5, None, 0] for store in stores} | {stores[finder]: [1, place, 0]}
        run = await exercise.play(look, plans, None, 0)
        expect_place(run, place)
    stores = rng.sample(STORES, 4)
    plans = {store: [1, f"shelf in {store}", 0] for store in stores[:2]} | {s: [2, None, 0] for s in stores[2:]}
    run = await exercise.play(look, shuffled(rng, plans), None, 0)
    expect_place(run, *(f"shelf in {store}" for store in stores[:2]))


async def test_all_stores_are_searched_at_the_same_time(exercise, rng):
    """If all give None the result is None, after the slowest search; with no stores it is None at once."""
    stores = rng.sample(STORES, 4)
    plans = {store: [seconds, None, 0] for store, seconds in zip(stores, (0.5, 1, 2, 1.5), strict=True)}
    run = await exercise.play(look, shuffled(rng, plans), None, 0)
    assert expect_place(run, None) == [[], [], 0], "nothing was found, so no search should be stopped"
    assert run.elapsed == 2, f"the slowest of 4 searches takes 2 seconds, and the whole took {run.elapsed:g}"
    run = await exercise.play(the_day_after, Service(1), stores[:1])
    assert run.result is None, f"no stores should give None, also after a call that found it; they gave {run.result!r}"
    assert run.elapsed == 1, (
        f"the one search of the first call takes 1 second, and no stores no time; together they took {run.elapsed:g}"
    )


@pytest.mark.points(2)
async def test_the_other_searches_are_stopped(exercise, rng):
    """As soon as it has been found, the searches under way are stopped; those that had ended are left alone."""
    stores = rng.sample(STORES, 5)
    latency = [1, 0.5, 2, 2.5, 3]
    plans = {store: [seconds, None, 0] for store, seconds in zip(stores, latency, strict=True)}
    plans[stores[0]][1] = "shelf 9"
    plans[stores[3]][1] = "shelf 40"
    run = await exercise.play(look, shuffled(rng, plans), None, 0)
    told, _, busy = expect_place(run, "shelf 9")
    why = "; a group that nobody stops waits for all its tasks" if run.elapsed == 3 else ""
    assert run.elapsed == 1, f"it was found after 1 second, and find_suitcase returned after {run.elapsed:g}{why}"
    assert not run.polled, run.polled
    assert told == sorted(stores[2:]) and not busy, (
        f"three searches were under way when it was found; told to stop by the time find_suitcase returned: "
        f"{len(told)}, still searching: {busy}"
    )


@pytest.mark.points(2)
async def test_it_returns_when_all_are_locked_up(exercise, rng):
    """A search that is stopped may need time to lock up; it is told once, and all are waited for."""
    for found_after, longest in ((0.5, 2), (0, 0)):
        stores = rng.sample(STORES, 4)
        locking = [longest, longest / 4, longest / 2]
        plans = {store: [3, None, seconds] for store, seconds in zip(stores, locking, strict=False)}
        plans[stores[3]] = [found_after, "shelf 3", 0]
        run = await exercise.play(look, shuffled(rng, plans), None, 0)
        told, locked, busy = expect_place(run, "shelf 3")
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
    plans = {stores[0]: [1, "shelf 5", 0], stores[1]: [2, None, 0.5], stores[2]: [0.25, None, 0]}
    run = await exercise.play(look, shuffled(rng, plans), None, 1)
    assert run.raised is None or not run.raised.is_a("CancelledError"), (
        "the task that called find_suitcase was cancelled; only the searches are to be stopped"
    )
    expect_place(run, "shelf 5")
    assert run.elapsed == 2.5, (
        f"the search ends after 1.5 seconds, and the caller then sleeps for 1 second; it took {run.elapsed:g}"
    )


async def test_an_error_leaves(exercise, rng):
    """An error in a search stops the others, and leaves in an exception group."""
    stores = rng.sample(STORES, 4)
    plans = {store: [seconds, None, 0] for store, seconds in zip(stores, (1, 0.5, 2, 2.5), strict=True)}
    plans[stores[0]][1] = "fire"
    plans[stores[2]][1] = "shelf 8"
    run = await exercise.play(look, shuffled(rng, plans), None, 0)
    error = OSError(f"{stores[0]}: there is a fire")
    assert run.raised is not None, f"{error!r} should leave find_suitcase, and nothing was raised"
    assert run.raised.is_a("BaseExceptionGroup") and all(leaf == error for leaf in run.raised.leaves()), (
        f"an exception group with {error!r} in it was expected; {run.raised!r} came out"
    )
    [[told, _, busy]] = run.noted
    assert told == sorted(stores[2:]) and not busy and run.elapsed == 1, (
        f"the error came after 1 second and should stop two searches; find_suitcase ended after {run.elapsed:g}, "
        f"told to stop were {len(told)}, still searching were {busy}"
    )


async def test_a_cancelled_caller_ends_as_cancelled(exercise, rng):
    """If `find_suitcase` is itself cancelled, it ends as cancelled when all its searches have ended."""
    stores = rng.sample(STORES, 3)
    plans = {stores[0]: [2, "shelf 6", 0.5], stores[1]: [2.5, None, 1], stores[2]: [0.5, None, 0]}
    run = await exercise.play(look, shuffled(rng, plans), 1, 0)
    assert run.result == "cancelled", (
        f"find_suitcase was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )
    [[told, locked, busy]] = run.noted
    assert told == locked == sorted(stores[:2]) and not busy, (
        f"two searches should have been under way when the caller cancelled; told to stop were {len(told)}, locked up "
        f"{len(locked)}, still searching {busy}"
    )
    assert run.elapsed == 2, f"the last store is locked up after 2 seconds; it took {run.elapsed:g}"
