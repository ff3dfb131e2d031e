"""Fakes, as tests declare them. The sandbox makes the objects that the submission meets (``fake_objects``).

Every fake notes its calls: with what, when, how they ended, and the most that were in flight at once. All seconds
are virtual.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

__all__ = ["BlockingService", "Error", "Fake", "Service"]


@dataclasses.dataclass(frozen=True)
class Fake:
    """Base of all declarations, so that a request can tell them from plain data."""

    def fields(self) -> dict[str, Any]:
        """The declaration as plain data."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}


def seconds(latency: float | dict[Any, float], args: Sequence[Any]) -> float:
    """How long a call with these arguments takes."""
    if not isinstance(latency, dict):
        return float(latency)
    try:
        return float(latency.get(args[0], 1)) if args else 1.0
    except TypeError:  # an argument that cannot be looked up
        return 1.0


@dataclasses.dataclass(frozen=True)
class Service(Fake):
    """An async callable that takes ``latency`` seconds: ``await service(x)``.

    >>> fetch = Service({"slow": 3, "fast": 1}, fails={"bad": ValueError("no such page")})
    >>> fetch.seconds(["slow"]), fetch.seconds(["other"])
    (3.0, 1.0)

    Args:
        latency: seconds, or seconds by first argument; 1 for an argument that is not listed.
        returns: results by first argument. Without it a text argument comes back in capitals, any other as it is.
        fails: exceptions by first argument, raised after the latency.
        name: the fake's name in ``run.calls`` and ``run.peak``, and what a learner reads of it. By default that of the
            parameter as which a test passes it.
    """

    latency: float | dict[Any, float] = 1
    returns: dict[Any, Any] | None = None
    fails: dict[Any, Any] | None = None
    name: str = "service"

    def seconds(self, args: Sequence[Any]) -> float:
        """How long a call with these arguments takes."""
        return seconds(self.latency, args)


@dataclasses.dataclass(frozen=True)
class BlockingService(Fake):
    """A plain callable that blocks its thread for ``latency`` seconds, as `time.sleep` does. Arguments as `Service`."""

    latency: float | dict[Any, float] = 1
    returns: dict[Any, Any] | None = None
    fails: dict[Any, Any] | None = None
    name: str = "device"

    def seconds(self, args: Sequence[Any]) -> float:
        """How long a call with these arguments takes."""
        return seconds(self.latency, args)


@dataclasses.dataclass(frozen=True)
class Error(Fake):
    """An exception of the class called ``type`` in the submission or among the built-ins, for ``fails``."""

    type: str = "Exception"
    message: str = ""
