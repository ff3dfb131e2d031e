"""Hidden tests: errors in a group."""

import asyncio
from collections import Counter

import pytest

from kata.contract.values import Record
from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

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
    assert isinstance(result, Record) and result.type == "Report", (
        f"import_files should return a Report; it returned {result!r}"
    )
    return result


def report(run):
    asked = run.failed and run.raised and run.raised.is_a("CancelledError")
    assert not asked, (
        "CancelledError left import_files, which nobody had cancelled; awaiting a task that was cancelled, or "
        "asking it for its result or its error, raises one"
    )
    return report_of(run.result)


def expect_problems(run, problems, wanted):
    """The texts of the ValueErrors, one for each, in whatever order."""
    assert type(problems) is list and all(type(text) is str for text in problems), (
        f"problems should be a list of texts; it is {expect.told([problems])}"
    )
    lacking, extra = Counter(wanted) - Counter(problems), Counter(problems) - Counter(wanted)
    failed = [call for call in run.calls["load"] if call.outcome == "raised"]
    assert not lacking or len(failed) >= len(wanted), (
        f"{len(wanted)} of the files are malformed, and should all be loaded at once and fail at the same moment; "
        f"{len(failed)} had failed when import_files ended"
    )
    several = f"{len(wanted)} files failed with a ValueError at the same moment; " if len(wanted) > 1 else ""
    for text in lacking:
        assert text in problems, f"{several}problems lacks {text!r}, the text of a ValueError; it is {problems!r}"
    for text in lacking:
        raise AssertionError(
            f"{wanted.count(text)} ValueErrors have the text {text!r}; problems holds it "
            f"{expect.often(problems.count(text))}"
        )
    for text in extra:
        number = "no ValueError had" if text not in wanted else f"{wanted.count(text)} in all had"
        raise AssertionError(f"problems holds {text!r} {expect.often(problems.count(text))}; {number} that text")


def expect_loaded(run, loaded, wanted, latency, failure):
    """The files that were loaded by the first failure, which came after so many seconds; None if there was none."""
    begun = {call.args[0]: call.start for call in reversed(run.calls.get("load", []))}
    assert type(loaded) is dict, f"loaded should be a dict of name to text; it is {loaded!r}"
    until = "and no file failed" if failure is None else f"and the first failure came after {in_seconds(failure)}"
    for name, text in wanted.items():
        assert name in loaded or not begun.get(name, 1), f"all files should be loaded at once; that of {name!r} " + (
            f"began after {in_seconds(begun[name])}" if name in begun else "had not begun when import_files ended"
        )
        assert name in loaded, f"{name!r} takes {in_seconds(latency[name])} to load, {until}; loaded lacks it"
        assert loaded[name] == text, f"loaded should hold {text!r} for {name!r}; it holds {loaded[name]!r}"
    for name in loaded:
        assert name in wanted, (
            f"loaded holds {name!r}, which takes {in_seconds(latency[name])} to load; the first failure, after "
            f"{in_seconds(failure or 0)}, should stop it"
        )


def malformed(name, rng):
    return ValueError(f"{name}: line {rng.randint(1, 99)}")


def contents(rng, names):
    """A text for each file; one is empty, and two are equal."""
    return dict(zip(names, inputs.texts(rng, len(names)), strict=True))


@pytest.mark.points(2)
async def test_what_worked_is_kept(exercise, rng):
    """`loaded` holds every file that was loaded before the failure, or all of them if there was none."""
    for number, bad in ((4, 3), (5, 0), (5, 2), (5, 4), (5, None), (1, None), (200, None)):
        names = inputs.keys(rng, FILES, number)
        latency = dict(zip(names, [*rng.sample([0.07, 0.93, 1.37], 3), *inputs.seconds(rng, 2)] * 40, strict=False))
        if number == 4:  # the plain case first
            latency = dict(zip(names, [0.5, 2, 0, 0], strict=True))
        fails = {}
        if bad is not None:
            latency |= {names[bad]: 1.01, names[bad - 1]: 0}
            fails = {names[bad]: malformed(names[bad], rng)}
        texts = contents(rng, names) | ({} if bad is None else {names[bad - 1]: ""})  # a file may be empty
        if number == 4:
            texts = {name: f"the {name}" for name in names}
        run = await exercise.import_files(Service(latency, returns=texts, fails=fails), names)
        wanted = {name: texts[name] for name in names if not fails or latency[name] < 1.01}
        expect_loaded(run, report(run).loaded, wanted, latency, 1.01 if fails else None)
        expect_problems(run, report(run).problems, [str(error) for error in fails.values()])
        for name in fails:
            expect.ends_when_it_fails(run, "load", name, 1.01, "import_files")
        expect.takes(run, 1.01 if fails else max(latency[name] for name in names), f"{number} files")
    expect.together(run, "load", 200)


@pytest.mark.points(2)
async def test_every_problem_is_reported(exercise, rng):
    """`problems` holds the text of every ValueError, also of several at the same moment, night after night."""
    for number, plain in ((3, True), (3, False), (2, False), (1, False)):
        names = rng.sample(FILES, 4)
        bad = rng.sample(names, number)
        fails = {name: malformed(name, rng) for name in bad}
        if not plain:
            fails |= {bad[0]: ValueError("an empty line"), bad[-1]: UnicodeError("an empty line")}
        if number == 3 and not plain:
            fails[bad[1]] = ValueError("")
        latency = {name: 1 if name in fails else rng.choice([0.5, 2]) for name in names}
        run = await exercise.import_files(Service(latency, fails=fails), names)
        expect_problems(run, report(run).problems, [str(error) for error in fails.values()])
    good, bad = rng.sample(FILES, 2)
    nights = [{good: "a"}, {good: "b", bad: ["line 1"]}, {good: "c", bad: ["line 2"]}, {good: "d", bad: "e"}, {}]
    run = await exercise.play(night_after_night, nights)
    for number, (night, result) in enumerate(zip(nights, run.result, strict=True), 1):
        failed = [text[0] for text in night.values() if isinstance(text, list)]
        problems = report_of(result).problems
        assert problems == failed, (
            f"five nights one after another; night {number} should have the problems {failed!r}, and has {problems!r}"
        )
        wanted = {name: text for name, text in night.items() if not isinstance(text, list)}
        assert result.loaded == wanted, (
            f"five nights one after another; night {number} should have loaded {wanted!r}, and its report holds "
            f"{result.loaded!r}"
        )


async def test_the_first_failure_stops_the_rest(exercise, rng):
    """The first failure stops the files still being loaded and waits for them; they stand in neither of the two."""
    names = rng.sample(FILES, 5)
    latency = dict(zip(names, rng.sample([0.5, 1, 2, 2.5, inputs.HOUR], 5), strict=True))
    bad = next(name for name in names if latency[name] == 1)
    error = malformed(bad, rng)
    load = Service(latency, fails={bad: error})
    run = await exercise.import_files(load, names)
    expect_problems(run, report(run).problems, [str(error)])
    expect.ends_when_it_fails(run, "load", bad, 1, "import_files")
    stopped = [name for name in names if latency[name] > 1]
    expect.cancelled_at(run, "load", stopped, 1)
    for name in stopped:
        assert name not in report(run).loaded, f"{name} was stopped and still stands in loaded"
    run = await exercise.play(slow_to_stop, load, names, None)
    assert run.noted == [[]], (
        f"{bad!r} failed; import_files ended after {in_seconds(run.elapsed)}, while it was still loading "
        f"{expect.told(run.noted[0])}"
    )
    assert run.result.startswith("returned"), (
        f"{bad!r} failed with a ValueError, which belongs in the report; import_files {run.result}"
    )


@pytest.mark.points(2)
async def test_only_value_errors_are_kept_back(exercise, rng):
    """Errors of other kinds stop the rest too, and go on up without the ValueErrors; so does a cancellation."""
    kinds = [error for error in inputs.errors(rng, 11) if not isinstance(error, ValueError)]
    timeout = next(error for error in kinds if isinstance(error, TimeoutError))
    for others, beside in ((kinds[:2], True), ([timeout], False), ([KeyError("no such table")], True)):
        names = rng.sample(FILES, 5)
        fails = dict(zip(names, others, strict=False)) | ({names[2]: malformed(names[2], rng)} if beside else {})
        run = await exercise.import_files(Service({name: 1 for name in names} | {names[4]: 2}, fails=fails), names)
        failed = [call.args[0] for call in run.calls.get("load", []) if call.outcome == "raised"]
        unheard = [name for name in names[: len(others)] if failed and name not in failed]
        assert not unheard, (
            f"all files should be loaded at once; {failed[0]!r} failed, and {unheard[0]!r}, which fails at the same "
            "moment then, had not"
        )
        expect.in_a_group(run, others, "import_files")
        leaves = run.raised.leaves()
        assert len(leaves) == len(others), (
            f"each error should go on up once; the exception group holds {expect.told(leaves)}"
        )
        expect.ends_when_it_fails(run, "load", names[0], 1, "import_files")
    for moment in inputs.moments(rng, 2):
        run = await exercise.play(slow_to_stop, Service(2), rng.sample(FILES, 3), moment)
        assert run.result == "ended as cancelled", (
            f"import_files was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            f"{run.result}"
        )
        assert run.noted == [[]], (
            f"import_files was cancelled after {in_seconds(moment)}, and ended after {in_seconds(run.elapsed)}, "
            f"while it was still loading {expect.told(run.noted[0])}"
        )


async def test_except_star_takes_the_errors_out(exercise):
    """The ValueErrors are taken out of the group with `except*`."""
    assert exercise.source.uses("TryStar"), "the exercise asks for `except*`, and the file has none"
