"""Hidden tests: cancelled before the start."""

from collections import Counter

import pytest

RULES = {
    "docs asked to stop, done: False": "has anybody but `program` had a turn yet, and does `cancel()` ask or act?",
    "tests: begins": "at `sleep(0)` both tasks have a turn; what does one run that was cancelled before its first?",
    "docs done: True": "what did `docs` do at its turn, and what is left of it after that?",
    "tests asked to stop, done: False": "does `cancel()` ask or act, and who is running at this moment?",
    "tests: tidies up": "where does the body of `tests` stand when the cancellation arrives?",
    "docs cancelled: True": "how did a task end that was asked to stop and never returned anything?",
    "tests cancelled: True": "how does a task end when the CancelledError leaves its body?",
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


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"
