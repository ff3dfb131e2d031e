"""Hidden tests: fire and forget."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.expect import called_once_each
from kata.judge.inputs import DAYS, errors

NOT_PLAIN = "save gave back a coroutine object; it should stay an ordinary function that returns at once"


async def typing(ex, store, drafts, seconds_open, again):
    """Save the drafts, and some again after so many seconds; close, and note every report and the end of close."""

    def note(what, *more):
        print(f"noted: {what}")
        ex.note([what, *more])

    def report(draft, error):
        note("report", draft, error)

    saver = ex.Saver(store, report)
    for draft in drafts:
        made = saver.save(draft)
        if asyncio.iscoroutine(made):
            made.close()
            return "not plain"
        del made
    note("saved")
    if seconds_open:
        await asyncio.sleep(seconds_open)
    for draft in again:
        saver.save(draft)
    await saver.close()
    note("closed", len([task for task in asyncio.all_tasks() if not task.done()]) - 1)
    await asyncio.sleep(0.5)
    return "closed"


async def collecting(ex, drafts, broken):
    """A server that refers to no request, as a network does, and a garbage collector that runs meanwhile."""
    import gc
    import weakref

    loop = asyncio.get_running_loop()
    answers, tasks, errors, stored, reported = [], [], [], [], []

    async def store(draft):
        tasks.append(weakref.ref(asyncio.current_task()))
        answer = loop.create_future()
        answers.append(weakref.ref(answer))
        await answer
        if draft in broken:
            errors.append(OSError(f"no room for {draft}"))
            raise errors[-1]
        stored.append(draft)

    def report(draft, error):
        reported.append(draft if any(error is each for each in errors) else "another error")

    saver = ex.Saver(store, report)
    for draft in drafts:
        if asyncio.iscoroutine(saver.save(draft)):
            return "not plain"
    await asyncio.sleep(0.5)
    begun = len(tasks)
    if begun < len(drafts):
        ex.note([begun, [], [], 0])
        return "not begun"
    gc.collect()
    for request in answers:
        answer = request()
        if answer is not None and not answer.done():
            answer.set_result(None)
        del answer
    await asyncio.sleep(0.5)
    while errors:
        errors.pop().__traceback__ = None  # whoever keeps an error need not keep what its frames refer to
    gc.collect()
    kept = sum(task() is not None for task in tasks)
    ex.note([begun, stored, reported, kept])
    await saver.close()
    del saver
    return "closed"


def some_drafts(rng, number):
    return [f"draft {place}" for place in rng.sample(range(100, 1000), number)]


def server(seconds, drafts, fails=None):
    """A store that returns None, as its type says."""
    return Service(seconds, returns=dict.fromkeys(drafts), fails=fails, name="store")


async def typed(exercise, store, drafts, seconds_open=0, again=()):
    """Play it; the run, the reports as [draft, error, second], and the end of close as [tasks left, second]."""
    run = await exercise.play_within(typing, store, drafts, seconds_open, list(again))
    assert run.result != "not plain", NOT_PLAIN
    seconds = [line.at for line in run.lines if "noted: " in line.text]
    notes = [[*note, second] for note, second in zip(run.noted, seconds, strict=True)]
    saved = next(note for note in notes if note[0] == "saved")
    assert saved[1] == 0, f"saving should take no time; it took {saved[1]:g} seconds"
    closed = next(note for note in notes if note[0] == "closed")
    before = notes[: notes.index(closed)]
    late = [note for note in notes[len(before) :] if note[0] == "report"]
    assert not late, f"{late[0][1]} was reported when close had returned already"
    assert not run.polled, run.polled
    return run, [note[1:] for note in before if note[0] == "report"], closed[1:]


@pytest.mark.points(2)
async def test_no_save_vanishes(exercise, rng):
    """Every save comes to its end, also when the garbage collector runs in the middle of it, or when two saves have
    equal drafts."""
    for drafts in (some_drafts(rng, 1), 2 * some_drafts(rng, rng.randint(3, 10))):
        number = len(drafts)
        run = await exercise.play_within(collecting, drafts, [])
        assert run.result != "not plain", NOT_PLAIN
        begun, stored, _, _ = run.noted[0]
        equal = "; each draft was saved twice, and two saves may have equal drafts"
        assert begun == number, f"{number} saves should be under way at once; {begun} were" + (
            equal if begun == number / 2 else ""
        )
        assert sorted(stored) == sorted(drafts), (
            f"the garbage collector ran, and {number - len(stored)} of {number} saves were gone; "
            "nobody had a strong reference to their tasks" + (equal if set(stored) == set(drafts) else "")
        )


@pytest.mark.points(2)
async def test_a_save_that_has_ended_is_forgotten(exercise, rng):
    """When saves have ended, well or with an error, the saver keeps no reference to their tasks."""
    drafts = some_drafts(rng, 20)
    run = await exercise.play_within(collecting, drafts, rng.sample(drafts, 7))
    assert run.result != "not plain", NOT_PLAIN
    begun, stored, reported, kept = run.noted[0]
    assert begun == 20, f"20 saves should be under way at once; {begun} were"
    assert len(stored) == 13 and len(reported) == 7, (
        f"13 saves should succeed and 7 be reported; there were {len(stored)} and {len(reported)}"
    )
    assert set(reported) <= set(drafts), "report should get the exception object that store raised; it got another one"
    assert not kept, (
        f"20 saves had ended, and {kept} of their tasks were still in memory before close was called; "
        "whatever keeps a task alive while it runs must let go of it afterwards"
    )


async def test_saves_run_in_the_background(exercise, rng):
    """`save` returns at once, every draft is stored once, and no save waits for another one."""
    for drafts, again in ((["", *some_drafts(rng, 5)], []), (some_drafts(rng, 200), []), (["", "Dear"], ["", "Dear"])):
        rng.shuffle(drafts)
        run, reports, closed = await typed(exercise, server(1, drafts), drafts, 1.5 if again else 0, again)
        called_once_each(run, "store", [*drafts, *again])
        assert run.peak["store"] == len(drafts), (
            f"{len(drafts)} saves should be under way at once; at most {run.peak['store']} were"
        )
        assert reports == [], f"no save failed, and still {reports[0][0]} was reported"
        end = 2.5 if again else 1
        assert closed[1] == end, f"the last save of 1 second ended at {end:g}, and close returned at {closed[1]:g}"


@pytest.mark.points(2)
async def test_every_error_is_reported(exercise, rng):
    """Each error is reported once, with its draft and itself, at the moment it happens, the last one too; other saves
    go on."""
    found = [*errors(rng, 5), ExceptionGroup("no room", [OSError("here"), OSError("there")])]
    for place in (0, 2, 4):
        drafts = some_drafts(rng, 5)
        drafts[(place + 2) % 5] = ""
        bad, worse = drafts[place], drafts[(place + 2) % 5]
        fails = {bad: found.pop(), worse: found.pop()}
        seconds = {draft: 2 for draft in drafts} | {bad: 0.5, worse: 1}
        run, reports, closed = await typed(exercise, server(seconds, drafts, fails), drafts)
        for draft, second in ((bad, 0.5), (worse, 1)):
            mine = [report for report in reports if report[0] == draft]
            assert len(mine) == 1, f"the error of {draft!r} should be reported once; it was {len(mine)} times"
            assert mine[0][1] == fails[draft], f"{draft!r} failed with {fails[draft]!r}; reported: {mine[0][1]!r}"
            assert mine[0][2] == second, (
                f"{draft!r} failed after {second:g} seconds and was reported after {mine[0][2]:g}"
            )
        assert len(reports) == 2, f"two saves failed, and {len(reports)} reports came"
        called_once_each(run, "store", drafts)
        good = [call for call in run.calls["store"] if call.args[0] not in fails]
        assert all(call.outcome == "returned" for call in good), "another save's error stopped a good save"
        assert closed[1] == 2, (
            f"the last save ended after 2 seconds, and close returned after {closed[1]:g}; "
            "an error must not end the waiting"
        )
    drafts = some_drafts(rng, 3)  # and now it is the very last save that fails
    bad = rng.choice(drafts)
    fails = {bad: OSError(f"{bad}: no room")}
    seconds = dict.fromkeys(drafts, 0.5) | {bad: 1.7}
    _, reports, closed = await typed(exercise, server(seconds, drafts, fails), [*drafts, bad])
    assert [report[::2] for report in reports] == [[bad, 1.7]] * 2, (
        f"{bad}, saved twice, failed twice after 1.7 seconds, as the last saves; when close returned, "
        f"reported were {reports!r}"
    )
    assert closed[1] == 1.7, f"the last save ended after 1.7 seconds, and close returned after {closed[1]:g}"


async def two_savers(ex, store):
    """Two savers in one program; print a line when the close of the first returns."""
    first, second = (ex.Saver(store, lambda draft, error: None) for _ in range(2))
    first.save("short")
    second.save("long")
    await first.close()
    print("the first saver is closed")
    await second.close()


async def test_two_savers(exercise):
    """Every saver has saves of its own: `close` waits for no other saver's."""
    run = await exercise.play_within(two_savers, server({"short": 0.5, "long": 2}, ["short", "long"]))
    assert run.result is None
    [closed] = [line.at for line in run.lines if line.text == "the first saver is closed"]
    assert not run.polled, run.polled
    others = ": it waited for the saves of another saver. What belongs to one object is made in __init__"
    assert closed == 0.5, (
        f"the only save of this saver ended after 0.5 seconds, and its close returned after {closed:g}"
        + (others if closed == 2 else "")
    )


@pytest.mark.points(2)
async def test_close_waits_for_every_save(exercise, rng):
    """`close` returns as soon as every save has ended, whichever is the slowest, and leaves no task behind."""
    for slowest, long in ((0, 2.7), (2, DAYS), (4, 2.7)):
        drafts = some_drafts(rng, 5)
        seconds = {draft: rng.choice([0.5, 1]) for draft in drafts} | {drafts[slowest]: long}
        run, _, closed = await typed(exercise, server(seconds, drafts), drafts)
        assert len(run.calls["store"]) == 5, f"5 drafts were saved; store ran {len(run.calls['store'])} times"
        assert closed[1] == long, f"the slowest save takes {long:g} seconds, and close returned after {closed[1]:g}" + (
            "; what is still under way then is lost" if closed[1] < long else ""
        )
        assert not closed[0], f"close returned, and {closed[0]} tasks of the saver were still running"


async def test_close_with_nothing_to_wait_for(exercise, rng):
    """With no saves at all, and with saves that have all ended, `close` returns at once."""
    _, reports, closed = await typed(exercise, server(1, []), [])
    assert closed[1] == 0, f"there was nothing to wait for, and close took {closed[1]:g} seconds"
    assert reports == [], "nothing was saved, and still something was reported"
    drafts = some_drafts(rng, 3)
    fails = {drafts[1]: OSError(f"{drafts[1]}: no room")}
    _, reports, closed = await typed(exercise, server(1, drafts, fails), drafts, 1.5)
    assert [report[0] for report in reports] == [drafts[1]], (
        f"one of three saves failed and should be reported; there were {len(reports)} reports"
    )
    assert closed[1] == 1.5, (
        f"all saves had ended when close was called after 1.5 seconds; it returned after {closed[1]:g}"
    )
