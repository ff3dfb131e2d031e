"""What the fakes of a request do when they are called: when they answer, and what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kata.contract.messages import How
from kata.contract.values import from_wire, to_wire
from kata.fakes import seconds
from kata.world.remote import failure_of

__all__ = ["Service", "made"]


class Service:
    """One fake service. ``fields`` are its declaration in wire form; answers are never more than handed on.

    Args:
        kind: ``Service`` or ``BlockingService``.
        fields: the declaration.
    """

    def __init__(self, kind: str, fields: Mapping[str, Any]) -> None:
        self.kind = kind
        self.name: str = fields["name"]
        self._latency = _plain(fields["latency"])
        self._returns = _table(fields["returns"])
        self._fails = _table(fields["fails"]) or {}

    def latency(self, args: list[Any]) -> float:
        """Virtual seconds that a call with these arguments takes."""
        return seconds(self._latency, args)

    def answer(self, args: list[Any], wired: list[Any]) -> tuple[How, Any]:
        """How a call ends, and with what, in wire form.

        Args:
            args: the arguments.
            wired: the same in wire form, for what comes back as it went.
        """
        error = _look_up(self._fails, args, None)
        if error is not None:
            return "raised", error
        first = args[0] if args else None
        default = to_wire(first.upper(), failure_of) if type(first) is str else (wired[0] if wired else None)
        return "returned", default if self._returns is None else _look_up(self._returns, args, default)


def made(kind: str, fields: Mapping[str, Any]) -> Service:
    """The fake that a declaration asks for.

    Raises:
        ValueError: there is none of that kind.
    """
    if kind not in ("Service", "BlockingService"):
        raise ValueError(f"no fake is called {kind}")
    return Service(kind, fields)


def _plain(value: Any) -> Any:
    """A latency: seconds, or a table of them."""
    if type(value) is list:
        return {_key(key): item for key, item in value[1]}
    return value


def _table(wire: Any) -> dict[Any, Any] | None:
    """A table by first argument; its values stay as they are on the wire."""
    return None if wire is None else {_key(key): value for key, value in wire[1]}


def _key(wire: Any) -> Any:
    return from_wire(wire)


def _look_up(table: Mapping[Any, Any], args: list[Any], default: Any) -> Any:
    try:
        return table.get(args[0], default) if args else default
    except TypeError:  # not hashable
        return default
