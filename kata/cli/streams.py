"""The standard streams: a closed or full one ends a command calmly, and nothing that it printed is lost silently."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import IO, Any, TextIO

from kata.cli.errors import OutputLost, PipeClosed

__all__ = ["prepare", "silence"]


def prepare() -> None:
    """Make the three streams usable, whatever they were when the program started.

    Letters that an encoding lacks are replaced. A closed stream fails when it is used, not before, except that
    nobody can be told what a closed standard error does not show. Its descriptor is taken, so that no file that is
    opened later becomes a standard stream by accident. What standard output refuses is raised as `OutputLost`, or
    as `PipeClosed`.
    """
    _take_free_descriptors()
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - they last as long as the process
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    sys.stdout = _with_named_failures(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="replace")


def silence(stream: TextIO) -> None:
    """Drop what a stream still holds and send what follows nowhere: Python flushes it once more as it ends."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _take_free_descriptors() -> None:
    # Opened the wrong way round on purpose: reading from 0 fails and writing to 1 fails, as when they are closed.
    for descriptor, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)


class _Output(io.FileIO):
    """Standard output, whose failures can be told from those of any other file."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError as error:
            raise PipeClosed from error
        except OSError as error:
            raise OutputLost(error.strerror or str(error)) from error


def _with_named_failures(stream: TextIO) -> TextIO:
    """The same stream over `_Output`; as it is where it leads to no descriptor of its own, as under pytest."""
    buffer: IO[bytes] | None = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(stream, io.TextIOWrapper) or type(raw) is not io.FileIO:
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Output(raw.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        line_buffering=stream.line_buffering or stream.write_through,
    )
