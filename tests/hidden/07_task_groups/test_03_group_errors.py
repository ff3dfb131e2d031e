"""Hidden tests: errors in a group."""

import asyncio

import pytest

from kata.sandbox.fakes import Service
from kata.values import Record

FILES = ["users", "orders", "stock", "prices", "routes", "staff", "tax"]


async def cancelled_after(ex, seconds, load, names):
    """Cancel import_files from outside and tell how that task ended."""
    importing = asyncio.create_task(ex.import_files(load, names))
    await asyncio.sleep(seconds)
    importing.cancel()
    await asyncio.wait([importing])
    if importing.cancelled():
        return "cancelled"
    return "raised" if importing.exception() else "returned"


def report(run):
    result = run.result
    assert isinstance(result, Record) and result.type == "Report", f"expected a Report, got {result!r}"
    return result


def malformed(name, rng):
    return ValueError(f"{name}: line {rng.randint(1, 99)}")


@pytest.mark.points(2)
async def test_what_worked_is_kept(exercise, rng):
    """`loaded` holds every file that was loaded before the failure, or all of them if there was none."""
    for bad in (0, 2, 4, None):
        names = rng.sample(FILES, 5)
        latency = dict(zip(names, rng.sample([0.5, 1, 1.5, 2.5, 3], 5), strict=True))
        fails = {}
        if bad is not None:
            latency[names[bad]] = 2
            fails = {names[bad]: malformed(names[bad], rng)}
        run = await exercise.import_files(Service(latency, fails=fails), names)
        wanted = {name: name.upper() for name in names if not fails or latency[name] < 2}
        loaded = report(run).loaded
        assert loaded == wanted, (
            f"loaded before the first failure, if there was one, were {sorted(wanted)}; the report has {loaded!r}"
        )
    run = await exercise.import_files(Service(1), [])
    assert (report(run).loaded, report(run).problems) == ({}, []), "no files should give an empty report"


@pytest.mark.points(2)
async def test_every_problem_is_reported(exercise, rng):
    """`problems` holds the text of every ValueError, also when several files fail at the same moment."""
    for number in (1, 2, 3):
        names = rng.sample(FILES, 4)
        fails = {name: malformed(name, rng) for name in rng.sample(names, number)}
        latency = {name: 1 if name in fails else rng.choice([0.5, 2]) for name in names}
        run = await exercise.import_files(Service(latency, fails=fails), names)
        problems = report(run).problems
        assert type(problems) is list, f"problems should be a list of texts, not {problems!r}"
        wanted = sorted(str(error) for error in fails.values())
        assert sorted(map(str, problems)) == wanted and all(type(problem) is str for problem in problems), (
            f"{number} of 4 files failed at the same moment; expected {wanted!r} in any order, got {problems!r}"
        )


async def test_the_first_failure_stops_the_rest(exercise, rng):
    """The first failure stops the files still being loaded; they are neither loaded nor a problem."""
    names = rng.sample(FILES, 5)
    latency = dict(zip(names, rng.sample([0.5, 1, 2, 2.5, 3], 5), strict=True))
    bad = next(name for name in names if latency[name] == 1)
    error = malformed(bad, rng)
    run = await exercise.import_files(Service(latency, fails={bad: error}), names)
    assert report(run).problems == [str(error)], (
        f"one file failed; expected the problems {[str(error)]!r}, got {report(run).problems!r}"
    )
    assert run.elapsed == 1, f"the failure came after 1 second, and import_files ended after {run.elapsed:g}"
    for call in run.calls["load"]:
        name = call.args[0]
        if latency[name] > 1:
            assert call.outcome == "cancelled", f"{name} was still being loaded and should have been cancelled"
            assert name not in report(run).loaded, f"{name} was stopped and still stands in loaded"


@pytest.mark.points(2)
async def test_only_value_errors_are_kept_back(exercise, rng):
    """Errors of other kinds go on up without the ValueErrors beside them, and so does a cancellation."""
    for other in (KeyError("no such table"), OSError("the disk is full")):
        names = rng.sample(FILES, 4)
        fails = {names[0]: other, names[1]: malformed(names[1], rng)}
        run = await exercise.import_files(Service({name: 1 for name in names} | {names[3]: 2}, fails=fails), names)
        assert run.raised is not None, f"{other!r} is not ours to report; it should go on up, and nothing was raised"
        kinds = [leaf.type for leaf in run.raised.leaves()]
        assert kinds == [type(other).__name__], (
            f"beside a ValueError there was {other!r}, and that alone should go on up; raised were {kinds}"
        )
    run = await exercise.play(cancelled_after, 0.5, Service(2), rng.sample(FILES, 3))
    assert run.result == "cancelled", (
        f"import_files was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )
