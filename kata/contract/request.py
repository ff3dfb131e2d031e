"""Request: what the judge asks the sandbox to play. Plain data; the submission's text travels in it."""

from __future__ import annotations

import asyncio
import builtins
from typing import Any, Literal

import msgspec

from kata.contract.values import Failure, to_wire
from kata.fakes import Fake

__all__ = ["Answer", "Limits", "Request", "argument_to_wire"]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one play may use. Seconds are real."""

    seconds: float = 5.0
    cpu: int = 4
    memory: int = 768 * 1024 * 1024
    """Bytes of private memory."""
    output: int = 64 * 1024
    """Bytes of printed text that are kept; the rest is counted."""
    processes: int = 64
    answer: int = 8 * 1024 * 1024


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """One play.

    ``call`` calls ``name`` of the submission; ``drive`` runs the function ``name`` of ``drive`` in the world beside it,
    ``within`` in the played process, where nothing that it sees is sure;
    ``script`` runs the file as ``__main__``. ``is_async`` says that the result must be awaited.
    """

    source: str
    file: str
    action: Literal["call", "drive", "within", "script"] = "call"
    name: str = ""
    is_async: bool = True
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    drive: str = ""
    argv: list[str] = []
    folder: str = ""
    """For a script: the directory that it lies in. It can be read, and modules are imported from there."""
    beside: list[str] = []
    """For a script: more directories that it can read."""
    path: list[str] = []
    """For a script: more directories from which modules are imported, as those of PYTHONPATH. It can read them, too."""
    module: str = ""
    """For a script: the full name of the module that it is, where it runs as with ``python -m``."""
    clock: Literal["virtual", "real"] = "virtual"
    wall_ns: int | None = None
    """Nanoseconds since 1970 at which the wall clock starts; None for the clock's own fixed start."""
    until: float | None = None
    """For a script: the virtual second at which it is over, whatever it does then."""
    stdin: str = ""
    """For a script: what it can read from its standard input."""
    seed: int = 0
    series: str = ""
    """Plays that name the same series may follow one another in one process, as long as none leaves anything behind."""
    detail: bool = False
    """Record the turns of the event loop and the lines of the file, too. For replays, never for grading."""
    limits: Limits = Limits()

    def folders(self) -> list[str]:
        """The directories that a script can read; none for anything else."""
        return [self.folder, *self.beside, *self.path] if self.folder else []


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """What came of a play, as its supervisor saw it: the recording's bytes, or why there are none."""

    recording: bytes = b""
    why: str = ""
    """Why what the played process said could not be read."""
    fault: str = ""
    """What went wrong in the world of this play, by no fault of the submission's that is known."""
    broken: str = ""
    """How the player failed, in its own words: that is to be believed where it fails on something harmless too."""
    exit_code: int | None = None
    signal: int | None = None
    limit: Literal["", "seconds", "processes", "memory", "disk", "answer"] = ""
    cost: float = 0.0
    again: bool = False
    """True when the process is fit for another request of the series."""
    follows: bool = False
    """True when the process had played another request of the series before."""


def argument_to_wire(value: Any) -> Any:
    """The wire form of an argument that a test passes: plain data, fakes, and exceptions to be raised.

    Raises:
        TypeError: the value is none of these.
    """
    if isinstance(value, Fake):
        return ["fake", type(value).__name__, [[k, argument_to_wire(v)] for k, v in value.fields().items()]]
    if isinstance(value, BaseException):
        if getattr(builtins, type(value).__name__, None) is not type(value) and not isinstance(
            value, asyncio.CancelledError
        ):
            raise TypeError(f"{type(value).__name__} is no built-in exception; name it with kata.fakes.Error")
        return ["error", type(value).__name__, [argument_to_wire(arg) for arg in value.args]]
    if type(value) is dict:
        return ["dict", [[argument_to_wire(key), argument_to_wire(item)] for key, item in value.items()]]
    if type(value) in (list, tuple, set, frozenset):
        return [type(value).__name__, [argument_to_wire(item) for item in value]]
    wire = to_wire(value, lambda error: Failure(type(error).__name__, str(error)))
    if type(wire) is list and wire[0] in ("opaque", "record"):
        raise TypeError(f"a {type(value).__name__} cannot be sent to the sandbox; send plain data and fakes")
    return wire
