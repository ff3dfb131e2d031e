"""Hidden tests: when does it start?"""

from collections import Counter

import pytest

RULES = {
    "order 7 comes in": "nothing else is there yet.",
    "the receipt is a task": "`create_task` schedules a task; who is running at that moment, and until when?",
    "log: order 7": "does awaiting a coroutine object start it on the spot, or put it into the queue?",
    "the log is written": "is there anything in `write_log` that has to wait? Only then others get a turn.",
    "receipt: connected": "this is where `program` suspends for the first time; who is in the queue?",
    "the others had a turn": "a turn lasts until the task has to wait; what does the mail wait for?",
    "receipt: sent": "`await` on a task waits for its end.",
    "the receipt is out": "`program` goes on when the task that it awaits has ended.",
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


async def test_the_lines_of_program_itself(exercise):
    """The lines that do not come from the mail are in the right order, leaving the mail aside."""
    told = [line for line in predicted(exercise) if not line.startswith("receipt:")]
    printed = [line for line in await really_printed(exercise) if not line.startswith("receipt:")]
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, (
            f"without the lines of the mail, number {number} is the first that comes out otherwise; "
            "awaiting a coroutine object runs its body on the spot"
        )
    assert len(told) == len(printed), "there are lines in the prediction that nobody prints"


@pytest.mark.points(3)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"
