"""Hidden tests: a first task."""

import pytest

from kata.fakes import Service

VERSIONS = ["0.9", "1.0", "1.4", "2.0-rc1", "3.11.7"]


async def released(exercise, version, seconds=(0.5, 1), names=("app", "manual"), fails=(None, None)):
    return await exercise.release(
        Service(seconds[0], returns={version: names[0]}, fails=fails[0], name="build"),
        Service(seconds[1], returns={version: names[1]}, fails=fails[1], name="typeset"),
        version,
    )


async def test_the_result_names_program_and_manual(exercise, rng):
    """The result is "<program> with <manual>", in this order, whichever is there first."""
    for seconds in ((0.5, 1.5), (1.5, 0.5), (0, 0.5), (0.5, 0)):
        names = (f"app-{rng.randint(100, 999)}", f"manual-{rng.randint(100, 999)}.pdf")
        run = await released(exercise, rng.choice(VERSIONS), seconds, names)
        result = run.result
        assert "<Task" not in str(result), (
            f"the result is {result!r}; a task is put into the text there, and only awaiting it gives its result"
        )
        assert result == f"{names[0]} with {names[1]}", (
            f"expected {f'{names[0]} with {names[1]}'!r}, got {result!r}, with a build of {seconds[0]:g} and "
            f"a manual of {seconds[1]:g} seconds; the order of the two does not depend on that"
        )


@pytest.mark.points(3)
async def test_both_steps_are_under_way_at_the_same_time(exercise, rng):
    """The whole takes as long as the slower step, whichever of the two that is."""
    for seconds in ((2.2, 1), (1.5, 1.5), (1, 9000.5), tuple(rng.sample([0.5, 1, 2.5], 2))):
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
    """If the slower step fails, its error leaves `release`."""
    version = rng.choice(VERSIONS)
    for slow, step in enumerate(("build", "typeset")):
        error = (OSError, ValueError)[slow](f"{step} {version}: no machine is free")
        seconds, fails = [0.5, 0.5], [None, None]
        seconds[slow], fails[slow] = 1, {version: error}
        run = await released(exercise, version, seconds, fails=fails)
        assert run.raised == error, f"{step} failed with {error!r}, and release should raise just that; " + (
            f"it raised {run.raised!r}" if run.raised else "it raised nothing"
        )


async def test_create_task_makes_the_tasks(exercise):
    """The tasks are made with `asyncio.create_task`."""
    assert exercise.source.names("asyncio.create_task"), (
        "the exercise asks for asyncio.create_task, and no call to it was found"
    )
    run = await released(exercise, VERSIONS[0])
    begun = [name for name, calls in run.calls.items() if calls]
    assert len(begun) == 2, f"build and typeset should run, and {' and '.join(begun) or 'neither'} did"
