"""Hidden tests: gather is a future."""

import pytest

from kata.judge.clean import in_seconds

RULES = {
    "a coroutine object: False": "which of the things that can be awaited does the call of gather give?",
    "a future: True": "which of the things that can be awaited does the call of gather give?",
    "roads: begins": "when do the parts begin: when `gather` is called, when `program` first suspends, or "
    "when the batch is awaited?",
    "rivers: begins": "the parts begin in the order in which they were handed to gather.",
    "names: begins": "the parts begin in the order in which they were handed to gather.",
    "roads: loaded": "what has run to its end before the first sleep of `program` is over?",
    "one second later": "which parts are done after one second, and which are not?",
    "can be cancelled: True": "is the batch done at this point?",
    "done: False": "tasks hear of a cancellation in their next turn; can the batch be over before they are?",
    "rivers: stopped": "who is on its way when the batch is cancelled, and what does each of them print?",
    "names: stopped": "who is on its way when the batch is cancelled, and what does each of them print?",
    "the batch is cancelled": "what comes out of `await batch` when its parts were cancelled?",
    "done: True": "`await` has come back; what does that say about the batch?",
    "towns: begins": "a new batch begins to run when `program` suspends.",
    "towns: loaded": "a part that nobody stops runs to its end.",
    "parts: ['towns']": "gather gives its results as one list, even if there is only one.",
    "can be cancelled: False": "what can `cancel` still change on a future that is done?",
}


def predicted(exercise):
    lines = exercise.source.literal("PREDICTION")
    assert type(lines) is list and all(type(line) is str for line in lines), (
        "PREDICTION should be a list of texts, one for each printed line"
    )
    assert lines, "PREDICTION is still empty"
    return [" ".join(line.split()).replace('"', "'") for line in lines]


async def really_printed(exercise):
    run = await exercise.original.program()
    return run.printed


def states(lines):
    return [line for line in lines if line.endswith((": True", ": False"))]


def fates(lines):
    return sorted(line for line in lines if not line.endswith((": True", ": False", ": begins", "later")))


async def test_the_prediction_is_complete(exercise):
    """The prediction has as many lines as the program prints."""
    told, printed = predicted(exercise), await really_printed(exercise)
    assert len(told) >= len(printed), f"the program prints more than the {len(told)} lines of the prediction"
    assert len(told) <= len(printed), f"the program prints fewer than the {len(told)} lines of the prediction"


async def test_what_gather_gives_and_its_states(exercise):
    """The lines that end in True or False are right."""
    told, printed = states(predicted(exercise)), states(await really_printed(exercise))
    assert len(told) == len(printed), (
        f"{len(printed)} lines end in True or False; the prediction has {len(told)} such lines"
    )
    for number, (mine, line) in enumerate(zip(told, printed, strict=True), 1):
        assert mine == line, f"number {number} of them, {mine!r}, comes out otherwise; {RULES[line]}"


@pytest.mark.points(2)
async def test_who_is_loaded_and_who_is_stopped(exercise):
    """In whatever order: which parts are loaded, which are stopped, and what comes of each batch."""
    told, left = fates(predicted(exercise)), fates(await really_printed(exercise))
    for line in told:
        assert line in left, f"{line!r} is not printed, or not so often; think of what each part is doing then"
        left.remove(line)
    assert not left, "something happens to a part or a batch that the prediction does not mention"


@pytest.mark.points(2)
async def test_the_lines_stand_in_the_right_order(exercise):
    """Every line stands in its place."""
    told, printed = predicted(exercise), await really_printed(exercise)
    for number, line in enumerate(printed, 1):
        mine = told[number - 1] if number <= len(told) else None
        # A part that begins too early is the mistake, not the line that it pushes down.
        rule = RULES[mine if mine in RULES and mine.endswith(": begins") else line]
        assert mine == line, f"line {number} is the first that comes out otherwise; {rule}"
    assert len(told) == len(printed), f"after line {len(printed)} nothing more is printed"


@pytest.mark.points(2)
async def test_the_seconds(exercise):
    """SECONDS is the time that the program takes."""
    seconds = exercise.source.literal("SECONDS")
    assert seconds is not None, "SECONDS is still empty"
    assert type(seconds) in (int, float), f"SECONDS should be a number; it is {seconds!r}"
    run = await exercise.original.program()
    assert seconds == run.elapsed, (
        f"the program does not take {in_seconds(seconds)}; which parts run on after the batch is cancelled, "
        "and does `program` wait for them?"
    )
