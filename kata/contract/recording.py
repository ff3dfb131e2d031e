"""A recording as bytes: written, and read as from an enemy."""

from __future__ import annotations

import msgspec

from kata.contract.run import Run, Told
from kata.contract.values import check_failure, from_wire

__all__ = ["MAX_BYTES", "check", "check_told", "decode", "encode"]

MAX_BYTES = 8 * 1024 * 1024
"""The largest recording that is read; anything above is refused."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Run, strict=True)


def encode(run: Run) -> bytes:
    """The bytes of a recording."""
    return _encoder.encode(run)


def decode(data: bytes) -> Run:
    """Read a recording strictly.

    Raises:
        msgspec.MsgspecError: wrong type, unknown field, or not a recording at all.
        ValueError: larger than ``MAX_BYTES``.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"the recording has {len(data)} bytes; at most {MAX_BYTES} are read")
    run = _decoder.decode(data)
    check(run)
    return run


def check(run: Run) -> None:
    """Refuse a recording with values that nobody sends.

    Raises:
        PlainValueError: it has one.
    """
    for value in (run.returned, *run.notes):
        from_wire(value)
    for calls in run.calls.values():
        for call in calls:
            for value in (*call.wired, *call.wired_kwargs.values()):
                from_wire(value)
    check_told(run)
    if run.error is not None:
        check_failure(run.error)


def check_told(told: Told) -> None:
    """The same for what a player says of itself."""
    for failure in (*(task.error for task in told.tasks), *(lost.error for lost in told.unretrieved)):
        if failure is not None:
            check_failure(failure)
