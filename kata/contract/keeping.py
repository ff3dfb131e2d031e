"""What a scorecard keeps of a recording: all of it, or what shows it truly where it is large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kata.contract.recording import encode
from kata.contract.run import Call, Run, TaskRecord
from kata.contract.values import from_wire

__all__ = ["MAX_CUT", "MAX_KEPT", "kept"]

_bytes = msgspec.msgpack.Encoder().encode

MAX_KEPT = 192 * 1024
"""Bytes of a recording that is kept whole, as MessagePack; as JSON with indents they are up to five times as many.

The largest recording of a good answer, of 200 tasks that call a service each, has 160 KiB.
"""

MAX_CUT = 64 * 1024
"""Bytes of one of which a part is kept. What is drawn and said of it needs a dozen rows and lines, and how many more
there were."""

WHOLE = 250
"""Tasks, lines, or calls of one fake, of a recording that is kept whole."""

TASKS = 100
NOTABLE = 25
"""Of those tasks, how many are kept for how they ended, wherever they come in the play."""
SPANS = 40
"""Of one task: what a row of a timeline shows one by one. More are not kept in any recording."""
LINES = 100
CHARACTERS = 400
"""Of one line."""
CALLS = 100
"""Of one fake."""
OTHERS = 100
"""Of anything else, such as blocks."""
VALUE = 2_000
"""Bytes of one result or argument."""


def kept(run: Run) -> Run:
    """The recording as a scorecard keeps it: the same, or fewer tasks, steps, lines and calls where there are many.

    How many tasks, steps and lines were left out stands in what is kept. One with turns is for a replay and
    kept whole.
    """
    if run.turns or _is_small(run):
        return run
    for part in (1, 4, 16):
        few = _beginning(run, part)
        if len(encode(few)) <= MAX_CUT:
            return few
    return Run(unfit=run.unfit, limit=run.limit, elapsed=run.elapsed, cost=run.cost, clock=run.clock)


def _is_small(run: Run) -> bool:
    return (
        all(len(each) <= WHOLE for each in _lists(run).values())
        and all(len(task.spans) <= SPANS for task in run.tasks)
        and all(len(calls) <= WHOLE for calls in run.calls.values())
        and len(encode(run)) <= MAX_KEPT
    )


def _beginning(run: Run, part: int) -> Run:
    """The recording with one part in so many of what may be kept at most."""
    tasks = _chosen(run, part)
    lines = run.lines[: LINES // part]
    known = dict(
        returned=_cut(run.returned),
        notes=[_cut(note) for note in run.notes[: OTHERS // part]],
        lines=[msgspec.structs.replace(line, text=line.text[:CHARACTERS]) for line in lines],
        lines_dropped=run.lines_dropped + len(run.lines) - len(lines),
        tasks=[_shortened(task, SPANS // part) for task in tasks],
        tasks_dropped=run.tasks_dropped + len(run.tasks) - len(tasks),
        calls={
            fake: [_with_short_arguments(call) for call in calls[: CALLS // part]]
            for fake, calls in [*run.calls.items()][:20]
        },
        in_flight=dict([*run.in_flight.items()][:20]),
    )
    others = {name: each[: OTHERS // part] for name, each in _lists(run).items()}
    return msgspec.structs.replace(run, **{**others, **known})


def _lists(run: Run) -> dict[str, list[Any]]:
    """All of the recording that can be long, by the names of its fields."""
    return {name: each for name in run.__struct_fields__ if type(each := getattr(run, name)) is list}


def _chosen(run: Run, part: int) -> Sequence[TaskRecord]:
    """The first tasks, and the first of those that failed or blocked; in the order in which they were made."""
    room, notable = TASKS // part, NOTABLE // part
    if len(run.tasks) <= room:
        return run.tasks
    first = room - notable
    blocking = {block.task for block in run.blocks}
    later = [task for task in run.tasks[first:] if task.outcome == "raised" or task.name in blocking]
    return [*run.tasks[:first], *later[:notable]]


def _shortened(task: TaskRecord, most: int) -> TaskRecord:
    """A task with its first spans; the steps that are left out are counted."""
    left_out = task.spans[most:]
    steps = max(sum(span.kind != "waiting" for span in left_out), 1) if left_out else 0
    return msgspec.structs.replace(
        task,
        spans=task.spans[:most],
        cancel_requests=task.cancel_requests[:most],
        steps_dropped=task.steps_dropped + steps,
    )


def _with_short_arguments(call: Call) -> Call:
    return msgspec.structs.replace(
        call,
        wired=[_cut(value) for value in call.wired[:10]],
        wired_kwargs={name: _cut(value) for name, value in [*call.wired_kwargs.items()][:10]},
    )


def _cut(wire: Any) -> Any:
    if len(_bytes(wire)) <= VALUE:
        return wire
    return ["opaque", type(from_wire(wire)).__name__, "… (too large to be kept)"]
