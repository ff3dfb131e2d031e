"""The notes on one timer of a program."""

from __future__ import annotations

from dataclasses import dataclass

from kata.contract.run import Frame, Timer

__all__ = ["Timed"]


@dataclass(slots=True)
class Timed:
    """What is known of a timer; instants are nanoseconds of the clock."""

    set: int
    due: int
    calls: str
    task: str | None
    at: Frame | None
    ended: int | None = None
    fired: bool = False

    def record(self, start: int) -> Timer:
        """The same in seconds since the instant ``start``."""
        ended = None if self.ended is None else (self.ended - start) / 1e9
        return Timer(
            (self.set - start) / 1e9, (self.due - start) / 1e9, self.calls, ended, self.fired, self.task, self.at
        )
