"""What the world and the played process say to each other, and nothing else crosses between them.

The two take turns. The player runs until nothing is ready in it, then sends a `Report`: how late it is, when it would
go on by itself, and what happened. The world lets its own loop run to rest and answers with a `Go`: how late it is now,
until when nothing of its own happens, and what there is to do. The last report of a play is `Told`.

Values travel in the wire form of `kata.contract.values`, with three tags more: ``fake`` and ``error`` as a request has
them, ``world`` for an object of the world's, ``player`` for one of the player's. Instants are nanoseconds on the clock
of the play; order numbers say which of two deadlines at one instant was set first.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kata.contract.request import Request
from kata.contract.run import Line, Run, Told

__all__ = [
    "UNREADABLE",
    "Answered",
    "Ask",
    "Began",
    "Dropped",
    "Ended",
    "Go",
    "How",
    "Outcome",
    "Play",
    "Report",
    "Stop",
    "Work",
    "read_order",
    "read_report",
    "write",
]

How = Literal["returned", "raised", "cancelled", "unfit"]


class _Message(msgspec.Struct, forbid_unknown_fields=True, array_like=True):
    pass


# From the player ------------------------------------------------------------------------------------------------


class Began(_Message, tag="began"):
    """The submission called something of the world's."""

    call: int
    target: int
    args: list[Any]
    kwargs: dict[str, Any]
    order: int
    task: str | None = None
    thread: bool = False
    blocking: bool = False
    """True when the calling thread stands still until the outcome is there."""


class Dropped(_Message, tag="dropped"):
    """Whoever awaited a call does not any more."""

    call: int


class Ended(_Message, tag="ended"):
    """A piece of `Work` is over, or the whole play is (work 0)."""

    work: int
    how: How
    value: Any = None


class Answered(_Message, tag="answered"):
    """What an `Ask` gave."""

    ask: int
    how: How
    value: Any = None


class Printed(_Message, tag="printed"):
    """A line was printed; its second is the player's own, between the report before and this one."""

    line: Line


class Report(_Message, tag="report"):
    """The player is at rest at ``now``, and goes on by itself at ``deadline``."""

    now: int
    deadline: int | None
    events: list[Began | Dropped | Ended | Answered | Printed]


class Finished(_Message, tag="finished"):
    """The play is over; ``again`` says that the process is fit for another one."""

    now: int
    events: list[Began | Dropped | Ended | Answered | Printed]
    told: Told
    again: bool = False
    alone: Run | None = None
    """Of a play without a world, as of a script that nobody judges: the whole recording, in the player's own words."""


class Broken(_Message, tag="broken"):
    """The player itself failed, before the submission was loaded: a fault of the grader."""

    trace: str


# From the world -------------------------------------------------------------------------------------------------


class Play(_Message, tag="play"):
    """Play this. Arguments of a request that are fakes have become objects of the world's, unless it plays alone."""

    request: Request
    alone: bool = False


class Outcome(_Message, tag="outcome"):
    """How a call of the submission's ended."""

    call: int
    how: How
    value: Any
    order: int | None = None
    """The place in the order of what comes at this instant; after what is there already when it is not known."""


class Work(_Message, tag="work"):
    """Await what the object ``target`` is, as a task called ``name``."""

    work: int
    target: int
    name: str = ""


class Stop(_Message, tag="stop"):
    """Cancel that task."""

    work: int


class Ask(_Message, tag="ask"):
    """Do this at once: look up a ``name`` of the object ``target`` (0: the submission), or call it when it is empty."""

    ask: int
    target: int
    name: str
    args: list[Any] = []
    kwargs: dict[str, Any] = {}


class Go(_Message, tag="go"):
    """It is ``now``; nothing of the world's happens before ``horizon``. ``stuck``: nothing can happen at all."""

    now: int
    horizon: int | None
    orders: list[Outcome | Work | Stop | Ask]
    stuck: bool = False
    over: bool = False
    """True when the drive has ended: the player ends its play."""


UNREADABLE = b"\xc1"
"""What no message is: the one byte that msgpack never uses."""

write = msgspec.msgpack.Encoder().encode
"""The bytes of a message."""

read_report = msgspec.msgpack.Decoder(Report | Finished | Broken, strict=True).decode
read_order = msgspec.msgpack.Decoder(Play | Go, strict=True).decode
