"""The terminal that a command writes to: consoles, questions, and streams that cannot fail on a letter."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from typing import TYPE_CHECKING

READABLE = 100

if TYPE_CHECKING:
    from rich.console import Console


def forgiving_streams() -> None:
    """Let stdout and stderr replace the letters that their encoding lacks; make up for a closed one."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - it lasts as long as the process
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="replace")


def console(*, stderr: bool = False) -> Console:
    """A console on which ``[brackets]``, numbers and ``:names:`` in a text stay what they are."""
    from rich.console import Console

    from kata.cli.errors import PipeClosed

    class Screen(Console):
        def on_broken_pipe(self) -> None:  # Rich would leave with exit code 1, which here has a meaning
            raise PipeClosed

    # The stream as it is now: what the judge redirects later does not concern this console.
    stream = sys.stderr if stderr else sys.stdout
    return Screen(file=stream, highlight=False, markup=False, emoji=False)


def silence() -> None:
    """Drop what stdout still holds and send what follows nowhere: Python flushes it once more as it ends."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def width() -> int:
    """Columns for running text: those of the terminal, and no more than can be read with ease."""
    return min(shutil.get_terminal_size().columns, READABLE)


def say(line: str) -> None:
    """Print one line as it is: never folded, so that paths and commands can be copied."""
    sys.stdout.write(f"{line}\n")


def error(line: str) -> None:
    """Print one line on standard error, whatever is in it."""
    from kata.reports.escape import visible

    with contextlib.suppress(OSError):
        sys.stdout.flush()
    sys.stderr.write(visible(" ".join(line.split()), newlines=False) + "\n")


def agreed(question: str) -> bool | None:
    """Ask on the terminal; anything but yes is a no. None when nobody is there to answer."""
    if not sys.stdin.isatty():
        return None
    sys.stdout.flush()
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
