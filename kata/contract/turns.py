"""Turns: what an event loop did, one turn after the other, as a play that was asked for with ``detail`` records it.

For replays; nothing here is looked at when a play is judged. A turn is one callback that the loop took out of its ready
queue: a step of a task, or a plain callback. All times are virtual seconds since the play began.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kata.contract.places import Seconds

__all__ = [
    "MAX_BYTES",
    "MAX_LINES_OF_TURN",
    "MAX_NAMED",
    "MAX_PRINTED",
    "MAX_STEPS",
    "MAX_TIMERS",
    "MAX_TURNS",
    "Deed",
    "End",
    "Step",
    "Stopped",
    "Turn",
    "Waiting",
    "Why",
]

MAX_TURNS = 20_000
MAX_STEPS = 100_000
"""Executed lines of a play."""
MAX_BYTES = 4 * 1024 * 1024
"""Of a play's turns, about. A recording may have twice as many, and holds other things, too."""

MAX_LINES_OF_TURN = 500
"""Lines of one turn that are kept; a loop that computes has more."""
MAX_NAMED = 20
"""Callbacks in the ready queue that are named at each turn; the others are counted."""
MAX_TIMERS = 10
"""The same for the pending timers."""
MAX_PRINTED = 200
"""Characters of a printed line that a deed has."""

Why = Literal["created", "timer", "future", "call_soon", "event", "thread", "gave way", "cancelled"]
End = Literal["waits", "gave way", "returned", "raised", "cancelled", "ran"]
Stopped = Literal["", "turns", "lines", "bytes"]


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that a turn did, other than running lines.

    ``task``: it made a task, ``what`` is its name. ``future``: it gave a future or task its result or error.
    ``cancel``: it asked the task ``what`` to cancel. ``print``: it printed the line ``what``. ``timer``: it set a timer
    that is ``due`` at that second. ``ready``: it put the callback ``what`` into the ready queue.
    """

    kind: Literal["task", "future", "cancel", "print", "timer", "ready"]
    what: str
    line: int = 0
    """Of the learner's file; 0 when it was not done there."""
    due: Seconds | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line of the learner's file, as it was about to be executed, or as a coroutine was resumed in it."""

    line: int
    function: str
    """Qualified name."""
    changed: dict[str, str] = {}
    """Names of the function whose values are others than at its last step, and these values as short text; an empty one
    for a name that is gone."""


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A timer that is pending: when it is due, and what it is, such as ``sleep of main`` or ``call_later: tick``."""

    due: Seconds
    what: str


class Turn(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One turn of the loop: which callback it took out of the ready queue, why that was there, and what it did."""

    number: int
    """1, 2, 3 and so on over the whole play, also where it has several loops."""
    at: Seconds
    who: str
    """The task whose step it is; empty for another callback."""
    callback: str = ""
    """What that callback is called."""
    why: Why = "call_soon"
    """What put it into the ready queue."""
    because: str = ""
    """Of what, as a clause: ``task fetch-1 ended``, ``Event.wait is over: task main``. For ``created`` who made it, for
    ``cancelled`` by whom; empty where ``why`` says it all."""
    ready: list[str] = []
    """The ready queue in order as the turn began, without the one that runs: names of tasks and callbacks. Callbacks
    that were cancelled are still in the loop's queue and are not in this one: the loop passes them over. Nor is the one
    with which a loop empties the pipe that wakes it."""
    ready_more: int = 0
    """How many more there are than are named."""
    timers: list[Waiting] = []
    """The timers pending then, in order of their due times, up to `MAX_TIMERS`."""
    timers_more: int = 0
    steps: list[Step] = []
    steps_cut: bool = False
    """True when it ran more lines than are kept of one turn."""
    deeds: list[Deed] = []
    end: End = "ran"
    """How a task's step ended; ``ran`` for a callback."""
    on: str = ""
    """For a task that waits: on what, such as ``asyncio.sleep(2)``, ``task fetch-1``, ``gather of a, b``."""
    on_tasks: list[str] = []
    """The tasks for which it waits, directly or through gather, wait, or a group."""
    line: int = 0
    """Of the learner's file, where the task stands after the turn; 0 when it has ended, or stands elsewhere."""
    function: str = ""
    error: str = ""
    """For a step that raised: such as ``ValueError: no such page``."""
