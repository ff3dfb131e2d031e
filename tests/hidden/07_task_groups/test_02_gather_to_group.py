"""Hidden tests: from gather to a group."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs

# A set of so many tasks practically never happens to come out in the order of creation.
MANY = 30
SUBJECTS = ["goal", "start", "crowd", "jump", "finish"]


async def numbered(ex, photos, times):
    """Upload the same photos again and again, with a service that gives every upload an address of its own."""
    given = []

    async def upload(photo):
        given[-1].append(f"/{photo}/{len(given)}/{len(given[-1])}")
        address = given[-1][-1]
        await asyncio.sleep(0.5)
        return address

    results = []
    for _ in range(times):
        given.append([])
        results.append(await ex.upload_all(upload, photos))
    return [results, given]


async def slow_to_stop(ex, upload, photos, cancel_after):
    """An upload that is stopped needs 5 seconds to end. Notes which had not ended when upload_all had."""
    busy = []

    async def upload_or_stop(photo):
        busy.append(photo)
        try:
            return await upload(photo)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise
        finally:
            busy.remove(photo)

    uploading = asyncio.create_task(ex.upload_all(upload_or_stop, photos))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        uploading.cancel()
    await asyncio.wait([uploading])
    ex.note(sorted(busy))
    if uploading.cancelled():
        return "ended as cancelled"
    return f"raised {uploading.exception()!r}" if uploading.exception() else f"returned {uploading.result()!r}"


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


def came_out(run, errors):
    """An exception group left, with just these errors in it."""
    wanted = " and ".join(map(repr, errors))
    assert run.raised is not None, f"{wanted} should leave in an exception group; it {expect.outcome(run)}"
    leaves = run.raised.leaves()
    right = all(any(leaf == error for leaf in leaves) for error in errors)
    right = right and all(any(leaf == error for error in errors) for leaf in leaves)
    assert run.raised.is_a("ExceptionGroup") and right, (
        f"{wanted} should leave in an exception group; {run.raised!r} came out"
    )


@pytest.mark.points(2)
async def test_addresses_keep_the_order_of_the_photos(exercise, rng):
    """Addresses come back in the order of the photos, whatever they are; no photos give an empty list at once."""
    for number in (MANY, 2, 1, 0):
        photos = inputs.keys(rng, SUBJECTS, number)
        # The first photo is the last to be done, so the order of arrival is another one.
        latency = dict(zip(photos, sorted((inputs.seconds(rng, 6) * 5)[:number], reverse=True), strict=True))
        addresses = dict(zip(photos, inputs.texts(rng, number), strict=True))
        run = await exercise.upload_all(Service(latency, returns=addresses), photos)
        in_order(run.result, photos, addresses)
        expect.takes(run, max(latency.values(), default=0), f"{number} photos")


async def test_all_uploads_run_at_the_same_time(exercise, rng):
    """The whole takes as long as the longest upload, also for hundreds of photos."""
    photos = inputs.keys(rng, SUBJECTS, 200)
    run = await exercise.upload_all(Service(latency=1), photos)
    in_order(run.result, photos, {photo: photo.upper() for photo in photos})
    why = "; a task that is awaited before the next one is created runs alone" if run.elapsed == 200 else ""
    assert run.elapsed == 1, f"200 uploads of 1 second took {run.elapsed:g} seconds{why}"
    expect.together(run, "upload", 200)


async def test_every_place_in_the_list_is_uploaded(exercise, rng):
    """A photo that stands in the list twice is uploaded twice, and so is one of an earlier call."""
    once = inputs.keys(rng, SUBJECTS, 4)
    photos = [*once, once[2], once[0]]
    run = await exercise.upload_all(Service(latency=0.5), photos)
    in_order(run.result, photos, {photo: photo.upper() for photo in photos})
    expect.called_once_each(run, "upload", photos)
    run = await exercise.play(numbered, photos, 2)
    for result, given in zip(*run.result, strict=True):
        assert sorted(map(str, result)) == sorted(given), (
            f"every upload gave an address of its own, {given}, and each belongs in the result; it holds {result}"
        )


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """The first failure stops the uploads under way, waits for them, and leaves in a group; so with a cancellation."""
    for place, error in zip((0, 2, 4), inputs.errors(rng, 3), strict=True):
        photos = inputs.keys(rng, SUBJECTS, 5)
        latency = dict(zip(photos, [0.07, *inputs.seconds(rng, 3), 0.93], strict=True)) | {photos[place]: 0.57}
        run = await exercise.upload_all(Service(latency, fails={photos[place]: error}), photos)
        came_out(run, [error])
        expect.takes(run, 0.57, f"with {error!r} after 0.57 seconds the whole")
        paid = [call.args[0] for call in run.calls["upload"] if latency[call.args[0]] > 0.57]
        expect.cancelled_at(run, "upload", paid, 0.57)
        run = await exercise.play(slow_to_stop, Service(latency, fails={photos[place]: error}), photos, None)
        assert run.noted == [[]], f"upload_all ended while {expect.told(run.noted[0])} had not"
    for moment in inputs.moments(rng, max(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), photos, moment)
        assert run.result == "ended as cancelled", (
            f"upload_all was cancelled by its caller and should end as cancelled; it {run.result}"
        )
        assert run.noted == [[]], (
            f"when upload_all was cancelled, it ended while {expect.told(run.noted[0])} was still under way"
        )


async def test_all_errors_come_out(exercise, rng):
    """Uploads that fail at the same moment all have their error in the exception group."""
    photos = inputs.keys(rng, SUBJECTS, 5)
    fails = dict(zip(photos[1:4], inputs.errors(rng, 3, text="refused"), strict=True))
    latency = {photo: 1 if photo in fails else rng.choice([0.5, 1.5]) for photo in photos}
    run = await exercise.upload_all(Service(latency, fails=fails), photos)
    came_out(run, list(fails.values()))


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
