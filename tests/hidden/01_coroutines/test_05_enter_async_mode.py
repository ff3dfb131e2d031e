"""Hidden tests: into async code and back."""

import asyncio

import pytest

from kata.sandbox.fakes import Service

BRANCHES = ["Bonn", "Kiel", "Ulm", "Jena", "Trier"]


def some_takings(rng, number):
    return {branch: rng.randint(100, 999) for branch in rng.sample(BRANCHES, number)}


def several_nights(ex, nights):
    """Run the report for each night's takings and note, for each, whether all loops were closed after it."""
    loops = []

    for takings in nights:

        async def ask(branch, takings=takings):
            loops.append(asyncio.get_running_loop())
            await asyncio.sleep(0.5)
            return takings[branch]

        ex.note(["report", ex.nightly_report(ask, list(takings))])
        ex.note(["closed", len(loops), all(loop.is_closed() for loop in loops)])


def a_bad_night(ex, branches, bad):
    loops = []

    async def ask(branch):
        loops.append(asyncio.get_running_loop())
        await asyncio.sleep(0.5)
        if branch == bad:
            raise OSError("the line is dead")
        return 1

    try:
        ex.nightly_report(ask, branches)
        ex.note(["raised", "nothing"])
    except Exception as error:
        ex.note(["raised", f"{type(error).__name__}({str(error)!r})"])
    ex.note(["closed", len(loops), all(loop.is_closed() for loop in loops)])


def told(run, what):
    if run.failed:
        return run.result
    return [note[1:] for note in run.noted if note[0] == what]


@pytest.mark.points(2)
async def test_the_report_is_what_collect_gives(exercise, rng):
    """A plain call returns the finished dict, for several branches, one, or none."""
    for number in (rng.choice([2, 3]), 1, 0):
        takings = some_takings(rng, number)
        run = await exercise.nightly_report(Service(0.5, returns=takings), list(takings))
        assert run.result == takings, (
            f"expected the dict {takings!r}, got {run.result!r}; a coroutine object here means that nothing "
            "ran it, or that nightly_report is a coroutine function itself"
        )
        assert run.elapsed == number / 2, (
            f"{number} questions of half a second took {run.elapsed:g} seconds; `collect` asks one branch "
            "after another, and nightly_report should run it as it is"
        )


async def test_it_works_night_after_night(exercise, rng):
    """It can be called again and again in the same process."""
    nights = [some_takings(rng, number) for number in (2, 1)]
    nights.append({branch: taking + 1 for branch, taking in nights[0].items()})  # same branches, another night
    run = await exercise.play(several_nights, nights)
    reports = [report for [report] in told(run, "report")]
    assert reports == nights, f"three nights should give {nights!r}; they gave {reports!r}"


@pytest.mark.points(2)
async def test_the_event_loop_is_closed(exercise, rng):
    """When it has returned, the event loop that it used is closed."""
    run = await exercise.play(several_nights, [some_takings(rng, 2)])
    [[asked, closed]] = told(run, "closed")
    assert asked == 2, "collect was not run to its end: not every branch was asked"
    assert closed, "after nightly_report had returned, its event loop was still open"


async def test_an_error_leaves_the_report_and_closes_the_loop(exercise, rng):
    """An error in `collect` leaves `nightly_report`, and the event loop is closed in that case too."""
    branches = rng.sample(BRANCHES, 3)
    for bad in branches:
        run = await exercise.play(a_bad_night, branches, bad)
        [[raised]] = told(run, "raised")
        assert raised == "OSError('the line is dead')", (
            f"a branch failed with OSError('the line is dead'), and nightly_report raised {raised}"
        )
        [[asked, closed]] = told(run, "closed")
        assert asked == branches.index(bad) + 1, "after the error, collect should not be run again"
        assert closed, "after the error, the event loop of nightly_report was still open"
