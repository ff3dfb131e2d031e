"""Hidden tests: a time limit."""

import asyncio

import pytest

from kata.fakes import Service

# The task itself asks for one after another.
pytestmark = pytest.mark.allows("one_after_another")

LINES = ["4", "7", "11", "16", "28", "harbour", "night 3", "airport"]


async def cancelled_after(ex, seconds, ask, lines, limit):
    """Cancel the task that runs departures, and tell how it ended."""
    running = asyncio.create_task(ex.departures(ask, lines, limit))
    await asyncio.sleep(seconds)
    running.cancel()
    await asyncio.wait([running])
    if running.cancelled():
        return "cancelled"
    return "raised" if running.exception() else "returned"


def some_answers(rng, lines):
    return {line: f"in {rng.randint(1, 59)} min" for line in lines}


def expect_board(run, lines, wanted):
    board = run.result
    assert type(board) is list, f"departures should return a list of texts; it returned {board!r}"
    assert len(board) == len(lines), f"{len(lines)} lines should give {len(lines)} texts, not {len(board)}"
    for line, seen, text in zip(lines, board, wanted, strict=True):
        assert seen == text, f"for line {line!r} the board should show {text!r}; it shows {seen!r}"


def asked(run):
    return [call.args[0] for call in run.calls["ask"]]


async def test_all_answers_in_time(exercise, rng):
    """If all answers come in time, they stand in the order of `lines`, and the result comes with the last."""
    for number in (rng.choice([3, 4]), 1, 0):
        lines = rng.sample(LINES, number)
        answers = some_answers(rng, lines)
        if number > 1:
            answers[rng.choice(lines)] = ""
        run = await exercise.departures(Service(0.5, returns=answers), lines, 2.8)
        expect_board(run, lines, [answers[line] for line in lines])
        assert asked(run) == lines, f"the questions should be {lines}, in this order; they were {asked(run)}"
        assert run.elapsed == number / 2, (
            f"{number} answers of half a second, one after another, should take {number / 2:g} seconds and "
            f"took {run.elapsed:g}"
        )


@pytest.mark.points(2)
async def test_the_limit_holds_for_all_together(exercise, rng):
    """When the time is up, the result comes at that moment; the limit is for all questions together."""
    for limit, latency in ((rng.choice([1.2, 1.7]), 0.5), (0.8, 1.5)):
        lines = rng.sample(LINES, 5)
        answers = some_answers(rng, lines)
        run = await exercise.departures(Service(latency, returns=answers), lines, limit)
        there = int(limit / latency)
        assert run.result is not None, "departures returned nothing; it should return a list of texts"
        assert run.elapsed == limit, (
            f"5 questions of {latency:g} seconds and a limit of {limit:g} seconds in all: the result should "
            f"come after {limit:g} seconds and came after {run.elapsed:g}"
        )
        expect_board(run, lines, [answers[line] for line in lines[:there]] + ["no data"] * (5 - there))
        assert not run.polled, run.polled


@pytest.mark.points(2)
async def test_what_is_missing_is_no_data(exercise, rng):
    """The answers that came in time are kept, and each line without one shows "no data"."""
    for place in (0, rng.choice([1, 2, 3])):
        lines = rng.sample(LINES, 4)
        answers = some_answers(rng, lines)
        latency = {line: 0.5 for line in lines} | {lines[place]: 3}
        run = await exercise.departures(Service(latency, returns=answers), lines, 2.2)
        expect_board(run, lines, [answers[line] for line in lines[:place]] + ["no data"] * (4 - place))


async def test_nothing_goes_on_after_the_limit(exercise, rng):
    """When the time is up, the question under way is cancelled and no further one is asked."""
    lines = rng.sample(LINES, 4)
    run = await exercise.departures(Service({line: 1 for line in lines}), lines, 1.5)
    assert run.result is not None, "departures returned nothing; it should return a list of texts"
    assert asked(run) == lines[:2], (
        f"in 1.5 seconds there is time to ask for {lines[:2]}, one after another; asked were {asked(run)}"
    )
    outcome = run.calls["ask"][1].outcome
    assert outcome == "cancelled", (
        f"the question for {lines[1]!r} was under way when the time was up; it should be cancelled, and it "
        f"ended as {outcome!r}"
    )


async def test_only_the_limit_is_caught(exercise, rng):
    """An error of `ask` leaves `departures`; a cancelled `departures` cancels its question and ends as cancelled."""
    lines = rng.sample(LINES, 3)
    for place, kind in enumerate(rng.sample([ConnectionError, LookupError, ValueError], 3)):
        error = kind(f"no line {rng.randint(100, 999)}")
        run = await exercise.departures(Service(0.5, fails={lines[place]: error}), lines, 2.8)
        assert run.raised == error, (
            f"ask raised {error!r} long before the limit, and departures should raise just that; "
            + (f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}")
        )
    run = await exercise.play(cancelled_after, 0.8, Service(0.5), lines, 2.7)
    assert run.result == "cancelled", (
        "the task that runs departures was cancelled from outside, long before the limit, and should end as "
        f"cancelled; it {run.result} instead, so nobody can stop it"
    )
