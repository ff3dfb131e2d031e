"""What the world and the played process say to each other, and nothing else crosses between them.

The two take turns. The player runs until nothing is ready in it, then sends a `Report`: how late it is, when it would
go on by itself, and what happened. The world lets its own loop run to rest and answers with a `Go`: how late it is now,
until when nothing of its own happens, and what there is to do. The last report of a play is `Told`.

Values travel in the wire form of `kata.contract.values`, with three tags more: ``fake`` and ``error`` as a request has
them, ``world`` for an object of the world's, ``player`` for one of the player's. Instants are nanoseconds on the clock
of the play, beyond 64 bits in hexadecimal; order numbers say which of two deadlines at one instant was set first.

Nobody knows who writes what comes from a player: `read_report` is the one place that decodes it, strictly, and refuses
what is larger, deeper or more than any player of ours sends.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from kata.contract.recording import check, check_told
from kata.contract.request import Request
from kata.contract.run import Line, Run, Told
from kata.contract.texts import presentable
from kata.contract.values import PlainValueError

__all__ = [
    "Answered",
    "Ask",
    "Began",
    "Dropped",
    "Ended",
    "Go",
    "How",
    "Outcome",
    "Over",
    "Play",
    "Report",
    "Stop",
    "Work",
    "instant",
    "packed",
    "read_order",
    "read_report",
    "write",
]

How = Literal["returned", "raised", "cancelled", "unfit"]

MAX_CONTAINERS = 1_000_000
"""Lists and dictionaries in one message: each takes a byte there and some hundred here."""

MAX_EVENTS = 100_000
"""Events in one report."""

MAX_INSTANT = 1 << 210
"""Nanoseconds. Later than whatever a clock of ours says."""

Instant = int | Annotated[str, msgspec.Meta(max_length=60)]
"""Nanoseconds as they are sent; see `instant`."""

Number = Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]


class _Message(msgspec.Struct, forbid_unknown_fields=True, array_like=True):
    pass


# From the player ------------------------------------------------------------------------------------------------


class Began(_Message, tag="began"):
    """The submission called something of the world's."""

    call: Number
    target: Number
    args: list[Any]
    kwargs: dict[str, Any]
    order: Number
    task: str | None = None
    thread: bool = False
    blocking: bool = False
    """True when the calling thread stands still until the outcome is there."""


class Dropped(_Message, tag="dropped"):
    """Whoever awaited a call does not any more."""

    call: Number


class Ended(_Message, tag="ended"):
    """A piece of `Work` is over, or the whole play is (work 0)."""

    work: Number
    how: How
    value: Any = None


class Answered(_Message, tag="answered"):
    """What an `Ask` gave."""

    ask: Number
    how: How
    value: Any = None


class Printed(_Message, tag="printed"):
    """A line was printed; its second is the player's own, between the report before and this one."""

    line: Line


Events = Annotated[list[Began | Dropped | Ended | Answered | Printed], msgspec.Meta(max_length=MAX_EVENTS)]


class Report(_Message, tag="report"):
    """The player is at rest at ``now``, and goes on by itself at ``deadline``."""

    now: Instant
    deadline: Instant | None
    events: Events
    order: Number = 0
    """The place of that deadline among all of its instant."""
    latest: Number = 0
    """All that is set from now on comes after this place."""


class Finished(_Message, tag="finished"):
    """The play is over; ``again`` says that the process is fit for another one."""

    now: Instant
    events: Events
    told: Told
    again: bool = False
    alone: Run | None = None
    """Of a play without a world, as of a script that nobody judges: the whole recording, in the player's own words."""


class Broken(_Message, tag="broken"):
    """The player itself failed: a fault of the grader, if a play of something harmless fails too."""

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
    """The place in the order of what comes at this instant; that of the message when it has none of its own."""


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
    call: int = 0
    """The call in which it is asked, when that is one of a thread: then that thread answers."""


class Over(_Message, tag="over"):
    """The drive has ended: the player ends its play."""


class Go(_Message, tag="go"):
    """It is ``now``; nothing of the world's happens before ``horizon``. ``stuck``: nothing can happen at all."""

    now: Instant
    horizon: Instant | None
    orders: list[Outcome | Work | Stop | Ask | Over]
    stuck: bool = False
    latest: int = 0
    """All that is set from now on comes after this place."""
    place: int | None = None
    """Where the orders come in the order of this instant; after all that is there when it does not say."""


_encode = msgspec.msgpack.Encoder().encode
_decode_report = msgspec.msgpack.Decoder(Report | Finished | Broken, strict=True).decode

read_order = msgspec.msgpack.Decoder(Play | Go, strict=True).decode
"""What the world says."""


def write(message: _Message) -> bytes:
    """The bytes of a message.

    What a name is that is no text, text without a form in UTF-8, or a number beyond 64 bits, is sent as a text or
    number that comes near; values are not concerned, as they come here in their wire form.
    """
    try:
        return _encode(message)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return _encode(presentable(message))


def read_report(data: bytes) -> Report | Finished | Broken:
    """What a player says, or whoever speaks in its place.

    Raises:
        PlainValueError: nothing that a player of ours says.
    """
    if len(data) > MAX_CONTAINERS and _containers(data) > MAX_CONTAINERS:
        raise PlainValueError("more lists in one message than any play needs")
    try:
        report: Report | Finished | Broken = _decode_report(data)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        raise PlainValueError(f"{type(error).__name__}: {error}"[:200]) from error
    if isinstance(report, Finished):
        check_told(report.told)
        if report.alone is not None:
            check(report.alone)
    return report


def packed(nanoseconds: int) -> Instant:
    """An instant as it is sent."""
    return nanoseconds if nanoseconds < 1 << 63 else hex(nanoseconds)


def instant(sent: Instant) -> int:
    """The nanoseconds of an instant as it was sent.

    Raises:
        PlainValueError: no clock says that.
    """
    try:
        nanoseconds = sent if isinstance(sent, int) else int(sent, 16)
    except ValueError as error:
        raise PlainValueError("an instant is a number of nanoseconds") from error
    if not 0 <= nanoseconds <= MAX_INSTANT:
        raise PlainValueError("an instant that no clock says")
    return nanoseconds


def _containers(data: bytes) -> int:
    """How many lists and maps a message begins, or more, where there are not too many of the bytes that begin one."""
    if len(data.translate(None, _NO_CONTAINERS)) <= MAX_CONTAINERS:
        return 0
    place = found = 0
    while place < len(data) and found <= MAX_CONTAINERS:
        first = data[place]
        found += first in _CONTAINERS
        place += 1
        if 0xA0 <= first <= 0xBF:
            place += first & 0x1F
        elif first in _LENGTHS:
            width, beyond = _LENGTHS[first]
            place += width + beyond + int.from_bytes(data[place : place + width], "big")
        else:
            place += _WIDTHS.get(first, 0)
    return found


_CONTAINERS = frozenset([*range(0x80, 0xA0), 0xDC, 0xDD, 0xDE, 0xDF])
_NO_CONTAINERS = bytes(set(range(256)) - _CONTAINERS)
_LENGTHS = {0xC4: (1, 0), 0xC5: (2, 0), 0xC6: (4, 0), 0xC7: (1, 1), 0xC8: (2, 1), 0xC9: (4, 1)}
_LENGTHS |= {0xD9: (1, 0), 0xDA: (2, 0), 0xDB: (4, 0)}
"""Of what has a length: how many bytes that takes, and what follows beside the content."""
_WIDTHS = {0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
_WIDTHS |= {0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17, 0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}
"""Of all else: how many bytes follow the first one. See the specification of MessagePack."""
