"""What a scorecard keeps of a recording: all of it, or its beginning where it is large."""

from __future__ import annotations

from typing import Any

import msgspec

from kata.contract.run import Run, encode
from kata.contract.values import from_wire

__all__ = ["MAX_KEPT", "kept"]

_bytes = msgspec.msgpack.Encoder().encode

MAX_KEPT = 1 << 18
"""Bytes of a recording that a scorecard keeps."""


def kept(run: Run) -> Run:
    """The recording as a scorecard keeps it: the same, or its beginning where it is large."""
    if len(encode(run)) <= MAX_KEPT:
        return run
    few = msgspec.structs.replace(
        run,
        returned=_cut(run.returned),
        notes=[_cut(note) for note in run.notes[:100]],
        lines=[msgspec.structs.replace(line, text=line.text[:400]) for line in run.lines[:200]],
        lines_dropped=run.lines_dropped + len(run.lines[200:]),
        tasks=[msgspec.structs.replace(task, spans=task.spans[:40]) for task in run.tasks[:100]],
        tasks_dropped=run.tasks_dropped + len(run.tasks[100:]),
        calls={
            fake: [
                msgspec.structs.replace(
                    call,
                    wired=[_cut(value) for value in call.wired[:10]],
                    wired_kwargs={name: _cut(value) for name, value in [*call.wired_kwargs.items()][:10]},
                )
                for call in calls[:200]
            ]
            for fake, calls in [*run.calls.items()][:20]
        },
        in_flight=dict([*run.in_flight.items()][:20]),
        blocks=run.blocks[:100],
        timers=run.timers[:200],
        never_awaited=run.never_awaited[:100],
        leaked=run.leaked[:100],
        unretrieved=run.unretrieved[:20],
    )
    if len(encode(few)) <= MAX_KEPT:
        return few
    return Run(unfit=run.unfit, limit=run.limit, elapsed=run.elapsed, cost=run.cost, clock=run.clock)


def _cut(wire: Any) -> Any:
    if len(_bytes(wire)) <= 2_000:
        return wire
    return ["opaque", type(from_wire(wire)).__name__, "… (too large to be kept)"]
