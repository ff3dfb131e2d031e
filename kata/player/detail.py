"""Plays of which every turn is asked for: who is told of executed lines and of what is printed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from kata.contract.run import Line
from kata.player.output import Output
from kata.virtualtime import Recorder, TurnRecorder

__all__ = ["watched"]


@contextlib.contextmanager
def watched(recorder: Recorder, output: Output) -> Iterator[None]:
    """Within it, a recorder of turns notes the executed lines, too, and what is printed by which turn.

    Args:
        recorder: any other one has nothing to note.
        output: what is printed goes on to where it went before.
    """
    if not isinstance(recorder, TurnRecorder):
        yield
        return
    keep = output.sink

    def printed(line: Line) -> None:
        recorder.printed(line)
        keep(line)

    output.sink = printed
    recorder.begin_lines()
    try:
        yield
    finally:
        recorder.end_lines()
