"""Hidden tests: a first group."""

import pytest

from kata.fakes import Service

DEPOTS = ["harbour", "station", "airport", "mill", "brewery", "quarry", "market"]


async def the_day_after(ex, ask, depots):
    """A day without depots, after one with some."""
    await ex.count_parcels(ask, depots)
    return await ex.count_parcels(ask, [])


def some_answers(rng, number):
    """Numbers of parcels; in one depot none are waiting."""
    depots = rng.sample(DEPOTS, number)
    return {depot: rng.randint(1, 999) for depot in depots} | {rng.choice(depots): 0}


def not_too_early(run):
    """Say plainly what an InvalidStateError means; anything else is for the engine to report."""
    early = run.failed and run.raised and any(e.type == "InvalidStateError" for e in run.raised.leaves())
    assert not early, (
        "a task was asked for its result before it had ended; inside the block the tasks of the group have only "
        "been started, and after the block each of them has its result"
    )


@pytest.mark.points(2)
async def test_every_depot_has_its_number(exercise, rng):
    """The result is a dict of depot to number in the order of `depots`, for several, one or none."""
    for number in (5, 1):
        answers = some_answers(rng, number)
        depots = list(answers)
        # The first depot is the last to answer, so the order of arrival is another one.
        latency = {depot: 1.5 if depot == depots[0] else rng.choice([0.5, 1]) for depot in depots}
        run = await exercise.count_parcels(Service(latency, returns=answers), depots)
        not_too_early(run)
        assert type(run.result) is dict, f"the result should be a dict of depot to number, not {run.result!r}"
        assert run.result == answers, f"expected {answers!r}, got {run.result!r}"
        assert list(run.result) == depots, (
            f"the depots should stand in the order in which they were given, {depots}; they stand in the "
            f"order {list(run.result)}"
        )
    answers = some_answers(rng, 2)
    run = await exercise.play(the_day_after, Service(1, returns=answers), list(answers))
    assert run.result == {}, f"no depots should give {{}}, also after a day with some; they gave {run.result!r}"
    assert run.elapsed == 1, (
        f"the two depots of the first day take 1 second, and no depots no time; together they took {run.elapsed:g}"
    )


@pytest.mark.points(2)
async def test_all_depots_are_asked_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest answer, and every depot is asked once."""
    answers = some_answers(rng, 5)
    latency = dict(zip(answers, rng.sample([0.5, 1, 1.5, 2, 2.5], 5), strict=True))
    run = await exercise.count_parcels(Service(latency, returns=answers), list(answers))
    assert run.result == answers, f"expected {answers!r}, got {run.result!r}"
    assert run.elapsed == 2.5, (
        f"the slowest depot answers after 2.5 seconds, and the whole took {run.elapsed:g}; a task that is "
        "awaited before the next one is created waits alone"
    )
    asked = sorted(call.args[0] for call in run.calls["ask"])
    assert asked == sorted(answers), f"every depot should be asked once; asked were {asked}"


@pytest.mark.points(2)
async def test_a_failure_stops_the_others(exercise, rng):
    """If a depot fails, the open questions are stopped and the error leaves in an exception group."""
    for place in (0, 2, 4):
        depots = rng.sample(DEPOTS, 5)
        latency = dict(zip(depots, rng.sample([0.5, 1.5, 2, 2.5, 3], 5), strict=True))
        latency[depots[place]] = 1
        error = ConnectionError(f"no line to {depots[place]}")
        run = await exercise.count_parcels(Service(latency, fails={depots[place]: error}), depots)
        assert run.raised is not None, f"{error!r} should leave count_parcels, and nothing was raised"
        assert run.raised.is_a("ExceptionGroup") and all(leaf == error for leaf in run.raised.leaves()), (
            f"an exception group with {error!r} in it was expected; {run.raised!r} came out"
        )
        assert run.elapsed == 1, f"the failure came after 1 second, and count_parcels ended after {run.elapsed:g}"
        for call in run.calls["ask"]:
            if latency[call.args[0]] > 1:
                assert call.outcome == "cancelled", (
                    f"{call.args[0]} had not answered yet and should have been stopped when "
                    f"{depots[place]} failed; asyncio.gather lets it run on, a task group stops it"
                )


async def test_a_task_group_runs_the_questions(exercise):
    """An `asyncio.TaskGroup` runs the questions."""
    assert exercise.source.names("asyncio.TaskGroup"), (
        "the exercise asks for asyncio.TaskGroup, and the file does not name it"
    )
    run = await exercise.count_parcels(Service(1, name="ask"), DEPOTS)
    asked = len(run.calls["ask"])
    assert asked == len(DEPOTS), f"{len(DEPOTS)} depots should be asked, and {asked} were; no group ran the questions"
