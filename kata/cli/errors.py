"""Ends of a command: the errors that a user reads as one line, and the exit codes."""

from __future__ import annotations

DONE = 0
NOT_PASSED = 1
USAGE = 2
FAILED = 3
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports for a program that wrote to a pipe that nobody reads any more."""


class Stop(Exception):
    """End the command with one line on standard error, which says what to do next, and an exit code."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class PipeClosed(Exception):
    """Nobody reads our output any more, as when it goes to ``head -3``."""


class OutputLost(Exception):
    """Standard output cannot be written. The text is the system's reason."""
