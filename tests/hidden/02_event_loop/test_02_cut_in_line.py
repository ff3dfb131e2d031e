"""Hidden tests: cut in line."""

from collections import Counter

import pytest

RULES = {
    "the refresh is scheduled": "`create_task` schedules a task; who is running until somebody suspends?",
    "orders: query sent": "has anybody suspended so far? An awaited coroutine object runs on the spot.",
    "rates: query sent": "`program` has suspended; who stands at the front of the queue?",
    "orders: rows are here": "both have suspended once by now; who did so first?",
    "the orders are loaded": "the awaited body has returned; is there anything here that suspends?",
    "rates: rows are here": "the task has its turn when `program` suspends again; where is that?",
    "the rates are fresh": "`program` goes on when the task that it awaits has ended.",
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


async def test_the_two_queries_take_turns(exercise):
    """How the two queries take turns, leaving aside which of them begins."""

    def turns(lines):
        queries = [line.split(":")[0] for line in lines if line.startswith(("rates:", "orders:"))]
        return [query == queries[0] for query in queries]

    told, printed = turns(predicted(exercise)), turns(await really_printed(exercise))
    assert len(told) == len(printed), "both queries run to their end; some of their lines are missing or too many"
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, (
            f"among the lines of the two queries, number {number} comes from the other one; "
            "what happens to the others while one of them is suspended?"
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
