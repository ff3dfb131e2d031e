"""Hidden tests: how did it end?"""

import asyncio

import pytest

from kata.contract.values import Record
from kata.judge.clean import in_seconds
from kata.judge.expect import told
from kata.judge.inputs import DAYS, errors, keys, values
from kata.judge.topics import about

NAMES = ["flyer", "poster", "banner", "menu", "card", "book", "label", "map", "ticket", "letter"]
VALUES = [0, None, "", [], False]

# What a job does, and in which part of the report it belongs.
ENDS = {
    "returns": "results",
    "returns an error": "results",
    "finishes though cancelled": "results",
    "raises": "errors",
    "raises when cancelled": "errors",
    "is cancelled": "cancelled",
}


async def with_jobs(ex, rounds, times):
    """In each round, start the jobs, sort them out after half a second, and note each report; then how each job had
    ended by then, "open" for one that had not."""

    async def job(kind, seconds, value):
        if "cancelled" not in kind:
            if seconds:
                await asyncio.sleep(seconds)
        else:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if kind == "is cancelled":
                    raise
        if kind.startswith("raises"):
            raise value
        return value

    async def sorted_out(plans):
        jobs = {}
        for name, kind, seconds, value in plans:
            jobs[name] = asyncio.create_task(job(kind, seconds, value), name=name)
            if "cancelled" in kind:
                asyncio.get_running_loop().call_later(seconds, jobs[name].cancel)
        await asyncio.sleep(0.5)
        try:
            for _ in range(times):
                report = await ex.sort_out(dict(jobs))
                ex.note(report)
            return report
        finally:
            ends = {}
            for name, task in jobs.items():
                if not task.done():
                    ends[name] = "open"
                elif task.cancelled():
                    ends[name] = "cancelled"
                else:
                    ends[name] = "raised" if task.exception() else "returned"
            ex.note(ends)
            open_jobs = [name for name in jobs if ends[name] == "open"]
            for name in open_jobs:
                jobs[name].cancel()
            if open_jobs:
                await asyncio.wait([jobs[name] for name in open_jobs])

    return [await sorted_out(plans) for plans in rounds]


def plan(rng, kind, name, seconds=None, error=None, plain=False):
    """One job. It ends at 0 or at 1 second or later; sort_out is called at half a second."""
    value = f"{rng.randint(20, 90)} pages" if plain else rng.choice(VALUES)
    if kind.startswith("raises"):
        value = error or OSError(f"{name}: out of ink")
    elif kind == "returns an error":
        value = OSError(f"{name}: proof of an error message")
    return [name, kind, rng.choice([0, 1, 1.5]) if seconds is None else seconds, value]


async def reported(exercise, plans, times=1):
    """Play these jobs; the report, once it is one, how each job had ended, and the seconds that sort_out took."""
    run = await exercise.play_within(with_jobs, [plans], times)
    no_cancellation(run)
    [report] = run.result
    check(run, report)
    first, *_ = run.noted
    for part in ("results", "errors", "cancelled"):
        before, now = getattr(first, part), getattr(report, part)
        assert before == now, (
            f"sort_out was called twice with the same jobs; `{part}` held {before!r} first, and {now!r} then"
        )
    assert report == first, (
        f"sort_out was called twice with the same jobs; first it gave {first!r}, and then {report!r}"
    )
    return report, run.noted[-1], run.elapsed - 0.5


def no_cancellation(run):
    """Say so if a CancelledError came out of sort_out."""
    came = run.raised.type if run.raised is not None else ""
    assert came != "CancelledError", about(
        "no error",
        "a CancelledError came out of sort_out; a cancelled job that is awaited, or asked for its result or its "
        "exception, raises it",
        error=run.raised,
    )


def check(run, result):
    """Say what is wrong with what came out, if it is no report at all."""
    assert isinstance(result, Record) and result.type == "Report", (
        f"sort_out should return a Report; it returned {result!r}"
    )
    kinds = {"results": dict, "errors": dict, "cancelled": list}
    for part, kind in kinds.items():
        value = getattr(result, part)
        assert type(value) is kind, f"`{part}` should be a {kind.__name__}; it is {value!r}"
    assert not run.polled, run.polled


def how_it_ended(name, kind, value, ended):
    """One sentence on a job: how it ended, or that it had not when sort_out returned."""
    right = ENDS[kind]
    if ended == "open":
        return f"sort_out returned while {name} was still running; it belongs in `{right}`, once it has ended"
    if ended == "cancelled" and right != "cancelled":
        return f"{name} was cancelled before it could end by itself; sort_out should wait for every job and stop none"
    asked = " when it was asked to cancel" if "cancelled" in kind else ""
    how = {"results": f"returned {value!r}{asked}", "errors": f"raised {value!r}{asked}", "cancelled": "was cancelled"}
    return f"{name} {how[right]}, so it belongs in `{right}` and nowhere else"


def expect(report, plans, ends, when=""):
    """Say which job is the first that stands in the wrong place.

    Args:
        report: what sort_out returned.
        plans: the jobs.
        ends: how each had ended when sort_out returned.
        when: in which call, as the beginning of a sentence.
    """
    for name, kind, _, value in plans:
        right = ENDS[kind]
        found = [part for part in ("results", "errors", "cancelled") if name in getattr(report, part)]
        assert found == [right], f"{when}{how_it_ended(name, kind, value, ends[name])}; it stands in " + (
            " and ".join(f"`{part}`" for part in found) or "none of the three"
        )
        if right == "errors":
            assert report.errors[name] == value, (
                f"{when}{name} raised {value!r}; `errors` holds {report.errors[name]!r} for it"
            )
        elif right == "results":
            assert report.results[name] == value, (
                f"{when}{name} returned {value!r}; `results` holds {report.results[name]!r} for it"
            )
    order = [name for name, kind, *_ in plans if ENDS[kind] == "cancelled"]
    assert report.cancelled == order, (
        f"{when}`cancelled` should hold {told(order, 8) or 'nothing'}, once each and in the order of `jobs`; it holds "
        f"{told(report.cancelled, 8) or 'nothing'}"
    )
    extra = {*report.results, *report.errors} - {name for name, *_ in plans}
    assert not extra, f"{when}the report names jobs that were not there: {told(sorted(extra))}"


async def test_every_job_stands_in_its_place(exercise, rng):
    """Results, errors and cancelled jobs are told apart, each in its part of the report, also when the next jobs have
    the same names."""
    found = [*errors(rng, 3), ExceptionGroup("no ink", [OSError("no blue"), OSError("no red")])]
    rng.shuffle(found)
    names, kinds = rng.sample(NAMES, 6), ["returns", "raises", "is cancelled"] * 2
    pairs = list(zip(kinds, names, strict=True))
    rounds = [[plan(rng, kind, name, 1 + 0.25 * place, plain=True) for place, (kind, name) in enumerate(pairs)]]
    for _ in range(2):
        rng.shuffle(kinds)
        rounds.append(
            [
                plan(rng, kind, name, error=found.pop() if kind == "raises" else None)
                for kind, name in zip(kinds, names, strict=True)
            ]
        )
    for values_now in values(rng, 8)[:4], values(rng, 8)[:4]:
        rounds.append([[name, "returns", 1, value] for name, value in zip(names, values_now, strict=False)])
    run = await exercise.play_within(with_jobs, rounds, 1)
    no_cancellation(run)
    for call, (report, plans) in enumerate(zip(run.result, rounds, strict=True)):
        check(run, report)
        first, ends = run.noted[2 * call : 2 * call + 2]
        try:
            expect(report, plans, ends, f"a later call changed the report of call {call + 1}: ")
        except AssertionError:
            # What it was when it came goes before what became of it.
            expect(first, plans, ends, f"in call {call + 1}, " if call else "")
            raise


@pytest.mark.points(2)
async def test_it_waits_until_every_job_has_ended(exercise, rng):
    """It returns as soon as the last job has ended, not before and not later."""
    for last, long in (("returns", 5.6), ("raises", DAYS), ("is cancelled", 2.7)):
        kinds = ["returns", "raises", "is cancelled", last]
        names = rng.sample(NAMES, 4)
        plans = [plan(rng, kind, name) for kind, name in zip(kinds[:3], names[:3], strict=True)]
        plans.insert(rng.randrange(4), plan(rng, last, names[3], seconds=long))
        report, ends, seconds = await reported(exercise, plans)
        still_open = [name for name, how in ends.items() if how == "open"]
        assert not still_open, (
            f"sort_out returned after {in_seconds(seconds)}, while {still_open[0]} was still running; a task can be "
            "asked how it ended only when it has ended"
        )
        expect(report, plans, ends)
        long = round(long - 0.5, 6)
        seconds = round(seconds, 6)
        assert seconds == long, (
            f"the last job ended {in_seconds(long)} after the call; sort_out returned after {in_seconds(seconds)}"
        )
    names = keys(rng, NAMES, 200)
    plans = [plan(rng, rng.choice(["returns", "raises", "is cancelled"]), name) for name in names]
    report, ends, seconds = await reported(exercise, plans)
    expect(report, plans, ends)
    long = max(max(seconds for _, _, seconds, _ in plans) - 0.5, 0)
    assert seconds == long, (
        f"the last of 200 jobs ended {in_seconds(long)} after the call; sort_out returned after {in_seconds(seconds)}"
    )


@pytest.mark.points(2)
async def test_only_how_it_ended_counts(exercise, rng):
    """A job that was asked to cancel and returned or raised stands where it ended; None or an error object
    that was returned is a result."""
    kinds = ["finishes though cancelled", "raises when cancelled", "returns an error", "is cancelled"]
    names = rng.sample(NAMES, 8)
    seconds = [None, 1, None, 1.5]  # somebody raises while another is still under way
    plans = [plan(rng, *each) for each in zip(kinds, names[:4], seconds, strict=True)]
    plans += [[name, "returns", 1, value] for name, value in zip(names[4:], [None, 0, "forty pages", 20], strict=True)]
    rng.shuffle(plans)
    report, ends, _ = await reported(exercise, plans)
    expect(report, plans, ends)


async def test_jobs_that_have_all_ended_before(exercise, rng):
    """Jobs that ended before `sort_out` was called are sorted in the same way, at once, at every call."""
    kinds = ["returns", "raises", "is cancelled", "raises when cancelled"]
    rng.shuffle(kinds)
    plans = [plan(rng, kind, name, seconds=0) for kind, name in zip(kinds, rng.sample(NAMES, 4), strict=True)]
    report, ends, seconds = await reported(exercise, plans, times=2)
    expect(report, plans, ends)
    assert seconds == 0, f"all jobs had ended before; two calls of sort_out took {in_seconds(seconds)} all the same"


async def test_no_jobs_and_one_job(exercise, rng):
    """No jobs give an empty Report at once; a single job may end in any way."""
    report, ends, seconds = await reported(exercise, [])
    expect(report, [], ends)
    assert seconds == 0, f"with no jobs there is nothing to wait for; sort_out took {in_seconds(seconds)}"
    for kind in ("returns", "raises", "is cancelled"):
        plans = [plan(rng, kind, rng.choice(NAMES), seconds=1)]
        report, ends, _ = await reported(exercise, plans)
        expect(report, plans, ends)
