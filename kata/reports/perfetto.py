"""A recording as Chrome trace events, which Perfetto (ui.perfetto.dev) and chrome://tracing open.

Each task is a thread of one process, with a slice for its life and within it one for each wait, each block and each
step that took time. What took no virtual time is an instant. The format is the "Trace Event Format" of Chromium's
documentation; its times are microseconds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kata.contract.places import Frame
from kata.contract.run import Line, Run, Span, TaskRecord
from kata.reports.escape import on_screen, visible
from kata.reports.timeline.picture import TURNS
from kata.reports.timeline.subject import label

__all__ = ["render"]

Event = dict[str, Any]
About = Mapping[str, str | int]

PID = 1
NO_TASK = "(no task)"
"""The track of what happened in callbacks."""

COUNTERS = {"tasks": ("alive",), "loop": ("running", "ready")}
"""Series of each counter. Who waits only until the loop turns to it is ready."""

MOST = 100
"""How many of the things that a task did at one moment are listed."""


def render(run: Run, name: str) -> str:
    """The trace as JSON with a final newline, an event a line.

    Args:
        run: the recording.
        name: what the user calls the script.

    >>> document = json.loads(render(Run(lines=[Line("hello", 1.5)]), "script.py"))
    >>> [(event["name"], event["ts"]) for event in document["traceEvents"] if event["ph"] == "i"]
    [('hello', 1500000)]
    """
    tracks = _Tracks(run)
    timed = sorted(_moments_together(tracks.events()), key=_place_in_file)
    events = [*_metadata(tracks, f"{_text(name)} ({run.clock} time)"), *timed]
    rows = ",\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    other = json.dumps({"program": _text(name), "clock": run.clock, "tasks not recorded": run.tasks_dropped})
    return f'{{"displayTimeUnit": "ms", "otherData": {other}, "traceEvents": [\n{rows}\n]}}\n'


class _Tracks:
    """The events of a recording, each on the track of its task: the number of the task, counted from 1."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.none = len(run.tasks) + 1
        """The track of what no task did."""
        self.end = max([run.elapsed, *(_last(task) for task in run.tasks), *(line.at for line in run.lines)])
        self.by_step = {
            span.order: number for number, task in self.numbered() for span in task.spans if span.kind == "running"
        }
        self.by_name = {task.name: number for number, task in self.numbered()}

    def numbered(self) -> Iterator[tuple[int, TaskRecord]]:
        return enumerate(self.run.tasks, start=1)

    def events(self) -> Iterator[Event]:
        """All that has a moment, in no order."""
        made: dict[str, int] = {}
        for number, task in self.numbered():
            yield from self._life(number, task)
            yield from (_span(number, span) for span in task.spans)
            if task.parent in made:  # the last task of that name that was made before
                yield from _flow(number, made[task.parent], task)
            made[task.name] = number
        for block in self.run.blocks:
            if block.task not in self.by_name:
                end, about = block.start + block.seconds, _place(block.at)
                yield _slice(self.none, f"blocks: {block.call}", "blocked", block.start, end, about)
        for line in self.run.lines:
            if text := on_screen(line.text).rstrip():
                yield _instant(self._track_of(line), text, "printed", line.at, {"stream": line.stream})
        if deadlock := self.run.deadlock:
            stuck = {task.name: f"waits for {task.what}" for task in deadlock.tasks}
            yield _instant(self.none, "deadlock", "deadlock", deadlock.at, stuck, scope="g")
        if limit := self.run.limit:
            yield _instant(self.none, f"stopped: {limit.message}", "limit", self.end, _place(limit.at), scope="g")
        yield from self._counters()

    @property
    def names(self) -> list[str]:
        """What the tracks are called."""
        names = [" ".join(filter(None, label(task, None))) for task in self.run.tasks]
        others = any(block.task not in self.by_name for block in self.run.blocks)
        others = others or any(self._track_of(line) == self.none for line in self.run.lines)
        return [*names, NO_TASK] if others or self.run.deadlock or self.run.limit else names

    def _life(self, number: int, task: TaskRecord) -> Iterator[Event]:
        """The slice that holds all others of a task, and what ended it, where that was no ``return``."""
        ended = self.end if task.ended is None else task.ended
        about: dict[str, str | int] = {"outcome": task.outcome, **_place(task.created_at)}
        how: str = task.outcome
        if task.error is not None:
            about["error"] = how = f"{task.error.type}: {task.error.message}"
        if task.steps_dropped:
            about["steps not recorded"] = task.steps_dropped
        yield _slice(number, task.coroutine, "task", task.created, max(ended, _last(task)), about)
        for at in task.cancel_requests:
            yield _instant(number, "cancel()", "cancellation", at)
        if task.ended is not None and task.outcome != "returned":
            yield _instant(number, how, "outcome", task.ended)

    def _track_of(self, line: Line) -> int:
        """The task that printed a line: by the number of its step, as names can be alike."""
        if line.task is None or line.task not in self.by_name:
            return self.none
        number = self.by_step.get(line.order, 0)
        return number if number and self.run.tasks[number - 1].name == line.task else self.by_name[line.task]

    def _counters(self) -> Iterator[Event]:
        """How many tasks are alive, run, and could run if they were let, at each moment at which that changes."""
        changes: dict[int, Counter[str]] = {0: Counter()}

        def count(what: str, start: float, end: float | None) -> None:
            changes.setdefault(_ns(start), Counter())[what] += 1
            if end is not None:
                changes.setdefault(_ns(end), Counter())[what] -= 1

        for _, task in self.numbered():
            count("alive", task.created, task.ended)
            for span in task.spans:
                if span.kind == "running":
                    count("running", span.start, span.end)
                elif span.what in TURNS:
                    count("ready", span.start, span.end)
        now: Counter[str] = Counter()
        known: dict[str, dict[str, int]] = {}
        for at in sorted(changes):
            now.update(changes[at])
            for name, parts in COUNTERS.items():
                values = {part: now[part] for part in parts}
                if known.get(name) != values:
                    known[name] = values
                    yield _counter(name, at, values)


def _metadata(tracks: _Tracks, title: str) -> Iterator[Event]:
    yield {"ph": "M", "name": "process_name", "pid": PID, "tid": 0, "args": {"name": title}}
    for number, name in enumerate(tracks.names, start=1):
        about = {"ph": "M", "pid": PID, "tid": number}
        yield about | {"name": "thread_name", "args": {"name": _text(name)}}
        yield about | {"name": "thread_sort_index", "args": {"sort_index": number}}


def _moments_together(events: Iterable[Event]) -> Iterator[Event]:
    """With one instant for all of a kind that a task did at one moment: readers draw them below each other."""
    moments: dict[tuple[str, int, float], list[Event]] = {}
    for event in events:
        if event["ph"] == "i":
            moments.setdefault((event["cat"], event["tid"], event["ts"]), []).append(event)
        else:
            yield event
    for alike in moments.values():
        if more := len(alike) - 1:
            names = {str(number): event["name"] for number, event in enumerate(alike[:MOST], start=1)}
            yield alike[0] | {"name": f"{alike[0]['name']} (+{more})", "args": alike[0]["args"] | names}
        else:
            yield alike[0]


_OUTER = ("task", "running")


def _place_in_file(event: Event) -> tuple[float, float, int, int]:
    """By time. Slices that start and end together are nested in the order in which they stand."""
    kind = event.get("cat", "")
    depth = _OUTER.index(kind) if kind in _OUTER else len(_OUTER)
    return event["ts"], -event.get("dur", 0), depth, event.get("args", {}).get("step", 0)


def _span(number: int, span: Span) -> Event:
    what = span.what or "?"
    about: dict[str, str | int] = {"step": span.order, **_place(span.at)}
    kind, name = span.kind, {"running": "runs", "waiting": f"waits: {what}", "blocked": f"blocks: {what}"}[span.kind]
    if kind == "waiting" and what in TURNS:
        name = "ready"
    if _ns(span.end) <= _ns(span.start):
        return _instant(number, "step" if kind == "running" else name, kind, span.start, about)
    return _slice(number, name, kind, span.start, span.end, about)


def _flow(number: int, parent: int, task: TaskRecord) -> Iterable[Event]:
    """The arrow from the task that made another one."""
    arrow = {"name": "creates", "cat": "created", "id": number, "pid": PID, "ts": _microseconds(_ns(task.created))}
    return arrow | {"ph": "s", "tid": parent}, arrow | {"ph": "f", "bp": "e", "tid": number}


def _slice(number: int, name: str, kind: str, start: float, end: float, about: About) -> Event:
    length = {"ts": _microseconds(_ns(start)), "dur": _microseconds(_ns(end) - _ns(start))}
    event = {"ph": "X", "name": _text(name), "cat": kind, "pid": PID, "tid": number} | length
    if kind == "blocked":
        event["cname"] = "terrible"  # red in chrome://tracing
    return event | {"args": _args(about)}


def _instant(number: int, name: str, kind: str, at: float, about: About | None = None, *, scope: str = "t") -> Event:
    """Something at one moment.

    Args:
        number: the track.
        name: what is read there.
        kind: the category.
        at: virtual second.
        about: what else there is to know.
        scope: ``t`` for the track, ``g`` for all.
    """
    event = {"ph": "i", "name": _text(name), "cat": kind, "pid": PID, "tid": number}
    return event | {"ts": _microseconds(_ns(at)), "s": scope, "args": _args(about or {})}


def _counter(name: str, at: int, values: dict[str, int]) -> Event:
    return {"ph": "C", "name": name, "pid": PID, "tid": 0, "ts": _microseconds(at), "args": values}


def _last(task: TaskRecord) -> float:
    """The last second at which something is known of a task."""
    return max([task.created, *(span.end for span in task.spans), *([] if task.ended is None else [task.ended])])


def _place(at: Frame | None) -> dict[str, str]:
    return {} if at is None else {"at": f"{at.file}:{at.line}", "source": at.text}


def _args(about: About) -> About:
    return {_text(key): _text(value) if isinstance(value, str) else value for key, value in about.items()}


def _text(text: str) -> str:
    return visible(text, newlines=False)


def _ns(seconds: float) -> int:
    """Nanoseconds, as many as readers can count: they do so in 64 bits."""
    return round(min(max(seconds, 0.0), 9e9) * 1e9)


def _microseconds(ns: int) -> int | float:
    """As the format has it: whole ones where that is exact, else with three decimals."""
    return ns // 1000 if ns % 1000 == 0 else ns / 1000
