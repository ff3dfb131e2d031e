"""What a drive holds of the played process: functions and objects, by reference. What is done to one is asked."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Coroutine, Generator
from typing import Any, Protocol

from kata.contract.messages import How
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

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
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
    made._asker, made._id, made._kind, made._shown = asker, number, kind, shown
    return made


_CARRIED = (Exception, asyncio.CancelledError, BaseExceptionGroup)
"""What may be raised here as what it is. An event loop passes KeyboardInterrupt and SystemExit on, to the end of the
world, so of these and their kin only the name is carried."""

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
    else:
        made = BaseException.__new__(kind)
        made.args = tuple(args) if args is not None else ((failure.message,) if failure.message else ())
    made.__dict__["_failure"] = failure
    return made


def failure_of(error: BaseException) -> Failure:
    """The data of an exception: the player's own where it came from there."""
    known = error.__dict__.get("_failure")
    if isinstance(known, Failure):
        return known
    children = [failure_of(child) for child in error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    message = str(error.message if isinstance(error, BaseExceptionGroup) else error)
    bases = [base.__name__ for base in type(error).__mro__[1:] if base is not object]
    return Failure(type(error).__name__, message, children=children, bases=bases)


def _class_of(failure: Failure) -> type[BaseException]:
    for name in (failure.type,):
        kind = getattr(builtins, name, None) or getattr(asyncio, name, None)
        if isinstance(kind, type) and issubclass(kind, _CARRIED):
            return kind
    key = failure.type, tuple(failure.bases)
    if key not in _classes:
        known = (getattr(builtins, base, None) or getattr(asyncio, base, None) for base in failure.bases)
        base = next((each for each in known if isinstance(each, type) and issubclass(each, _CARRIED)), Exception)
        _classes[key] = type(failure.type, (base,), {})
    return _classes[key]


Outcome = tuple[How, Any]
