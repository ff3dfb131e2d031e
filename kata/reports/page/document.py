"""The document of a replay: one or two recorded plays as plain data, which the page and its scripts read.

It is JSON: what is in a recording, without what a replay does not show. A play is recorded with ``detail`` for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from kata.contract.run import Line, Run, Span, TaskRecord
from kata.contract.texts import shown
from kata.contract.turns import MAX_BYTES, MAX_PRINTED, MAX_STEPS, MAX_TURNS, Turn
from kata.contract.values import PlainValueError, from_wire
from kata.reports import wording
from kata.reports.wording import without_noise

__all__ = ["VERSION", "Replayed", "document"]

VERSION = 1

RESULT = 200
"""Characters of a result."""

MANY_SPANS = 5_000
"""Spans of a play from which on those of no length are left out: its turns tell of each step."""

NOT_SHOWN = "# The code of the solution is not shown here.\n# What its event loop does, is.\n"

STOPPED = {
    "": "",
    "turns": f"Only the first {MAX_TURNS:,} turns are recorded",
    "lines": f"Only the turns of the first {MAX_STEPS:,} lines are recorded",
    "bytes": f"Only the first {MAX_BYTES >> 20} MiB of turns are recorded",
}


@dataclass(frozen=True)
class Replayed:
    """One play to be shown: its recording, and the code that was played."""

    label: str
    """Such as ``Yours``."""
    file: str
    code: str
    run: Run
    message: str = ""
    """Why the criterion fails."""
    hidden: bool = False
    """True for code that is not to be seen: then its lines and values are left out, too."""


def document(title: str, plays: Sequence[Replayed], criterion: str = "") -> dict[str, Any]:
    """What a replay shows, as JSON can hold it.

    Args:
        title: of the exercise or script.
        plays: one, or two that are stepped together.
        criterion: of the exercise, under which they were played.

    >>> made = document("A script", [Replayed("script.py", "script.py", "print(1)", Run(elapsed=1.0))])
    >>> made["version"], made["plays"][0]["elapsed"], made["plays"][0]["turns"]
    (1, 1.0, [])
    """
    return {"version": VERSION, "title": title, "criterion": criterion, "plays": [_play(each) for each in plays]}


def _play(play: Replayed) -> dict[str, Any]:
    run = play.run
    turns = [_whole(turn) for turn in run.turns]
    if play.hidden:
        for turn in turns:
            turn |= {"steps": [], "line": 0, "function": "", "deeds": [deed | {"line": 0} for deed in turn["deeds"]]}
    few = sum(len(task.spans) for task in run.tasks) <= MANY_SPANS
    return {
        "label": play.label,
        "file": play.file,
        "code": NOT_SHOWN if play.hidden else play.code,
        "first_line": 1,
        "elapsed": run.elapsed,
        "outcome": _outcome(run),
        "message": play.message,
        "tasks": [_task(task, few, play.hidden) for task in run.tasks],
        "blocks": [
            {
                "start": block.start,
                "seconds": block.seconds,
                "call": block.call,
                "task": block.task,
                "line": block.at.line if block.at is not None and not play.hidden else 0,
            }
            for block in run.blocks
        ],
        "lines": _lines(run.lines, run.turns),
        "turns": turns,
        "stopped": _stopped(run),
    }


def _whole(value: Any) -> Any:
    """A struct of the contract as plain data, with all its fields; `msgspec` alone leaves out what is as usual."""
    if isinstance(value, msgspec.Struct):
        return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


def _task(task: TaskRecord, few: bool, hidden: bool) -> dict[str, Any]:
    return {
        "name": task.name,
        "coroutine": task.coroutine,
        "parent": task.parent,
        "created": task.created,
        "ended": task.ended,
        "outcome": task.outcome,
        "spans": [
            {
                "kind": span.kind,
                "start": span.start,
                "end": span.end,
                "what": span.what,
                "line": span.at.line if span.at is not None and not hidden else 0,
            }
            for span in task.spans
            if few or not _is_moment(span)
        ],
        "cancel_requests": task.cancel_requests,
    }


def _is_moment(span: Span) -> bool:
    return span.kind == "running" and span.start == span.end


def _lines(lines: Sequence[Line], turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The printed lines, each with the number of the turn that printed it; 0 for one that no turn did.

    A turn tells what it printed, in order; lines of threads and of other processes stand between.
    """
    printed = deque((turn.number, deed.what) for turn in turns for deed in turn.deeds if deed.kind == "print")
    found = []
    for line in lines:
        number = 0
        if printed and line.text[:MAX_PRINTED] == printed[0][1]:
            number = printed.popleft()[0]
        found.append(
            {"text": line.text, "at": line.at, "task": line.task, "stream": line.stream, "turn": number}
        )  # fmt: skip
    return found


def _outcome(run: Run) -> str:
    """How a play ended, in a few words."""
    if run.unfit is not None:
        return f"was not played: {run.unfit.message}"
    if run.deadlock is not None:
        return "never ended: nothing could wake it any more"
    if run.limit is not None:
        return f"was stopped after {run.limit.message}"
    if run.error is not None:
        said = f"raised {run.error.type}: {run.error.message}" if run.error.message else f"raised {run.error.type}"
        return said[:RESULT]
    try:
        result = from_wire(run.returned)
    except PlainValueError:
        return "returned"
    return "returned" if result is None else f"returned {without_noise(shown(result, RESULT))}"


def _stopped(run: Run) -> str:
    """What is left out of the turns, as a sentence; empty when nothing is."""
    if not run.turns_stopped:
        return ""
    more = f"; {wording.count(run.turns_dropped, 'more turn')} followed." if run.turns_dropped else "."
    return STOPPED[run.turns_stopped] + more
