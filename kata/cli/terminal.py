"""The terminal that a command writes to: consoles, lines, questions, and how wide it is."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kata.cli import streams
from kata.cli.errors import PipeClosed

if TYPE_CHECKING:
    from rich.console import Console

READABLE = 100
"""Columns beyond which running text is hard to read."""

NARROW = 40
"""Columns that are always filled: what is laid out for fewer loses more than a terminal that folds it."""

USUAL = 80
"""Columns where nobody says how many there are."""

HEIGHT = 25
"""Rows; nothing here depends on them."""


def console(*, stderr: bool = False) -> Console:
    """A console on which ``[brackets]``, numbers and ``:names:`` in a text stay what they are."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:  # Rich would leave with exit code 1, which here has a meaning
            raise PipeClosed

    # The stream as it is now: what the judge redirects later does not concern this console.
    stream = sys.stderr if stderr else sys.stdout
    # With both sizes given, Rich does not ask the environment, which it would believe too readily.
    return Screen(file=stream, width=columns(), height=HEIGHT, highlight=False, markup=False, emoji=False)


def columns() -> int:
    """Columns of the screen: what COLUMNS says, else the terminal behind any of the streams, else `USUAL`."""
    said = os.environ.get("COLUMNS", "")
    wide = int(said) if said.isdecimal() and len(said) < 6 else 0
    for descriptor in (1, 2, 0):
        try:
            wide = wide or os.get_terminal_size(descriptor).columns
        except OSError:
            continue
    return max(wide or USUAL, NARROW)


def width() -> int:
    """Columns for running text: those of the screen, and no more than can be read with ease."""
    return min(columns(), READABLE)


def say(line: str) -> None:
    """Print one line as it is: never folded, so that paths and commands can be copied."""
    sys.stdout.write(f"{line}\n")


def error(line: str, *, on_new_line: bool = False) -> None:
    """Print one line on standard error, whatever is in it, after all that was printed before."""
    from kata.reports.escape import visible

    sys.stdout.flush()
    shown = visible(" ".join(line.split()), newlines=False)
    _told("\n" * on_new_line + f"{shown}\n")


def agreed(question: str) -> bool | None:
    """Ask on the terminal; anything but yes is a no. None when nobody is there to answer."""
    if not sys.stdin.isatty():
        return None
    sys.stdout.flush()
    if not _told(f"{question} [y/N] "):
        return None
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _told(text: str) -> bool:
    """Write to standard error; False when it cannot be written: the exit code still tells."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        streams.silence(sys.stderr)
        return False
    return True
