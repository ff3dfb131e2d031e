"""Hidden tests: siblings run on."""

from collections import Counter

import pytest

from kata.judge.clean import in_seconds

# By the first word of a line: what to think about again. Nothing here says what the line should be.
RULES = {
    "cover:": "the jobs are all under way from the start; look at their seconds.",
    "press:": "the jobs are all under way from the start; look at their seconds, and at what a job does before its "
    "error leaves it.",
    "glue:": "who, if anybody, tells the jobs still under way that one has failed?",
    "parcel:": "who, if anybody, tells the jobs still under way that one has failed?",
    "office:": "when does the one who awaits `gather` learn of an error, and of which?",
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
        rule = RULES.get(line.split()[0] if line else "", "look at how the line begins.")
        assert left[line], f"line {number}, {line!r}, is not printed, or not so often; {rule}"
        left[line] -= 1
    assert not left.total(), "the program prints lines that the prediction does not have"


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line.split()[0]]}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"


@pytest.mark.points(2)
async def test_the_seconds(exercise):
    """SECONDS is the time that the program takes."""
    seconds = exercise.source.literal("SECONDS")
    assert seconds is not None, "SECONDS is still empty"
    assert type(seconds) in (int, float), f"SECONDS should be a number; it is {seconds!r}"
    run = await exercise.original.program()
    assert seconds == run.elapsed, (
        f"the program does not take {in_seconds(seconds)}; when does the office hear of the trouble, and "
        "what does it wait for after that?"
    )
