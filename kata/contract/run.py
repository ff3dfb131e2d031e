"""Run: the recording of one play, and the only thing that crosses from the sandbox to the judge.

Times are virtual seconds since the play began; they are exact multiples of a nanosecond, so a test may
compare them with ``==``. The module owns the schema, not how a recording is made or judged; `recording` its bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

import msgspec

from kata.contract.places import Frame, Seconds, Timer
from kata.contract.turns import Stopped, Turn
from kata.contract.values import Failure, PlainValueError, from_wire

__all__ = [
    "Block",
    "Call",
    "Computed",
    "Deadlock",
    "Frame",
    "Limit",
    "Line",
    "Run",
    "Span",
    "StuckTask",
    "TaskRecord",
    "Timer",
    "Told",
]

Outcome = Literal["returned", "raised", "cancelled", "pending"]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One printed line, the virtual second at which it was printed, and the task that printed it.

    ``order`` is the number of the step that printed it, as in `Span`; 0 when that is not known.
    """

    text: str
    at: Seconds
    task: str | None = None
    stream: Literal["stdout", "stderr"] = "stdout"
    order: int = 0
    open: bool = False
    """True for a part of a line: what comes next stands behind it. Only scripts' lines come in parts."""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a task did from ``start`` to ``end``.

    ``running`` spans last no virtual time unless the code blocked; ``order`` is the number of the step in
    the whole play, so that moments of zero length keep their order. A ``waiting`` span says on ``what``
    (``sleep``, ``Event.wait``, ``task fetch-1``) and where in the submission; where the call says it, for how many
    seconds it ``asked``, and for which tasks it is.
    """

    kind: Literal["running", "waiting", "blocked"]
    start: Seconds
    end: Seconds
    order: int
    what: str = ""
    at: Frame | None = None
    asked: Seconds | None = None
    """Seconds: the length of a sleep, or the time limit of `asyncio.wait` and `asyncio.wait_for`."""
    on: Sequence[str] = ()
    """The names of the tasks that a wait is for: one that is awaited, or those of a gather, a group and the like."""
    on_dropped: int = 0
    """How many more there are."""


class TaskRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The life of one task."""

    name: str
    coroutine: str
    created: Seconds
    parent: str | None = None
    created_at: Frame | None = None
    spans: list[Span] = []
    cancel_requests: list[Seconds] = []
    outcome: Outcome = "pending"
    ended: Seconds | None = None
    error: Failure | None = None
    ended_by_cleanup: bool = False
    """True when the task was still alive when the played function returned, and the loop's closing ended it."""
    steps_dropped: int = 0
    """Steps after the last of ``spans`` that were left out for their number."""
    turns: int = 0
    """How many turns it had, those that are not in ``spans`` included."""
    computed: Seconds = 0.0
    """Seconds of the processor's that its turns took. Only scripts are asked."""


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One call of a fake: with what, when, and how it ended. Arguments are kept in their wire form, as results are."""

    fake: str
    wired: list[Any] = msgspec.field(name="args")
    start: Seconds
    wired_kwargs: dict[str, Any] = msgspec.field(name="kwargs", default_factory=dict)
    end: Seconds | None = None
    outcome: Outcome = "pending"
    task: str | None = None
    thread: bool = False

    @property
    def args(self) -> list[Any]:
        """The arguments."""
        return [from_wire(value) for value in self.wired]

    @property
    def kwargs(self) -> dict[str, Any]:
        """The arguments that were passed by name."""
        return {name: from_wire(value) for name, value in self.wired_kwargs.items()}


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call that stopped the event loop's thread for some virtual seconds while every task stood still."""

    seconds: Seconds
    start: Seconds
    call: str
    task: str | None = None
    at: Frame | None = None


class Computed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of a task that computed for so many seconds of the processor's, at this virtual second."""

    task: str
    at: Seconds
    seconds: Seconds


class StuckTask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task that nothing can wake any more: what it awaits, and where."""

    name: str
    what: str
    at: Frame | None = None
    cancelled: bool = False
    """True when it had been asked to cancel, and has not ended yet."""


class Deadlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing was left that could ever wake the loop, at this virtual second, with these tasks waiting."""

    at: Seconds
    tasks: list[StuckTask]
    outside: bool = False
    """True when the program listens, or has a handler for a signal: somebody outside could still do something."""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A limit of the sandbox that was passed, and where the code stood.

    ``exited`` means that the process ended before the play was over (``os._exit``, a crash); ``unreadable`` that what
    it said could not be read; ``fault`` that what plays or judges failed on it, which says nothing of the submission.
    ``until`` is the virtual second at which a script was to be over.
    """

    kind: Literal[
        "seconds", "cpu", "memory", "disk", "output", "processes", "answer", "exited", "unreadable", "fault", "until"
    ]  # fmt: skip
    message: str
    at: Frame | None = None


class NeverAwaited(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A coroutine object that was made at this place and never awaited."""

    coroutine: str
    at: Frame | None = None


class Unretrieved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exception of a task or future that nobody looked at before it was forgotten."""

    task: str | None
    error: Failure | None
    message: str


class Unfit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The submission could not be played at all.

    ``syntax`` and ``import``: the file does not load. ``missing``: it has no such name. ``not_async``: the
    name is not a coroutine function although the task asks for one. ``not_callable``: it is no function.
    """

    kind: Literal["syntax", "import", "missing", "not_async", "not_callable"]
    message: str
    at: Frame | None = None
    column: int = 0
    """For ``syntax``: where in the text of that line Python stopped reading, counted from 1; 0 when it does not say."""


class InFlight(int):
    """A number of calls in flight at once; a type of its own, so that a diagnosis knows what a test compared."""


POLLING = 5
"""Sleeps in a row at one place, or wake-ups in a row at which nothing was due, that count as polling."""


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """What the played process says of itself. It explains, it draws pictures, and it can only cost points.

    A submission shares its process with whoever wrote this down, so nothing here earns a point.
    """

    unfit: Unfit | None = None
    tasks: list[TaskRecord] = []
    tasks_dropped: int = 0
    blocks: list[Block] = []
    timers: list[Timer] = []
    never_awaited: list[NeverAwaited] = []
    computed: list[Computed] = []
    """In a script: what kept the processor for long, while virtual time stood still."""
    leaked: list[StuckTask] = []
    """Tasks still alive when the played function had ended."""
    unretrieved: list[Unretrieved] = []
    deadlock: Deadlock | None = None
    limit: Limit | None = None
    tampered: list[str] = []
    """Names of the engine or of asyncio that the submission replaced or reached into."""
    lines_dropped: int = 0
    turns: list[Turn] = []
    """Of a play that was asked for with ``detail``: the turns of its event loop."""
    turns_dropped: int = 0
    """Turns after the last of them."""
    turns_stopped: Stopped = ""
    """Of what there was too much to record more; the play went on."""


class Run(Told, forbid_unknown_fields=True, dict=True):
    """Everything that one play left behind. See the module's docstring for units.

    The fields of this class are what the world saw: it made the calls' answers, took the time, and received what came.
    Those of `Told` are the player's own words.

    >>> run = Run(returned=["list", ["A", "B"]], elapsed=1.0, lines=[Line("hello", 0.5)])
    >>> run.result, run.raised, run.printed
    (['A', 'B'], None, ['hello'])
    """

    returned: Any = None
    """The result in its wire form; read ``result``."""
    error: Failure | None = None
    """What the played function raised; read ``raised``."""
    elapsed: Seconds = 0.0
    """Virtual seconds from the start of the played function to its end."""
    lines: list[Line] = []
    calls: dict[str, list[Call]] = {}
    """Calls of each fake, by its name, in the order in which they began."""
    in_flight: dict[str, int] = {}
    """The most calls of each fake that were in flight at once; read ``peak``."""
    notes: list[Any] = []
    """What a drive noted with ``ex.note(value)``, in wire form; read ``noted``."""
    idle_wakes: int = 0
    """The most wake-ups in a row, while calls were under way, at which nothing had happened and nothing was done."""
    cost: Seconds = 0.0
    """Real seconds that the play took, measured outside the played process."""
    clock: Literal["virtual", "real"] = "virtual"

    @property
    def result(self) -> Any:
        """The value that the played function returned.

        Raises:
            SubmissionFailed: the function raised, could not be played, or was stopped.
        """
        self.__dict__["looked_at_outcome"] = True
        if self.failed:
            raise SubmissionFailed(self)
        try:
            return from_wire(self.returned)
        except PlainValueError:
            raise SubmissionFailed(self) from None

    @property
    def raised(self) -> Failure | None:
        """What the played function raised, or None. Reading it says that the test expects an error."""
        self.__dict__["looked_at_outcome"] = True
        if self.unfit or self.limit or self.deadlock:
            raise SubmissionFailed(self)
        return self.error

    @property
    def peak(self) -> dict[str, InFlight]:
        """The most calls of each fake that were in flight at once, by its name."""
        return {name: InFlight(count) for name, count in self.in_flight.items()}

    @property
    def failed(self) -> bool:
        """True when there is no result: an error, a deadlock, a limit, or code that cannot be played."""
        return bool(self.error or self.unfit or self.limit or self.deadlock)

    @property
    def unfinished(self) -> bool:
        """True when the played process is not fit for another call: it was stopped, or something is under way in it."""
        return bool(
            self.unfit
            or self.limit
            or self.deadlock
            or self.tampered
            or self.leaked
            or self.never_awaited
            or self.unretrieved
        )

    @property
    def looked_at_outcome(self) -> bool:
        """True once a test has read ``result`` or ``raised``."""
        return bool(self.__dict__.get("looked_at_outcome", False))

    @property
    def printed(self) -> list[str]:
        """The texts of the lines printed to standard output, in order."""
        text = "".join(line.text + "\n" * (not line.open) for line in self.lines if line.stream == "stdout")
        return text.split("\n")[: None if text and text[-1] != "\n" else -1]

    @property
    def waited_for(self) -> set[str]:
        """All that any task waited for, such as ``gather`` or ``asyncio.sleep``.

        Raises:
            SubmissionFailed: the function raised, could not be played, or was stopped.
        """
        if self.failed:
            raise SubmissionFailed(self)
        return {span.what for task in self.tasks for span in task.spans if span.kind == "waiting"}

    @property
    def polled(self) -> str:
        """Where the submission woke again and again instead of waiting for something, as a sentence; else empty.

        For tests of tasks that leave nothing to sleep for: a polling loop that wakes often enough is on time, too.
        A task that sleeps until it is cancelled does so for its own sake, as one that prints a sign of life. The
        player tells the line where there is one; that it happened, the world sees by itself.
        """
        for task in self.tasks:
            since = 0.0 if task.outcome != "cancelled" else min(task.cancel_requests, default=float("inf"))
            waits = (span for span in task.spans if span.kind == "waiting" and span.start >= since)
            for (what, at), again in groupby(waits, key=lambda span: (span.what, span.at)):
                times = len(list(again))
                if what == "asyncio.sleep" and at is not None and times >= POLLING:
                    return (
                        f"the sleep in line {at.line} was awaited {times} times in a row: that is looking again and "
                        "again, which notices too late, or costs turns. Await what it is waiting for"
                    )
        if self.idle_wakes >= POLLING:
            return (
                f"while calls were under way, the code woke up {self.idle_wakes} times in a row although nothing had "
                "happened: that is looking again and again. Await what it is waiting for"
            )
        return ""

    @property
    def noted(self) -> list[Any]:
        """The values that a drive noted with ``ex.note(value)``, in order."""
        return [from_wire(note) for note in self.notes]

    def task(self, name: str) -> TaskRecord:
        """The record of the first task called ``name``.

        Raises:
            LookupError: no task of that name was seen.
        """
        for task in self.tasks:
            if task.name == name:
                return task
        raise LookupError(f"no task is called {name!r}; there were {[task.name for task in self.tasks]}")

    def __repr__(self) -> str:
        return f"<Run of {self.elapsed:g} virtual seconds>"


class SubmissionFailed(Exception):
    """A test asked for a result, and the submission has none; ``run`` says why."""

    def __init__(self, run: Run) -> None:
        super().__init__("the submission gave no result")
        self.run = run
