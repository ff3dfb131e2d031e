"""Hidden tests: how did it end?"""

import asyncio

import pytest

from kata.contract.values import Record
from kata.judge.expect import told
from kata.judge.inputs import DAYS, errors, keys, values

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
    """In each round, start the jobs, sort them out after half a second, and note each report and which had not ended
    then."""

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
        except asyncio.CancelledError:
            ex.note("cancelled")
        finally:
            open_jobs = [name for name, task in jobs.items() if not task.done()]
            ex.note(open_jobs)
            for name in open_jobs:
                jobs[name].cancel()
            if open_jobs:
                await asyncio.wait([jobs[name] for name in open_jobs])

    return [await sorted_out(plans) for plans in rounds]


def plan(rng, kind, name, seconds=None, error=None):
    """One job. It ends at 0 or at 1 second or later; sort_out is called at half a second."""
    value = rng.choice(VALUES)
    if kind.startswith("raises"):
        value = error or OSError(f"{name}: out of ink")
    elif kind == "returns an error":
        value = OSError(f"{name}: proof of an error message")
    return [name, kind, rng.choice([0, 1, 1.5]) if seconds is None else seconds, value]


async def reported(exercise, plans, times=1):
    """Play these jobs; the report, once it is one, which had not ended, and the seconds that sort_out took."""
    run = await exercise.play_within(with_jobs, [plans], times)
    [report] = run.result
    check(run, report)
    first, *_ = run.noted
    assert report == first, (
        f"sort_out was called twice with the same jobs; first it gave {first!r}, and then {report!r}"
    )
    return report, run.noted[-1], run.elapsed - 0.5


def check(run, result):
    """Say what is wrong with what came out, if it is no report at all."""
    assert "cancelled" not in run.noted, (
        "a CancelledError came out of sort_out; asking a cancelled task for its result or its exception raises one"
    )
    assert isinstance(result, Record) and result.type == "Report", f"expected a Report, got {result!r}"
    kinds = {"results": dict, "errors": dict, "cancelled": list}
    for part, kind in kinds.items():
        value = getattr(result, part)
        assert type(value) is kind, f"`{part}` should be a {kind.__name__}; it is {value!r}"
    assert not run.polled, run.polled


def expect(report, plans):
    """Say which job is the first that stands in the wrong place."""
    for name, kind, _, value in plans:
        right = ENDS[kind]
        found = [part for part in ("results", "errors", "cancelled") if name in getattr(report, part)]
        who = f"{name}, which raised {value!r}," if right == "errors" else name
        assert found == [right], f"a job that {kind} belongs in `{right}` and nowhere else; {who} stands in " + (
            " and ".join(f"`{part}`" for part in found) or "none of the three"
        )
        if right == "errors":
            assert report.errors[name] == value, (
                f"{name} raised {value!r}; `errors` holds {report.errors[name]!r} for it"
            )
        elif right == "results":
            assert report.results[name] == value, f"{name} returned {value!r}; `results` holds {report.results[name]!r}"
    order = [name for name, kind, *_ in plans if ENDS[kind] == "cancelled"]
    assert report.cancelled == order, (
        f"`cancelled` should hold {told(order, 8) or 'nothing'}, once each and in the order of `jobs`; it holds "
        f"{told(report.cancelled, 8) or 'nothing'}"
    )
    extra = {*report.results, *report.errors} - {name for name, *_ in plans}
    assert not extra, f"the report names jobs that were not there: {sorted(extra)}"


async def test_every_job_stands_in_its_place(exercise, rng):
    """Results, errors and cancelled jobs are told apart, each in its part of the report, also when the next jobs have
    the same names."""
    found = [*errors(rng, 3), ExceptionGroup("no ink", [OSError("no blue"), OSError("no red")])]
    rng.shuffle(found)
    names, kinds = rng.sample(NAMES, 6), ["returns", "raises", "is cancelled"] * 2
    rounds = []
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
    for report, plans in zip(run.result, rounds, strict=True):
        check(run, report)
        expect(report, plans)


@pytest.mark.points(2)
async def test_it_waits_until_every_job_has_ended(exercise, rng):
    """It returns as soon as the last job has ended, not before and not later."""
    for last, long in (("returns", 2.7), ("raises", DAYS), ("is cancelled", 2.7)):
        kinds = ["returns", "raises", "is cancelled", last]
        names = rng.sample(NAMES, 4)
        plans = [plan(rng, kind, name) for kind, name in zip(kinds[:3], names[:3], strict=True)]
        plans.insert(rng.randrange(4), plan(rng, last, names[3], seconds=long))
        report, still_open, seconds = await reported(exercise, plans)
        assert not still_open, (
            f"sort_out returned while {still_open[0]} was still running; a task can be asked how it ended "
            "only when it has ended"
        )
        expect(report, plans)
        long = round(long - 0.5, 6)
        seconds = round(seconds, 6)
        assert seconds == long, f"the last job ended after {long:g} seconds; sort_out took {seconds:g}"
    names = keys(rng, NAMES, 200)
    plans = [plan(rng, rng.choice(["returns", "raises", "is cancelled"]), name) for name in names]
    report, _, seconds = await reported(exercise, plans)
    expect(report, plans)
    long = max(max(seconds for _, _, seconds, _ in plans) - 0.5, 0)
    assert seconds == long, f"the last of 200 jobs ended after {long:g} seconds; sort_out took {seconds:g}"


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
    report, _, _ = await reported(exercise, plans)
    expect(report, plans)


async def test_jobs_that_have_all_ended_before(exercise, rng):
    """Jobs that ended before `sort_out` was called are sorted in the same way, at once, at every call."""
    kinds = ["returns", "raises", "is cancelled", "raises when cancelled"]
    rng.shuffle(kinds)
    plans = [plan(rng, kind, name, seconds=0) for kind, name in zip(kinds, rng.sample(NAMES, 4), strict=True)]
    report, _, seconds = await reported(exercise, plans, times=2)
    expect(report, plans)
    assert seconds == 0, f"all jobs had ended before; sort_out took {seconds:g} seconds all the same"


async def test_no_jobs_and_one_job(exercise, rng):
    """No jobs give an empty Report at once; a single job may end in any way."""
    report, _, seconds = await reported(exercise, [])
    expect(report, [])
    assert seconds == 0
    for kind in ("returns", "raises", "is cancelled"):
        plans = [plan(rng, kind, rng.choice(NAMES), seconds=1)]
        report, _, _ = await reported(exercise, plans)
        expect(report, plans)
