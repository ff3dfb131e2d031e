"""Hidden tests: fire and forget."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import called_once_each, told
from kata.judge.inputs import DAYS, errors
from kata.judge.topics import about

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
    answers, tasks, errors, stored, reported, again = [], [], [], [], [], []
    failed = set()

    async def store(draft):
        if draft in failed:  # nobody answers a second time
            again.append(draft)
            raise OSError(f"still no room for {draft}")
        tasks.append(weakref.ref(asyncio.current_task()))
        answer = loop.create_future()
        answers.append(weakref.ref(answer))
        await answer
        if draft in broken:
            failed.add(draft)
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
        for _ in drafts:
            for answer in filter(None, [request() for request in answers]):
                if not answer.done():
                    answer.set_result(None)
            await asyncio.sleep(0.1)
        await asyncio.wait([asyncio.ensure_future(saver.close())], timeout=9)
        ex.note([begun, [], [], 0, 0, 0, []])
        return "not begun"
    gc.collect()
    gone = sum(request() is None for request in answers)
    for request in answers:
        answer = request()
        if answer is not None and not answer.done():
            answer.set_result(None)
        del answer
    await asyncio.sleep(0.5)
    number = len(errors)
    while errors:
        errors.pop().__traceback__ = None  # whoever keeps an error need not keep what its frames refer to
    gc.collect()
    kept = sum(task() is not None for task in tasks)
    ex.note([begun, stored, reported, kept, gone, number, again])
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
    assert run.result != "not plain", about("coroutine", NOT_PLAIN, function="save")
    seconds = [line.at for line in run.lines if "noted: " in line.text]
    notes = [[*note, second] for note, second in zip(run.noted, seconds, strict=True)]
    saved = next(note for note in notes if note[0] == "saved")
    assert saved[1] == 0, f"saving should take no time; it took {in_seconds(saved[1])}"
    closed = next(note for note in notes if note[0] == "closed")
    before = notes[: notes.index(closed)]
    late = [note for note in notes[len(before) :] if note[0] == "report"]
    assert not late, (
        f"the error of {late[0][1]!r} was reported after {in_seconds(late[0][-1])}; close had returned before that, "
        f"after {in_seconds(closed[-1])}"
    )
    assert not run.polled, run.polled
    return run, [note[1:] for note in before if note[0] == "report"], closed[1:]


def as_often(run, drafts, closed):
    """Every draft was stored as often as it was saved; if not at all, say when close returned."""
    calls = run.calls.get("store", [])
    assert calls or not drafts, f"close returned after {in_seconds(closed)}, and store had not been called even once"
    called_once_each(run, "store", drafts)


def under_way(begun, number, equal=""):
    """So many saves should be under way at once."""
    were = f"there was {begun}" if begun == 1 else f"there were {begun}"
    assert begun == number, f"{number} saves should be under way at once; {were}{equal}"


def nobody_held(exercise, gone, number, equal=""):
    """No save was thrown away by the garbage collector."""
    if exercise.source.calls("gc.disable"):
        equal += "; gc.disable() keeps no task, for others may call the collector"
    elif exercise.source.calls("weakref.WeakSet"):
        equal += "; a WeakSet refers to them weakly, as the event loop does"
    lost = "the only save was gone" if number == 1 else f"{gone} of {number} saves were gone"
    assert not gone, (
        f"the garbage collector ran, and {lost}; nobody had a strong reference to "
        + ("its task" if gone == 1 else "their tasks")
        + equal
    )


def nobody_cancelled(run, drafts, closed):
    """No save was cancelled before close returned."""
    for call in run.calls.get("store", []):
        stopped = call.args[0] in drafts and call.outcome == "cancelled" and call.end <= closed
        assert not stopped, (
            f"the save of {call.args[0]!r} was cancelled after {in_seconds(call.end)}; close waits for every save, and "
            "stops none"
        )


def not_ended(run, drafts, moment):
    """Words on the saves that had not ended at this moment, if there are any."""
    late = [call for call in run.calls["store"] if call.end is None or call.end > moment]
    still = [call.args[0] for call in late if call.args[0] in drafts]
    return f"; {told(still, 2)} had not been stored by then" if still else ""


@pytest.mark.points(2)
async def test_no_save_vanishes(exercise, rng):
    """Every save comes to its end, also when the garbage collector runs in the middle of it, or when two saves have
    equal drafts."""
    for drafts in (some_drafts(rng, 1), 2 * some_drafts(rng, rng.randint(3, 10))):
        number = len(drafts)
        run = await exercise.play_within(collecting, drafts, [])
        assert run.result != "not plain", about("coroutine", NOT_PLAIN, function="save")
        begun, stored, _, _, gone, *_ = run.noted[0]
        equal = "; each draft was saved twice, and two saves may have equal drafts"
        under_way(begun, number, equal if begun == number / 2 else "")
        nobody_held(exercise, gone, number, equal if number > 1 and set(stored) == set(drafts) else "")
        assert sorted(stored) == sorted(drafts), f"{number} saves were begun; {len(stored)} of them came to their end"


@pytest.mark.points(2)
async def test_a_save_that_has_ended_is_forgotten(exercise, rng):
    """When saves have ended, well or with an error, the saver keeps no reference to their tasks."""
    drafts = some_drafts(rng, 20)
    run = await exercise.play_within(collecting, drafts, rng.sample(drafts, 7))
    assert run.result != "not plain", about("coroutine", NOT_PLAIN, function="save")
    begun, stored, reported, kept, gone, failed, again = run.noted[0]
    under_way(begun, 20)
    nobody_held(exercise, gone, 20)
    assert not again, f"the save of {again[0]!r} failed, and store was called for it once more; once would be right"
    assert len(stored) == 13, f"of 20 saves 13 should succeed; {len(stored)} succeeded, and {failed} failed"
    assert len(reported) == 7, (
        f"{failed} of 20 saves failed, and half a second later report had been called for {len(reported) or 'none'} of "
        "them; an error is reported when it comes, before its save is forgotten"
    )
    assert set(reported) <= set(drafts), "report should get the exception object that store raised; it got another one"
    assert not kept, about(
        "kept in memory",
        f"20 saves had ended, and {kept} of their tasks were still in memory before close was called; "
        "whatever keeps a task alive while it runs must let go of it afterwards",
        before="close",
        failed_only=kept == failed,
    )


async def test_saves_run_in_the_background(exercise, rng):
    """`save` returns at once, every draft is stored once, and no save waits for another one."""
    for drafts, pause, again in (
        (some_drafts(rng, 6), 0.5, []),
        (["", *some_drafts(rng, 5)], 0, []),
        (some_drafts(rng, 200), 0, []),
        (["", "Dear"], 1.5, ["", "Dear"]),
    ):
        rng.shuffle(drafts)
        run, reports, closed = await typed(exercise, server(1, drafts), drafts, pause, again)
        nobody_cancelled(run, drafts, closed[1])
        as_often(run, [*drafts, *again], closed[1])
        peak = run.peak["store"]
        assert peak == len(drafts), f"{len(drafts)} saves should be under way at once; the most at once was {peak}"
        assert reports == [], f"no save failed, and still {reports[0][0]!r} was reported"
        end = 2.5 if again else 1
        assert closed[1] == end, (
            f"close should return when the last save has ended, after {in_seconds(end)}; it returned after "
            f"{in_seconds(closed[1])}{not_ended(run, drafts, closed[1])}"
        )


@pytest.mark.points(2)
async def test_every_error_is_reported(exercise, rng):
    """Each error is reported once, with its draft and itself, at the moment it happens, the last one too; other saves
    go on."""
    group = ExceptionGroup("no room", [OSError("here"), OSError("there")])
    found = [group, *errors(rng, 5), OSError("the server is full"), OSError("no answer")]
    for place in (1, 0, 2, 4):
        drafts = some_drafts(rng, 5)
        if place != 1:
            drafts[(place + 2) % 5] = ""
        bad, worse = drafts[place], drafts[(place + 2) % 5]
        fails = {bad: found.pop(), worse: found.pop()}
        seconds = {draft: 2 for draft in drafts} | {bad: 0.5, worse: 1}
        run, reports, closed = await typed(exercise, server(seconds, drafts, fails), drafts, 0.25 if place == 1 else 0)
        nobody_cancelled(run, set(drafts) - set(fails), 0.25)
        as_often(run, drafts, closed[1])
        for draft, second in ((bad, 0.5), (worse, 1)):
            [call] = [call for call in run.calls["store"] if call.args[0] == draft]
            assert call.start == 0, (
                f"the save of {draft!r} should begin at once; it began after {in_seconds(call.start)}"
            )
            failed = f"the save of {draft!r} failed after {in_seconds(second)}"
            mine = [report for report in reports if report[0] == draft]
            assert call.end == second, (
                f"close returned after {in_seconds(closed[1])}; the save of {draft!r} had not ended by then"
            )
            assert mine, about(
                "error kept", f"{failed}, and its error was never reported", error=fails[draft], told=True
            )
            assert len(mine) == 1, f"{failed}; its error should be reported once, and was reported {len(mine)} times"
            assert mine[0][1] == fails[draft], f"{failed} with {fails[draft]!r}; reported was {mine[0][1]!r}"
            assert mine[0][2] == second, f"{failed}; its error was reported after {in_seconds(mine[0][2])}"
        assert len(reports) == 2, f"two saves failed, and {len(reports)} errors were reported"
        for call in run.calls["store"]:
            stopped = call.args[0] not in fails and call.outcome == "cancelled" and call.end <= closed[1]
            assert not stopped, f"the save of {call.args[0]!r} had no error, and it was cancelled"
        assert closed[1] == 2, f"the last save takes 2 seconds, and close returned after {in_seconds(closed[1])}" + {
            0.5: ", when another save failed",
            1: ", when another save failed",
        }.get(closed[1], "")
        good = [call for call in run.calls["store"] if call.args[0] not in fails]
        assert all(call.outcome == "returned" for call in good), "not every save without an error came to its end"
    drafts = some_drafts(rng, 3)  # and now it is the very last save that fails
    bad = rng.choice(drafts)
    fails = {bad: OSError(f"{bad}: no room")}
    seconds = dict.fromkeys(drafts, 0.5) | {bad: 1.7}
    _, reports, closed = await typed(exercise, server(seconds, drafts, fails), [*drafts, bad])
    last = f"{bad!r} was saved twice, and both saves fail after 1.7 seconds, as the last ones"
    assert len(reports) == 2, (
        f"{last}; when close returned, after {in_seconds(closed[1])}, {len(reports)} errors had been reported"
    )
    for draft, _, second in reports:
        assert [draft, second] == [bad, 1.7], f"{last}; an error of {draft!r} was reported after {in_seconds(second)}"
    assert closed[1] == 1.7, f"{last}; close returned after {in_seconds(closed[1])}"


async def two_savers(ex, store):
    """Two savers in one program; print a line when the close of the first returns."""
    first, second = (ex.Saver(store, lambda draft, error: None) for _ in range(2))
    for saver, draft in ((first, "short"), (second, "long")):
        made = saver.save(draft)
        if asyncio.iscoroutine(made):
            made.close()
            return "not plain"
        del made
    await asyncio.sleep(0.25)
    await first.close()
    print("the first saver is closed")
    await second.close()


async def test_two_savers(exercise):
    """Every saver has saves of its own: `close` waits for no other saver's."""
    run = await exercise.play_within(two_savers, server({"short": 0.5, "long": 2}, ["short", "long"]))
    assert run.result != "not plain", about("coroutine", NOT_PLAIN, function="save")
    [closed] = [line.at for line in run.lines if line.text == "the first saver is closed"]
    assert not run.polled, run.polled
    nobody_cancelled(run, ["short"], closed)
    others = ", when the save of the other saver had ended; each saver should wait for its own saves"
    assert closed == 0.5, (
        f"the only save of this saver takes 0.5 seconds, and its close returned after {in_seconds(closed)}"
        + (others if closed == 2 else "")
    )


@pytest.mark.points(2)
async def test_close_waits_for_every_save(exercise, rng):
    """`close` returns as soon as every save has ended, whichever is the slowest, and leaves no task behind."""
    for slowest, long in ((0, 2.7), (2, DAYS), (4, 2.7)):
        drafts = some_drafts(rng, 5)
        seconds = {draft: rng.choice([0.5, 1]) for draft in drafts} | {drafts[slowest]: long}
        run, _, closed = await typed(exercise, server(seconds, drafts), drafts, 0.0 if slowest else 0.25)
        nobody_cancelled(run, drafts, closed[1])
        if len(run.calls.get("store", [])) != 5:
            as_often(run, drafts, closed[1])
        assert closed[1] == long, (
            f"the slowest save takes {in_seconds(long)}, and close returned after {in_seconds(closed[1])}"
            + not_ended(run, drafts, closed[1])
        )
        number = "1 task of the saver was" if closed[0] == 1 else f"{closed[0]} tasks of the saver were"
        assert not closed[0], f"close returned, and {number} still running"


async def test_close_with_nothing_to_wait_for(exercise, rng):
    """With no saves at all, and with saves that have all ended, `close` returns at once."""
    _, reports, closed = await typed(exercise, server(1, []), [])
    assert closed[1] == 0, f"there was nothing to wait for, and close took {in_seconds(closed[1])}"
    assert reports == [], "nothing was saved, and still something was reported"
    drafts = some_drafts(rng, 3)
    fails = {drafts[1]: OSError(f"{drafts[1]}: no room")}
    run, reports, closed = await typed(exercise, server(1, drafts, fails), drafts, 1.5)
    mine = [report[0] for report in reports]
    if mine != [drafts[1]] or closed[1] != 1.5:
        as_often(run, drafts, closed[1])
        late = max(call.start for call in run.calls["store"])
        assert late == 0, f"each save should begin at once; one began after {in_seconds(late)}"
    assert mine, f"the save of {drafts[1]!r} failed after 1 second, and its error was never reported"
    assert mine == [drafts[1]], f"the save of {drafts[1]!r} failed; reported were errors of {told(mine)}"
    assert closed[1] == 1.5, (
        f"all saves had ended when close was called after 1.5 seconds; it returned after {in_seconds(closed[1])}"
    )
