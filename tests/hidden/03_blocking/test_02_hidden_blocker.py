"""Hidden tests: the hidden blocker."""

import asyncio
import threading

import pytest

TOWNS = ["Bonn", "Ulm", "Kiel", "Jena", "Trier", "Celle", "Mainz"]


def some_parcel(rng, name, seconds):
    """A parcel whose stations take these seconds each."""
    return [name, [[town, each] for town, each in zip(rng.sample(TOWNS, len(seconds)), seconds, strict=True)]]


def text_of(parcel):
    name, stations = parcel
    return f"{name}: {' > '.join(town.upper() for town, _ in stations) or 'still at the sender'}"


def length(parcel):
    return sum(seconds for _, seconds in parcel[1])


async def track_all(ex, parcels):
    return await ex.track_all([(name, [tuple(station) for station in stations]) for name, stations in parcels])


async def track_twice(ex, parcels):
    """Track all parcels, and then parcels of the same names that have been nowhere yet."""
    first = await ex.track_all([(name, [tuple(station) for station in stations]) for name, stations in parcels])
    return [first, await ex.track_all([(name, []) for name, _ in parcels])]


async def track_beside_a_neighbour(ex, parcel, pause):
    """Track one parcel beside a neighbour that wants a turn after each ``pause``; how many it had."""
    name, stations = parcel
    turns = 0

    async def neighbour():
        nonlocal turns
        while True:
            await asyncio.sleep(pause)
            turns += 1

    watching = asyncio.create_task(neighbour())
    await asyncio.sleep(0)
    text = await ex.track((name, [tuple(station) for station in stations]))
    ex.note(turns)
    watching.cancel()
    return text


async def count_threads(ex, parcels):
    """Note how many threads more there were at most than before, looking often."""
    before = threading.active_count()
    most = before

    async def look():
        nonlocal most
        while True:
            most = max(most, threading.active_count())
            await asyncio.sleep(0.1)

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    texts = await ex.track_all([(name, [tuple(station) for station in stations]) for name, stations in parcels])
    most = max(most, threading.active_count())
    looking.cancel()
    ex.note(most - before)
    return texts


async def test_the_event_loop_stays_free(exercise, rng):
    """While a parcel is tracked, the event loop is free for others."""
    parcel = some_parcel(rng, "P1", rng.choice([[1, 1], [0.5, 1.5]]))
    run = await exercise.play(track_beside_a_neighbour, parcel, 0.3)
    assert run.result == text_of(parcel), f"expected {text_of(parcel)!r}, got {run.result!r}"
    assert run.elapsed == 2, f"the stations of the parcel take 2 seconds in all; tracking it took {run.elapsed:g}"
    [turns] = run.noted
    assert turns == 6, (
        f"during the 2 seconds of tracking, a neighbour should have had 6 turns; it had {turns}. Somewhere below "
        "`track`, the thread is kept"
    )


@pytest.mark.points(2)
async def test_all_parcels_are_tracked_at_the_same_time(exercise, rng):
    """`track_all` takes as long as the parcel that takes longest, whichever that is."""
    parcels = [some_parcel(rng, f"P{n}", seconds) for n, seconds in enumerate([[0.5], [1, 1], [0.5, 0.5, 0.5]])]
    rng.shuffle(parcels)
    run = await exercise.play(track_all, parcels)
    assert run.result == [text_of(parcel) for parcel in parcels], f"the texts were {run.result!r}"
    assert run.elapsed == 2, (
        f"three parcels of {', '.join(f'{length(parcel):g}' for parcel in parcels)} seconds should take 2 seconds "
        f"together; they took {run.elapsed:g}"
    )


async def test_the_stations_are_asked_one_after_another(exercise, rng):
    """The stations of one parcel are still asked one after another, for as long as each of them takes."""
    for seconds in (rng.choice([[1, 0.5, 0.5], [0.5, 1, 1]]), [1.5]):
        parcel = some_parcel(rng, "P1", seconds)
        run = await exercise.play(track_all, [parcel])
        assert run.result == [text_of(parcel)], f"expected {[text_of(parcel)]!r}, got {run.result!r}"
        assert run.elapsed == sum(seconds), (
            f"stations of {', '.join(map(str, seconds))} seconds, one after another, should take {sum(seconds):g} "
            f"seconds; they took {run.elapsed:g}"
        )


async def test_the_texts_stay_as_they_are(exercise, rng):
    """The texts are the same as before, in the order of `parcels`; no parcels give the empty list."""
    parcels = [some_parcel(rng, f"P{n}", seconds) for n, seconds in enumerate([[0, 0], [], [0.5, 0.5, 0.5], [0]])]
    rng.shuffle(parcels)
    parcels[3][0] = parcels[0][0]  # two parcels may have one name
    run = await exercise.play(track_twice, parcels)
    first, second = run.result
    wanted = [text_of(parcel) for parcel in parcels]
    assert first == wanted, f"expected {wanted!r}, got {first!r}"
    wanted = [f"{name}: still at the sender" for name, _ in parcels]
    assert second == wanted, f"called again, with no stations yet, it should give {wanted!r}; it gave {second!r}"
    run = await exercise.play(track_all, [])
    assert run.result == [], f"no parcels should give an empty list, not {run.result!r}"


async def test_an_error_leaves_track_all(exercise, rng):
    """The LookupError of a scanner that is out of order leaves `track_all`."""
    parcel = some_parcel(rng, "P1", [0.5, 0.5, 0.5])
    parcel[1][1][1] = None
    town = parcel[1][1][0]
    # the other two are over before the error comes, so it does not matter whether it would cut them off
    run = await exercise.play(track_all, [some_parcel(rng, "P0", [0.2]), parcel, some_parcel(rng, "P2", [])])
    wanted = LookupError(f"the scanner in {town} is out of order")
    assert run.raised == wanted, f"the scanner in {town} is out of order; " + (
        f"{run.raised!r} came out instead" if run.raised else "nothing was raised"
    )
    assert run.elapsed == 0.5, (
        f"one scanner of half a second is asked before that one; the error came at second {run.elapsed:g}"
    )


async def test_no_thread_is_started(exercise, rng):
    """No thread is started: the code can be repaired down to the sleep."""
    parcels = [some_parcel(rng, f"P{n}", [0.5] * number) for n, number in enumerate([1, 2])]
    run = await exercise.play_within(count_threads, parcels)
    assert run.result == [text_of(parcel) for parcel in parcels]
    assert run.noted == [0], (
        f"{run.noted[0]} more threads than before were running; a thread is for code that can only block, and "
        "this code can be changed"
    )
