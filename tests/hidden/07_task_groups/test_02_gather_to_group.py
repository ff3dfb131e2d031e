"""Hidden tests: from gather to a group."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

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


def of_another(address, photos, addresses):
    """Whose address it is, when it is another photo's."""
    whose = next((photo for photo in photos if addresses[photo] == address), None)
    return f", which is that of {whose!r}" if whose is not None else ""


def in_order(result, photos, addresses):
    """Say which place is the first that holds a wrong address."""
    assert type(result) is list, f"the result should be a list of addresses; it was {result!r}"
    assert len(result) == len(photos), (
        f"{len(photos)} photos should give as many addresses; the result holds {len(result)}"
    )
    for place, (photo, address) in enumerate(zip(photos, result, strict=True)):
        assert address == addresses[photo], (
            f"{'the first address' if not place else f'address {place + 1}'} should be that of {photo!r}, "
            f"{addresses[photo]!r}; it is {address!r}{of_another(address, photos, addresses)}"
            f"{in_which_order(result, photos, addresses)}"
        )


def in_which_order(result, photos, addresses):
    """Words on the order of a result where all else is right; the first photo is the last to be done."""
    if sorted(map(str, result)) != sorted(addresses[photo] for photo in photos) or len(photos) < 3:
        return ""
    ended = [addresses[photo] for photo in reversed(photos)]
    in_order = "the order in which the uploads ended" if result == ended else "no order at all, as in a set"
    return f". All are there, in {in_order}"


def how_it_stood(run, photo):
    """What had become of the upload of a photo."""
    call = next((call for call in run.calls["upload"] if call.args[0] == photo), None)
    if call is None:
        return "had not begun"
    return "was still under way" if call.end is None else f"was {call.outcome} after {in_seconds(call.end)}"


@pytest.mark.points(2)
async def test_addresses_keep_the_order_of_the_photos(exercise, rng):
    """Addresses come back in the order of the photos, whatever they are; no photos give an empty list at once."""
    for number in (4, MANY, 2, 1, 0):
        photos = inputs.keys(rng, SUBJECTS, number)
        # The first photo is the last to be done, so the order of arrival is another one.
        lengths = [1, 2, 3, 4] if number == 4 else (inputs.seconds(rng, 6) * 5)[:number]
        latency = dict(zip(photos, sorted(lengths, reverse=True), strict=True))
        texts = [f"/{photo}" for photo in photos] if number == 4 else inputs.texts(rng, number)
        addresses = dict(zip(photos, texts, strict=True))
        run = await exercise.upload_all(Service(latency, returns=addresses), photos)
        in_order(run.result, photos, addresses)
        expect.takes(run, max(latency.values(), default=0), f"{number} photos")


async def test_all_uploads_run_at_the_same_time(exercise, rng):
    """The whole takes as long as the longest upload, also for hundreds of photos."""
    photos = inputs.keys(rng, SUBJECTS, 200)
    run = await exercise.upload_all(Service(latency=1), photos)
    in_order(run.result, photos, {photo: photo.upper() for photo in photos})
    assert run.elapsed == 1, (
        f"200 uploads of 1 second took {in_seconds(run.elapsed)}; never more than {run.peak['upload']} of them were "
        "under way at once"
    )
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
        lost = [address for address in given if address not in result]
        twin = next((photo for photo in photos if lost and f"/{photo}/" in lost[0]), None)
        story = f"{twin!r} stands twice in the list, was uploaded twice and got two addresses"
        seen = [address for address in result if f"/{twin}/" in str(address)]
        assert not lost or photos.count(twin) != 2 or seen != [seen[0]] * 2, (
            f"{story}; both belong in the result, and it holds {seen[0]!r} in both places"
        )
        assert not lost, (
            f"every upload gave an address of its own, and each belongs in the result; {lost[0]!r}, the address of "
            f"upload {given.index(lost[0]) + 1} of {len(given)}, is missing: {result}"
        )
        assert sorted(map(str, result)) == sorted(given), (
            f"{len(given)} uploads gave {len(given)} addresses; the result holds {len(result)}: {result}"
        )


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """The first failure stops the uploads under way, waits for them, and leaves in a group; so with a cancellation."""
    for place, error in zip((0, 2, 4), inputs.errors(rng, 3), strict=True):
        photos = inputs.keys(rng, SUBJECTS, 5)
        lengths = [1, 2, 3] if place == 0 else inputs.seconds(rng, 3)
        latency = dict(zip(photos, [0.07, *lengths, 0.93], strict=True)) | {photos[place]: 0.57}
        run = await exercise.upload_all(Service(latency, fails={photos[place]: error}), photos)
        expect.in_a_group(run, [error], "upload_all")
        expect.ends_when_it_fails(run, "upload", photos[place], 0.57, "upload_all")
        paid = [call.args[0] for call in run.calls["upload"] if latency[call.args[0]] > 0.57]
        expect.cancelled_at(run, "upload", paid, 0.57)
        run = await exercise.play(slow_to_stop, Service(latency, fails={photos[place]: error}), photos, None)
        assert run.noted == [[]], (
            f"{photos[place]!r} failed; upload_all ended after {in_seconds(run.elapsed)}, while it still uploaded "
            f"{expect.told(run.noted[0])}"
        )
    for moment in inputs.moments(rng, max(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), photos, moment)
        assert run.result == "ended as cancelled", (
            f"upload_all was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            f"{run.result}"
        )
        assert run.noted == [[]], (
            f"upload_all was cancelled after {in_seconds(moment)}, and ended after {in_seconds(run.elapsed)}, while "
            f"it still uploaded {expect.told(run.noted[0])}"
        )


async def test_all_errors_come_out(exercise, rng):
    """Uploads that fail at the same moment all have their error in the exception group."""
    photos = inputs.keys(rng, SUBJECTS, 5)
    fails = dict(zip(photos[1:4], inputs.errors(rng, 3, text="refused"), strict=True))
    latency = {photo: 1 if photo in fails else rng.choice([0.5, 1.5]) for photo in photos}
    run = await exercise.upload_all(Service(latency, fails=fails), photos)
    broken = [call.args[0] for call in run.calls["upload"] if call.outcome == "raised"]
    unheard = [photo for photo in fails if photo not in broken]
    assert run.raised is None or not broken or not unheard, (
        f"three uploads should fail together after 1 second; {expect.told(broken)} failed, and that of "
        f"{unheard[0]!r} {how_it_stood(run, unheard[0])}"
    )
    expect.in_a_group(run, list(fails.values()), "upload_all")


async def test_the_group_takes_the_place_of_gather(exercise):
    """`asyncio.TaskGroup` is used, and `asyncio.gather` is gone."""
    assert exercise.source.names("asyncio.TaskGroup"), (
        "the exercise asks for asyncio.TaskGroup, and the file does not name it"
    )
    run = await exercise.upload_all(Service(1, name="upload"), ["one", "two"])
    begun = len(run.calls["upload"])
    _ = begun == 2 or run.result  # an error of its own tells more than a number
    assert begun == 2, f"2 photos should be uploaded; {begun} of them were"
    lines = exercise.source.names("asyncio.gather")
    assert not lines, f"asyncio.gather is still there, in line {lines[0]}"
