"""Whose a task is, the learner's or the hidden test's, and the name that its row stands under.

A test's own tasks only drive the code that is judged. Where they await that code themselves, what they wait for there
is the learner's, and the rest of their time is nobody's business.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from kata.contract.run import Line, Run, Span, TaskRecord

__all__ = ["ELSEWHERE", "Subject", "has_own_name", "label", "lines_of", "names_in", "subject_of"]

ELSEWHERE = "the test"
"""What a task waits for while it is busy with something of the test's own."""

NOTED = "noted: "
"""How the lines begin that hidden tests print for themselves while the learner's code calls them."""

_WRAPPERS = ("_awaited", "_wrap_awaitable")
"""Coroutines that await an object for somebody, and have no name that a learner could know."""


@dataclass(frozen=True)
class Subject:
    """A task as its row shows it."""

    task: TaskRecord
    own: bool = True
    """Whether it is the learner's."""
    ends: bool = True
    """Whether the end of the task is the end of what the row shows."""


def names_in(text: str) -> frozenset[str]:
    """The functions and classes at the top level of a text of Python; none where it cannot be read."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def subject_of(task: TaskRecord, names: frozenset[str] | None) -> Subject:
    """A task of a play of the submission that defines ``names``; of None everything is its own."""
    drives = any(span.what == ELSEWHERE for span in task.spans)
    if names is None or (not drives and (task.coroutine.split(".")[0] in names or task.created_at is not None)):
        return Subject(task)
    functions = list(dict.fromkeys(_functions(task)))
    if not functions:
        return Subject(task, own=False)
    spans = _own_spans(task)
    ends = task.outcome == "pending" or (task.error is not None and bool(task.error.traceback))
    shown = ", ".join(functions[:2]) + ("…" if functions[2:] else "")
    return Subject(msgspec.structs.replace(task, coroutine=shown, spans=spans), ends=ends)


def lines_of(run: Run, names: frozenset[str] | None) -> list[Line]:
    """The printed lines of the code that defines ``names``, without those that the test printed for itself."""
    if names is None or not run.tasks or subject_of(run.tasks[0], names) == Subject(run.tasks[0]):
        return run.lines
    others = {task.name for task in run.tasks if not subject_of(task, names).own}
    # What the world prints carries no number of a step.
    lines = [line for line in run.lines if line.task is None or (line.order and line.task not in others)]
    return [line for line in lines if not line.text.startswith(NOTED)]


def label(task: TaskRecord, names: frozenset[str] | None) -> tuple[str, str]:
    """What stands at the head of a task's row, and what stands beside it where there is room."""
    owner, _, coroutine = task.coroutine.rpartition(".")
    if coroutine == "aclose":  # of a generator, which says more
        coroutine = f"{owner.rpartition('.')[2]}.aclose"
    if names is None:
        return (task.name, "") if has_own_name(task) else (task.name, coroutine)
    if coroutine in _WRAPPERS:
        waits = (span.what for span in task.spans if span.kind == "waiting" and not span.what.endswith(" turn"))
        coroutine = next(waits, "an awaitable").removeprefix("asyncio.")
    if has_own_name(task) and task.created_at is not None:
        return task.name, ""
    return coroutine, task.name


def has_own_name(task: TaskRecord) -> bool:
    """True for a name that somebody gave to the task."""
    return not (task.name.startswith("Task-") and task.name[5:].isdigit())


def _functions(task: TaskRecord) -> Iterable[str]:
    for span in task.spans:
        if span.at is not None:
            yield _short(span.at.function)
    if task.error is not None and task.error.traceback:
        yield _short(task.error.traceback[0].function)


def _short(function: str) -> str:
    return function.rpartition(".")[2] or function


def _own_spans(task: TaskRecord) -> list[Span]:
    """The spans of a test's task in which it was in the learner's code; the rest as `ELSEWHERE`."""
    spans = task.spans
    fails = task.error is not None and bool(task.error.traceback)
    kept: list[Span] = []
    for index, span in enumerate(spans):
        if span.kind != "running":
            own = span.at is not None
            kept.append(span if own else msgspec.structs.replace(span, kind="waiting", what=ELSEWHERE))
        elif _beside_own(spans, index, -1) or _beside_own(spans, index, 1) or (fails and _is_last(spans, index)):
            kept.append(span)
    return kept


def _beside_own(spans: Sequence[Span], index: int, step: int) -> bool:
    """Whether the nearest span that is no step, on this side, is in the learner's code."""
    index += step
    while 0 <= index < len(spans) and spans[index].kind == "running":
        index += step
    return 0 <= index < len(spans) and spans[index].at is not None


def _is_last(spans: Sequence[Span], index: int) -> bool:
    return all(span.kind == "running" for span in spans[index:])
