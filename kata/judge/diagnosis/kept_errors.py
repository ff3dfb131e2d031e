"""Diagnoses of errors that do not come out: what in the code keeps one, looked up from where it was raised upwards."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kata.contract.run import Span, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.contract.values import Failure
from kata.judge.diagnosis.case import Case, classes
from kata.judge.diagnosis.values import shown_error
from kata.judge.source import SourceQuery

__all__ = ["error_swallowed"]


def error_swallowed(case: Case) -> Diagnosis | None:
    """No error came although one was expected."""
    error = case.wanted_error
    if error is None or (case.run.error is not None and not _by_the_test(case)):
        return None
    story = shown_error(error)
    calls = [call for calls in case.run.calls.values() for call in calls]
    if case.run.calls and not any(call.outcome == "raised" for call in calls):
        return Diagnosis(
            "error_swallowed",
            f"{story} should have come out and was never raised: the call that raises it was not made, or was given "
            "up before it ended.",
        )
    facts = case.about("error kept")
    if (kept := _kept(case, error)) is not None:
        line, what = kept
        if facts is not None and facts.get("told"):
            if not _drops(case.source.tree, line):
                return None
            return Diagnosis(
                "error_swallowed",
                f"{story} was told to nobody. {what} gets it and lets it fall: tell it there.",
                "",
                line,
            )
        return Diagnosis(
            "error_swallowed",
            f"{story} should have come out and did not. {what} gets it and keeps it: catch only what you can handle "
            "there, or raise it again.",
            "",
            line,
        )
    grouped = any(span.what == "asyncio.TaskGroup.__aexit__" for task in case.run.tasks for span in task.spans)
    catchers = case.catchers(error) if facts is None and not grouped else []
    if len(catchers) != 1:
        return None
    line, what = catchers[0]
    if what.startswith("return_exceptions") and not _failed_within(case, line):
        return None
    return Diagnosis(
        "error_swallowed",
        f"{story} should have come out and did not. {what} is the one place in your code that keeps it from going on: "
        "catch only what you can handle there, or raise it again.",
        "",
        line,
    )


def _failed_within(case: Case, line: int) -> bool:
    """True when a task failed while somebody waited in the gather whose ``return_exceptions`` stands in a line."""
    ends = [task.ended for task in case.run.tasks if task.outcome == "raised" and task.ended is not None]
    waits = [
        span
        for task in case.run.tasks
        for span in task.spans
        if span.what == "gather" and span.at is not None and _return_exceptions(case.source.tree, span.at.line) == line
    ]
    return any(span.start < end <= span.end for span in waits for end in ends)


def _drops(tree: ast.Module, line: int) -> bool:
    """True for an ``except`` that does nothing with what it gets."""
    return any(
        isinstance(node, ast.ExceptHandler)
        and node.lineno == line
        and all(isinstance(part, ast.Pass | ast.Continue | ast.Return) for part in node.body)
        for node in ast.walk(tree)
    )


def _by_the_test(case: Case) -> bool:
    """True when the test itself was played, and looks at errors of its own; what it ended with is none of theirs."""
    return case.about("error kept") is not None and not case.plain_call


def _kept(case: Case, error: Failure | BaseException) -> tuple[int, str] | None:
    """The place that kept an error, when all that was raised came to one and the same: its line, and its name."""
    by_name = {task.name: task for task in case.run.tasks}
    found: set[tuple[int, str] | None] = set()
    for call in (call for calls in case.run.calls.values() for call in calls if call.outcome == "raised"):
        task = by_name.get(call.task or "")
        if task is None or call.end is None or task.error not in (None, error):
            continue
        found.add(_keeper(case, by_name, task, _wait_until(task, call.end), error, 0))
    for task in case.run.tasks:
        if not case.run.calls and task.created_at is not None and task.error == error:
            found.add(_keeper(case, by_name, task, None, error, 0))
    return found.pop() if len(found) == 1 else None


_DEEPEST = 20


def _keeper(
    case: Case,
    by_name: dict[str, TaskRecord],
    task: TaskRecord,
    wait: Span | None,
    error: Failure | BaseException,
    depth: int,
) -> tuple[int, str] | None:
    """What keeps an error that comes to a task in a wait: a handler there, or what awaits the task in its turn."""
    if wait is not None and wait.at is not None:
        grouped = wait.what == "asyncio.TaskGroup.__aexit__" or bool(
            depth and (child := _failed_child(case, task, wait)) is not None and child.error and child.error.children
        )
        if (line := _handler(case.source, wait.at.line, error, grouped)) is not None:
            return line, f"The except in line {line}"
        if wait.what == "gather" and depth and (line := _return_exceptions(case.source.tree, wait.at.line)) is not None:
            return line, f"return_exceptions=True in line {line}"
    parent = by_name.get(task.parent or "")
    if task.outcome != "raised" or task.ended is None or parent is None or task.created_at is None or depth > _DEEPEST:
        return None
    return _keeper(case, by_name, parent, _wait_over(parent, task.ended), error, depth + 1)


def _failed_child(case: Case, task: TaskRecord, wait: Span) -> TaskRecord | None:
    return next((other for other in case.run.tasks if wait.what == f"task {other.name}"), None)


def _wait_until(task: TaskRecord, moment: float) -> Span | None:
    """The wait of a task that ended at a moment."""
    return next((span for span in task.spans if span.kind == "waiting" and span.end == moment), None)


def _wait_over(task: TaskRecord, moment: float) -> Span | None:
    """The wait in which a task was at a moment."""
    return next((span for span in task.spans if span.kind == "waiting" and span.start <= moment <= span.end), None)


def _handler(source: SourceQuery, line: int, error: Failure | BaseException, grouped: bool) -> int | None:
    """The line of the innermost ``except`` that gets such an error from a line, and does not let it go on."""
    for block in sorted(_around(source, line), key=lambda node: -node.lineno):
        names = classes(error)
        if grouped and isinstance(block, ast.Try):
            names = {"ExceptionGroup", "BaseExceptionGroup", "Exception", "BaseException"}
        for handler in block.handlers:
            parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type] if handler.type else []
            caught = [ast.unparse(part).rpartition(".")[2] for part in parts]
            if caught and not names.intersection(caught):
                continue
            goes_on = any(
                isinstance(part, ast.Raise) or (isinstance(part, ast.Attribute) and part.attr == "set_exception")
                for part in ast.walk(handler)
            )
            return None if goes_on else handler.lineno
    return None


def _around(source: SourceQuery, line: int) -> Iterator[ast.Try | ast.TryStar]:
    """The ``try`` statements in whose body a line stands, in the function of that line."""
    for node in ast.walk(source.around(line) or source.tree):
        if isinstance(node, ast.Try | ast.TryStar) and any(
            part.lineno <= line <= (part.end_lineno or part.lineno) for part in node.body
        ):
            yield node


def _return_exceptions(tree: ast.Module, line: int) -> int | None:
    """The line of ``return_exceptions=True`` in a call of gather that stands in a line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno <= line <= (node.end_lineno or node.lineno):
            for each in node.keywords:
                if (
                    each.arg == "return_exceptions"
                    and isinstance(each.value, ast.Constant)
                    and each.value.value is True
                ):
                    return each.value.lineno
    return None
