"""Calls of what the code was given, such as a service, as rows: when each began, and when and how it ended."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kata.contract.run import Call, Run, Span, TaskRecord
from kata.contract.texts import shown
from kata.contract.values import PlainValueError
from kata.reports.timeline.rows import Row

__all__ = ["call_rows", "called", "with_arguments"]

ARGUMENTS = 24
"""Characters of the arguments that are shown."""

FIRST = 14
"""Characters of the first argument, where a call stands at a row or in one."""


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


def with_arguments(rows: list[Row], run: Run) -> None:
    """Name rows of tasks that are one call each, and waits for calls, by what was called for: ``fetch('a')``.

    Args:
        rows: of a recording; they are changed.
        run: the recording.
    """
    made: dict[str | None, list[Call]] = {}
    for call in (call for calls in run.calls.values() for call in calls):
        made.setdefault(call.task, []).append(call)
    for row in rows:
        calls = made.get(row.task.name, [])
        if not calls or row.timers or not row.own:
            continue
        if len(calls) == 1 and row.task.coroutine == calls[0].fake and row.count == 1:
            row.name = _briefly(calls[0])
            continue
        spans = [_told(span, calls) for span in row.task.spans]
        row.task = msgspec.structs.replace(row.task, spans=spans)


def _told(span: Span, calls: Sequence[Call]) -> Span:
    if span.kind != "waiting":
        return span
    for call in calls:
        if call.fake == span.what and call.start <= span.start and (call.end is None or span.end <= call.end):
            return msgspec.structs.replace(span, what=_briefly(call))
    return span


def _briefly(call: Call) -> str:
    try:
        return f"{call.fake}({shown(call.args[0], FIRST)})" if call.args else call.fake
    except PlainValueError:
        return call.fake


def _as_task(call: Call, run: Run) -> TaskRecord:
    end = run.elapsed if call.end is None else call.end
    spans = [Span("running", call.start, call.start, 0)]
    if end > call.start:
        spans.append(Span("waiting", call.start, end, 0))
    if call.end is not None:
        spans.append(Span("running", end, end, 0))
    return TaskRecord(called(call), call.fake, call.start, spans=spans, outcome=call.outcome, ended=call.end)
