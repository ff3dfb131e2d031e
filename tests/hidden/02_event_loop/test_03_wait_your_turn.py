"""Hidden tests: wait your turn."""

from collections import Counter

import pytest

RULES = {
    "both uploads are tasks": "`create_task` schedules a task; who is running until the first `await`?",
    "yesterday: connected": "ready tasks are served in a fixed order, whatever is awaited; in which one?",
    "today: connected": "what does the first task do at its `sleep(0)`, and whose turn is next?",
    "yesterday: half sent": "after `sleep(0)` a task stands at the end of the queue; who is at the front?",
    "today: half sent": "after `sleep(0)` a task stands at the end of the queue; who is at the front?",
    "yesterday: all sent": "does a task need to be awaited to have its turn?",
    "today: all sent": "does `program` go on before the task that it awaits has ended?",
    "today's upload was awaited": "`program` goes on when the task that it awaits has ended.",
    "yesterday's is done: True": "had the other task reached its end by then?",
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
    assert len(told) >= len(printed), f"the program prints more lines than the prediction has ({len(told)})"
    assert len(told) <= len(printed), f"the program prints fewer lines than the prediction has ({len(told)})"


async def test_every_line_is_one_that_is_printed(exercise):
    """Every predicted line is one that the program prints, as often as it is printed, in whatever order."""
    told, printed = predicted(exercise), await really_printed(exercise)
    left = Counter(printed)
    for number, line in enumerate(told, 1):
        assert line in printed, f"line {number}, {line!r}, is not printed"
        assert left[line], f"{line!r} stands in the prediction more often than it is printed"
        left[line] -= 1
    assert not left.total(), "the program prints lines that the prediction does not have"


async def test_the_two_uploads_take_turns(exercise):
    """How the two uploads take turns, leaving aside which of them begins."""

    def turns(lines):
        uploads = [line.split(":")[0] for line in lines if line.startswith(("yesterday:", "today:"))]
        return [upload == uploads[0] for upload in uploads]

    told, printed = turns(predicted(exercise)), turns(await really_printed(exercise))
    assert len(told) == len(printed), "both uploads run to their end; some of their lines are missing or too many"
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, (
            f"among the lines of the two uploads, number {number} comes from the other one; "
            "what does `await asyncio.sleep(0)` do to the task that calls it?"
        )


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        spelled = "" if mine is None or mine in printed else " The program prints no line that is spelled like yours."
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}{spelled}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"
