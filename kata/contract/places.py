"""Places and moments of a play: lines of the submission, virtual seconds, and the timers that are set."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec

__all__ = ["Frame", "Seconds", "Timer"]

Seconds = Annotated[float, msgspec.Meta(ge=-sys.float_info.max, le=sys.float_info.max)]
"""Virtual seconds: no infinity, and a number."""


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in the submission: ``file:line`` inside ``function``, and the text of that line."""

    file: str
    line: int
    function: str
    text: str = ""


class Timer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A timer that the submission set, or a time limit that it put on a task, and how it came out."""

    set: Seconds
    due: Seconds
    calls: str
    """The name of what it calls; empty for a time limit."""
    ended: Seconds | None = None
    """When it fired, or was cancelled before that."""
    fired: bool = False
    task: str | None = None
    """The task that set it, or whose time it limits."""
    at: Frame | None = None
