"""Hidden tests: a first coroutine."""

import asyncio

import pytest

from kata.judge import inputs
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


def not_async(exercise, kind):
    if kind == "async_generator":
        return "calling warm_up gave an async generator, not a coroutine object; a `yield` in its body makes it one"
    what = {"NoneType": "None", "str": "a text"}.get(kind, f"a value of the type {kind}")
    plain = exercise.source.is_async("warm_up") is False
    return f"calling warm_up should only make a coroutine object; it gave {what}" + (
        ": warm_up is an ordinary function, and only `async def` makes a coroutine function" if plain else ""
    )


def expect_coroutine(exercise, run):
    result = run.result
    assert not run.noted, not_async(exercise, run.noted[0])
    return result


async def test_calling_makes_a_coroutine_object(exercise, rng):
    """Calling `warm_up` only makes a coroutine object; nothing is waited for yet."""
    run = await exercise.play(call_only, rng.choice(SENSORS), 2)
    assert run.result is None, not_async(exercise, run.result)
    assert run.elapsed == 0, f"the call alone should take no time; it took {in_seconds(run.elapsed)}"


@pytest.mark.points(2)
async def test_the_sensor_is_ready_afterwards(exercise, rng):
    """Awaited, it returns the text "<sensor> is ready"."""
    waits = [[sensor, rng.choice([0.25, 0.5, 1])] for sensor in [*rng.sample(SENSORS, 2), *ODD]]
    waits.insert(2, [rng.choice(SENSORS), 0])
    for some in (waits[:1], waits):
        run = await exercise.play(wait_in_turn, some)
        for (sensor, seconds), [result, _] in zip(some, expect_coroutine(exercise, run), strict=True):
            story = f'warm_up({sensor!r}, {seconds}) should give the text "{sensor} is ready"; it gave {result!r}'
            if result is None and seconds == 0:
                story += f", though it gave a text with {in_seconds(waits[0][1])}"
            elif result is None:
                story += "; a value leaves a function only with `return`"
            elif "coroutine object" in repr(result):
                story += "; only awaiting a coroutine object gives its result"
            assert result == f"{sensor} is ready", story


@pytest.mark.points(2)
async def test_it_waits_as_long_as_it_is_told(exercise, rng):
    """It takes exactly `seconds` seconds: none, fractions, days, and again for a sensor that was warmed up before."""
    odd = [[rng.choice(SENSORS), seconds] for seconds in inputs.seconds(rng, 5, longest=0, nothing=True)]
    waits = [["wind", 1.5], *odd, *rng.sample([wait for wait in odd if wait[1]], 2), ["wind", 1.5]]
    days = [[rng.choice(SENSORS), inputs.DAYS]]  # last: until then it is known whether it polls
    for some in (waits[:1], waits, days):
        run = await exercise.play(wait_in_turn, some)
        before = {}
        for (sensor, seconds), [_, took] in zip(some, expect_coroutine(exercise, run), strict=True):
            exact = took == seconds
            again = f"; this sensor had been warmed up before, for {in_seconds(before.get(sensor, 0))}"
            assert exact, (
                f"warm_up({sensor!r}, {seconds}) should take {in_seconds(seconds)}; it took {in_seconds(took)}"
                + (again if sensor in before else "")
            )
            if seconds:
                before.setdefault(sensor, seconds)


def asleep_at_once(run):
    """How many tasks waited in a sleep at the same time, at most; 0 where none waited."""
    waits = [
        span for task in run.tasks for span in task.spans if span.kind == "waiting" and span.what == "asyncio.sleep"
    ]
    starts = [wait.start for wait in waits]
    return max((sum(wait.start <= start < wait.end for wait in waits) for start in starts), default=0)


@pytest.mark.points(2)
async def test_others_run_while_it_waits(exercise, rng):
    """Any number of sensors together take as long as the slowest of them; a wait that is cancelled ends at once."""
    for number in (2, 6, 52):
        times = [3.0, *(hundredths / 100 for hundredths in rng.sample(range(1, 300), number - 1))]
        if number == 2:
            times = [3.0, 2.0]
        rng.shuffle(times)
        sensors = [[rng.choice(SENSORS), seconds] for seconds in times]
        run = await exercise.play(wait_together, sensors)
        result = expect_coroutine(exercise, run)
        in_a_row = run.elapsed == round(sum(times), 9)
        most = asleep_at_once(run)
        story = f"{number} sensors together, the {'slower' if number == 2 else 'slowest'} with 3 seconds"
        assert run.elapsed == 3, (
            f"{story}, should take 3 seconds; they took {in_seconds(run.elapsed)}"
            + (", as long as one after another" if in_a_row else "")
            + (f", since never more than {most} of them slept at the same time" if 1 < most < number else "")
            + ("; while one waits, all the others should wait, too" if run.elapsed > 3 and not most else "")
        )
        for (sensor, seconds), given in zip(sensors, result, strict=True):
            assert given == f"{sensor} is ready", (
                f'{story}: warm_up({sensor!r}, {seconds}) should give the text "{sensor} is ready"; it gave {given!r}'
            )
    for moment in (0, rng.choice([0.7, 1.2, 1.6]), 2.9):
        sensor = rng.choice(SENSORS)
        run = await exercise.play(stop_waiting, sensor, 3, moment)
        how, given = expect_coroutine(exercise, run)
        story = f"warm_up({sensor!r}, 3) was cancelled after {in_seconds(moment)}"
        assert how == "was cancelled", f"{story} and should end as cancelled; it returned {given!r}"
        assert run.elapsed == moment, f"{story} and should end then; it ended after {in_seconds(run.elapsed)}"
