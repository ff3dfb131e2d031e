"""Hidden tests: a first coroutine."""

import asyncio

import pytest

from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

SENSORS = ["wind", "rain", "roof", "cellar", "north wall", "dew point", "UV"]
ODD = ["", "  roof ", "{mast}", "50 %s"]


async def call_only(ex, sensor, seconds):
    made = ex.warm_up(sensor, seconds)
    if not asyncio.iscoroutine(made):
        return type(made).__name__
    made.close()
    return None


async def wait_in_turn(ex, waits):
    """Wait for one sensor after another; give for each what came, and after how many seconds."""
    came = []
    for sensor, seconds in waits:
        began = asyncio.get_running_loop().time()
        made = ex.warm_up(sensor, seconds)
        if not asyncio.iscoroutine(made):
            ex.note(type(made).__name__)
            return came
        came.append([await made, round(asyncio.get_running_loop().time() - began, 6)])
    return came


async def wait_together(ex, sensors):
    made = [ex.warm_up(sensor, seconds) for sensor, seconds in sensors]
    for thing in made:
        if not asyncio.iscoroutine(thing):
            ex.note(type(thing).__name__)
            return made
    return await asyncio.gather(*made)


async def stop_waiting(ex, sensor, seconds, moment):
    made = ex.warm_up(sensor, seconds)
    if not asyncio.iscoroutine(made):
        ex.note(type(made).__name__)
        return made
    task = asyncio.create_task(made)
    if moment:
        await asyncio.sleep(moment)
    task.cancel()
    try:
        return ["gave", await task]
    except asyncio.CancelledError:
        return ["was cancelled", ""]


def not_async(kind):
    if kind == "async_generator":
        return "calling warm_up gave an async generator, not a coroutine object; a `yield` in its body makes it one"
    what = "None" if kind == "NoneType" else f"a value of the type {kind}"
    return f"calling warm_up gave {what}, not a coroutine object; with `async def` before its name, it gives one"


def expect_coroutine(run):
    result = run.result
    assert not run.noted, not_async(run.noted[0])
    return result


async def test_calling_makes_a_coroutine_object(exercise, rng):
    """Calling `warm_up` only makes a coroutine object; nothing is waited for yet."""
    run = await exercise.play(call_only, rng.choice(SENSORS), 2)
    assert run.result is None, not_async(run.result)
    assert run.elapsed == 0, f"the call alone should take no time; it took {in_seconds(run.elapsed)}"


@pytest.mark.points(2)
async def test_the_sensor_is_ready_afterwards(exercise, rng):
    """Awaited, it returns the text "<sensor> is ready"."""
    waits = [[sensor, rng.choice([0.25, 0.5, 1])] for sensor in [*rng.sample(SENSORS, 2), *ODD]]
    waits.insert(rng.randrange(3), [rng.choice(SENSORS), 0])
    run = await exercise.play(wait_in_turn, waits)
    for (sensor, seconds), [result, _] in zip(waits, expect_coroutine(run), strict=True):
        assert result == f"{sensor} is ready", (
            f'warm_up({sensor!r}, {seconds}) should give the text "{sensor} is ready" and gave {result!r}'
            + ("; a value leaves a function only with `return`" if result is None else "")
            + ("; only awaiting a coroutine object gives its result" if "coroutine object" in repr(result) else "")
        )


@pytest.mark.points(2)
async def test_it_waits_as_long_as_it_is_told(exercise, rng):
    """It takes exactly `seconds` seconds: none, fractions, days, and again for a sensor that was warmed up before."""
    waits = [[rng.choice(SENSORS), seconds] for seconds in inputs.seconds(rng, 5, longest=0, nothing=True)]
    waits += [["wind", 2], *rng.sample([wait for wait in waits if wait[1]], 2)]
    for some in (waits, [[rng.choice(SENSORS), inputs.DAYS]]):  # days last: until then it is known whether it polls
        run = await exercise.play(wait_in_turn, some)
        before = {}
        for (sensor, seconds), [_, took] in zip(some, expect_coroutine(run), strict=True):
            exact = took == seconds
            assert exact, (
                f"warm_up({sensor!r}, {seconds}) should take {in_seconds(seconds)}; it took {in_seconds(took)}"
                + (f"; it had been warmed up before, for {in_seconds(before[sensor])}" if sensor in before else "")
            )
            before[sensor] = seconds


@pytest.mark.points(2)
async def test_others_run_while_it_waits(exercise, rng):
    """Any number of sensors together take as long as the slowest of them; a wait that is cancelled ends at once."""
    for number in (6, 52):
        times = [3.0, *(hundredths / 100 for hundredths in rng.sample(range(1, 300), number - 1))]
        rng.shuffle(times)
        sensors = [[rng.choice(SENSORS), seconds] for seconds in times]
        run = await exercise.play(wait_together, sensors)
        result = expect_coroutine(run)
        in_a_row = run.elapsed == round(sum(times), 9)
        assert run.elapsed == 3, (
            f"{number} sensors together, the slowest with 3 seconds, should take 3 seconds; they took "
            f"{in_seconds(run.elapsed)}"
            + (", as long as one after another" if in_a_row else "")
            + ("; while one waits, all the others should wait, too" if run.elapsed > 3 else "")
        )
        wanted = [f"{sensor} is ready" for sensor, _ in sensors]
        wrong = expect.difference(result, wanted)
        assert not wrong, f"the results of {number} sensors together: {wrong}"
    for moment in (0, rng.choice([0.7, 1.2, 1.6]), 2.9):
        sensor = rng.choice(SENSORS)
        run = await exercise.play(stop_waiting, sensor, 3, moment)
        how, given = expect_coroutine(run)
        story = f"warm_up({sensor!r}, 3) was cancelled after {in_seconds(moment)}"
        assert how == "was cancelled", f"{story} and should end as cancelled; it returned {given!r}"
        assert run.elapsed == moment, f"{story} and should end then; it ended after {in_seconds(run.elapsed)}"
