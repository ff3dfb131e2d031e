"""Hidden tests: a first task."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.expect import called_once_each, raises, returns, takes
from kata.judge.inputs import DAYS, errors, moments

VERSIONS = ["0.9", "1.0", "1.4", "2.0-rc1", "3.11.7"]


async def released(exercise, version, seconds=(0.5, 1), names=("app", "manual"), fails=(None, None)):
    return await exercise.release(
        Service(seconds[0], returns={version: names[0]}, fails=fails[0], name="build"),
        Service(seconds[1], returns={version: names[1]}, fails=fails[1], name="typeset"),
        version,
    )


async def again_and_again(ex, version, programs, manuals):
    """The same version is released several times, and each time the machines give other names."""

    async def build(version):
        await asyncio.sleep(0.41)
        return programs.pop(0)

    async def typeset(version):
        await asyncio.sleep(0.07)
        return manuals.pop(0)

    return [await ex.release(build, typeset, version) for _ in list(programs)]


async def given_up(ex, version, moments):
    """Somebody cancels a release, another one at each moment; how they ended, and after how many seconds."""

    async def build(version):
        await asyncio.sleep(4.13)
        return "app"

    async def typeset(version):
        await asyncio.sleep(2.59)
        return "manual"

    ends = []
    for seconds in moments:
        started = asyncio.get_running_loop().time()
        release = asyncio.ensure_future(ex.release(build, typeset, version))
        if seconds:
            await asyncio.sleep(seconds)
        release.cancel()
        await asyncio.wait([release])
        ended = asyncio.get_running_loop().time() - started
        ends.append(["cancelled" if release.cancelled() else "not cancelled", round(ended, 6)])
        await asyncio.sleep(11.03)  # what was begun may go on; that is nobody's business here
    return ends


async def test_the_result_names_program_and_manual(exercise, rng):
    """The result is "<program> with <manual>", in this order, whichever is there first, and anew at every call."""
    for seconds in ((0.5, 1.5), (1.5, 0.5), (0, 0.5), (0.5, 0)):
        names = [f"app-{rng.randint(100, 999)}", f"manual-{rng.randint(100, 999)}.pdf"]
        names = {(0, 0.5): ["", names[1]], (0.5, 0): [names[0], ""]}.get(seconds, names)
        run = await released(exercise, rng.choice(VERSIONS), seconds, names)
        result = run.result
        assert "<Task" not in str(result), (
            f"the result is {result!r}; a task is put into the text there, and only awaiting it gives its result"
        )
        assert result == f"{names[0]} with {names[1]}", (
            f"expected {f'{names[0]} with {names[1]}'!r}, got {result!r}, with a build of {seconds[0]:g} and "
            f"a manual of {seconds[1]:g} seconds; the order of the two does not depend on that"
        )
    programs = [f"app-{number}" for number in rng.sample(range(100, 999), 2)]
    run = await exercise.play(again_and_again, rng.choice(VERSIONS), programs, ["same.pdf", "same.pdf"])
    wanted = [f"{program} with same.pdf" for program in programs]
    returns(run, wanted, "two releases of the same version, with other names the second time,")


@pytest.mark.points(3)
async def test_both_steps_are_under_way_at_the_same_time(exercise, rng):
    """The whole takes as long as the slower step, whichever of the two that is."""
    for seconds in ((2.2, 1), (1.5, 1.5), (1, DAYS), (DAYS, 1), tuple(rng.sample([0.5, 1, 2.5], 2))):
        run = await released(exercise, rng.choice(VERSIONS), seconds)
        assert type(run.result) is str
        assert not run.polled, run.polled
        assert run.elapsed == max(seconds), (
            f"a build of {seconds[0]:g} and a manual of {seconds[1]:g} seconds should take "
            f"{max(seconds):g} seconds together; they took {run.elapsed:g}"
            + (
                ". A task that is awaited before the next one is made waits alone"
                if run.elapsed == sum(seconds)
                else ""
            )
        )


async def test_each_step_is_taken_once(exercise, rng):
    """Each step is taken once, with `version`."""
    version = rng.choice(VERSIONS)
    run = await released(exercise, version)
    assert type(run.result) is str
    for step in ("build", "typeset"):
        asked = [call.args for call in run.calls[step]]
        assert asked == [[version]], (
            f"{step} should be called once, with {version!r}; it ran {len(asked)} times, with {asked}"
        )


async def test_an_error_leaves_release(exercise, rng):
    """If the slower step fails, its error leaves `release`, whatever it is, and no step is taken once more."""
    version = rng.choice(VERSIONS)
    for number, error in enumerate([*errors(rng, 3), ExceptionGroup("no machine", [OSError("one of them")])]):
        slow, step = number % 2, ("build", "typeset")[number % 2]
        seconds, fails = [0.5, 0.5], [None, None]
        seconds[slow], fails[slow] = 1, {version: error}
        run = await released(exercise, version, seconds, fails=fails)
        raises(run, error, f"{step} failed")
        for each in ("build", "typeset"):
            called_once_each(run, each, [version])
        takes(run, 1, f"with a {step} that fails after 1 second, it")


async def test_a_cancellation_leaves_release(exercise, rng):
    """A `release` that is cancelled ends at once, as cancelled."""
    cancelled = moments(rng, 4.13)
    run = await exercise.play(given_up, rng.choice(VERSIONS), cancelled)
    for seconds, [how, ended] in zip(cancelled, run.result, strict=True):
        assert [how, ended] == ["cancelled", seconds], (
            f"release was told to cancel at second {seconds:g} and should end by that, then; "
            f"it was {how}, and ended at second {ended:g}"
        )


async def test_create_task_makes_the_tasks(exercise):
    """The tasks are made with `asyncio.create_task`."""
    assert exercise.source.names("asyncio.create_task"), (
        "the exercise asks for asyncio.create_task, and no call to it was found"
    )
    run = await released(exercise, VERSIONS[0])
    begun = [name for name, calls in run.calls.items() if calls]
    assert len(begun) == 2, f"build and typeset should run, and {' and '.join(begun) or 'neither'} did"
