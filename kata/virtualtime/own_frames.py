"""Frames of this program in the stacks and tracebacks that a played program prints: they are left out.

In real life the functions that are replaced here are CPython's own, written in C or in the standard library, so nobody
looks for a line of ours there. Where a stack has no other frames, it is an error of ours, and stays as it is.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["forget", "install", "is_own", "within", "without"]

_FOLDERS: tuple[str, ...] = (
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep,
    os.sep + os.path.join("site-packages", "freezegun") + os.sep,
)


_bottom: types.CodeType | None = None
"""The function of ours that runs the program; what called it is no part of the program's stacks."""


def is_own(file: str) -> bool:
    """True for a file of this program, or of what it holds the wall clock with.

    Args:
        file: as in the code objects made of it.
    """
    return file.startswith(_FOLDERS[0]) or _FOLDERS[1] in file


def forget(stack: list[traceback.FrameSummary]) -> None:
    """Take our frames from the end of a stack that was noted within a function of ours."""
    while stack and is_own(stack[-1].filename):
        del stack[-1]


def without(place: types.TracebackType | None) -> types.TracebackType | None:
    """A traceback from which our frames are cut."""
    kept = place
    while kept is not None and is_own(kept.tb_frame.f_code.co_filename):
        kept = kept.tb_next
    each = kept
    while each is not None:
        while each.tb_next is not None and is_own(each.tb_next.tb_frame.f_code.co_filename):
            each.tb_next = each.tb_next.tb_next
        each = each.tb_next
    return kept or place


def within(frames: list[types.FrameType]) -> list[types.FrameType]:
    """A stack, the outermost frame first, from where the program begins and without ours."""
    first = next((number for number, frame in enumerate(frames) if frame.f_code is _bottom), -1)
    return [frame for frame in frames[first + 1 :] if not is_own(frame.f_code.co_filename)]


def install(bottom: types.CodeType) -> None:
    """From now on nothing in this process prints them; later calls do nothing.

    Args:
        bottom: the function of ours that runs the program.
    """
    global _bottom
    if _bottom is not None:
        return
    _bottom = bottom
    for name in ("walk_tb", "_walk_tb_with_full_positions"):
        setattr(traceback, name, _leaving_out(getattr(traceback, name)))
    traceback.walk_stack = _from_the_bottom(traceback.walk_stack)
    threading.excepthook = _cutting(threading.excepthook)
    sys.unraisablehook = _cutting(sys.unraisablehook)


def _leaving_out(walk: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The same walk along a traceback, without frames of ours; they come as (frame, line or positions)."""

    def walk_tb(place: Any) -> Iterator[Any]:
        steps = list(walk(place))
        return iter([step for step in steps if not is_own(step[0].f_code.co_filename)] or steps)

    walk_tb.__module__ = "traceback"
    return walk_tb


def _from_the_bottom(walk: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The same walk from a frame outwards, which ends where the program begins."""

    def walk_stack(frame: types.FrameType | None) -> Iterator[Any]:
        for step in walk(sys._getframe(1) if frame is None else frame):
            if step[0].f_code is _bottom:
                return
            if not is_own(step[0].f_code.co_filename):
                yield step

    walk_stack.__module__ = "traceback"
    return walk_stack


def _cutting(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A hook, which may print in C what it is told, with tracebacks that are cut."""

    def excepthook(told: Any) -> Any:
        error, seen = told.exc_value, 0
        while error is not None and seen < 100:
            error.__traceback__ = without(error.__traceback__)
            error, seen = error.__cause__ or error.__context__, seen + 1
        return hook(told)

    excepthook.__module__, excepthook.__qualname__ = hook.__module__, hook.__qualname__
    return excepthook
