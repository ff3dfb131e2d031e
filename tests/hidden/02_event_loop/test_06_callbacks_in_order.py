"""Hidden tests: callbacks in order."""

from collections import Counter

import pytest

RULES = {
    "the morning is planned": "all these calls only schedule; who is running until the first `await`?",
    "lamp: on": "what is ready at once is served in the order in which it joined the queue.",
    "water: the valve opens": "a new task stands in the same queue as the callbacks; in which place?",
    "radio: on": "what is ready at once is served in the order in which it joined the queue.",
    "window: opens": "a timer joins the queue when its time has come; who stood there by then?",
    "water: it flows": "the task went to the end of the queue at its `sleep(0)`.",
    "the watering is done": "`program` goes on when the task that it awaits has ended.",
    "pump: stops": "which timer runs out first?",
    "window: closes": "which timers run out while `program` sleeps?",
    "the door is locked": "has `program` slept long enough by now, and does it wait for anything else?",
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


async def test_what_is_ready_at_once(exercise):
    """The lines "lamp: on", radio and water: what is ready at once, and the task's second turn."""

    def ready(lines):
        return [line for line in lines if line.startswith(("lamp: on", "radio:", "water:"))]

    told, printed = ready(predicted(exercise)), ready(await really_printed(exercise))
    assert len(told) == len(printed), (
        'lines of "lamp: on", radio or water are missing, or there are too many; which of them come to pass?'
    )
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, (
            f'among the lines "lamp: on", radio and water, number {number} is another one; {RULES[real]}'
        )


async def test_the_timers(exercise):
    """The timers among each other, and the end of the program."""

    def timers(lines):
        return [line for line in lines if line.startswith(("window:", "pump:", "lamp: off", "the door"))]

    told, printed = timers(predicted(exercise)), timers(await really_printed(exercise))
    assert len(told) == len(printed), (
        "a line of the timers or the door is missing, or there are too many; "
        "which timers run out before the program ends?"
    )
    for number, (mine, real) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == real, f"among the lines of the timers and the door, number {number} is another one"


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        spelled = "" if mine is None or mine in printed else " The program prints no line that is spelled like yours."
        assert mine == line, f"line {number} is the first that comes out otherwise; {RULES[line]}{spelled}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"
