"""A part of a recording: some of its tasks, or some of its seconds."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

import msgspec

from kata.contract.run import Block, Run, Span, TaskRecord
from kata.reports.timeline.rows import is_cut

__all__ = ["View"]

FOREVER = float("inf")


@dataclass(frozen=True)
class View:
    """What is looked at of a recording; everything when nothing is said."""

    only: tuple[str, ...] = ()
    """Names of tasks or of their coroutine functions, also patterns such as ``fetch-*``."""
    start: float = 0.0
    """The second at which the picture begins,"""
    end: float = FOREVER
    """and the one at which it ends."""

    def shows(self, task: TaskRecord) -> bool:
        """True for a task that is asked for by its name, whenever it lived."""
        names = (task.name, task.coroutine, task.coroutine.rpartition(".")[2])
        return not self.only or any(fnmatchcase(name, pattern) for name in names for pattern in self.only)

    def of(self, run: Run) -> Run:
        """The part of a recording that is looked at; its moments stay what they are."""
        tasks = [self._clipped(task) for task in run.tasks if self.shows(task) and self._within(task)]
        names = {task.name for task in tasks}
        return msgspec.structs.replace(
            run,
            tasks=tasks,
            lines=[
                line
                for line in run.lines
                if self.start <= line.at <= self.end and (not self.only or line.task in names)
            ],
            blocks=[
                self._clipped_block(block)
                for block in run.blocks
                if block.start <= self.end
                and block.start + block.seconds >= self.start
                and (not self.only or block.task in names)
            ],
            timers=[timer for timer in run.timers if self.start <= timer.set and (timer.ended or 0.0) <= self.end],
            elapsed=min(run.elapsed, self.end),
        )

    def _within(self, task: TaskRecord) -> bool:
        return task.created <= self.end and (task.ended is None or task.ended >= self.start)

    def _clipped(self, task: TaskRecord) -> TaskRecord:
        if task.created >= self.start and (task.ended or 0.0) <= self.end == FOREVER:
            return task
        spans = [
            msgspec.structs.replace(span, start=max(span.start, self.start), end=min(span.end, self.end))
            for span in task.spans
            if span.start <= self.end and span.end >= self.start and not self._only_touches(span)
        ]
        goes_on = task.ended is None or task.ended > self.end
        unknown = is_cut(task) and (task.spans[-1].end if task.spans else task.created) < self.end
        return msgspec.structs.replace(
            task,
            created=max(task.created, self.start),
            spans=spans,
            cancel_requests=[at for at in task.cancel_requests if self.start <= at <= self.end],
            outcome="pending" if goes_on else task.outcome,
            ended=None if goes_on else task.ended,
            error=None if goes_on else task.error,
            steps_dropped=max(task.steps_dropped, 1) if unknown else 0,
        )

    def _only_touches(self, span: Span) -> bool:
        """True for what is over as the picture begins, or begins as it ends."""
        return span.start < span.end and (span.end == self.start or span.start == self.end)

    def _clipped_block(self, block: Block) -> Block:
        start = max(block.start, self.start)
        seconds = min(block.start + block.seconds, self.end) - start
        return msgspec.structs.replace(block, start=start, seconds=seconds)
