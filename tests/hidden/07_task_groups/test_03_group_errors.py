"""Hidden tests: errors in a group."""

import asyncio

import pytest

from kata.contract.values import Record
from kata.fakes import Service
from kata.judge import expect, inputs

FILES = ["users", "orders", "stock", "prices", "routes", "staff", "tax"]


async def slow_to_stop(ex, load, names, cancel_after):
    """A load that is stopped needs 5 seconds to end. Notes which had not ended when import_files had."""
    busy = []

    async def load_or_stop(name):
        busy.append(name)
        try:
            return await load(name)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise
        finally:
            busy.remove(name)

    importing = asyncio.create_task(ex.import_files(load_or_stop, names))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        importing.cancel()
    await asyncio.wait([importing])
    ex.note(sorted(busy))
    if importing.cancelled():
        return "ended as cancelled"
    return f"raised {importing.exception()!r}" if importing.exception() else f"returned {importing.result()!r}"


async def night_after_night(ex, nights):
    """Import on each night what it holds: a text for each file, or later [the text of a ValueError]."""

    async def load(name):
        if isinstance(night[name], list):
            await asyncio.sleep(1)
            raise ValueError(night[name][0])
        await asyncio.sleep(0.5)
        return night[name]

    reports = []
    for night in nights:
        reports.append(await ex.import_files(load, list(night)))
    return reports


def report_of(result):
    assert isinstance(result, Record) and result.type == "Report", f"expected a Report, got {result!r}"
    return result


def report(run):
    asked = run.failed and run.raised and run.raised.is_a("CancelledError")
    assert not asked, (
        "CancelledError left import_files: a task that was stopped has neither a result nor an error, and asking it "
        "for one raises CancelledError; ask `task.cancelled()` first"
    )
    return report_of(run.result)


def malformed(name, rng):
    return ValueError(f"{name}: line {rng.randint(1, 99)}")


def contents(rng, names):
    """A text for each file; one is empty, and two are equal."""
    return dict(zip(names, inputs.texts(rng, len(names)), strict=True))


@pytest.mark.points(2)
async def test_what_worked_is_kept(exercise, rng):
    """`loaded` holds every file that was loaded before the failure, or all of them if there was none."""
    for number, bad in ((5, 0), (5, 2), (5, 4), (5, None), (1, None), (200, None)):
        names = inputs.keys(rng, FILES, number)
        latency = dict(zip(names, [*rng.sample([0.07, 0.93, 1.37], 3), *inputs.seconds(rng, 2)] * 40, strict=False))
        fails = {}
        if bad is not None:
            latency |= {names[bad]: 1.01, names[bad - 1]: 0}
            fails = {names[bad]: malformed(names[bad], rng)}
        texts = contents(rng, names) | ({} if bad is None else {names[bad - 1]: ""})  # a file may be empty
        run = await exercise.import_files(Service(latency, returns=texts, fails=fails), names)
        wanted = {name: texts[name] for name in names if not fails or latency[name] < 1.01}
        loaded = report(run).loaded
        assert loaded == wanted, (
            f"{len(wanted)} of {number} files were loaded before the first failure, if there was one, and the report "
            f"should hold {expect.told(wanted.items())}; it holds {expect.told(dict(loaded).items())}"
        )
        assert report(run).problems == [str(error) for error in fails.values()], (
            f"{len(fails)} of {number} files failed; the problems are {report(run).problems!r}"
        )
        expect.takes(run, 1.01 if fails else max(latency[name] for name in names), f"{number} files, {len(fails)} bad,")
    expect.together(run, "load", 200)


@pytest.mark.points(2)
async def test_every_problem_is_reported(exercise, rng):
    """`problems` holds the text of every ValueError, also of several at the same moment, night after night."""
    for number in (1, 2, 3):
        names = rng.sample(FILES, 4)
        bad = rng.sample(names, number)
        fails = {name: malformed(name, rng) for name in bad}
        fails |= {bad[0]: ValueError("an empty line"), bad[-1]: UnicodeError("an empty line")}
        if number == 3:
            fails[bad[1]] = ValueError("")
        latency = {name: 1 if name in fails else rng.choice([0.5, 2]) for name in names}
        run = await exercise.import_files(Service(latency, fails=fails), names)
        problems = report(run).problems
        assert type(problems) is list, f"problems should be a list of texts, not {problems!r}"
        wanted = sorted(str(error) for error in fails.values())
        assert sorted(map(str, problems)) == wanted and all(type(problem) is str for problem in problems), (
            f"{number} of 4 files failed at the same moment; expected {wanted!r} in any order, got {problems!r}"
        )
    good, bad = rng.sample(FILES, 2)
    nights = [{good: "a"}, {good: "b", bad: ["line 1"]}, {good: "c", bad: ["line 2"]}, {good: "d", bad: "e"}, {}]
    run = await exercise.play(night_after_night, nights)
    for night, result in zip(nights, run.result, strict=True):
        failed = [text[0] for text in night.values() if isinstance(text, list)]
        problems = report_of(result).problems
        assert problems == failed, f"a night should have the problems {failed!r}; it had {problems!r}"
        wanted = {name: text for name, text in night.items() if not isinstance(text, list)}
        assert result.loaded == wanted, f"a night should have loaded {wanted!r}; its report holds {result.loaded!r}"


async def test_the_first_failure_stops_the_rest(exercise, rng):
    """The first failure stops the files still being loaded and waits for them; they stand in neither of the two."""
    names = rng.sample(FILES, 5)
    latency = dict(zip(names, rng.sample([0.5, 1, 2, 2.5, inputs.HOUR], 5), strict=True))
    bad = next(name for name in names if latency[name] == 1)
    error = malformed(bad, rng)
    load = Service(latency, fails={bad: error})
    run = await exercise.import_files(load, names)
    assert report(run).problems == [str(error)], (
        f"one file failed; expected the problems {[str(error)]!r}, got {report(run).problems!r}"
    )
    expect.takes(run, 1, "the import, with a failure after 1 second,")
    stopped = [name for name in names if latency[name] > 1]
    expect.cancelled_at(run, "load", stopped, 1)
    for name in stopped:
        assert name not in report(run).loaded, f"{name} was stopped and still stands in loaded"
    run = await exercise.play(slow_to_stop, load, names, None)
    assert run.noted == [[]], f"import_files ended while {expect.told(run.noted[0])} had not"
    assert run.result.startswith("returned"), f"one file was malformed; import_files {run.result}"


@pytest.mark.points(2)
async def test_only_value_errors_are_kept_back(exercise, rng):
    """Errors of other kinds stop the rest too, and go on up without the ValueErrors; so does a cancellation."""
    kinds = [error for error in inputs.errors(rng, 11) if not isinstance(error, ValueError)]
    timeout = next(error for error in kinds if isinstance(error, TimeoutError))
    for others, beside in ((kinds[:2], True), ([timeout], False), ([KeyError("no such table")], True)):
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
        leaves = run.raised.leaves()
        right = len(leaves) == len(others) and all(any(leaf == other for leaf in leaves) for other in others)
        assert right, (
            f"{what} should go on up, without the ValueErrors beside them; what went up holds "
            f"{', '.join(map(repr, leaves))}"
        )
        assert run.elapsed == 1, (
            f"{what} came after 1 second and should stop {names[4]}, as every first failure does; import_files "
            f"ended after {run.elapsed:g}"
        )
    for moment in inputs.moments(rng, 2):
        run = await exercise.play(slow_to_stop, Service(2), rng.sample(FILES, 3), moment)
        assert run.result == "ended as cancelled", (
            f"import_files was cancelled by its caller and should end as cancelled; it {run.result}"
        )
        assert run.noted == [[]], (
            f"when import_files was cancelled, it ended while {expect.told(run.noted[0])} was still being loaded"
        )


async def test_except_star_takes_the_errors_out(exercise):
    """The ValueErrors are taken out of the group with `except*`."""
    assert exercise.source.uses("TryStar"), "the exercise asks for `except*`, and the file has none"
