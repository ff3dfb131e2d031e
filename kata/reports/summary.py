"""What each task of a script did with its time, as a table: waiting against computing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kata.contract.run import Run, TaskRecord
from kata.reports import wording
from kata.reports.escape import visible
from kata.reports.timeline import View, is_library, plain_wait
from kata.reports.timeline.signs import signs_for

__all__ = ["Total", "show", "totals"]

ROWS = 24
"""Of more tasks, those of one coroutine function share a row; of more functions, the busiest are shown."""

LATE = 0.001
"""Seconds that a sleep takes too long from which on something held the task up; less is a real clock's."""

_TURNS = ("its first turn", "its next turn")


@dataclass
class Total:
    """What one task did, or all tasks of one coroutine function. Virtual seconds, but for ``computed``."""

    name: str
    count: int = 0
    turns: int = 0
    waits: Counter[str] = field(default_factory=Counter)
    """Seconds, by what it waited for and in which line."""
    held_up: float = 0.0
    """Seconds for which it could run, but something else held the event loop; also after a sleep that was over."""
    blocked: float = 0.0
    """Seconds for which it held up everybody."""
    computed: float = 0.0
    """Real seconds of the processor's."""
    outcomes: Counter[str] = field(default_factory=Counter)
    cut: bool = False
    """Whether some of its waits are not recorded, so that there were more."""

    def add(self, task: TaskRecord) -> None:
        """Count a task in."""
        self.count += 1
        self.turns += task.turns
        self.computed += task.computed
        self.outcomes[_outcome(task)] += 1
        self.cut = self.cut or task.turns > sum(span.kind == "running" for span in task.spans)
        for span in task.spans:
            length = span.end - span.start
            if span.kind == "blocked":
                self.blocked += length
            elif span.kind == "waiting" and span.what in _TURNS:
                self.held_up += length
            elif span.kind == "waiting":
                late = 0.0 if span.what != "asyncio.sleep" or span.asked is None else length - span.asked
                if late > LATE:
                    self.held_up += late
                    length -= late
                line = f" :{span.at.line}" if span.at is not None else ""
                self.waits[f"{plain_wait(span.what)}{line}"] += length  # type: ignore[assignment]

    @property
    def waited(self) -> float:
        """Seconds for which it waited, in all."""
        return round(sum(self.waits.values()), 9)

    @property
    def most(self) -> str:
        """What it waited for longest."""
        name, length = next(iter(self.waits.most_common(1)), ("", 0))
        return name if length else ""


def totals(tasks: Iterable[TaskRecord], *, by_coroutine: bool = False) -> list[Total]:
    """A total for each task, or for each coroutine function, in the order in which they began.

    Args:
        tasks: in the order of their making.
        by_coroutine: whether tasks of one function share a total.
    """
    found: dict[object, Total] = {}
    for number, task in enumerate(tasks):
        function = task.coroutine.rpartition(".")[2] or task.coroutine
        numbered = task.name.startswith("Task-") and task.name[5:].isdecimal()
        name = function if by_coroutine else f"{task.name} {function}" if numbered else task.name
        found.setdefault(task.coroutine if by_coroutine else number, Total(name)).add(task)
    return [*found.values()]


def show(run: Run, console: Console, view: View) -> None:
    """Print the table.

    Args:
        run: the recording.
        console: where to.
        view: which tasks are asked for; of each, all seconds are counted.
    """
    tasks = [task for task in run.tasks if not is_library(task) and view.shows(task)]
    if not tasks:
        return
    grouped = len(tasks) > ROWS
    rows = totals(tasks, by_coroutine=grouped)
    left_out = max(len(rows) - ROWS, 0)
    if left_out:
        rows = sorted(rows, key=lambda row: -(row.waited + row.blocked + row.computed))[:ROWS]
    held_up = any(row.held_up for row in rows)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("task" if not grouped else "tasks of", no_wrap=True, overflow="ellipsis")
    for heading in ("turns", "waits"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("most on", no_wrap=True, overflow="ellipsis", ratio=1)
    for heading in ("held up", "blocks", "computes"):
        if heading != "held up" or held_up:
            table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("end", overflow="fold")
    times = signs_for(console.encoding).times
    for row in rows:
        cells = [
            f"{row.name} {times}{row.count:,}" if grouped else row.name,
            f"{row.turns:,}",
            _seconds(row.waited) + ("+" if row.cut else ""),
            row.most,
            *([_seconds(row.held_up)] if held_up else []),
            _seconds(row.blocked),
            _seconds(row.computed),
            _ends(row),
        ]
        table.add_row(*(Text(visible(cell, newlines=False)) for cell in cells))
    console.print(table)
    unit = "seconds" if run.clock == "real" else "virtual seconds, but for computing, which is in real ones"
    console.print(Text(f"({_notes(unit, rows, grouped, left_out, run)})", "dim"))


def _notes(unit: str, rows: Sequence[Total], grouped: bool, left_out: int, run: Run) -> str:
    notes = [unit]
    if grouped:
        notes.append("the tasks of a function together")
    if any(row.cut for row in rows):
        notes.append("+: and what is not recorded")
    if left_out:
        notes.append(wording.count(left_out, "more function"))
    if run.tasks_dropped:
        notes.append(f"{wording.count(run.tasks_dropped, 'more task')}, not recorded")
    return "; ".join(notes)


def _outcome(task: TaskRecord) -> str:
    if task.ended_by_cleanup or task.outcome == "pending":
        return "not finished"
    if task.outcome == "raised" and task.error is not None:
        return task.error.type
    return {"returned": "finished", "raised": "failed", "cancelled": "cancelled"}[task.outcome]


def _ends(row: Total) -> str:
    if len(row.outcomes) == 1:
        return next(iter(row.outcomes))
    return ", ".join(f"{number:,} {outcome}" for outcome, number in row.outcomes.most_common())


def _seconds(length: float) -> str:
    return f"{length:,.3f}".rstrip("0").rstrip(".") if length >= 0.0005 else "0"
