"""What a script finds that no exercise does: modules in its own folder, and descriptors to print to."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile

from kata.player.output import Inherited, Output, Stream

__all__ = ["set_the_stage"]

_STREAMS: tuple[tuple[int, Stream], ...] = ((1, "stdout"), (2, "stderr"))


def set_the_stage(folder: str, output: Output) -> None:
    """A script may start processes that print, and finds modules in its own folder.

    Args:
        folder: where it lies; empty for none.
        output: gets what other processes print, too.
    """
    if folder:
        sys.path.insert(0, folder)
    for number, stream in _STREAMS:
        file, path = tempfile.mkstemp(dir=os.getcwd())
        os.dup2(file, number)
        os.close(file)
        output.inherited.append(Inherited(output, stream, path))
        with contextlib.suppress(OSError):  # Windows keeps a file that is open
            os.unlink(path)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_print_below)


def _print_below() -> None:
    """In a forked copy of a script: print to the descriptors, since what it keeps in memory is lost."""
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", line_buffering=True)
