"""The rows of a timeline: which tasks are drawn, in which order, and which ones are folded together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kata.contract.run import Run, TaskRecord

__all__ = ["Row", "Rows", "is_cut", "is_library"]

_LIBRARY = (
    "BaseEventLoop.",
    "BaseSelectorEventLoop.",
    "BaseSubprocessTransport.",
    "Process._",
    "_SelectorTransport.",
)
"""How the names of coroutines begin that asyncio itself runs as tasks, to open connections and the like."""


@dataclass
class Row:
    """One task, or several that did exactly the same at the same times."""

    task: TaskRecord
    depth: int
    count: int = 1


class Rows:
    """The rows of a run: main first, each task below the one that made it, in the order of their making.

    Args:
        run: the recording.
        limit: how many rows there may be.
    """

    def __init__(self, run: Run, limit: int) -> None:
        self.blocking = {block.task for block in run.blocks}
        self.alive = {stuck.name for stuck in run.leaked}
        if run.deadlock:
            self.alive |= {stuck.name for stuck in run.deadlock.tasks}
        rows = _in_order([task for task in run.tasks if not is_library(task)])
        if len(rows) > limit:
            rows = _alike_together(rows)
        self.hidden: Counter[str] = Counter()
        """How many tasks are not drawn, by how they ended."""
        if len(rows) > limit:
            rows = self._interesting(rows, limit)
        if run.tasks_dropped:
            self.hidden["not recorded"] = run.tasks_dropped
        self.shown = rows

    def _interesting(self, rows: list[Row], limit: int) -> list[Row]:
        ranked = sorted(range(len(rows)), key=lambda index: (-self._interest(index, rows[index]), index))
        chosen = set(ranked[: max(limit - 1, 1)])
        for index, row in enumerate(rows):
            if index not in chosen:
                self.hidden[_ending(row.task)] += row.count
        return [rows[index] for index in sorted(chosen)]

    def _interest(self, index: int, row: Row) -> int:
        task = row.task
        if index == 0:
            return 100
        if task.outcome == "raised":
            return 60
        if task.ended_by_cleanup or task.outcome == "pending" or task.name in self.alive:
            return 50
        if task.name in self.blocking:
            return 40
        if task.outcome == "cancelled" or task.cancel_requests:
            return 30
        return 20 if row.count > 1 else 0


def is_cut(task: TaskRecord) -> bool:
    """True when the task's last steps are missing in the recording, which holds only so many."""
    if task.steps_dropped:
        return True
    return task.ended is not None and task.ended > (task.spans[-1].end if task.spans else task.created)


def _ending(task: TaskRecord) -> str:
    if task.ended_by_cleanup or task.outcome == "pending":
        return "not finished"
    return {"returned": "finished", "raised": "failed", "cancelled": "cancelled"}[task.outcome]


def is_library(task: TaskRecord) -> bool:
    """True for a task that asyncio made for itself and that took no time."""
    return task.coroutine.startswith(_LIBRARY) and task.outcome != "raised" and task.ended == task.created


def _in_order(tasks: Sequence[TaskRecord]) -> list[Row]:
    """Tasks as a tree, from the top; a parent is the last task of that name made before."""
    children: dict[int | None, list[int]] = {}
    by_name: dict[str, int] = {}
    for index, task in enumerate(tasks):
        parent = by_name.get(task.parent) if task.parent is not None else None
        children.setdefault(parent, []).append(index)
        by_name[task.name] = index
    rows: list[Row] = []
    stack = [(index, 0) for index in reversed(children.get(None, []))]
    while stack:
        index, depth = stack.pop()
        rows.append(Row(tasks[index], depth))
        stack += [(child, depth + 1) for child in reversed(children.get(index, []))]
    return rows


def _alike_together(rows: list[Row]) -> list[Row]:
    """Brothers without children of their own that lived the same life, as one row each."""
    kept: list[Row] = []
    known: dict[object, Row] = {}
    family: list[int] = []
    for index, row in enumerate(rows):
        del family[row.depth :]
        family.append(index)
        has_children = index + 1 < len(rows) and rows[index + 1].depth > row.depth
        if has_children:
            kept.append(row)
            continue
        mother = family[row.depth - 1] if row.depth else None
        life = (mother, _life(row.task))
        if life in known:
            known[life].count += 1
        else:
            known[life] = row
            kept.append(row)
    return kept


def _life(task: TaskRecord) -> object:
    if is_cut(task):
        return task.coroutine, task.created, task.outcome, task.ended, task.ended_by_cleanup
    spans = tuple((span.kind, span.start, span.end, span.what) for span in task.spans)
    return task.coroutine, task.created, task.outcome, task.ended, task.ended_by_cleanup, spans
