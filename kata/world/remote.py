"""What a drive holds of the played process: functions and objects, by reference. What is done to one is asked."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Coroutine, Generator
from typing import Any, Protocol

from kata.contract.messages import How
from kata.contract.texts import class_name, message_of
from kata.contract.values import Failure

__all__ = ["Asker", "Missing", "Remote", "error_of", "failure_of", "remote"]


class Missing(Exception):
    """The submission lacks what the drive looks for; ``unfit`` says it in the player's words."""

    def __init__(self, unfit: Any) -> None:
        super().__init__("the submission cannot be played")
        self.unfit = unfit


class Asker(Protocol):
    """Who asks the played process, and awaits what lives there."""

    def ask(self, target: int, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Look up a name of an object there, or call it when the name is empty; at once, while time stands still."""

    def work(self, target: int, name: str) -> Coroutine[Any, Any, Any]:
        """Await it there. Who cancels this cancels that, and waits for its end."""


class Remote:
    """An object of the played process. Attributes, calls, ``await``, ``async with`` and ``async for`` happen there."""

    _asker: Asker
    _id: int
    _kind: str
    _shown: str
    _methods: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._methods:
            return self._methods[name]
        return self._asker.ask(self._id, name, (), {})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._kind == "async":
            return self._called(args, kwargs)
        value = self._asker.ask(self._id, "", args, kwargs)
        if isinstance(value, Remote) and value._kind == "coroutine":
            return value._asker.work(value._id, self._shown)
        return value

    async def _called(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        value = self._asker.ask(self._id, "", args, kwargs)
        if not isinstance(value, Remote):
            raise TypeError(f"{self._shown} gave no awaitable")
        return await self._asker.work(value._id, self._shown)

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._asker.work(self._id, self._shown).__await__()

    def _special(self, name: str, *args: Any) -> Any:
        method = self._asker.ask(self._id, name, (), {})
        return method(*args)

    async def __aenter__(self) -> Any:
        return await self._special("__aenter__")

    async def __aexit__(self, *error: Any) -> Any:
        return await self._special("__aexit__", *error)

    def __aiter__(self) -> Any:
        return self._special("__aiter__")

    async def __anext__(self) -> Any:
        return await self._special("__anext__")

    def __enter__(self) -> Any:
        return self._special("__enter__")

    def __exit__(self, *error: Any) -> Any:
        return self._special("__exit__", *error)

    def __iter__(self) -> Any:
        return iter(self._special("__iter__"))

    def __len__(self) -> int:
        return int(self._special("__len__"))

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self._shown


def remote(asker: Asker, number: int, kind: str, type_name: str, shown: str) -> Remote:
    """The object ``number`` of the played process, of a class that is called as its own is there."""
    made: Remote = object.__new__(type(type_name, (Remote,), {}))
    made._asker, made._id, made._kind, made._shown, made._methods = asker, number, kind, shown, {}
    return made


_KNOWN: dict[str, type[BaseException]] = {
    name: kind
    for module in (asyncio, builtins)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
"""The classes of exceptions that a drive can catch by themselves: no other name means anything here."""

MAX_CLASSES = 1_000
"""Classes of submissions' exceptions that are kept."""

_classes: dict[tuple[str, tuple[str, ...]], type[BaseException]] = {}


def error_of(failure: Failure, args: list[Any] | None = None) -> BaseException:
    """An exception that stands for one of the played process.

    Args:
        failure: what is known of it.
        args: what it was made with, as far as that could be sent.
    """
    kind = _class_of(failure)
    if issubclass(kind, BaseExceptionGroup) and failure.children:
        made: BaseException = kind(failure.message, [error_of(child) for child in failure.children])
    elif issubclass(kind, BaseExceptionGroup):
        made = kind(*args) if args is not None else ExceptionGroup(failure.message, [ValueError(failure.message)])
    else:
        made = kind.__new__(kind)
        made.args = tuple(args) if args is not None else ((failure.message,) if failure.message else ())
    made.__dict__["_failure"] = failure
    return made


def failure_of(error: BaseException) -> Failure:
    """The data of an exception: the player's own where it came from there."""
    known = error.__dict__.get("_failure")
    if isinstance(known, Failure):
        return known
    children = [failure_of(child) for child in error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    bases = [class_name(base) for base in type(error).__mro__[1:] if base is not object]
    passed = error.__dict__.get("_passed", [])  # lines of the submission that an exception of this side has passed
    return Failure(class_name(type(error)), message_of(error), children=children, traceback=passed, bases=bases)


def _class_of(failure: Failure) -> type[BaseException]:
    kind = _KNOWN.get(failure.type)
    if kind is not None:
        return kind
    key = failure.type, tuple(failure.bases)
    if key not in _classes:
        if len(_classes) >= MAX_CLASSES:
            _classes.clear()
        base = next((_KNOWN[base] for base in failure.bases if base in _KNOWN), Exception)
        _classes[key] = type(failure.type, (base,), {})
    return _classes[key]


Outcome = tuple[How, Any]
