"""Diagnoses of task groups and gather: where the errors of tasks come out, and which tasks a group knows of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from kata.contract.run import Frame, Span, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at, second_of
from kata.judge.diagnosis.case import Case, classes, groups_in

__all__ = ["except_inside", "left_by_gather", "not_of_the_group"]


def except_inside(case: Case) -> Diagnosis | None:
    """A handler stands inside the block of a task group, around what only starts tasks."""
    error = case.run.error
    if error is None or not error.children:
        return None
    passed = {line.line for group in groups_in(error) for line in group.traceback}
    names = classes(error)
    for block in ast.walk(case.source.tree):
        if not isinstance(block, ast.AsyncWith) or block.lineno not in passed:
            continue
        if not any(_is_group(case, item.context_expr) for item in block.items):
            continue
        for inner in _own(block):
            if not isinstance(inner, ast.Try | ast.TryStar) or not _only_starts(inner.body):
                continue
            star = "*" if isinstance(inner, ast.TryStar) else ""
            for handler in inner.handlers:
                if handler.type is None or names & {_last(part) for part in _kinds(handler.type)}:
                    return at(
                        Frame("", handler.lineno, ""),
                        "except_inside",
                        f"The except{star}{{}} stands inside the block of the task group, around create_task, which "
                        "only starts a task. What the tasks raise comes out of the whole block, the async with in line "
                        f"{block.lineno}: put the try around that, or into the coroutine that a task runs.",
                    )
    return None


def _is_group(case: Case, node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and case.source.dotted(node.func) == "asyncio.TaskGroup"


def _own(block: ast.AST) -> Iterator[ast.AST]:
    """What stands in a block, without what stands in functions that are defined there."""
    for node in ast.iter_child_nodes(block):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _own(node)


def _only_starts(body: list[ast.stmt]) -> bool:
    """True for statements that start a task and wait for nothing, so that no error of a task can come there."""
    parts = [part for each in body for part in ast.walk(each)]
    waits = any(isinstance(part, ast.Await | ast.AsyncWith | ast.AsyncFor) for part in parts)
    return not waits and any(isinstance(part, ast.Attribute) and part.attr == "create_task" for part in parts)


def _kinds(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


_OUTSIDE = r"\basyncio\.(create_task|ensure_future)\(|\bloop\.create_task\(|(?<![\w.])(create_task|ensure_future)\("
"""Calls that make a task which no group knows of."""


def not_of_the_group(case: Case) -> Diagnosis | None:
    """A result is asked for after a task group that has not made the task, and so did not wait for it."""
    error = case.run.error
    if error is None or not case.source.calls("asyncio.TaskGroup"):
        return None
    early = next((leaf for leaf in error.leaves() if leaf.type == "InvalidStateError" and leaf.traceback), None)
    if early is None or not early.message.startswith("Result is not"):
        return None
    for task in case.run.tasks:
        made = task.created_at
        if made is not None and (task.outcome == "pending" or task.ended_by_cleanup) and re.search(_OUTSIDE, made.text):
            return at(
                made,
                "asyncio_error",
                f"{task.name} is made{{}} with asyncio.create_task. The task group does not know of it and does not "
                f"wait for it, so in line {early.traceback[-1].line} its result is asked for before there is one. Make "
                "it with the group's own create_task.",
            )
    return None


def left_by_gather(case: Case) -> Diagnosis | None:
    """Tasks were left behind since a gather raised the first error and waited for nobody else."""
    left = {task.name for task in case.run.leaked if not task.cancelled}
    for task in case.run.tasks:
        for span in task.spans:
            failed = _failed(case, span)
            rest = [name for name in span.on if name in left]
            if failed is None or not rest or span.at is None:
                continue
            number = len(case.run.leaked)
            who, them = (f"{rest[0]} and {number - 1} more were", "them") if number > 1 else (f"{rest[0]} was", "it")
            return at(
                span.at,
                "leaked",
                f"The gather{{}} raised the error of {failed.name} at {second_of(span.end)} and stopped nobody: {who} "
                "still alive when the function ended. A task group stops the others and waits for them; or cancel "
                f"{them}, and then await {them}.",
            )
    return None


def _failed(case: Case, span: Span) -> TaskRecord | None:
    """The task whose error ended the wait in a gather."""
    if span.kind != "waiting" or span.what != "gather":
        return None
    return next(
        (
            task
            for task in case.run.tasks
            if task.name in span.on and task.outcome == "raised" and task.ended == span.end
        ),
        None,
    )
