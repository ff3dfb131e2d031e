"""Hidden tests: into async code and back."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import inputs

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
        # A loop that is closed in name only still has its sockets.
        closed = all(type(loop).is_closed(loop) and not getattr(loop, "_ssock", None) for loop in loops)
        ex.note(["closed", len(loops), len(set(loops)), closed])
    for report in reports:  # a later night must not change it
        ex.note(["report", report])


def bad_nights(ex, ask, nights):
    """Run the report for the branches of each night; note what came of it, and whether all loops were closed."""
    loops = []

    async def ask_and_note(branch):
        loops.append(asyncio.get_running_loop())
        return await ask(branch)

    for branches in nights:
        try:
            how, what = "returned", ex.nightly_report(ask_and_note, branches)
        except Exception as error:
            how, what = "raised", error
        ex.note(["night", how, what, all(loop.is_closed() for loop in loops)])


def asked(run):
    return [call.args[0] for call in run.calls.get("ask", [])]


def told(run, what):
    if run.failed:
        return run.result
    return [note[1:] for note in run.noted if note[0] == what]


@pytest.mark.points(2)
async def test_the_report_is_what_collect_gives(exercise, rng):
    """A plain call returns the finished dict, for several branches, one, none or the same twice, be it after days."""
    for number in (rng.choice([2, 3]), 1, 0):
        takings = some_takings(rng, number)
        branches = [*takings, *list(takings)[:1]]
        lasts = dict(zip(takings, inputs.seconds(rng, number), strict=True))
        run = await exercise.nightly_report(Service(lasts, returns=takings), branches)
        assert run.result == takings, (
            f"expected the dict {takings!r}, got {run.result!r}"
            + ("; a value leaves a function only with `return`" if run.result is None else "")
            + (
                "; nothing ran this coroutine object, or nightly_report is a coroutine function itself"
                if "coroutine object" in repr(run.result)
                else ""
            )
        )
        assert asked(run) == branches, (
            f"the branches {branches} were to be asked, each as often as it stands there and in this order; asked "
            f"were {asked(run)}"
        )
        calls = run.calls.get("ask", [])
        began = [call.start for call in calls]
        assert began == [0, *(call.end for call in calls)][: len(calls)], (
            f"the questions began at the seconds {began}; `collect` asks the next branch when the one before has "
            "answered, and nightly_report should run it as it is"
        )
        assert run.elapsed == (calls[-1].end if calls else 0), (
            f"nightly_report should return when the last branch has answered; it returned at second {run.elapsed:g}"
        )


async def test_it_works_night_after_night(exercise, rng):
    """It can be called again and again in the same process, and each night has a report of its own."""
    nights = [some_takings(rng, number) for number in (2, 1)]
    nights.append({branch: taking + 1 for branch, taking in nights[0].items()})  # same branches, another night
    run = await exercise.play_within(several_nights, nights, 20)
    reports = [report for [report] in told(run, "report")]
    assert reports == nights, f"three nights should give {nights!r}; they gave {reports!r}"


@pytest.mark.points(2)
async def test_the_event_loop_is_closed(exercise, rng):
    """When it has returned, the event loop that it used is closed."""
    run = await exercise.play_within(several_nights, [some_takings(rng, 2)], 0.5)
    [[questions, loops, closed]] = told(run, "closed")
    assert questions == 2, (
        f"there are 2 branches, and {questions} questions were asked; collect should be run to its end, once"
    )
    assert loops == 1, f"collect should be run in one event loop; the 2 branches were asked in {loops}"
    assert closed, "after nightly_report had returned, its event loop was still open"


async def test_an_error_leaves_the_report_and_closes_the_loop(exercise, rng):
    """An error in `collect` leaves `nightly_report`; the loop is closed in that case too, and the next night works."""
    good = rng.sample(BRANCHES, 2)
    errors = {f"branch {number}": kind("the line is dead") for number, kind in enumerate(rng.sample(KINDS, len(KINDS)))}
    places = rng.sample([0, 1, 2, 0, 1, 2], 6)
    nights = [[*good[:place], bad, good[0]] for place, bad in zip(places, errors, strict=True)] + [good]
    takings = {good[0]: 0, good[1]: rng.randint(100, 999)}
    run = await exercise.play_within(bad_nights, Service(0.25, returns=takings, fails=errors), nights)
    came = told(run, "night")
    assert len(came) == len(nights), f"{len(nights)} nights were to be reported; there were {len(came)}"
    to_ask = []
    for branches, [how, what, closed] in zip(nights, came, strict=True):
        if branches is good:
            to_ask += good
            story, wanted = "no branch was to fail any more", ("returned", takings)
        else:
            [bad] = [branch for branch in branches if branch in errors]
            to_ask += branches[: branches.index(bad) + 1]
            story, wanted = f"{bad!r} was to fail with {errors[bad]!r}", ("raised", errors[bad])
        assert (how, what) == wanted, (
            f"{story}; nightly_report {how} {what!r}, and it should have {wanted[0]} {wanted[1]!r}"
        )
        assert closed, f"{story}; after that, an event loop of nightly_report was still open"
    assert asked(run) == to_ask, (
        f"the branches of some nights were {nights}; `collect` asks one after another, ends at the first error, and "
        f"should be run once a night. So {to_ask} should be asked; asked were {asked(run)}"
    )
