"""Hidden tests: into async code and back."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

BRANCHES = ["Bonn", "Kiel", "Ulm", "Jena", "Trier"]
KINDS = [OSError, ValueError, RuntimeError, ZeroDivisionError, TimeoutError, KeyError]


def some_takings(rng, number):
    """Of so many branches; the first has taken nothing."""
    takings = {branch: rng.randint(100, 999) for branch in rng.sample(BRANCHES, number)}
    return takings | dict.fromkeys(list(takings)[:1], 0)


def several_nights(ex, nights, seconds):
    """Run the report for each night's takings and note, for each, whether all loops were closed after it."""
    loops, reports = [], []

    for takings in nights:

        async def ask(branch, takings=takings):
            loops.append(asyncio.get_running_loop())
            await asyncio.sleep(seconds)
            return takings[branch]

        reports.append(ex.nightly_report(ask, list(takings)))
        ex.note(["at first", reports[-1]])
        # A loop that is closed in name only still has its sockets.
        closed = all(type(loop).is_closed(loop) and not getattr(loop, "_ssock", None) for loop in loops)
        ex.note(["closed", len(loops), len(set(loops)), closed])
    for number, report in enumerate(reports):  # a later night must not change it
        ex.note(["report", report, [later for later in range(number + 1, len(reports)) if reports[later] is report]])


def bad_nights(ex, ask, nights):
    """Run the report for the branches of each night; note how it ended, if all loops were closed, and who was asked."""
    loops, asked = [], []

    async def ask_and_note(branch):
        loops.append(asyncio.get_running_loop())
        asked.append(branch)
        return await ask(branch)

    for branches in nights:
        try:
            how, what = "returned", ex.nightly_report(ask_and_note, branches)
        except Exception as error:
            how, what = "raised", error
        ex.note(["night", how, what, all(loop.is_closed() for loop in loops), list(asked)])
        asked.clear()


def asked(run):
    return [call.args[0] for call in run.calls.get("ask", [])]


def told(run, what):
    if run.failed:
        return run.result
    return [note[1:] for note in run.noted if note[0] == what]


def expect_finished(report):
    """It is the report, and not a coroutine object that could make it."""
    what = "the coroutine object of `collect`" if "object collect" in repr(report) else "a coroutine object"
    assert "coroutine object" not in repr(report), about(
        "coroutine",
        f"a plain call of nightly_report should return the finished dict; it returned {what}, and only an event "
        "loop can run that to its end",
        function="nightly_report",
    )


@pytest.mark.points(2)
async def test_the_report_is_what_collect_gives(exercise, rng):
    """A plain call returns the finished dict, for several branches, one, none or the same twice, be it after days."""
    for number, longest in ((2, 0), (3, inputs.DAYS), (1, 0), (0, 0)):
        takings = some_takings(rng, number)
        branches = [*takings, *list(takings)[:1]]
        seconds = inputs.seconds(rng, number, longest=longest) if longest else [1.0] * number
        lasts = dict(zip(takings, seconds, strict=True))
        run = await exercise.nightly_report(Service(lasts, returns=takings), branches)
        result = run.result
        expect_finished(result)
        wrong = expect.difference(result, takings)
        assert result == takings, f"the report of {branches or 'no branches'}: {wrong}" + (
            "; a value leaves a function only with `return`" if result is None else ""
        )
        assert asked(run) == branches, (
            f"the branches {branches} should be asked, each as often as it stands there and in this order; asked "
            f"were {asked(run)}"
        )
        calls = run.calls.get("ask", [])
        before = 0
        for call in calls:
            assert call.start == before, (
                f"{call.args[0]} should be asked after {in_seconds(before)}"
                + (", when the branch before it had answered" if before else "")
                + f"; it was asked after {in_seconds(call.start)}"
            )
            before = call.end
        assert run.elapsed == before, (
            f"nightly_report should return when the last branch has answered, after {in_seconds(before)}; it returned "
            f"after {in_seconds(run.elapsed)}"
        )


async def test_it_works_night_after_night(exercise, rng):
    """It can be called again and again in the same process, and each night has a report of its own."""
    nights = [some_takings(rng, number) for number in (2, 1)]
    nights.append({branch: taking + 1 for branch, taking in nights[0].items()})  # same branches, another night
    run = await exercise.play_within(several_nights, nights, 20)
    at_first = [report for [report] in told(run, "at first")]
    expect_finished(at_first)
    for number, night in enumerate(nights):
        wrong = expect.difference(at_first[number], night)
        same = ", of the same branches as night 1" if number == 2 else ""
        old = "; that is the report of night 1" if number and at_first[number] == at_first[0] else ""
        assert at_first[number] == night, f"the report of night {number + 1}{same}: {wrong}{old}"
    for number, (night, [report, same]) in enumerate(zip(nights, told(run, "report"), strict=True), 1):
        story = f"the report of night {number} was changed by a later night"
        if same:
            story = (
                f"nights {number} and {same[-1] + 1} got one and the same dict, so the report of night {number} changed"
            )
        assert report == night, f"{story}: {expect.difference(report, night)}"


@pytest.mark.points(2)
async def test_the_event_loop_is_closed(exercise, rng):
    """When it has returned, the event loop that it used is closed."""
    run = await exercise.play_within(several_nights, [some_takings(rng, 2)], 0.5)
    expect_finished(told(run, "at first"))
    [[questions, loops, closed]] = told(run, "closed")
    assert questions == 2, (
        f"there are 2 branches, and {questions} questions were asked; collect should be run to its end, once"
    )
    story = f"collect should be run in one event loop; the 2 branches were asked in {loops} of them"
    assert loops == 1, about("several loops", story)
    assert closed, about("loop left open", "after nightly_report had returned, its event loop was still open")


async def test_an_error_leaves_the_report_and_closes_the_loop(exercise, rng):
    """An error in `collect` leaves `nightly_report`; the loop is closed in that case too, and the next night works."""
    good = rng.sample(BRANCHES, 2)
    errors = {f"branch {number}": kind("the line is dead") for number, kind in enumerate(rng.sample(KINDS, len(KINDS)))}
    places = rng.sample([0, 1, 2, 0, 1, 2], 6)
    nights = [[*good[:place], bad, good[0]] for place, bad in zip(places, errors, strict=True)] + [good]
    takings = {good[0]: 0, good[1]: rng.randint(100, 999)}
    for some in ([[*errors][:1] + good[:1]], nights):
        await expect_nights(exercise, some, good, takings, errors)


async def expect_nights(exercise, nights, good, takings, errors):
    """Each night ended as it should: with the error of its branch that has one, or with a report."""
    run = await exercise.play_within(bad_nights, Service(0.25, returns=takings, fails=errors), nights)
    came = told(run, "night")
    expect_finished([what for _, what, *_ in came])
    assert len(came) == len(nights), f"{len(nights)} nights were to be reported; there were {len(came)}"
    to_ask = []
    for number, (branches, [how, what, closed, questions]) in enumerate(zip(nights, came, strict=True), 1):
        if branches is good:
            should = good
            story, wanted = f"night {number}, in which no branch failed", ("returned", takings)
        else:
            [bad] = [branch for branch in branches if branch in errors]
            should = branches[: branches.index(bad) + 1]
            unasked = f"in night {number}, {bad!r} was not asked; nightly_report {how} {what!r}"
            if how == "raised":
                assert bad in questions, about("no error", unasked, error=what)
            assert bad in questions, unasked
            story, wanted = f"night {number}, in which {bad!r} failed with {errors[bad]!r}", ("raised", errors[bad])
        to_ask += should
        assert (how, what) == wanted, (
            f"{story}: nightly_report should have {wanted[0]} {wanted[1]!r}; it {how} {what!r}"
        )
        left_open = f"{story}: when nightly_report was over, an event loop that it had used was still open"
        assert closed, about("loop left open", left_open, failed=how == "raised")
        again = "; collect was run a second time" if questions == should * 2 else ""
        assert questions == should, (
            f"{story}: `collect` should run once, which asks {', '.join(should)}; asked were {', '.join(questions)}"
            f"{again}"
        )
    assert asked(run) == to_ask, (
        f"in {len(nights)} nights, {len(to_ask)} questions should be asked, in the order of the branches; asked were "
        f"{len(asked(run))}: {expect.difference(asked(run), to_ask)}"
    )
