"""Where two recordings of one play look the same: the first thing in which they differ all the same, side by side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kata.contract.run import Call, Run
from kata.contract.texts import shown
from kata.contract.values import Failure, Opaque, PlainValueError, Record, from_wire
from kata.reports import wording
from kata.reports.timeline import Rows, called

__all__ = ["Contrast", "contrast", "without_noise"]

SHOWN = 200
"""Characters of a value, at most."""

_ABSENT = object()

_NOISE = re.compile(r" at 0x[0-9a-fA-F]+|\b\w+\.<locals>\.")


@dataclass(frozen=True)
class Contrast:
    """What is compared, and how it is on either side."""

    about: str
    yours: str
    good: str


def contrast(yours: Run, good: Run, function: str, names: tuple[frozenset[str], frozenset[str]]) -> Contrast | None:
    """The first thing in which the two differ, or None.

    Args:
        yours: what the learner's code did.
        good: what the solution does.
        function: the name of what was called; empty where a test called more than that, whose own notes say nothing
            to whoever has not read it.
        names: what either side defines.
    """
    return (
        _errors(yours, good)
        or _errors_of_tasks(yours, good, names)
        or _results(yours, good, function)
        or _calls(yours, good)
    )


def _errors(yours: Run, good: Run) -> Contrast | None:
    if yours.error is None or good.error is not None or not yours.error.traceback:
        return None
    last = yours.error.traceback[-1]
    return Contrast("How it ended", f"{_failure(yours.error)}, raised in line {last.line}", "nothing is raised")


def _errors_of_tasks(yours: Run, good: Run, names: tuple[frozenset[str], frozenset[str]]) -> Contrast | None:
    """Two errors in one place."""
    mine, theirs = (
        [row for row in Rows(run, len(run.tasks) + 1, own).all if row.own and row.depth == 0]
        for run, own in zip((yours, good), names, strict=True)
    )
    for one, other in zip(mine, theirs, strict=False):
        error, better = one.task.error, other.task.error
        if error is not None and better is not None and not _same(error, better):
            return Contrast(f"What {one.name} raised", _value(error), _value(better))
    return None


def _results(yours: Run, good: Run, function: str) -> Contrast | None:
    if yours.failed or good.failed:
        return None
    try:
        mine, theirs = from_wire(yours.returned), from_wire(good.returned)
    except PlainValueError:
        return None
    if function:
        found = _first_part(mine, theirs, "")
        where = found[0] and f", at {found[0]}" if found is not None else ""
        return found and Contrast(f"What {function} returned{where}", _value(found[1]), _value(found[2]))
    # What a drive made of it is for its test alone, unless the kind of the value says all.
    pairs: list[tuple[Any, Any, tuple[type, ...]]] = [
        (mine, theirs, (Failure, Record)),
        (_noted(yours), _noted(good), (Failure, Record)),
    ]
    for one, other, kinds in pairs:
        found = _first_part(one, other, "")
        if found is not None and found[0][:1].isalpha():  # inside an object of the learner's own class
            return Contrast(f"What stands at {found[0]}", _value(found[1]), _value(found[2]))
        if found is not None and isinstance(found[1], kinds):
            return Contrast("What the test got from it", _value(found[1]), _value(found[2]))
    return None


def without_noise(text: str) -> str:
    """A text without where objects are in memory, which differs in each play, and in which function one was defined."""
    return _NOISE.sub("", text)


def _noted(run: Run) -> Any:
    try:
        return run.noted
    except PlainValueError:
        return []


def _first_part(mine: Any, theirs: Any, about: str) -> tuple[str, Any, Any] | None:
    """The innermost part in which two values differ, and the way to it as one would write it."""
    if _same(mine, theirs):
        return None
    if type(mine) is type(theirs) and type(mine) in (list, tuple):
        left = [*theirs]
        extra = [one for one in mine if not _taken(one, left)]
        if not extra and not left:
            return None  # they differ in their order alone, and words say more of that than one place
        if len(mine) != len(theirs):  # where it stands is no question while something is missing
            return about, next(iter(extra), _ABSENT), next(iter(left), _ABSENT)
    if type(mine) is type(theirs) and type(mine) in (list, tuple):
        for number, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            if not _same(one, other):
                return _first_part(one, other, f"{about}[{number}]")
    if type(mine) is type(theirs) is dict:
        for key in [*theirs, *(key for key in mine if key not in theirs)]:
            one, other = mine.get(key, _ABSENT), theirs.get(key, _ABSENT)
            if not _same(one, other):
                return _first_part(one, other, f"{about}[{shown(key, 40)}]")
    if isinstance(mine, Record) and isinstance(theirs, Record) and mine.fields.keys() == theirs.fields.keys():
        for name, one in mine.fields.items():
            if not _same(one, theirs.fields[name]):
                return _first_part(one, theirs.fields[name], f"{mine.type}.{name}")
    return about, mine, theirs


def _taken(one: Any, left: list[Any]) -> bool:
    """Whether a value is among others; it is taken out of them then."""
    for number, other in enumerate(left):
        if _same(one, other):
            del left[number]
            return True
    return False


def _same(mine: Any, theirs: Any) -> bool:
    """Equality that tells True from 1, and takes objects that look the same for the same."""
    if type(mine) is not type(theirs):
        return False
    if isinstance(mine, Opaque):
        return bool(mine.repr == theirs.repr)
    if type(mine) in (list, tuple):
        return len(mine) == len(theirs) and all(map(_same, mine, theirs))
    if type(mine) is dict:
        return mine.keys() == theirs.keys() and all(_same(value, theirs[key]) for key, value in mine.items())
    return bool(mine == theirs)


def _value(value: Any) -> str:
    return "nothing" if value is _ABSENT else without_noise(shown(value, SHOWN))


def _failure(failure: Failure) -> str:
    return f"{failure.type}: {failure.message}"[:SHOWN] if failure.message else failure.type


def _calls(yours: Run, good: Run) -> Contrast | None:
    for fake in yours.calls.keys() & good.calls.keys():
        mine, theirs = (
            [text for _, text in sorted((call.start, _call(call)) for call in run.calls[fake])] for run in (yours, good)
        )
        found = _first(mine, theirs, f"{fake}, call")
        if found is not None:
            return found
    return None


def _call(call: Call) -> str:
    ends = "did not end" if call.end is None else f"{call.outcome} at second {_second(call.end)}"
    return f"{called(call)} at second {_second(call.start)}, {ends}"


def _second(time: float) -> str:
    return wording.moment(time).removesuffix("s").removesuffix(".0")


def _first(yours: Sequence[str], good: Sequence[str], about: str) -> Contrast | None:
    pairs: Iterator[tuple[str, str]] = itertools.zip_longest(yours, good, fillvalue="nothing more")
    return next((Contrast(f"{about} {n}", *pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1]), None)
