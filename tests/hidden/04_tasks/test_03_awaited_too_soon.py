"""Hidden tests: awaited too soon."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import called_once_each, ends_as_cancelled, raises, returns, still_open, takes, told
from kata.judge.inputs import DAYS, errors, keys, texts

FOLDERS = ["mail", "photos", "music", "letters", "tax", "recipes", "maps", "games", "scans", "notes"]


def in_order(result, folders, receipts):
    """Say which place is the first that holds a wrong receipt."""
    assert type(result) is list, f"the result should be a list of receipts; it was {result!r}"
    assert len(result) == len(folders), (
        f"{len(folders)} folders should give {len(folders)} receipts; there were {len(result)}"
    )
    for place, (folder, receipt) in enumerate(zip(folders, result, strict=True), 1):
        nth = "the first receipt" if place == 1 else f"receipt {place}"
        assert receipt == receipts[folder], f"{nth} should be that of {folder}, {receipts[folder]!r}; it is {receipt!r}"


async def called_twice(ex, copy, first, second):
    """Two calls, one after the other."""
    return [await ex.copy_all(copy, first), await ex.copy_all(copy, second)]


async def copied_again(ex, folders, seconds):
    """The same folders twice, one call after the other; the server numbers the copies of each folder."""
    made = dict.fromkeys(folders, 0)

    async def copy(folder):
        made[folder] += 1
        number = made[folder]
        await asyncio.sleep(seconds)
        return f"{folder} {number}"

    return [await ex.copy_all(copy, folders) for _ in range(2)]


async def given_up(ex, folders, moments):
    """Somebody cancels copy_all, another one at each moment; how they ended, and after how many seconds."""

    async def copy(folder):
        await asyncio.sleep(4)
        return folder

    ends = []
    for seconds in moments:
        started = asyncio.get_running_loop().time()
        copies = asyncio.ensure_future(ex.copy_all(copy, folders))
        if seconds:
            await asyncio.wait([copies], timeout=seconds)
        copies.cancel()
        await asyncio.wait([copies])
        ended = asyncio.get_running_loop().time() - started
        if copies.cancelled():
            how = "cancelled"
        else:
            how = f"raised {type(copies.exception()).__name__}" if copies.exception() else "returned"
        ends.append([how, round(ended, 6)])
        await asyncio.sleep(11.03)  # what was begun may go on; that is nobody's business here
    return ends


async def numbered(ex, folders, seconds):
    """Copy, with a server that numbers the copies of each folder; each has seconds of its own."""
    left = {folder: list(each) for folder, each in seconds.items()}

    async def copy(folder):
        number = len(seconds[folder]) - len(left[folder]) + 1
        await asyncio.sleep(left[folder].pop(0))
        return f"{folder} {number}"

    return await ex.copy_all(copy, folders)


@pytest.mark.points(3)
async def test_all_copies_are_under_way_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest copy, no longer and no shorter, whichever one is the slowest."""
    for number, slowest, longest in ((4, 0, 1.7), (4, 2, rng.choice([2.2, 2.6])), (20, -1, 2), (200, -1, DAYS)):
        folders = keys(rng, FOLDERS, number)
        seconds = {folder: rng.choice([0.5, 1]) for folder in folders} | {folders[slowest]: longest}
        run = await exercise.copy_all(Service(seconds), folders)
        receipts = run.result
        assert not run.polled, run.polled
        assert run.elapsed == longest, (
            f"{number} copies, of which the slowest takes {in_seconds(longest)}, should take no longer together; "
            f"they took {in_seconds(run.elapsed)}; "
            + (
                "the slowest was not waited for"
                if run.elapsed < longest
                else f"no more than {run.peak['copy']} of {number} were under way at once"
                if 1 < run.peak["copy"] < number
                else "they were copied one after another"
                if run.peak["copy"] == 1
                else f"the last copy had ended after {in_seconds(longest)}, and copy_all went on"
            )
        )
        in_order(receipts, folders, {folder: folder.upper() for folder in folders})


async def test_receipts_keep_the_order_of_the_folders(exercise, rng):
    """The receipts come back in the order of `folders`, at every call, whichever copy ends first."""
    folders = rng.sample(FOLDERS, len(FOLDERS))
    seconds = {folder: rng.choice([0.5, 1, 1.5]) for folder in folders} | {folders[0]: 2, folders[-1]: 0}
    run = await exercise.copy_all(Service(seconds), folders)
    in_order(run.result, folders, {folder: folder.upper() for folder in folders})
    receipts = dict(zip(folders, texts(rng, len(folders)), strict=True))
    server = Service(seconds, returns=receipts)
    run = await exercise.play(called_twice, server, folders, folders[:3])
    first, second = run.result
    in_order(first, folders, receipts)
    assert type(second) is list, f"the result of a second call should be a list of receipts; it was {second!r}"
    assert len(second) == 3, f"a second call, with 3 folders, should give 3 receipts; there were {len(second)}"
    in_order(second, folders[:3], receipts)
    run = await exercise.play(copied_again, folders[:3], 0.41)
    wanted = [[f"{folder} {number}" for folder in folders[:3]] for number in (1, 2)]
    returns(run, wanted, "the receipts of two calls with the same folders")


async def test_every_folder_is_copied_as_often_as_it_stands_there(exercise, rng):
    """Every folder is copied, once for each time it stands in `folders`."""
    once = rng.sample(FOLDERS, 5)
    folders = [*once, once[2], once[0]]
    run = await exercise.copy_all(Service(0.5), folders)
    in_order(run.result, folders, {folder: folder.upper() for folder in folders})
    copied = sorted(call.args[0] for call in run.calls["copy"])
    assert copied == sorted(folders), f"{len(folders)} copies were expected; the server saw {len(copied)}"


async def test_every_copy_has_its_receipt(exercise, rng):
    """A folder that stands there twice gives two receipts, and both copies are waited for."""
    twice, once = rng.sample(FOLDERS, 2)
    for seconds in ([2, 1], [1, 2]):
        run = await exercise.play(numbered, [twice, once, twice], {twice: seconds, once: [0.5]})
        receipts = run.result
        assert type(receipts) is list, f"the result should be a list of receipts; it was {receipts!r}"
        assert len(receipts) == 3, f"3 folders should give 3 receipts; there were {len(receipts)}"
        assert receipts[1] == f"{once} 1", f"receipt 2 should be that of {once}, '{once} 1'; it is {receipts[1]!r}"
        assert sorted(map(str, [receipts[0], receipts[-1]])) == [f"{twice} 1", f"{twice} 2"], (
            f"{twice} stands there twice, and its receipts should be '{twice} 1' and '{twice} 2'; "
            f"they are {receipts[0]!r} and {receipts[-1]!r}"
        )
        assert run.elapsed == 2, f"the slower copy of {twice} takes 2 seconds; the whole took {in_seconds(run.elapsed)}"


async def test_no_folders_and_one_folder(exercise, rng):
    """No folders give an empty list at once; one folder gives a list of one receipt."""
    run = await exercise.copy_all(Service(), [])
    assert run.result == [], f"no folders should give an empty list; the result was {run.result!r}"
    takes(run, 0, "a call with no folders")
    [folder] = rng.sample(FOLDERS, 1)
    run = await exercise.copy_all(Service(1.5), [folder])
    returns(run, [folder.upper()], "the receipts of one folder")
    takes(run, 1.5, "one copy of 1.5 seconds")


async def test_an_error_leaves_copy_all(exercise, rng):
    """The error of the slowest copy leaves `copy_all`, whatever it is, and no folder is copied once more; a
    `copy_all` that is cancelled ends at once, as cancelled."""
    folders = rng.sample(FOLDERS, 5)
    found = [*errors(rng, 2), ExceptionGroup("the disk is full", [OSError("no room")])]
    for bad, error in zip((folders[0], folders[2], folders[-1]), found, strict=True):
        # The bad copy is the slowest one, so that nothing is still under way when the error comes.
        run = await exercise.copy_all(Service({bad: 2}, fails={bad: error}), folders)
        left = [call.args[0] for call in still_open(run, "copy")]
        ended = f"raised {run.raised.type}" if run.raised is not None else "returned"
        assert not left, f"copy_all {ended} after {in_seconds(run.elapsed)}; still under way were {told(left)}"
        made = [call.args[0] for call in run.calls.get("copy", [])]
        assert set(made) == set(folders), (
            f"the copy of {bad} failed after 2 seconds, and other copies were never begun: "
            f"{told(folder for folder in folders if folder not in made)}"
        )
        called_once_each(run, "copy", folders)
        raises(run, error, f"the copy of {bad} failed")
        takes(run, 2, "with a slowest copy that fails after 2 seconds, it")
    cancelled = [0.0, rng.choice([1, 1.5, 2]), 3.96]
    run = await exercise.play(given_up, folders, cancelled)
    for seconds, [how, ended] in zip(cancelled, run.result, strict=True):
        ends_as_cancelled("copy_all", seconds, how, ended)
        assert ended <= seconds, (
            f"copy_all was cancelled after {in_seconds(seconds)} and should end then; "
            f"it ended after {in_seconds(ended)}"
        )
