"""Steps: the executed lines of one file as notes, with the names whose values have changed."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable

from kata.contract.turns import MAX_LINES_OF_TURN, Step, Turn
from kata.virtualtime.executed_lines import ExecutedLines, Kind
from kata.virtualtime.value_texts import brief

__all__ = ["Steps"]

NAMES = 40
"""Names of one function that are looked at."""


class Steps:
    """Notes the executed lines of the turns that are under way.

    Args:
        file: whose lines.
        under_way: the turn of this thread; None where lines belong to none.
        noted: told of each step's size in bytes, about.
    """

    def __init__(self, file: str, under_way: Callable[[], Turn | None], noted: Callable[[int], None]) -> None:
        self.lines = ExecutedLines(file, self._tell)
        self._under_way = under_way
        self._noted = noted
        self._known: dict[int, dict[str, str]] = {}
        """Of each frame, by its identity: the frame itself would keep alive what it holds."""
        self._resumed: tuple[Turn, int, int] | None = None
        """The turn, frame and line of the last step, when a coroutine was resumed there and no line has run since."""

    def _tell(self, frame: types.FrameType, kind: Kind) -> None:
        turn = self._under_way()
        if kind == "begins":
            self._known.pop(id(frame), None)
        if turn is None or kind == "begins":
            return
        if len(turn.steps) >= MAX_LINES_OF_TURN:
            turn.steps_cut = True
            self.lines.pause()
            return
        line, function = frame.f_lineno or 0, frame.f_code.co_qualname
        # A coroutine goes on in the innermost one that it awaits; some Pythons tell of that line twice.
        before, *place = self._resumed or (None,)
        if turn is before and turn.steps and (kind == "resumes" or place == [id(frame), line]):
            turn.steps.pop()
        self._resumed = (turn, id(frame), line) if kind == "resumes" else None
        changed = self._changed(frame) if kind == "line" else {}
        turn.steps.append(Step(line, function, changed))
        self._noted(40 + len(function) + sum(len(name) + len(text) + 4 for name, text in changed.items()))

    def _changed(self, frame: types.FrameType) -> dict[str, str]:
        """The names of a function whose values have changed since the last look; one that is gone has no text."""
        if not frame.f_code.co_flags & inspect.CO_OPTIMIZED:  # the names of a module or class are no variables
            return {}
        known = self._known.setdefault(id(frame), {})
        changed: dict[str, str] = {}
        values = frame.f_locals
        for name, value in values.items():
            if name.startswith(".") or (name not in known and len(known) >= NAMES):
                continue
            text = brief(value)
            if known.get(name) != text:
                changed[name] = known[name] = text
        for name in [name for name in known if name not in values]:
            del known[name]
            changed[name] = ""
        return changed
