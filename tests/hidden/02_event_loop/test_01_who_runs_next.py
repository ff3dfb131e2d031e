"""Hidden tests: who runs next."""

from collections import Counter

import pytest

RULES = {
    "three jobs are scheduled": "`create_task` schedules a task; who is running until the first `await`?",
    "letter: page 1": "ready tasks are served from the front of the queue; who joined it first?",
    "plan: page 1": "what does a task do at its `sleep(0)`, and who is at the front of the queue then?",
    "poster: page 1": "what does a task do at its `sleep(0)`, and who is at the front of the queue then?",
    "letter: page 2": "after `sleep(0)` a task stands at the end of the queue; who is at the front?",
    "plan: done": "whose turn is it, and what has this task left to do?",
    "poster: page 2": "after `sleep(0)` a task stands at the end of the queue; who is at the front?",
    "letter: done": "whose turn is it, and what has this task left to do?",
    "poster: page 3": "which tasks are still in the queue?",
    "poster: done": "is there still a task that has not ended?",
    "all jobs are done": "`program` goes on when all that it awaits has ended.",
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


async def test_the_jobs_take_turns(exercise):
    """How the jobs take turns in their first six lines, leaving aside which of them begins."""

    def turns(lines):
        jobs = [line.split(":")[0] for line in lines if line.startswith(("letter:", "plan:", "poster:"))]
        return [jobs.index(job) for job in jobs[:6]]

    told, printed = turns(predicted(exercise)), turns(await really_printed(exercise))
    assert len(told) == len(printed), "the three jobs print more lines than the prediction has of them"
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, (
            f"among the lines of the jobs, number {number} comes from another one; where in the queue does "
            "`await asyncio.sleep(0)` send the task that calls it?"
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
