"""Hidden tests: who is what."""

import pytest

RULES = {
    "fetch_rate": "the name was bound by `async def`; nothing is called here.",
    "work": "the function was called, and the loop was not asked to run anything.",
    "task": "a task is made from a coroutine object, and it has relatives.",
    "slip": "nobody gave this one anything to run; somebody else has to make it done.",
    "rate": "`await` gives what the body returned.",
    "task is done": "how long does the task take, and how much time has passed?",
    "slip is done": "who has set it by then?",
    "and now": "setting or cancelling comes before this line; has it taken effect by now, and on whom?",
    "slip can be cancelled": "a future is made done once; what can `cancel` still change after that?",
    "other can be cancelled": "is anything known yet of this one?",
    "late can be cancelled": "this task has begun; is it at its end?",
    "other is cancelled": "a future has no code to run; does a cancellation have to wait for anything?",
    "late is cancelled": "a task hears of a cancellation when it has its next turn, not before.",
    "read twice": "a future keeps its result after it was awaited.",
}


def predicted(exercise):
    lines = exercise.source.literal("PREDICTION")
    assert type(lines) is list and all(type(line) is str for line in lines), (
        "PREDICTION should be a list of texts, one for each printed line"
    )
    assert lines, "PREDICTION is still empty"
    return [" ".join(line.split()) for line in lines]


async def the_lines_agree(exercise, names):
    """Compare the lines that begin with one of these names, place by place."""
    told, run = predicted(exercise), await exercise.original.program()
    for number, line in enumerate(run.printed, 1):
        name = line.partition(":")[0]
        if name not in names:
            continue
        mine = told[number - 1] if number <= len(told) else None
        assert mine == line, (
            f"line {number} {'is missing' if mine is None else f'{mine!r}'}: look at {name!r} again; {RULES[name]}"
        )


async def test_every_line_has_its_place(exercise):
    """The prediction has one line for each line that is printed, each beginning as the program says."""
    told, run = predicted(exercise), await exercise.original.program()
    assert len(told) >= len(run.printed), f"the program prints more than the {len(told)} lines predicted"
    assert len(told) <= len(run.printed), f"the program prints fewer than the {len(told)} lines predicted"
    for number, (mine, line) in enumerate(zip(told, run.printed, strict=True), 1):
        name = line.partition(":")[0]
        assert mine.partition(":")[0] == name, f"line {number} should begin with {name!r}, as in the program"


@pytest.mark.points(2)
async def test_functions_objects_and_values(exercise):
    """The lines on `fetch_rate`, `work` and `rate` say what they are."""
    await the_lines_agree(exercise, {"fetch_rate", "work", "rate"})


@pytest.mark.points(2)
async def test_tasks_and_futures(exercise):
    """The lines on `task` and `slip` say what they are."""
    await the_lines_agree(exercise, {"task", "slip"})


async def test_done_or_not(exercise):
    """The lines on what is done, and on reading a future twice, are right."""
    await the_lines_agree(exercise, {"task is done", "slip is done", "read twice"})


@pytest.mark.points(2)
async def test_cancelled_or_not(exercise):
    """The lines on cancelling, and what holds afterwards, are right."""
    names = {name for name in RULES if "cancelled" in name}
    await the_lines_agree(exercise, names | {"and now"})
