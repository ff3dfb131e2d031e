"""Hidden tests: a first group."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

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
        "a task was asked for its result before it had ended; all tasks that the group has made have ended when its "
        "block is over, and not before"
    )


@pytest.mark.points(2)
async def test_every_depot_has_its_number(exercise, rng):
    """The result is a dict of depot to number in the order of `depots`, for several, one or none, on every day."""
    for number in (3, 5, 2, 1, 0):
        answers = some_answers(rng, number)
        depots = list(answers)
        # The first depot is the last to answer, so the order of arrival is another one.
        lengths = [1, 2, 3] if number == 3 else inputs.seconds(rng, number)
        latency = dict(zip(depots, sorted(lengths, reverse=True), strict=True))
        run = await exercise.count_parcels(Service(latency, returns=answers), depots)
        not_too_early(run)
        counts = run.result
        assert type(counts) is dict and counts == answers, (
            f"the parcels of {number} depots: {expect.difference(counts, answers)}"
        )
        assert list(counts) == depots, (
            f"the depots should stand in the order in which they were given, {depots}; they stand in the "
            f"order {list(counts)}" + (", in which they answered" if list(counts) == depots[::-1] else "")
        )
    first = some_answers(rng, 3)
    days = [first, {depot: 1_000 - parcels for depot, parcels in first.items()}, {}]
    run = await exercise.play(day_after_day, days)
    for number, (counts, day) in enumerate(zip(run.result, days, strict=True), 1):
        assert type(counts) is dict and counts == day, (
            f"three days were counted one after another; on day {number}: {expect.difference(counts, day)}"
        )
    expect.takes(run, 2, "two days with answers after 1 second, and one without depots,")


@pytest.mark.points(2)
async def test_all_depots_are_asked_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest answer, and every depot is asked once; there may be hundreds."""
    answers = some_answers(rng, 200)
    latency = dict(zip(answers, inputs.seconds(rng, 5) * 40, strict=True))
    run = await exercise.count_parcels(Service(latency, returns=answers), list(answers))
    assert run.result == answers, f"the parcels of 200 depots: {expect.difference(run.result, answers)}"
    assert run.elapsed == inputs.DAYS, (
        f"the slowest depot answers after {in_seconds(inputs.DAYS)}, and the whole took {in_seconds(run.elapsed)}; "
        f"never more than {run.peak['ask']} of the 200 questions were under way at once"
    )
    expect.together(run, "ask", 200)
    expect.called_once_each(run, "ask", list(answers))


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """A failure stops the open questions, waits for them, and leaves in an exception group; so with a cancellation."""
    for place, error in zip((0, 2, 4), inputs.errors(rng, 3), strict=True):
        depots = inputs.keys(rng, DEPOTS, 5)
        lengths = [1, 2, 3] if place == 0 else inputs.seconds(rng, 3)
        latency = dict(zip(depots, [0.07, *lengths, 0.93], strict=True)) | {depots[place]: 0.57}
        fails = {depots[place]: error}
        run = await exercise.count_parcels(Service(latency, fails=fails), depots)
        expect.in_a_group(run, [error], "count_parcels")
        expect.ends_when_it_fails(run, "ask", depots[place], 0.57, "count_parcels")
        expect.cancelled_at(run, "ask", [depot for depot in depots if latency[depot] > 0.57], 0.57)
    depots = inputs.keys(rng, DEPOTS, 6)
    latency = dict(zip(depots, inputs.seconds(rng, 6), strict=True))
    fails = dict(zip(depots[1:3], inputs.errors(rng, 2), strict=True))
    run = await exercise.count_parcels(Service(latency | dict.fromkeys(fails, 0.03), fails=fails), depots)
    expect.in_a_group(run, list(fails.values()), "count_parcels")
    run = await exercise.play(slow_to_stop, Service(latency | dict.fromkeys(fails, 0.03), fails=fails), depots, None)
    assert run.result.startswith("raised"), f"two depots fail; count_parcels {run.result}"
    assert run.noted == [[]], (
        f"two depots fail; count_parcels ended after {in_seconds(run.elapsed)}, while it was still asking "
        f"{expect.told(run.noted[0])}"
    )
    for moment in inputs.moments(rng, max(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), depots, moment)
        assert run.result == "ended as cancelled", (
            f"count_parcels was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; "
            f"it {run.result}"
        )
        assert run.noted == [[]], (
            f"count_parcels was cancelled after {in_seconds(moment)}, and ended after {in_seconds(run.elapsed)}, "
            f"while it was still asking {expect.told(run.noted[0])}"
        )


async def test_a_task_group_runs_the_questions(exercise):
    """An `asyncio.TaskGroup` runs the questions."""
    assert exercise.source.names("asyncio.TaskGroup"), (
        "the exercise asks for asyncio.TaskGroup, and the file does not name it"
    )
    run = await exercise.count_parcels(Service(1, name="ask"), DEPOTS)
    asked = len(run.calls["ask"])
    _ = asked == len(DEPOTS) or run.result  # an error of its own tells more than a number
    assert asked == len(DEPOTS), f"{len(DEPOTS)} depots should be asked; {asked} of them were"
