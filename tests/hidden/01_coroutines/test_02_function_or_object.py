"""Hidden tests: function or object."""

from collections import Counter

import pytest

RULES = {
    "function": "what does `async def` bind to the name: a function, or something else?",
    "coroutine": "what does calling a coroutine function give, and does it run any line of the body?",
    "asking for invoice 2": "which body begins to run at this point, and which was never awaited so far?",
    "invoice 2 is here": "`await` stays with one coroutine object until its body has returned.",
    "str": "`await` gives what the body returned; think of its type.",
    "invoice 2": "`await` gives what the body returned.",
    "and now the other one": "nobody has awaited `later` yet.",
    "asking for invoice 1": "a coroutine object begins at the first line of its body, when it is awaited.",
    "invoice 1 is here": "the body runs on to its `return` before `await` gives anything back.",
    "invoice 1": "`await` gives what the body returned.",
}
TYPES = {
    "function",
    "coroutine",
    "coroutine_function",
    "generator",
    "str",
    "Task",
    "Future",
    "NoneType",
    "type",
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


async def test_the_names_of_the_types(exercise):
    """The three lines that name a type are right."""
    told = [line for line in predicted(exercise) if line in TYPES]
    printed = [line for line in await really_printed(exercise) if line in TYPES]
    assert len(told) == len(printed), f"three lines name a type; the prediction has {len(told)} such lines"
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, f"the type number {number}, {mine!r}, is another one; {RULES[real]}"


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"
