"""Standard output and error of a play: lines, with the time, the task and the step that printed them."""

from __future__ import annotations

import asyncio
import codecs
import io
import os
from collections.abc import Callable
from typing import Literal

from kata.contract.run import Line

Stream = Literal["stdout", "stderr"]
Moment = tuple[str | None, float, int]
"""The task that prints, the second, and the number of the step."""

PART = 1 << 16

MAX_LINES = 20_000
"""Lines that are kept of one play: more would not fit into its recording."""


class Output:
    """Keeps the first ``limit`` bytes of what is printed and counts the lines after that.

    Args:
        now: the second at which a line is printed.
        limit: bytes that are kept.
        order: the number of the step that is under way.
    """

    def __init__(self, now: Callable[[], float], limit: int, order: Callable[[], int] = lambda: 0) -> None:
        self.now = now
        self.left = limit
        self.order = order
        self.lines: list[Line] = []
        self.sink: Callable[[Line], None] = self.lines.append
        """Gets each line that is kept."""
        self.dropped = 0
        self.kept = 0
        self.over = False
        """True when the program has ended: what threads print after that is nobody's."""
        self.in_parts = False
        """True when a line that several tasks print, or one at several moments, is kept in parts."""
        self.inherited: list[Inherited] = []
        """What other processes write to the descriptors 1 and 2, when that is kept."""

    def add(self, text: str, stream: Stream) -> None:
        """A whole line was printed."""
        for inherited in self.inherited:
            inherited.catch_up()
        self.keep(text, stream, self.who())

    def who(self) -> str | None:
        """The name of the task that prints now."""
        task = asyncio.current_task() if asyncio._get_running_loop() is not None else None
        return task.get_name() if task is not None else None

    def part(self, text: str, stream: Stream, moment: Moment) -> None:
        """A part of a line was printed, by whom and when ``moment`` says; what comes next stands behind it."""
        task, at, order = moment
        self.keep(text, stream, task, at=at, order=order, open=True)

    def moment(self) -> Moment:
        """Who prints now, and when."""
        return self.who(), self.now(), self.order()

    def keep(
        self,
        text: str,
        stream: Stream,
        task: str | None,
        *,
        at: float | None = None,
        order: int | None = None,
        open: bool = False,
    ) -> None:
        """Keep a line, whoever printed it, or count it."""
        size = len(text) + 1
        self.kept += 1
        if self.kept > MAX_LINES:
            self.left = 0
        if size > self.left:
            self.dropped += 1
            if self.left <= 0:
                return
            text = text[: self.left]
        self.left -= size
        clean = text.encode("utf-8", "replace").decode("utf-8")
        at, order = (self.now() if at is None else at), (self.order() if order is None else order)
        self.sink(Line(clean, at, task, stream, order, open))

    def close(self) -> None:
        """At the end of a play: what is left of other processes' output."""
        for inherited in self.inherited:
            inherited.catch_up(last=True)


class Inherited:
    """What other processes, and code below Python, write to a standard descriptor.

    Nobody is told when they write; their lines are noted before the next line of the script itself, or at the end.

    Args:
        output: where the lines go.
        stream: their stream.
        path: the file that the descriptor writes to.
    """

    def __init__(self, output: Output, stream: Stream, path: str) -> None:
        self._output = output
        self._stream = stream
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._partial = ""

    def catch_up(self, *, last: bool = False) -> None:
        """Note what was written since the last time; ``last`` also what has no line end yet."""
        while self._output.left > 0 and (data := os.read(self._file, PART)):
            *whole, self._partial = (self._partial + self._decoder.decode(data)).split("\n")
            for line in whole:
                self._output.keep(line, self._stream, None)
        if last and self._partial:
            self._output.keep(self._partial, self._stream, None)
            self._partial = ""


class Printed(io.TextIOBase):
    """The text stream that stands in for `sys.stdout` or `sys.stderr`."""

    encoding = "utf-8"

    def __init__(self, output: Output, stream: Stream) -> None:
        self._output = output
        self._stream = stream
        self._partial = ""
        self._begun: Moment | None = None
        """When the line began that has no end yet."""
        self._below: _Bytes | None = None

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._output.over:
            return len(text)
        if self._output.in_parts:
            self._part_from_others(self._output.moment())
            if not text.isascii() and self._stream == "stdout":
                text.encode()  # a script may find that a text has no UTF-8 form
        *whole, rest = text.split("\n")
        for line in whole:
            self._output.add(self._partial + line, self._stream)
            self._partial = ""
        # A line without end must not grow for ever.
        self._partial = (self._partial + rest)[: max(self._output.left, 0) + 1]
        return len(text)

    def _part_from_others(self, now: Moment) -> None:
        """What another task has begun, or this one at another moment, is a part of its own."""
        if self._partial and self._begun is not None and not _together(self._begun, now):
            self._output.part(self._partial, self._stream, self._begun)
            self._partial = ""
        if not self._partial:
            self._begun = now

    @property
    def buffer(self) -> io.RawIOBase:
        """The same stream for bytes."""
        if self._below is None:
            self._below = _Bytes(self)
        return self._below

    def reconfigure(self, **options: object) -> None:
        """Accepted and without effect: lines are noted as they are printed, in UTF-8."""

    def fileno(self) -> int:
        """The descriptor, where a script's own are kept."""
        if not self._output.inherited:
            raise io.UnsupportedOperation("fileno")
        return 1 if self._stream == "stdout" else 2

    def close_line(self) -> None:
        """At the end of a play: a last line without line end counts as one."""
        if self._partial and self._output.in_parts and self._begun is not None:
            task, at, order = self._begun
            self._output.keep(self._partial, self._stream, task, at=at, order=order)
        elif self._partial:
            self._output.add(self._partial, self._stream)
        self._partial = ""


def _together(one: Moment, other: Moment) -> bool:
    """True for one task at one moment; what one step prints on a real clock takes a moment."""
    apart = 0.01 if one[2] == other[2] else 0.0
    return one[0] == other[0] and other[1] - one[1] <= apart


class _Bytes(io.RawIOBase):
    def __init__(self, text: Printed) -> None:
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        data = bytes(data)
        self._text.write(self._decoder.decode(data))
        return len(data)
