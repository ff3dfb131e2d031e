"""The world's record of a play: what was called, when, and how it ended; what was printed; how long it took."""

from __future__ import annotations

from typing import Any

from kata.contract.messages import Began, How
from kata.contract.run import Call, Line, Run
from kata.contract.values import from_wire, read_failure
from kata.virtualtime import Clock
from kata.world.crossing import as_data

__all__ = ["Noted", "Record"]

MAX_CALLS = 20_000
MAX_LINES = 100_000
MAX_NOTES = 10_000


class Noted:
    """One call, while it is under way and after."""

    __slots__ = ("args", "end", "fake", "outcome", "start", "task", "thread", "wired", "wired_kwargs")

    def __init__(self, fake: str, began: Began, start: float) -> None:
        self.fake = fake
        self.wired = [as_data(value) for value in began.args]
        self.wired_kwargs = {name: as_data(value) for name, value in began.kwargs.items()}
        self.args = [from_wire(value) for value in self.wired]
        for value in self.wired_kwargs.values():
            from_wire(value)
        self.start = start
        self.end: float | None = None
        self.outcome = "pending"
        self.task = began.task
        self.thread = began.thread


class Record:
    """What the world sees of one play, on its own clock.

    Args:
        clock: the world's.
    """

    def __init__(self, clock: Clock) -> None:
        self.run = Run()
        self._clock = clock
        self._start = clock.now_ns
        self._calls: dict[str, list[Noted]] = {}
        self._flying: dict[str, int] = {}
        self._peak: dict[str, int] = {}
        self._ended: int | None = None

    def seconds(self, instant: int | None = None) -> float:
        """An instant, now by default, as virtual seconds since the play began."""
        return ((self._clock.now_ns if instant is None else instant) - self._start) / 1e9

    def exists(self, fake: str) -> None:
        """A fake of this name exists, called or not."""
        self._calls.setdefault(fake, [])
        self._flying.setdefault(fake, 0)
        self._peak.setdefault(fake, 0)

    def began(self, fake: str, began: Began) -> Noted:
        """A call begins now.

        Raises:
            PlainValueError: its arguments are none that a player sends.
        """
        call = Noted(fake, began, self.seconds())
        self.exists(fake)
        if len(self._calls[fake]) < MAX_CALLS:
            self._calls[fake].append(call)
        self._flying[fake] += 1
        self._peak[fake] = max(self._peak[fake], self._flying[fake])
        return call

    def ended(self, call: Noted, outcome: How) -> None:
        """The call is over now."""
        if call.end is None:
            call.end = self.seconds()
            call.outcome = outcome
            self._flying[call.fake] -= 1

    def printed(self, line: Line) -> None:
        """A line was printed."""
        if len(self.run.lines) < MAX_LINES:
            self.run.lines.append(line)

    def noted(self, value: Any) -> None:
        """A drive noted a value, in wire form."""
        if len(self.run.notes) < MAX_NOTES:
            self.run.notes.append(value)

    def over(self, how: How, value: Any) -> None:
        """The function under test, or the drive, ended now.

        Raises:
            PlainValueError: what came of it is nothing that a player sends.
        """
        if self._ended is not None:
            return
        self._ended = self._clock.now_ns
        if how == "returned":
            from_wire(value)
            self.run.returned = value
        elif how in ("raised", "cancelled"):
            self.run.error = read_failure(value)

    def whole(self) -> Run:
        """The run as far as the world has seen it."""
        run = self.run
        run.elapsed = self.seconds(self._ended)
        run.in_flight = dict(self._peak)
        run.calls = {
            fake: [
                Call(fake, each.wired, each.start, each.wired_kwargs, each.end, each.outcome, each.task, each.thread)  # type: ignore[arg-type]
                for each in calls
            ]
            for fake, calls in self._calls.items()
        }
        return run
