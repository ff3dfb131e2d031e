"""Hidden tests: a first coroutine."""

import asyncio

import pytest

SENSORS = ["wind", "rain", "roof", "cellar", "north wall", "dew point", "UV"]


async def call_only(ex, sensor, seconds):
    made = ex.warm_up(sensor, seconds)
    if not asyncio.iscoroutine(made):
        return type(made).__name__
    made.close()
    return None


async def wait_for_it(ex, sensor, seconds):
    made = ex.warm_up(sensor, seconds)
    if not asyncio.iscoroutine(made):
        ex.note(type(made).__name__)
        return made
    return await made


async def wait_again(ex, sensor, seconds):
    for _ in range(2):
        made = ex.warm_up(sensor, seconds)
        if not asyncio.iscoroutine(made):
            ex.note(type(made).__name__)
            return
        await made


async def wait_together(ex, sensors):
    made = [ex.warm_up(sensor, seconds) for sensor, seconds in sensors]
    for thing in made:
        if not asyncio.iscoroutine(thing):
            ex.note(type(thing).__name__)
            return made
    return await asyncio.gather(*made)


def not_async(kind):
    if kind == "async_generator":
        return "calling warm_up gave an async generator, not a coroutine object; a `yield` in its body makes it one"
    return f"calling warm_up gave a {kind}, not a coroutine object; with a plain def it is an ordinary function"


def expect_coroutine(run):
    result = run.result
    assert not run.noted, not_async(run.noted[0])
    return result


async def test_calling_makes_a_coroutine_object(exercise, rng):
    """Calling `warm_up` only makes a coroutine object; nothing is waited for yet."""
    run = await exercise.play(call_only, rng.choice(SENSORS), 2)
    assert run.result is None, not_async(run.result)
    assert run.elapsed == 0, f"the call alone should take no time; it took {run.elapsed:g} seconds"


@pytest.mark.points(2)
async def test_the_sensor_is_ready_afterwards(exercise, rng):
    """Awaited, it returns the text "<sensor> is ready"."""
    for sensor, seconds in zip(rng.sample(SENSORS, 3), [0.5, 1, 0], strict=True):
        run = await exercise.play(wait_for_it, sensor, seconds)
        result = expect_coroutine(run)
        assert result == f"{sensor} is ready", (
            f'warm_up({sensor!r}, {seconds}) should give the text "{sensor} is ready" and gave {result!r}'
            + ("; a value leaves a function only with `return`" if result is None else "")
            + ("; something inside was called and not awaited" if "coroutine object" in repr(result) else "")
        )


@pytest.mark.points(2)
async def test_it_waits_as_long_as_it_is_told(exercise, rng):
    """It takes exactly `seconds` seconds, also for 0, for fractions, and for a sensor that was warmed up before."""
    for seconds in [0, rng.choice([1.5, 2]), rng.choice([0.3, 0.7, 1.2])]:
        run = await exercise.play(wait_for_it, rng.choice(SENSORS), seconds)
        expect_coroutine(run)
        assert run.elapsed == seconds, (
            f"warm_up(..., {seconds}) should take {seconds} seconds and took {run.elapsed:g}"
            + ("; does it wait, with `await`, and for fractions of a second, too?" if not run.elapsed else "")
        )
    seconds = rng.choice([0.25, 0.75])
    run = await exercise.play(wait_again, rng.choice(SENSORS), seconds)
    expect_coroutine(run)
    assert run.elapsed == 2 * seconds, (
        f"warm_up(..., {seconds}), twice in a row for one sensor, should take {2 * seconds} seconds "
        f"and took {run.elapsed:g}"
    )


@pytest.mark.points(2)
async def test_others_run_while_it_waits(exercise, rng):
    """Sensors that warm up at the same time take as long as the slowest of them."""
    times = rng.sample([0.5, 1, 1.5, 2, 2.5, 3], 6)
    sensors = [list(pair) for pair in zip(rng.sample(SENSORS, 6), times, strict=True)]
    slowest = max(seconds for _, seconds in sensors)
    run = await exercise.play(wait_together, sensors)
    result = expect_coroutine(run)
    assert run.elapsed == slowest, (
        f"six sensors together should take {slowest:g} seconds and took {run.elapsed:g}; "
        "while one waits, the others must be able to run"
    )
    assert result == [f"{sensor} is ready" for sensor, _ in sensors], f"the six results were {result!r}"
