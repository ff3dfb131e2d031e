"""Hidden tests: a time limit."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, errors, keys, moments, seconds, sizes, texts
from kata.judge.topics import about

# The task itself asks for one after another.
pytestmark = pytest.mark.allows("one_after_another")

LINES = ["4", "7", "11", "16", "28", "harbour", "night 3", "airport"]


async def cancelled_after(ex, moment, lines, limit):
    """Cancel the task that runs departures; a question takes 1.1003 seconds, and 0.25 more to give up."""
    asked = {}

    async def ask(line):
        asked[line] = "under way"
        try:
            await asyncio.sleep(1.1003)
        except asyncio.CancelledError:
            await asyncio.sleep(0.25)
            asked[line] = "cancelled"
            raise
        asked[line] = "answered"
        return line

    running = asyncio.create_task(ex.departures(ask, lines, limit))
    await asyncio.sleep(moment)
    running.cancel()
    await asyncio.wait([running])
    ex.note(list(asked.values()))
    await asyncio.sleep(2)
    ex.note(list(asked.values()))
    if running.cancelled():
        return "cancelled"
    return "raised" if running.exception() else "returned"


async def again_and_again(ex, rounds, limit):
    """Ask for lines round after round; the last answer of each comes too late. Give the boards."""

    def control_centre(answers):
        async def ask(line):
            await asyncio.sleep(9 if line == list(answers)[-1] else 0.5)
            return answers[line]

        return ask

    return [await ex.departures(control_centre(answers), list(answers), limit) for answers in rounds]


async def failing(ex, lines, place, limit):
    """The control centre fails with two errors at once."""

    async def ask(line):
        await asyncio.sleep(0.5)
        if line == lines[place]:
            raise ExceptionGroup("two wires are cut", [OSError("the red one"), ValueError("the blue one")])
        return line

    return await ex.departures(ask, lines, limit)


def some_answers(rng, lines):
    """An answer for each line; of several, the first is an empty text."""
    return dict(zip(lines, sorted(texts(rng, len(lines)), key=bool), strict=True))


def expect_board(board, lines, wanted):
    assert type(board) is list, f"departures should return a list of texts; it returned {board!r}"
    assert len(board) == len(lines), f"{len(lines)} lines should give as many texts; departures returned {len(board)}"
    every = " for every line, also for those with an answer in time" if {*board} == {"no data"} else ""
    # an answer that is an empty text comes last: if others are lost, too, it is not for being empty
    for line, seen, text in sorted(zip(lines, board, wanted, strict=True), key=lambda each: not each[2]):
        where = f"for line {line!r}" if text != "no data" else f"for line {line!r}, for which no time was left,"
        assert seen == text, f"{where} the board should show {text!r}; it shows {seen!r}{every}"


def how_it_went(run):
    """What became of the second question and of the third, as the end of a sentence."""
    calls = run.calls["ask"]
    found = []
    for word, call in zip(("second", "third"), calls[1:], strict=False):
        ended = {"cancelled": "cancelled", "returned": "answered"}.get(call.outcome, "over")
        after = "was still under way" if call.end is None else f"was {ended} {in_seconds(call.end - call.start)} later"
        found.append(f"the {word} question began after {in_seconds(call.start)} and {after}")
    return "; ".join([*found, *(["the third question was not asked"] if len(calls) == 2 else [])])


def asked(run):
    return [call.args[0] for call in run.calls["ask"]]


async def test_all_answers_in_time(exercise, rng):
    """If all answers come in time, they stand in the order of `lines`, and the result comes with the last."""
    for place, number in enumerate([2, *sizes(rng, most=30)]):
        lines = keys(rng, LINES, number)
        answers = some_answers(rng, lines)
        takes = dict(zip(lines, seconds(rng, number) if place else [1, 2], strict=True))
        total = round(sum(takes.values()), 6)
        run = await exercise.departures(Service(takes, returns=answers), lines, total + 0.8)
        assert not run.polled, run.polled
        expect_board(run.result, lines, [answers[line] for line in lines])
        assert asked(run) == lines, (
            f"{len(lines)} lines were to be asked for, in their order: {expect.difference(asked(run), lines)}"
        )
        at_once = int(run.peak.get("ask", 0))
        assert at_once < 2, about(
            "in turn", f"{at_once} questions were under way at once; the control centre answers one at a time"
        )
        assert round(run.elapsed, 6) == total, (
            f"{number or 'no'} answers, one after another, should take {in_seconds(total)} and took "
            f"{in_seconds(run.elapsed)}"
        )


@pytest.mark.points(2)
async def test_the_limit_holds_for_all_together(exercise, rng):
    """When the time is up, the result comes at that moment; the limit is for all questions together."""
    lines = rng.sample(LINES, 3)
    answers = dict(zip(lines, ["in 4 min", "in 9 min", "in 2 min"], strict=True))
    run = await exercise.departures(Service(dict(zip(lines, (1, 4, 1), strict=True)), returns=answers), lines, 2)
    assert run.result is not None, "departures returned nothing; it should return a list of texts"
    assert not run.polled, run.polled
    assert run.elapsed == 2, (
        "three answers take 1, 4 and 1 seconds, and the limit is 2 seconds in all: the result should come after 2 "
        f"seconds and came after {in_seconds(run.elapsed)}; {how_it_went(run)}"
    )
    expect_board(run.result, lines, ["in 4 min", "no data", "no data"])
    for limit, latency in ((rng.choice([1.2, 1.7]), 0.5), (0.83, 1.5), (DAYS, DAYS * 0.4)):
        lines = rng.sample(LINES, 5)
        answers = some_answers(rng, lines)
        run = await exercise.departures(Service(latency, returns=answers), lines, limit)
        there = int(limit / latency)
        assert run.result is not None, "departures returned nothing; it should return a list of texts"
        at_once = int(run.peak["ask"])
        why = "" if at_once < 2 else f"; {at_once} questions were under way at once"
        assert run.elapsed == limit, (
            f"5 questions of {in_seconds(latency)}, one after another, and a limit of {in_seconds(limit)} in all: the "
            f"result should come after {in_seconds(limit)} and came after {in_seconds(run.elapsed)}{why}"
        )
        expect_board(run.result, lines, [answers[line] for line in lines[:there]] + ["no data"] * (5 - there))
        assert not run.polled, run.polled


@pytest.mark.points(2)
async def test_what_is_missing_is_no_data(exercise, rng):
    """The answers that came in time are kept, and each line without one shows "no data"."""
    for number, place in ((4, 0), (4, rng.choice([1, 2])), (30, 29)):
        lines = keys(rng, LINES, number)
        answers = some_answers(rng, lines)
        latency = {line: 0.5 for line in lines} | {lines[place]: DAYS}
        run = await exercise.departures(Service(latency, returns=answers), lines, number / 2 + 0.2)
        missing = ["no data"] * (number - place)
        expect_board(run.result, lines, [answers[line] for line in lines[:place]] + missing)
    lines = keys(rng, LINES, 4)
    rounds = [some_answers(rng, lines) for _ in range(3)]
    run = await exercise.play(again_and_again, rounds, 2.2)
    for board, answers in zip(run.result, rounds, strict=True):
        expect_board(board, lines, [answers[line] for line in lines[:-1]] + ["no data"])


async def test_nothing_goes_on_after_the_limit(exercise, rng):
    """When the time is up, the question under way is cancelled and no further one is asked."""
    lines = rng.sample(LINES, 4)
    run = await exercise.departures(Service({line: 1 for line in lines}), lines, 1.5)
    assert run.result is not None, "departures returned nothing; it should return a list of texts"
    more = [call for call in run.calls["ask"] if call.args[0] not in lines[:2]]
    assert not more, (
        f"answers take 1 second and the time is up after 1.5 seconds, during the second question; {more[0].args[0]!r} "
        f"was asked for after {in_seconds(more[0].start)}"
    )
    assert asked(run) == lines[:2], (
        f"in 1.5 seconds there is time to ask for {lines[0]!r} and {lines[1]!r}; asked for was "
        f"{expect.told(asked(run))}"
    )
    second = run.calls["ask"][1]
    assert second.outcome == "cancelled", (
        f"the question for {lines[1]!r} was under way when the time was up, after 1.5 seconds, and should be cancelled "
        + ("then; it went on" if second.end is None else f"then; it ended after {in_seconds(second.end)}")
    )


async def test_only_the_limit_is_caught(exercise, rng):
    """An error of `ask` leaves `departures`; a cancelled `departures` cancels its question and ends as cancelled."""
    lines = rng.sample(LINES, 3)
    some = [error for error in errors(rng, 4) if type(error) is not TimeoutError]
    for place, error in zip((0, 1, 2), some, strict=True):
        run = await exercise.departures(Service(0.5, fails={lines[place]: error}), lines, 2.8)
        assert run.raised == error, (
            f"ask raises {error!r} before the time was up, and departures should raise just that; "
            + (f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}")
        )
        others = [line for line in asked(run) if line not in lines[: place + 1]]
        assert not others, (
            f"the question for {lines[place]!r} failed; it was to be the last one, and {others[0]!r} was asked for, too"
        )
        assert asked(run) == lines[: place + 1], (
            f"lines were to be asked for in their order, until one fails: "
            f"{expect.difference(asked(run), lines[: place + 1])}"
        )
    run = await exercise.play(failing, lines, rng.randrange(3), 2.8)
    assert run.raised is not None and run.raised.type == "ExceptionGroup", (
        "ask raises an ExceptionGroup before the time was up, and departures should raise just that; "
        + (f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}")
    )
    for moment in moments(rng, 2.1):
        run = await exercise.play(cancelled_after, moment, lines, 2.7)
        assert run.result == "cancelled", (
            f"the task that runs departures was cancelled from outside after {in_seconds(moment)}, before the time was "
            f"up, and should end as cancelled; it {run.result} instead"
        )
        ended, later = run.noted
        assert "under way" not in ended, (
            f"departures was cancelled after {in_seconds(moment)}, and ended while a question was still under way"
        )
        assert later == ended, (
            f"departures was cancelled after {in_seconds(moment)} and had ended; after that, questions went on"
        )
