"""Hidden tests: awaits in a row."""

from collections import Counter

import pytest

from kata.judge.clean import in_seconds

RULES = {
    "both downloads are made": "does making a coroutine object run any line of its body?",
    "stock: asked for": "which of the two objects is awaited first? Only that one runs.",
    "stock: here": "`await` stays with one coroutine object until its body has returned.",
    "first came stock": "`await` gives what the body returned, and then the next line runs.",
    "prices: asked for": "when does the body of `prices` begin?",
    "prices: here": "`await` stays with one coroutine object until its body has returned.",
    "then came prices": "`await` gives what the body returned, and then the next line runs.",
}


def predicted(exercise):
    lines = exercise.source.literal("PREDICTION")
    assert type(lines) is list and all(type(line) is str for line in lines), (
        "PREDICTION should be a list of texts, one for each printed line"
    )
    assert lines, "PREDICTION is still empty; write the lines between its brackets"
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
    """The prediction has the same lines as the program prints, each as often, in whatever order."""
    told, printed = predicted(exercise), await really_printed(exercise)
    left = Counter(printed)
    for number, line in enumerate(told, 1):
        assert line in printed, f"line {number}, {line!r}, is not printed"
        assert left[line], f"{line!r} stands in the prediction more often than it is printed"
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


@pytest.mark.points(2)
async def test_the_seconds(exercise):
    """SECONDS is the time that the program takes."""
    seconds = exercise.source.literal("SECONDS")
    assert seconds is not None, "SECONDS is still empty"
    assert type(seconds) in (int, float), f"SECONDS should be a number; it is {seconds!r}"
    run = await exercise.original.program()
    assert seconds == run.elapsed, (
        f"the program does not take {in_seconds(seconds)}; is anything on its way while the first await waits?"
    )
