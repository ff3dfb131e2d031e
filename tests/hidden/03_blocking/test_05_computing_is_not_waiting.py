"""Hidden tests: computing is not waiting."""

import pytest

from kata.judge.clean import in_seconds

LEAD = {
    "waiting_in_gather": "who has to do something while a coroutine sleeps?",
    "waiting_in_threads": "which of the two threads holds up the other one while it only waits?",
    "computing_in_gather": "how many threads does an event loop have, and who has it during a computation?",
    "computing_in_threads": "how many locks are there, and who can compute without holding one?",
    "computing_in_processes": "how many locks are there, and does one of the two jobs have to wait for the other's?",
}


async def check(exercise, way):
    seconds = exercise.source.literal("SECONDS")
    assert type(seconds) is dict, "SECONDS should be a dict with a number for each of the five functions"
    assert way in seconds, f"SECONDS has no {way!r} any more; put the key back"
    mine = seconds[way]
    assert mine is not None, f"the seconds of {way} are still empty"
    assert type(mine) in (int, float), f"the seconds of {way} should be a number; they are {mine!r}"
    run = await getattr(exercise.original, way)()
    assert abs(mine - run.elapsed) < 0.001, f"{way} does not take {in_seconds(mine)}; {LEAD[way]}"


async def test_waiting_in_gather(exercise):
    """The seconds of two waits in gather."""
    await check(exercise, "waiting_in_gather")


async def test_waiting_in_threads(exercise):
    """The seconds of two blocking waits in two threads."""
    await check(exercise, "waiting_in_threads")


@pytest.mark.points(2)
async def test_computing_in_gather(exercise):
    """The seconds of two computations in gather."""
    await check(exercise, "computing_in_gather")


@pytest.mark.points(2)
async def test_computing_in_threads(exercise):
    """The seconds of two computations in two threads of one process."""
    await check(exercise, "computing_in_threads")


@pytest.mark.points(2)
async def test_computing_in_processes(exercise):
    """The seconds of two computations in two processes."""
    await check(exercise, "computing_in_processes")
