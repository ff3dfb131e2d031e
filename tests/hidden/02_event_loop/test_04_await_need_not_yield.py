"""Hidden tests: await need not yield."""

from collections import Counter

import pytest

RULES = {
    "tree: ask the server": "`program` awaits the task at once; what is the first thing that it prints?",
    "first time: Baum": "`await` gives what the body returned, and then the next line runs.",
    "the log wants to be saved": "`create_task` schedules a task; has anybody suspended since?",
    "from the task again: Baum": "the task has ended already; is there anything left to wait for, or to run?",
    "from memory: Baum": "which lines of `look_up` run for a word that is known? Does one of them suspend?",
    "house: ask the server": "an awaited coroutine object runs on the spot; which of its lines comes first?",
    "log: saved": "`program` suspends here for the first time since the log was scheduled.",
    "a new word: Haus": "the server has answered; `await` gives what the body returned.",
    "the log was awaited": "the task has ended long before; what is left to print?",
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


async def test_when_the_log_has_its_turn(exercise):
    """At which place of the program the log is saved."""
    told, printed = predicted(exercise), await really_printed(exercise)
    assert told.count("log: saved") == 1, "the log is saved exactly once"

    def lines_before(lines):
        return {line.partition(":")[0] for line in lines[: lines.index("log: saved")]}

    assert lines_before(told) == lines_before(printed), (
        "the log is saved at another moment; go through the awaits one by one and ask whether there is "
        "really something to wait for"
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
