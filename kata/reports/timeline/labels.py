"""What is written into a wait: the call, what it was given, and its line, in as many words as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kata.contract.run import Span

__all__ = ["labels", "plain_wait", "short_names"]

NAMED = 3
"""Tasks, or rows of numbered ones, that are named in a label; of more the number is enough."""


def labels(span: Span) -> Iterator[str]:
    """The labels of a wait or a block, the one that says most first.

    >>> from kata.contract.run import Frame
    >>> span = Span("waiting", 0, 2, 1, "asyncio.sleep", Frame("script.py", 14, "main"), 2.0)
    >>> list(labels(span))
    ['sleep(2) :14', 'sleep(2)', 'sleep :14', 'sleep']
    >>> list(labels(Span("waiting", 0, 2, 1, "loop.run_in_executor(work)", Frame("script.py", 14, "main"))))
    ['run_in_executor(work) :14', 'run_in_executor(work)', 'run_in_executor :14', 'run_in_executor']
    """
    call, _, work = plain_wait(span.what).removesuffix(")").partition("(")
    line = f" :{span.at.line}" if span.at is not None else ""
    several = [] if span.what.startswith("task ") else [*_awaited(span), *([work] if work else [])]
    given = several or ([_number(span.asked)] if span.asked is not None else [])
    yield from (f"{call}({each}){line}" for each in given)
    if line:
        yield from (f"{call}({each})" for each in given[-1:])
        yield f"{call}{line}"
    yield call


def plain_wait(what: str) -> str:
    """What a task waits for, as short as it can be read: ``sleep``, ``TaskGroup``, ``Queue.get``, ``task fetch-1``."""
    return what.removeprefix("asyncio.").removeprefix("loop.").removesuffix(".__aexit__").removesuffix(".__aenter__")


def short_names(names: Sequence[str]) -> list[str]:
    """Names of tasks, with those that follow one another by their numbers as one.

    >>> short_names(["Task-2", "Task-3", "Task-4", "fetch", "Task-9"])
    ['Task-2..4', 'fetch', 'Task-9']
    """
    rows: list[list[str]] = []
    for name in names:
        stem, _, number = name.rpartition("-")
        before, _, last = rows[-1][-1].rpartition("-") if rows else ("", "", "")
        follows = before == stem and number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1
        if follows:
            rows[-1].append(name)
        else:
            rows.append([name])
    found = []
    for row in rows:
        found += row if len(row) < 3 else [f"{row[0]}..{row[-1].rpartition('-')[2]}"]
    return found


def _awaited(span: Span) -> Iterator[str]:
    number = len(span.on) + span.on_dropped
    names = short_names(span.on)
    if number and not span.on_dropped and len(names) <= NAMED:
        yield ", ".join(names)
    if number > 1:
        yield f"{number:,} tasks"


def _number(seconds: float) -> str:
    return f"{seconds:.{3 if abs(seconds) >= 0.01 else 6}f}".rstrip("0").rstrip(".")
