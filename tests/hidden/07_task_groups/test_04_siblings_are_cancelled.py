"""Hidden tests: one fails, and the others."""

from collections import Counter

import pytest

RULES = {
    "all four are under way": "creating a task runs none of its lines; who has its turn first?",
    "mail: copied": "which copy needs the least time, and has anything gone wrong by then?",
    "the end of the block": "a task has failed; whom does the group cancel, and who of these has nothing to tidy up?",
    "films: half a copy removed": "the group waits for those that tidy up; which of them needs less time for it?",
    "books: half a copy removed": "the group waits for those that tidy up, all of them.",
    "errors in the group: 1": "when has the last task of the group ended, and what was an error and what was not?",
    "good night": "what was caught does not go on up; what comes after the `try`?",
}
# For lines that are not printed: a piece of the line, and what to think over.
DOUBTS = {
    "still here": "whom does the group cancel when one of its tasks fails?",
    "errors in the group": "which of the tasks ended with an error, and which were cancelled?",
    "complete": "an exception leaves the block; does the line right after it run then?",
    "copied": "what becomes of those that are still at work when one of them fails?",
    "removed": "who is cancelled: those that have ended, the one that failed, or those still at work?",
}


def doubt(line):
    """The rule to think of for a line that is not printed, if there is one."""
    return next((f"; {rule}" for text, rule in DOUBTS.items() if text in line), "")


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
        assert left[line], f"line {number}, {line!r}, is not printed, or not so often{doubt(line)}"
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
        f"SECONDS is not {seconds!r}; "
        "at which second does the failure come, and how long does the group then wait for those that tidy up?"
    )
