"""Hidden tests: the hidden blocker."""

import asyncio
import threading

import pytest

from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

TOWNS = ["Bonn", "Ulm", "Kiel", "Jena", "Trier", "Celle", "Mainz"]


def some_parcel(rng, name, seconds):
    """A parcel whose stations take these seconds each."""
    return [name, [[town, each] for town, each in zip(rng.sample(TOWNS, len(seconds)), seconds, strict=True)]]


def text_of(parcel):
    name, stations = parcel
    return f"{name}: {' > '.join(town.upper() for town, _ in stations) or 'still at the sender'}"


def length(*parcels):
    """Seconds of these parcels, one after another."""
    return round(sum(seconds for _, stations in parcels for _, seconds in stations), 9)


async def track_all(ex, *calls):
    """Call track_all with each of these lists of parcels, one after another; all results."""
    results = []
    for parcels in calls:
        told = [(name, [tuple(station) for station in stations]) for name, stations in parcels]
        results.append(await ex.track_all(told))
    return results


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


async def called_off(ex, parcel, moments):
    """Track one parcel some times at once, and cancel each at one of these moments; how and when they ended."""
    name, stations = parcel
    loop = asyncio.get_running_loop()

    def how(task):
        if task.cancelled():
            return ""
        return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r:.80}"

    async def one(moment):
        ends = []
        tracking = asyncio.ensure_future(ex.track((name, [tuple(station) for station in stations])))
        tracking.add_done_callback(lambda _: ends.append(loop.time() - started))
        await asyncio.sleep(moment)
        tracking.cancel()
        await asyncio.wait([tracking])
        ex.note([moment, how(tracking), ends[0]])

    started = loop.time()
    await asyncio.gather(*map(one, moments))


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
    expect.returns(run, text_of(parcel), "the text of the parcel")
    expect.takes(run, 2, "tracking a parcel whose stations take 2 seconds in all")
    [turns] = run.noted
    assert turns == 6, (
        f"during the 2 seconds of tracking, a neighbour that wants a turn every 0.3 seconds should have 6; it had "
        f"{turns}"
    )


@pytest.mark.points(2)
async def test_all_parcels_are_tracked_at_the_same_time(exercise, rng):
    """`track_all` takes as long as the parcel that takes longest, whichever that is, however many there are."""
    few = [some_parcel(rng, f"P{n}", seconds) for n, seconds in enumerate([[0.5], [2, 0.5], [0.1, 0.4, 1]])]
    alike = [some_parcel(rng, f"P{n}", [1]) for n in range(40)]
    # The longest comes last: whoever tracks only so many at once begins it late.
    many = [some_parcel(rng, f"P{n}", [each]) for n, each in enumerate(sorted(inputs.seconds(rng, 200)))]
    rng.shuffle(few)
    for parcels, kind in ((few, "3 parcels"), (alike, "40 parcels of 1 second each"), (many, "200 parcels")):
        run = await exercise.play(track_all, parcels)
        expect.returns(run, [[text_of(parcel) for parcel in parcels]], "the texts")
        longest = max(map(length, parcels))
        expect.takes(run, longest, f"track_all with {kind}", in_a_row=length(*parcels))


async def test_the_stations_are_asked_one_after_another(exercise, rng):
    """The stations of one parcel are still asked one after another, for as long as each of them takes, each time."""
    there_and_back = some_parcel(rng, "P1", [rng.choice([1.5, 2]), 0.41, 1])
    there_and_back[1].append([*there_and_back[1][0]])
    for parcel in (there_and_back, some_parcel(rng, "P2", [inputs.HOUR])):
        run = await exercise.play(track_all, [parcel], [parcel])
        expect.returns(run, [[text_of(parcel)]] * 2, "the texts of two calls for one parcel")
        asked = expect.all_seconds(each for _, each in parcel[1])
        expect.takes(run, length(parcel, parcel), f"a parcel with stations of {asked}, tracked twice,")


async def test_the_texts_stay_as_they_are(exercise, rng):
    """The texts are the same as before, in the order of `parcels`; no parcels give the empty list."""
    parcels = [some_parcel(rng, f"P{n}", seconds) for n, seconds in enumerate([[0, 0], [], [0.5, 0.5, 0.5], [0]])]
    rng.shuffle(parcels)
    later = [[name, []] for name, _ in parcels]
    later[rng.randint(0, 3)][1] += [["", 0.1], ["Bonn", 0.1]]  # a town without a name
    run = await exercise.play(track_all, parcels, later, [])
    for number, (found, asked) in enumerate(zip(run.result, (parcels, later, []), strict=True)):
        wanted = [text_of(parcel) for parcel in asked]
        called = ("four parcels", "the same parcels in another call", "no parcels")[number]
        assert found == wanted, f"the texts of {called}: {expect.difference(found, wanted)}"
    twins = [some_parcel(rng, name, seconds) for name, seconds in (("P1", [0.2]), ("P2", [0.3, 0.2]), ("P1", []))]
    alike = [twins[0], twins[1], [*twins[0]]]
    run = await exercise.play(track_all, twins, alike)
    for parcels, found, kind in zip((twins, alike), run.result, ("called P1", "alike"), strict=True):
        wanted = [text_of(parcel) for parcel in parcels]
        assert found == wanted, f"two of three parcels are {kind}; their texts should be {wanted}, and not {found}"


@pytest.mark.virtual
async def test_an_error_leaves_track_all(exercise, rng):
    """The LookupError of a scanner that is out of order leaves `track_all`."""
    parcel = some_parcel(rng, "P1", [1, 0.4, 0.5])
    parcel[1][1][1] = None
    town = parcel[1][1][0]
    # the other two are over before the error comes, so it does not matter whether it would cut them off
    run = await exercise.play(track_all, [some_parcel(rng, "P0", [0.2]), parcel, some_parcel(rng, "P2", [])])
    expect.raises(run, LookupError(f"the scanner in {town} is out of order"), "a parcel had a scanner that fails")
    late = ", when all stations of the parcel had been waited for" if run.elapsed == 1.5 else ""
    assert run.elapsed == 1, (
        f"the second of three stations fails after 1 second, and track_all should end then; it ended after "
        f"{in_seconds(run.elapsed)}{late}"
    )


async def test_a_cancelled_parcel_is_given_up(exercise, rng):
    """When `track` is cancelled, it ends at once, cancelled, and nothing of it goes on."""
    parcel = some_parcel(rng, "P1", [0.5, 2, 1])
    run = await exercise.play(called_off, parcel, [0.0, rng.choice([0.75, 1, 1.5]), 3.3])
    assert run.raised is None, f"while `track` was cancelled three times, {run.raised!r} came out"
    for moment, how, ended in run.noted:
        story = f"track, cancelled after {in_seconds(moment)}, should end"
        assert not how, f"{story} as cancelled; it {how} after {in_seconds(ended)}"
        assert ended == moment, f"{story} then; it ended after {in_seconds(ended)}"


async def test_no_thread_is_started(exercise, rng):
    """No thread is started: the code can be repaired down to the sleep."""
    parcels = [some_parcel(rng, f"P{n}", [0.5] * number) for n, number in enumerate([1, 2])]
    run = await exercise.play_within(count_threads, parcels)
    expect.returns(run, [text_of(parcel) for parcel in parcels], "the texts")
    [more] = run.noted
    assert not more, about(
        "thread used",
        f"{more} thread{'s were' if more > 1 else ' was'} started; this code can be changed, and needs none",
    )
