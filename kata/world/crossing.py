"""Values that cross between a drive and the played process: data by value, everything else by reference."""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

from kata.contract.values import PlainValueError, from_wire, read_failure, to_wire
from kata.world.remote import Asker, Remote, error_of, failure_of, remote

__all__ = ["Crossing", "Fake", "as_data"]

MAX_REMOTES = 10_000
"""Objects of one played process that a drive can hold."""

_PLAIN = (type(None), bool, int, float, str, bytes)


class Fake:
    """A fake of a request, in the hands of a drive: it hands it on, or calls it itself."""

    def __init__(self, number: int, name: str, kind: str, call: Callable[..., Any]) -> None:
        self.number = number
        self.name = name
        self.kind = kind
        self.service: Any = None
        """What answers when the submission calls it."""
        self._call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(*args, **kwargs)


class Crossing:
    """The books of one play: which objects of this side the other one knows by which number, and the other way round.

    Args:
        asker: asks the played process.
    """

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._remotes: dict[int, Remote] = {}
        self._records: dict[tuple[str, ...], Any] = {}

    def target(self, number: int) -> Any:
        """The object of ours that the player calls by ``number``.

        Raises:
            KeyError: it was given none of that number.
        """
        return self._objects[number]

    def number(self, value: Any) -> int:
        """The number by which the player may call an object of ours."""
        if id(value) not in self._numbers:
            self._numbers[id(value)] = len(self._objects) + 1
            self._objects[len(self._objects) + 1] = value
        return self._numbers[id(value)]

    def to_player(self, value: Any) -> Any:
        """The wire form of what a drive hands over."""
        kind = type(value)
        if isinstance(value, Remote):
            return ["player", value._id]
        if isinstance(value, Fake):
            return ["world", value.number, value.name, value.kind]
        if kind in _PLAIN:
            return to_wire(value, failure_of)
        if kind in (list, tuple, set, frozenset):
            return [kind.__name__, [self.to_player(item) for item in value]]
        if kind is dict:
            return ["dict", [[self.to_player(key), self.to_player(item)] for key, item in value.items()]]
        if isinstance(value, BaseException):
            args = [self.to_player(arg) for arg in value.args]
            bases = [base.__name__ for base in kind.__mro__[1:] if base is not object]
            return ["error", kind.__name__, args, bases, self.number(value)]
        if inspect.isroutine(value):
            name = getattr(value, "__name__", kind.__name__)
            return ["world", self.number(value), name, _kind_of(value)]
        if isinstance(value, asyncio.Future) or inspect.iscoroutine(value):
            raise TypeError(f"a {kind.__name__} of the world's loop cannot be handed to the played process")
        return ["world", self.number(value), kind.__name__, "object", *self._members(value)]

    def _members(self, value: Any) -> tuple[Any, Any]:
        methods, fields = [], []
        for name in dir(type(value)):
            method = getattr(type(value), name, None)
            if inspect.isfunction(method) and (not name.startswith("_") or name in _SPECIAL):
                methods.append([name, _kind_of(method), self.number(getattr(value, name))])
        for name, field in getattr(value, "__dict__", {}).items():
            if type(field) in _PLAIN:
                fields.append([name, self.to_player(field)])
        return methods, fields

    def from_player(self, wire: Any) -> Any:
        """What a drive gets of what the player sent.

        Raises:
            PlainValueError: no player of ours sends that.
        """
        if type(wire) is not list:
            return from_wire(wire)
        if not wire:
            raise PlainValueError("a value has a tag")
        tag, *rest = wire
        try:
            if tag in ("list", "tuple", "set", "frozenset"):
                return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[tag](
                    self.from_player(item) for item in rest[0]
                )
            if tag == "dict":
                return {self.from_player(key): self.from_player(item) for key, item in rest[0]}
            if tag == "world":
                return self.target(rest[0])
            if tag == "raised":
                return self._error(*rest)
            if tag == "player":
                return self._remote(*rest)
            if tag == "record":
                return self._record(*rest)
        except PlainValueError:
            raise
        except (TypeError, KeyError, ValueError, IndexError, RecursionError) as error:
            raise PlainValueError("not a value that a player sends") from error
        return from_wire(wire)

    def _remote(self, number: int, kind: str, type_name: str, shown: str, methods: list[Any]) -> Remote:
        if type(number) is not int or not type(kind) is type(type_name) is type(shown) is str:
            raise PlainValueError("an object of the player's has a number, and texts that describe it")
        if number not in self._remotes:
            if len(self._remotes) >= MAX_REMOTES:
                raise PlainValueError("more objects than a drive can hold")
            made = self._remotes[number] = remote(self._asker, number, kind, type_name, shown)
            made._methods = {str(name): self.from_player(method) for name, method in methods}
        return self._remotes[number]

    def _record(self, name: str, fields: list[Any]) -> Any:
        """A dataclass instance: one of a class of that name, with equal fields."""
        values = {str(field): self.from_player(value) for field, value in fields}
        key = (str(name), *values)
        if key not in self._records:
            self._records[key] = dataclasses.make_dataclass(str(name), list(values), frozen=True)
        return self._records[key](**values)

    def _error(self, failure: Any, args: Any, number: Any) -> BaseException:
        data = read_failure(failure)
        if type(number) is int:
            ours = self.target(number)
            if not isinstance(ours, BaseException):
                raise PlainValueError("it is no exception")
            ours.__dict__["_passed"] = data.traceback
            return ours
        return error_of(data, None if args is None else [self.from_player(arg) for arg in args])

    def to_run(self, value: Any) -> Any:
        """The wire form of a drive's result or note, for the recording."""
        return to_wire(value, failure_of)


_SPECIAL = ("__aenter__", "__aexit__", "__aiter__", "__anext__", "__enter__", "__exit__", "__iter__", "__next__")


def as_data(wire: Any) -> Any:
    """What a player sent, with what it sent by reference described: as a recording holds it.

    Raises:
        PlainValueError: no player of ours sends that.
    """
    if type(wire) is not list:
        return wire
    try:
        if wire[0] in ("list", "tuple", "set", "frozenset"):
            tag, members = wire
            return [tag, [as_data(member) for member in members]]
        if wire[0] == "dict":
            tag, items = wire
            return [tag, [[as_data(key), as_data(item)] for key, item in items]]
        if wire[0] == "player":
            _, _, _, type_name, shown = wire
            return ["opaque", type_name, shown]
        if wire[0] == "world":
            return ["opaque", "object", "<an object of the test>"]
        if wire[0] == "raised":
            return ["failure", wire[1]]
    except (TypeError, ValueError, IndexError, RecursionError) as error:
        raise PlainValueError("not a value that a player sends") from error
    return wire


def _kind_of(function: Any) -> str:
    return "async" if inspect.iscoroutinefunction(function) else "sync"
