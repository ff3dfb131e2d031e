"""Hidden tests: a first group."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs

DEPOTS = ["harbour", "station", "airport", "mill", "brewery", "quarry", "market"]


async def day_after_day(ex, days):
    """Ask the same depots on each day; the answers are those of the day."""

    async def ask(depot):
        await asyncio.sleep(1)
        return day[depot]

    counts = []
    for day in days:
        counts.append(await ex.count_parcels(ask, list(day)))
    return counts


async def slow_to_stop(ex, ask, depots, cancel_after):
    """A question that is stopped needs 5 seconds to end. Notes who had not ended when count_parcels had."""
    busy = []

    async def ask_or_stop(depot):
        busy.append(depot)
        try:
            return await ask(depot)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise
        finally:
            busy.remove(depot)

    counting = asyncio.create_task(ex.count_parcels(ask_or_stop, depots))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        counting.cancel()
    await asyncio.wait([counting])
    ex.note(sorted(busy))
    if counting.cancelled():
        return "ended as cancelled"
    return f"raised {counting.exception()!r}" if counting.exception() else f"returned {counting.result()!r}"


def some_answers(rng, number):
    """Numbers of parcels; two are equal, and in one depot none are waiting."""
    depots = inputs.keys(rng, DEPOTS, number)
    answers = {depot: rng.randint(1, 999) for depot in depots}
    if number > 2:
        answers[depots[1]] = answers[depots[2]]
    return answers | dict.fromkeys(depots[-1:], 0)


def not_too_early(run):
    """Say plainly what an InvalidStateError means; anything else is for the engine to report."""
    early = run.failed and run.raised and any(e.type == "InvalidStateError" for e in run.raised.leaves())
    assert not early, (
        "a task was asked for its result before it had ended; inside the block the tasks of the group have only "
        "been started, and after the block each of them has its result"
    )


def came_out(run, errors):
    """An exception group left, with just these errors in it."""
    wanted = " and ".join(map(repr, errors))
    assert run.raised is not None, f"{wanted} should leave in an exception group; it {expect.outcome(run)}"
    leaves = run.raised.leaves()
    right = all(any(leaf == error for leaf in leaves) for error in errors)
    right = right and all(any(leaf == error for error in errors) for leaf in leaves)
    assert run.raised.is_a("ExceptionGroup") and right, (
        f"{wanted} should leave in an exception group; {run.raised!r} came out"
    )


@pytest.mark.points(2)
async def test_every_depot_has_its_number(exercise, rng):
    """The result is a dict of depot to number in the order of `depots`, for several, one or none, on every day."""
    for number in (5, 2, 1, 0):
        answers = some_answers(rng, number)
        depots = list(answers)
        # The first depot is the last to answer, so the order of arrival is another one.
        latency = dict(zip(depots, sorted(inputs.seconds(rng, number), reverse=True), strict=True))
        run = await exercise.count_parcels(Service(latency, returns=answers), depots)
        not_too_early(run)
        expect.returns(run, answers, f"the parcels of {number} depots")
        assert list(run.result) == depots, (
            f"the depots should stand in the order in which they were given, {depots}; they stand in the "
            f"order {list(run.result)}"
        )
    first = some_answers(rng, 3)
    days = [first, {depot: 1_000 - parcels for depot, parcels in first.items()}, {}]
    run = await exercise.play(day_after_day, days)
    expect.returns(run, days, "the counts of three days, the last one without depots,")
    expect.takes(run, 2, "two days with answers after 1 second, and one without depots,")


@pytest.mark.points(2)
async def test_all_depots_are_asked_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest answer, and every depot is asked once; there may be hundreds."""
    answers = some_answers(rng, 200)
    latency = dict(zip(answers, inputs.seconds(rng, 5) * 40, strict=True))
    run = await exercise.count_parcels(Service(latency, returns=answers), list(answers))
    assert run.result == answers, "some of 200 depots are missing in the result, or have another's number"
    assert run.elapsed == inputs.DAYS, (
        f"the slowest depot answers after {inputs.DAYS:.2f} seconds, and the whole took {run.elapsed:.2f}; a task "
        "that is awaited before the next one is created waits alone"
    )
    expect.together(run, "ask", 200)
    expect.called_once_each(run, "ask", list(answers))


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """A failure stops the open questions, waits for them, and leaves in an exception group; so with a cancellation."""
    for place, error in zip((0, 2, 4), inputs.errors(rng, 3), strict=True):
        depots = inputs.keys(rng, DEPOTS, 5)
        latency = dict(zip(depots, [0.07, *inputs.seconds(rng, 3), 0.93], strict=True)) | {depots[place]: 0.57}
        fails = {depots[place]: error}
        run = await exercise.count_parcels(Service(latency, fails=fails), depots)
        came_out(run, [error])
        expect.takes(run, 0.57, f"with {error!r} after 0.57 seconds the whole")
        expect.cancelled_at(run, "ask", [depot for depot in depots if latency[depot] > 0.57], 0.57)
    depots = inputs.keys(rng, DEPOTS, 6)
    latency = dict(zip(depots, inputs.seconds(rng, 6), strict=True))
    fails = dict(zip(depots[1:3], inputs.errors(rng, 2), strict=True))
    run = await exercise.count_parcels(Service(latency | dict.fromkeys(fails, 0.03), fails=fails), depots)
    came_out(run, list(fails.values()))
    run = await exercise.play(slow_to_stop, Service(latency | dict.fromkeys(fails, 0.03), fails=fails), depots, None)
    assert run.result.startswith("raised"), f"two depots failed; count_parcels {run.result}"
    assert run.noted == [[]], f"count_parcels ended while it was still asking {expect.told(run.noted[0])}"
    for moment in inputs.moments(rng, max(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), depots, moment)
        assert run.result == "ended as cancelled", (
            f"count_parcels was cancelled by its caller and should end as cancelled; it {run.result}"
        )
        assert run.noted == [[]], (
            f"when count_parcels was cancelled, it ended while it was still asking {expect.told(run.noted[0])}"
        )


async def test_a_task_group_runs_the_questions(exercise):
    """An `asyncio.TaskGroup` runs the questions."""
    assert exercise.source.names("asyncio.TaskGroup"), (
        "the exercise asks for asyncio.TaskGroup, and the file does not name it"
    )
    run = await exercise.count_parcels(Service(1, name="ask"), DEPOTS)
    asked = len(run.calls["ask"])
    assert asked == len(DEPOTS), f"{len(DEPOTS)} depots should be asked, and {asked} were; no group ran the questions"
