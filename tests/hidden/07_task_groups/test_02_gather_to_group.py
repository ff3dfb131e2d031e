"""Hidden tests: from gather to a group."""

import asyncio

import pytest

from kata.fakes import Service

# Thirty tasks: a set of so many practically never happens to come out in the order of creation.
MANY = 30


def some_photos(rng, number):
    return [f"img_{photo:04}" for photo in rng.sample(range(10_000), number)]


def in_order(result, photos, addresses):
    """Say which place is the first that holds a wrong address."""
    assert type(result) is list, f"the result should be a list of addresses; it was {result!r}"
    assert len(result) == len(photos), (
        f"{len(photos)} photos should give {len(photos)} addresses; there were {len(result)}"
    )
    for place, (photo, address) in enumerate(zip(photos, result, strict=True)):
        assert address == addresses[photo], (
            f"place {place} should hold the address of {photo}, {addresses[photo]!r}, and holds {address!r}; "
            "results belong in the order of the photos, whatever is done first"
        )


@pytest.mark.points(2)
async def test_addresses_keep_the_order_of_the_photos(exercise, rng):
    """Addresses come back in the order of the photos; no photos give an empty list at once."""
    for number in (MANY, 1, 0):
        photos = some_photos(rng, number)
        latency = {photo: rng.choice([0.5, 1, 1.5]) for photo in photos} | dict.fromkeys(photos[:1], 2)
        addresses = {photo: f"/{rng.random():.6f}" for photo in photos}
        run = await exercise.upload_all(Service(latency, returns=addresses), photos)
        in_order(run.result, photos, addresses)
    assert run.elapsed == 0, f"no photos should take no time; they took {run.elapsed:g} seconds"


async def test_all_uploads_run_at_the_same_time(exercise, rng):
    """Thirty 1-second uploads take 1 second in all."""
    photos = some_photos(rng, MANY)
    run = await exercise.upload_all(Service(latency=1), photos)
    in_order(run.result, photos, {photo: photo.upper() for photo in photos})
    why = "; a task that is awaited before the next one is created runs alone" if run.elapsed == MANY else ""
    assert run.elapsed == 1, f"{MANY} uploads of 1 second took {run.elapsed:g} seconds{why}"


async def test_every_place_in_the_list_is_uploaded(exercise, rng):
    """A photo that stands in the list twice is uploaded twice."""
    once = some_photos(rng, 4)
    photos = [*once, once[2], once[0]]
    run = await exercise.upload_all(Service(latency=0.5), photos)
    in_order(run.result, photos, {photo: photo.upper() for photo in photos})
    uploaded = sorted(call.args[0] for call in run.calls["upload"])
    assert uploaded == sorted(photos), f"{len(photos)} uploads were expected; there were {len(uploaded)}"
    run = await exercise.play(numbered, photos)
    result, given = run.result
    assert sorted(result) == sorted(given), (
        f"every upload gave an address of its own, {given}, and each belongs in the result; it holds {result}"
    )


async def numbered(ex, photos):
    """Upload with a service that gives every upload an address of its own."""
    given = []

    async def upload(photo):
        given.append(f"/{photo}/{len(given)}")
        address = given[-1]
        await asyncio.sleep(0.5)
        return address

    return [await ex.upload_all(upload, photos), given]


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """The first failure stops the uploads that are under way, and leaves in an exception group."""
    for place in (0, 2, 4):
        photos = some_photos(rng, 5)
        latency = dict(zip(photos, rng.sample([0.5, 1.5, 2, 2.5, 3], 5), strict=True)) | {photos[place]: 1}
        error = OSError(f"{photos[place]}: refused")
        run = await exercise.upload_all(Service(latency, fails={photos[place]: error}), photos)
        assert run.raised is not None, f"{error!r} should leave upload_all, and nothing was raised"
        assert run.raised.is_a("ExceptionGroup") and all(leaf == error for leaf in run.raised.leaves()), (
            f"an exception group with {error!r} in it was expected; {run.raised!r} came out"
        )
        assert run.elapsed == 1, f"the failure came after 1 second, and upload_all ended after {run.elapsed:g}"
        paid = [call.args[0] for call in run.calls["upload"] if latency[call.args[0]] > 1]
        stopped = [call.args[0] for call in run.calls["upload"] if call.outcome == "cancelled"]
        assert stopped == paid, (
            f"{len(paid)} uploads were under way when one failed, and {len(stopped)} of them were stopped"
        )


async def test_all_errors_come_out(exercise, rng):
    """Uploads that fail at the same moment all have their error in the exception group."""
    photos = some_photos(rng, 5)
    fails = {photo: OSError(f"{photo}: refused") for photo in rng.sample(photos, 3)}
    latency = {photo: 1 if photo in fails else rng.choice([0.5, 1.5]) for photo in photos}
    run = await exercise.upload_all(Service(latency, fails=fails), photos)
    assert run.raised is not None, "three uploads failed, and nothing was raised"
    wanted = sorted(map(repr, fails.values()))
    got = sorted({f"{leaf.type}({leaf.message!r})" for leaf in run.raised.leaves()})
    assert got == wanted and run.raised.is_a("ExceptionGroup"), (
        f"three uploads failed at the same moment, with {', '.join(wanted)}; what came out is {run.raised!r}"
    )


async def test_the_group_takes_the_place_of_gather(exercise):
    """`asyncio.TaskGroup` is used, and `asyncio.gather` is gone."""
    assert exercise.source.names("asyncio.TaskGroup"), (
        "the exercise asks for asyncio.TaskGroup, and the file does not name it"
    )
    run = await exercise.upload_all(Service(1, name="upload"), ["one", "two"])
    begun = len(run.calls["upload"])
    assert begun == 2, f"two photos should be uploaded, and {begun} were; no group ran the uploads"
    lines = exercise.source.names("asyncio.gather")
    assert not lines, f"asyncio.gather is still there, in line {lines[0]}"
