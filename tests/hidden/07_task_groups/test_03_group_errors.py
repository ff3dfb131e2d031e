"""Hidden tests: errors in a group."""

import asyncio

import pytest

from kata.contract.values import Record
from kata.fakes import Service

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


async def the_night_after(ex, load, names):
    """A night without files, after one with some."""
    await ex.import_files(load, names)
    return await ex.import_files(load, [])


def report(run):
    asked = run.failed and run.raised and run.raised.is_a("CancelledError")
    assert not asked, (
        "CancelledError left import_files: a task that was stopped has neither a result nor an error, and asking it "
        "for one raises CancelledError; ask `task.cancelled()` first"
    )
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
        texts = {name: name.upper() for name in names} | {min(names, key=latency.get): ""}  # a file may be empty
        run = await exercise.import_files(Service(latency, returns=texts, fails=fails), names)
        wanted = {name: texts[name] for name in names if not fails or latency[name] < 2}
        loaded = report(run).loaded
        assert loaded == wanted, (
            f"loaded before the first failure, if there was one, was {wanted!r}; the report has {loaded!r}"
        )
    run = await exercise.play(the_night_after, Service(1), names[:2])
    assert (report(run).loaded, report(run).problems) == ({}, []), (
        f"no files should give an empty report, also after a night with some; they gave {report(run)!r}"
    )


@pytest.mark.points(2)
async def test_every_problem_is_reported(exercise, rng):
    """`problems` holds the text of every ValueError, also when several files fail at the same moment."""
    for number in (1, 2, 3):
        names = rng.sample(FILES, 4)
        bad = rng.sample(names, number)
        fails = {name: malformed(name, rng) for name in bad}
        fails |= {bad[0]: ValueError("an empty line"), bad[-1]: UnicodeError("an empty line")}
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
    """Errors of other kinds stop the rest too, and go on up without the ValueErrors; so does a cancellation."""
    table, disk = KeyError("no such table"), OSError("the disk is full")
    for others, beside in (([table, disk], True), ([rng.choice([table, disk])], False)):
        names = rng.sample(FILES, 5)
        fails = dict(zip(names, others, strict=False)) | ({names[2]: malformed(names[2], rng)} if beside else {})
        run = await exercise.import_files(Service({name: 1 for name in names} | {names[4]: 2}, fails=fails), names)
        what = " and ".join(map(repr, others))
        assert run.raised is not None, (
            f"only ValueErrors are ours to report; {what} should go on up, and nothing was raised"
        )
        assert run.raised.is_a("BaseExceptionGroup"), (
            f"{what} should go on up in an exception group; {run.raised!r} came out by itself"
        )
        kinds = sorted(leaf.type for leaf in run.raised.leaves())
        assert kinds == sorted(type(other).__name__ for other in others), (
            f"{what} should go on up, without the ValueErrors beside them; what went up holds {', '.join(kinds)}"
        )
        assert run.elapsed == 1, (
            f"{what} came after 1 second and should stop {names[4]}, as every first failure does; import_files "
            f"ended after {run.elapsed:g}"
        )
    run = await exercise.play(cancelled_after, 0.5, Service(2), rng.sample(FILES, 3))
    assert run.result == "cancelled", (
        f"import_files was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )


async def test_except_star_takes_the_errors_out(exercise):
    """The ValueErrors are taken out of the group with `except*`."""
    assert exercise.source.uses("TryStar"), "the exercise asks for `except*`, and the file has none"
