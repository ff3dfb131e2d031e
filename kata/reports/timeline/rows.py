"""The rows of a timeline: which tasks are drawn, in which order, and which ones are folded together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kata.contract.run import Run, TaskRecord, Timer
from kata.reports.timeline.subject import Subject, label, subject_of

__all__ = ["Row", "Rows", "is_cut", "is_library", "name_apart"]

_LIBRARY = (
    "BaseEventLoop.",
    "BaseSelectorEventLoop.",
    "BaseSubprocessTransport.",
    "_SelectorTransport.",
)
"""How the names of coroutines begin that asyncio itself runs as tasks, to open connections and the like."""

_PARTS = ("Process._read_stream", "Process._feed_stdin", "Process._noop")
"""Coroutines that `Process.communicate` runs as tasks, which take as long as it does."""


MANY = 20
"""Times as many rows as there is room for, from which on only a third of the room is for tasks of one kind."""


@dataclass
class Row:
    """One task, or several that did exactly the same at the same times."""

    task: TaskRecord
    depth: int
    count: int = 1
    own: bool = True
    """Whether it is a task of the code that is judged, not of the test."""
    ends: bool = True
    """Whether the end of the task is the end of what the row shows."""
    name: str = ""
    """What stands at its head,"""
    aside: str = ""
    """and what stands beside that where there is room."""
    timers: Sequence[Timer] = ()
    """What it shows in place of a task."""


class Rows:
    """The rows of a run: main first, each task below the one that made it, in the order of their making.

    Args:
        run: the recording.
        limit: how many rows there may be.
        names: what the code that is judged defines; None where all code is its own.
    """

    def __init__(self, run: Run, limit: int, names: frozenset[str] | None = None) -> None:
        self.blocking = {block.task for block in run.blocks}
        self.alive = {stuck.name for stuck in run.leaked}
        if run.deadlock:
            self.alive |= {stuck.name for stuck in run.deadlock.tasks}
        subjects = [subject_of(task, names) for task in run.tasks if not is_library(task)]
        if names is not None:
            subjects = [each for each in subjects if each.own or each.task is not run.tasks[0]]
        rows = _in_order(subjects)
        for row in rows:
            row.name, row.aside = label(row.task, names)
            if not row.own:
                row.name, row.aside = f"{row.name} (the test's)", ""
        if len(rows) > limit:
            rows = _alike_together(rows)
        self.all = rows
        """All rows, before some of too many are left out."""
        self.not_recorded = run.tasks_dropped
        self.hidden: Counter[str] = Counter()
        """How many tasks are not drawn, by how they ended."""
        self.show(self._interesting(rows, limit) if len(rows) > limit else rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Draw these of all rows, and count the tasks of the code that is judged in the others."""
        chosen = {id(row) for row in rows}
        self.hidden = Counter()
        for row in self.all:
            if id(row) not in chosen and row.own and not row.timers:
                self.hidden[_ending(row.task)] += row.count
        if self.not_recorded:
            self.hidden["not recorded"] = self.not_recorded
        self.shown = list(rows)

    def _interesting(self, rows: list[Row], limit: int) -> list[Row]:
        interests = [self._interest(index, row) for index, row in enumerate(rows)]
        ranked = sorted(range(len(rows)), key=lambda index: (-interests[index], index))
        if len(rows) > MANY * limit:  # more of the same kind tell no more
            kinds: Counter[tuple[str, int]] = Counter()
            few = []
            for index in ranked:
                kind = (rows[index].task.coroutine, interests[index])
                kinds[kind] += 1
                if kinds[kind] <= limit // 3:
                    few.append(index)
            ranked = few
        return [rows[index] for index in sorted(ranked[: max(limit - 1, 1)])]

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


def name_apart(rows: Sequence[Row]) -> None:
    """Leave what stands beside a name out where nothing is told apart by it."""
    names = Counter(row.name for row in rows)
    waits = {span.what for row in rows for span in row.task.spans}
    for row in rows:
        if names[row.name] == 1 and f"task {row.aside}" not in waits:
            row.aside = ""


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
    """True for a task that asyncio made for itself and that took no time of its own."""
    own_time = task.ended != task.created and task.coroutine not in _PARTS
    return task.coroutine.startswith((*_LIBRARY, *_PARTS)) and task.outcome != "raised" and not own_time


def _in_order(subjects: Sequence[Subject]) -> list[Row]:
    """Tasks as a tree, from the top; a parent is the last task of that name made before."""
    tasks = [subject.task for subject in subjects]
    children: dict[int | None, list[int]] = {}
    by_name: dict[str, int] = {}
    for index, task in enumerate(tasks):
        parent = by_name.get(task.parent) if task.parent is not None and subjects[index].own else None
        children.setdefault(parent, []).append(index)
        if subjects[index].own:  # nothing hangs below what is not drawn
            by_name[task.name] = index
    rows: list[Row] = []
    stack = [(index, 0) for index in reversed(children.get(None, []))]
    while stack:
        index, depth = stack.pop()
        rows.append(Row(tasks[index], depth, own=subjects[index].own, ends=subjects[index].ends))
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
