"""Calls of what the code was given, such as a service, as rows: when each began, and when and how it ended."""

from __future__ import annotations

from kata.contract.run import Call, Run, Span, TaskRecord
from kata.contract.texts import shown
from kata.contract.values import PlainValueError
from kata.reports.timeline.rows import Row

__all__ = ["call_rows", "called"]

ARGUMENTS = 24
"""Characters of the arguments that are shown."""


def call_rows(run: Run) -> list[Row]:
    """A row for each call, in the order in which they began."""
    calls = sorted((call for calls in run.calls.values() for call in calls), key=lambda call: call.start)
    return [Row(_as_task(call, run), 0, name=called(call)) for call in calls]


def called(call: Call) -> str:
    """A call as it could be written: ``fetch('a')``."""
    try:
        arguments = [shown(value, ARGUMENTS) for value in call.args]
        arguments += [f"{name}={shown(value, ARGUMENTS)}" for name, value in call.kwargs.items()]
    except PlainValueError:
        arguments = ["…"]
    return f"{call.fake}({', '.join(arguments)})"


def _as_task(call: Call, run: Run) -> TaskRecord:
    end = run.elapsed if call.end is None else call.end
    spans = [Span("running", call.start, call.start, 0)]
    if end > call.start:
        spans.append(Span("waiting", call.start, end, 0))
    if call.end is not None:
        spans.append(Span("running", end, end, 0))
    return TaskRecord(called(call), call.fake, call.start, spans=spans, outcome=call.outcome, ended=call.end)
