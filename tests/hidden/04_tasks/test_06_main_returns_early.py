"""Hidden tests: main returns early."""

from collections import Counter

import pytest

from kata.judge.clean import in_seconds

RULES = {
    "photo: begun": "tasks begin in the order in which they were made, when `work` suspends.",
    "film: begun": "both tasks have their first turn while `work` waits.",
    "photo: all sent": "which of the waits is over first?",
    "photo: hanging up": "when does a `finally` run if all went well?",
    "photo: hung up": "what is over first: this half second, or the wait of `work`?",
    "battery low, photo done: True, film done: False": "which upload has ended by now, and which has not?",
    "film: hanging up": "what does `asyncio.run` do with a task that is left over, and what runs then?",
    "film: hung up": "is a task that is being cancelled given the time that its `finally` takes?",
    "asyncio.run has returned": "does `asyncio.run` wait for the tasks that it cancels?",
}


def predicted(exercise):
    lines = exercise.source.literal("PREDICTION")
    assert type(lines) is list and all(type(line) is str for line in lines), (
        "PREDICTION should be a list of texts, one for each printed line"
    )
    assert lines, "PREDICTION is still empty"
    return [line.rstrip() for line in lines]


async def really_printed(exercise):
    run = await exercise.original.program()
    return run.printed


async def test_the_prediction_is_complete(exercise):
    """The prediction has as many lines as the program prints."""
    told, printed = predicted(exercise), await really_printed(exercise)
    assert len(told) >= len(printed), f"the program prints more than the {len(told)} lines of the prediction"
    assert len(told) <= len(printed), f"the program prints fewer than the {len(told)} lines of the prediction"


async def test_every_line_is_one_that_is_printed(exercise):
    """Every predicted line is one that the program prints, as often as it is printed, in whatever order."""
    told, left = predicted(exercise), Counter(await really_printed(exercise))
    for number, line in enumerate(told, 1):
        assert left[line], f"line {number}, {line!r}, is not printed, or not so often"
        left[line] -= 1
    assert not left.total(), "the program prints lines that the prediction does not have"


async def test_the_photo_comes_through(exercise):
    """The lines of the photo, which is sent in time, are right."""
    told = [line for line in predicted(exercise) if line.startswith("photo:")]
    printed = [line for line in await really_printed(exercise) if line.startswith("photo:")]
    assert told == printed, "the photo is sent before `work` returns; follow its upload from start to end"


@pytest.mark.points(2)
async def test_what_becomes_of_the_film(exercise):
    """The lines of the film, which is left over, are right."""
    told = [line for line in predicted(exercise) if line.startswith("film:")]
    printed = [line for line in await really_printed(exercise) if line.startswith("film:")]
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"of the film's lines, number {number} comes out otherwise; {RULES[line]}"
    assert len(told) == len(printed), f"the film prints no more than {len(printed)} lines"


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"


@pytest.mark.points(2)
async def test_the_seconds(exercise):
    """SECONDS is the time that the program takes."""
    seconds = exercise.source.literal("SECONDS")
    assert seconds is not None, "SECONDS is still empty"
    assert type(seconds) in (int, float), f"SECONDS should be a number; it is {seconds!r}"
    run = await exercise.original.program()
    assert seconds == run.elapsed, (
        f"the program does not take {in_seconds(seconds)}; who waits for whom, and is the film waited for?"
    )
