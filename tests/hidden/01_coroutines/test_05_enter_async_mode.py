"""Hidden tests: into async code and back."""

import asyncio

import pytest

from kata.fakes import Service

BRANCHES = ["Bonn", "Kiel", "Ulm", "Jena", "Trier"]
KINDS = [OSError, ValueError, RuntimeError, ZeroDivisionError]


def some_takings(rng, number):
    return {branch: rng.randint(100, 999) for branch in rng.sample(BRANCHES, number)}


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


def a_bad_night(ex, ask, branches):
    loops = []

    async def ask_and_note(branch):
        loops.append(asyncio.get_running_loop())
        return await ask(branch)

    try:
        ex.nightly_report(ask_and_note, branches)
        ex.note(["raised", "nothing"])
    except Exception as error:
        ex.note(["raised", repr(error)])
    ex.note(["closed", all(loop.is_closed() for loop in loops)])


def asked(run):
    return [call.args[0] for call in run.calls.get("ask", [])]


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
            f"expected the dict {takings!r}, got {run.result!r}"
            + ("; a value leaves a function only with `return`" if run.result is None else "")
            + (
                "; nothing ran this coroutine object, or nightly_report is a coroutine function itself"
                if "coroutine object" in repr(run.result)
                else ""
            )
        )
        assert asked(run) == list(takings), (
            f"the branches {list(takings)} were to be asked, each once and in this order; asked were {asked(run)}"
        )
        assert run.elapsed == number / 2, (
            f"{number} questions of half a second took {run.elapsed:g} seconds; `collect` asks one branch "
            "after another, and nightly_report should run it as it is"
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
    """An error in `collect` leaves `nightly_report`, and the event loop is closed in that case too."""
    branches = rng.sample(BRANCHES, 3)
    for place, kind in enumerate(rng.sample(KINDS, 3)):
        error = kind("the line is dead")
        run = await exercise.play_within(a_bad_night, Service(0.5, fails={branches[place]: error}), branches)
        [[raised]] = told(run, "raised")
        assert raised == repr(error), f"a branch failed with {error!r}, and nightly_report raised {raised}"
        [[closed]] = told(run, "closed")
        assert asked(run) == branches[: place + 1], (
            f"of the branches {branches}, {branches[place]!r} failed, and asked were {asked(run)}; collect asks one "
            "after another, ends at the first error, and should be run once"
        )
        assert closed, "after the error, the event loop of nightly_report was still open"
