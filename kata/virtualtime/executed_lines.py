"""Executed lines: tells of each line of one file as it is about to run, and where coroutines are resumed.

By `sys.monitoring` from Python 3.12 on, where code of other files costs nothing after its first time, and by
`sys.settrace` before that.
"""

from __future__ import annotations

import dis
import sys
import types
from collections.abc import Callable
from typing import Any, Literal

__all__ = ["ExecutedLines"]

Kind = Literal["begins", "resumes", "line"]
Tell = Callable[[types.FrameType, Kind], None]
"""Told of a frame of the file: its function begins, it is resumed after a wait, or its next line is about to run."""

_MONITORING: Any = getattr(sys, "monitoring", None)
_TOOLS = (3, 4, 0, 1, 2, 5)
"""Identifiers of tools; those that have no name of their own come first."""


class ExecutedLines:
    """Tells of the lines of a file, from `start` to `stop`.

    Args:
        file: as in its code objects.
        tell: told of them, on the thread that runs them.
    """

    def __init__(self, file: str, tell: Tell) -> None:
        self._file = file
        self._tell = tell
        self._tool: int | None = None
        self._on = False

    def start(self) -> None:
        """Begin, or go on. Before 3.12, for functions that begin or are resumed from now on, on this thread."""
        if self._on:
            return
        if _MONITORING is None:
            sys.settrace(self._trace)
        else:
            self._on = self._monitor()
            return
        self._on = True

    def pause(self) -> None:
        """Tell nothing until `start`."""
        if not self._on:
            return
        self._on = False
        if _MONITORING is None:
            sys.settrace(None)
        elif self._tool is not None:
            _MONITORING.set_events(self._tool, 0)

    def stop(self) -> None:
        """End for good, and leave nothing behind."""
        self.pause()
        if self._tool is not None:
            for event in self._events():
                _MONITORING.register_callback(self._tool, event, None)
            _MONITORING.free_tool_id(self._tool)
            self._tool = None

    # From 3.12 on --------------------------------------------------------------------------------------------

    def _events(self) -> dict[int, Callable[..., Any]]:
        events = _MONITORING.events
        return {
            events.PY_START: self._begins,
            events.PY_RESUME: self._resumes,
            events.PY_THROW: self._thrown,
            events.LINE: self._line,
        }

    def _monitor(self) -> bool:
        """Set the events; False when other tools have taken all places."""
        if self._tool is None:
            free = (tool for tool in _TOOLS if _MONITORING.get_tool(tool) is None)
            self._tool = next(free, None)
            if self._tool is None:
                return False
            _MONITORING.use_tool_id(self._tool, "asyncio-kata")
            for event, callback in self._events().items():
                _MONITORING.register_callback(self._tool, event, callback)
            _MONITORING.restart_events()
        _MONITORING.set_events(self._tool, sum(self._events()))
        return True

    def _begins(self, code: types.CodeType, offset: int) -> Any:
        if code.co_filename != self._file:
            return _MONITORING.DISABLE
        return self._tell(sys._getframe(1), "begins")

    def _resumes(self, code: types.CodeType, offset: int) -> Any:
        if code.co_filename != self._file:
            return _MONITORING.DISABLE
        return self._tell(sys._getframe(1), "resumes")

    def _thrown(self, code: types.CodeType, offset: int, error: BaseException) -> None:
        if code.co_filename == self._file:  # this event cannot be disabled
            self._tell(sys._getframe(1), "resumes")

    def _line(self, code: types.CodeType, line: int) -> Any:
        if code.co_filename != self._file:
            return _MONITORING.DISABLE
        return self._tell(sys._getframe(1), "line")

    # Before --------------------------------------------------------------------------------------------------

    def _trace(self, frame: types.FrameType, event: str, _: Any) -> Any:
        """Python calls this as a function begins or goes on, and then for each of its lines."""
        if not self._on or frame.f_code.co_filename != self._file:
            return None
        if event == "call":
            self._tell(frame, "begins" if frame.f_lasti <= _entry(frame.f_code) else "resumes")
        elif event == "line":
            self._tell(frame, "line")
        return self._trace


_entries: dict[types.CodeType, int] = {}


def _entry(code: types.CodeType) -> int:
    """The offset at which a function counts as just begun; later ones are those of a resumed coroutine."""
    known = _entries.get(code)
    if known is None:
        begins = (each.offset for each in dis.get_instructions(code) if each.opname == "RESUME" and each.arg == 0)
        known = _entries[code] = next(begins, 0)
    return known
