"""Hidden tests: a first task."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import called_once_each, ends_as_cancelled, raises, still_open, takes, told
from kata.judge.inputs import DAYS, errors

VERSIONS = ["0.9", "1.0", "1.4", "2.0-rc1", "3.11.7"]


async def released(exercise, version, seconds=(0.5, 1), names=("app", "manual"), fails=(None, None)):
    return await exercise.release(
        Service(seconds[0], returns={version: names[0]}, fails=fails[0], name="build"),
        Service(seconds[1], returns={version: names[1]}, fails=fails[1], name="typeset"),
        version,
    )


async def again_and_again(ex, version, programs, manuals):
    """The same version is released several times, and each time the machines give other names; the results, and how
    often each step was taken."""
    taken = {"build": 0, "typeset": 0}

    async def step(name, seconds, names):
        taken[name] += 1
        await asyncio.sleep(seconds)
        return names.pop(0) if names else ""

    async def build(version):
        return await step("build", 0.41, programs)

    async def typeset(version):
        return await step("typeset", 0.07, manuals)

    results = [await ex.release(build, typeset, version) for _ in list(programs)]
    return [results, taken]


async def given_up(ex, version, moments):
    """Somebody cancels a release, another one at each moment; how they ended, and after how many seconds."""

    async def build(version):
        await asyncio.sleep(4)
        return "app"

    async def typeset(version):
        await asyncio.sleep(2.5)
        return "manual"

    ends = []
    for seconds in moments:
        started = asyncio.get_running_loop().time()
        release = asyncio.ensure_future(ex.release(build, typeset, version))
        if seconds:
            await asyncio.wait([release], timeout=seconds)
        release.cancel()
        await asyncio.wait([release])
        ended = asyncio.get_running_loop().time() - started
        if release.cancelled():
            how = "cancelled"
        else:
            how = f"raised {type(release.exception()).__name__}" if release.exception() else "returned"
        ends.append([how, round(ended, 6)])
        await asyncio.sleep(11.03)  # what was begun may go on; that is nobody's business here
    return ends


TASKS_IN_THE_TEXT = (
    "the text holds a task where a name should be; await the task, and put into the text what that gives"
)


def plain_text(result):
    """The result is a text, and no task was written into it."""
    assert type(result) is str, f"release should return a text; it returned {result!r}"
    assert "<Task" not in result, TASKS_IN_THE_TEXT


def what_happened(run):
    """What the calls say of a release that took too long, or not long enough."""
    calls = {step: run.calls.get(step, []) for step in ("build", "typeset")}
    for step, made in calls.items():
        if len(made) != 1:
            return f"; {step} was called {len(made)} times"
    (first, began), (second, later) = sorted(
        ((step, call) for step, [call] in calls.items()), key=lambda each: each[1].start
    )
    if began.end is not None and began.end <= later.start and began.end > began.start:
        return f"; {second} began only after {in_seconds(later.start)}, when {first} had ended"
    ends = [call.end for call in (began, later)]
    if None not in ends and max(ends) < run.elapsed:
        return f"; both had ended after {in_seconds(max(ends))}, and release went on"
    return ""


async def test_the_result_names_program_and_manual(exercise, rng):
    """The result is "<program> with <manual>", in this order, whichever is there first, and anew at every call."""
    for seconds in ((0.5, 1.5), (1.5, 0.5), (0, 0.5), (0.5, 0)):
        names = [f"app-{rng.randint(100, 999)}", f"manual-{rng.randint(100, 999)}.pdf"]
        names = {(0, 0.5): ["", names[1]], (0.5, 0): [names[0], ""]}.get(seconds, names)
        run = await released(exercise, rng.choice(VERSIONS), seconds, names)
        result = run.result
        plain_text(result)
        assert result == f"{names[0]} with {names[1]}", (
            f"with a build of {in_seconds(seconds[0])} and a manual of {in_seconds(seconds[1])}, "
            f"the result should be {f'{names[0]} with {names[1]}'!r}; it was {result!r}"
            + ("; the program comes first, whichever ends first" if result == f"{names[1]} with {names[0]}" else "")
        )
    programs = [f"app-{number}" for number in rng.sample(range(100, 999), 2)]
    run = await exercise.play(again_and_again, rng.choice(VERSIONS), programs, ["same.pdf", "same.pdf"])
    results, taken = run.result
    for step, times in taken.items():
        assert times <= 2, f"{step} should be called once for each of two releases; it was called {times} times"
    for number, (result, program) in enumerate(zip(results, programs, strict=True), 1):
        assert result == f"{program} with same.pdf", (
            f"release {number} of the same version should be {f'{program} with same.pdf'!r}; it was {result!r}"
        )


@pytest.mark.points(3)
async def test_both_steps_are_under_way_at_the_same_time(exercise, rng):
    """The whole takes as long as the slower step, whichever of the two that is."""
    for seconds in ((1.5, 1), (2.2, 1), (1.5, 1.5), (1, DAYS), (DAYS, 1), tuple(rng.sample([0.5, 1, 2.5], 2))):
        run = await released(exercise, rng.choice(VERSIONS), seconds)
        plain_text(run.result)
        assert not run.polled, run.polled
        assert run.elapsed == max(seconds), (
            f"a build of {in_seconds(seconds[0])} and a manual of {in_seconds(seconds[1])} should take "
            f"{in_seconds(max(seconds))} together; they took {in_seconds(run.elapsed)}{what_happened(run)}"
        )


async def test_each_step_is_taken_once(exercise, rng):
    """Each step is taken once, with `version`."""
    version = rng.choice(VERSIONS)
    run = await released(exercise, version)
    plain_text(run.result)
    for step in ("build", "typeset"):
        asked = [call.args for call in run.calls[step]]
        assert len(asked) == 1, f"{step} should be called once, with {version!r}; it was called {len(asked)} times"
        assert asked == [[version]], f"{step} should be called with {version!r}; it was called with {told(asked[0])}"


async def test_an_error_leaves_release(exercise, rng):
    """If the slower step fails, its error leaves `release`, whatever it is, and no step is taken once more."""
    version = rng.choice(VERSIONS)
    for number, error in enumerate([*errors(rng, 3), ExceptionGroup("no machine", [OSError("one of them")])]):
        slow, step = number % 2, ("build", "typeset")[number % 2]
        seconds, fails = [0.5, 0.5], [None, None]
        seconds[slow], fails[slow] = 1, {version: error}
        run = await released(exercise, version, seconds, fails=fails)
        for each in ("build", "typeset"):
            left = still_open(run, each)
            ended = f"raised {run.raised.type}" if run.raised is not None else "returned"
            assert not left, f"release {ended} after {in_seconds(run.elapsed)}, while {each} was still under way"
            assert run.calls.get(each), f"{step} failed after 1 second, and {each} was never called"
            called_once_each(run, each, [version])
        assert "<Task" not in repr(run.returned), TASKS_IN_THE_TEXT
        raises(run, error, f"{step} failed")
        takes(run, 1, f"with a {step} that fails after 1 second, it")


async def test_a_cancellation_leaves_release(exercise, rng):
    """A `release` that is cancelled ends at once, as cancelled."""
    cancelled = [0.0, rng.choice([1, 1.5, 2]), 3.96]
    run = await exercise.play(given_up, rng.choice(VERSIONS), cancelled)
    for seconds, [how, ended] in zip(cancelled, run.result, strict=True):
        ends_as_cancelled("release", seconds, how, ended)
        assert ended <= seconds, (
            f"release was cancelled after {in_seconds(seconds)} and should end then; it ended after {in_seconds(ended)}"
        )


async def test_create_task_makes_the_tasks(exercise):
    """The tasks are made with `asyncio.create_task`."""
    source = exercise.source
    tools = ("loop.create_task", "asyncio.ensure_future", "asyncio.gather", "asyncio.TaskGroup")
    others = [(tool, line) for tool in tools for line in source.calls(tool.replace("loop.", "."))]
    found = f"; what is called is {others[0][0]}, in line {others[0][1]}" if others else ""
    assert source.names("asyncio.create_task"), f"asyncio.create_task is called nowhere{found}"
    run = await released(exercise, VERSIONS[0])
    begun = [name for name, calls in run.calls.items() if calls]
    assert len(begun) == 2, f"build and typeset should run, and {' and '.join(begun) or 'neither'} did"
