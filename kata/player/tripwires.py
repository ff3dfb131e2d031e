"""Trip wires: has the submission replaced a part of asyncio, of `time` or of the engine?

Code that shares a process with its recorder can in the end do anything to it, so this is no wall; the walls are that
no expected value is in the process and that the process is confined. It catches what submissions really try: patched
sleeps, a clock put back, walks through the heap.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
import types
from typing import Any

from kata.player import fake_objects
from kata.virtualtime import (
    active,
    clock,
    instrument,
    loop,
    recorder,
    scheduler,
    stable_order,
    time_patches,
    waits,
)
from kata.virtualtime.builtin_functions import BuiltinFunction

_WATCHED = (
    asyncio,
    asyncio.base_events,
    asyncio.events,
    asyncio.futures,
    asyncio.locks,
    asyncio.queues,
    asyncio.taskgroups,
    asyncio.tasks,
    asyncio.timeouts,
    threading,
    time,
    fake_objects,
    active,
    clock,
    instrument,
    loop,
    recorder,
    scheduler,
    stable_order,
    time_patches,
)
"""Modules whose functions, classes and methods decide what a play looks like. Each look at one of them costs a copied
page of memory in the played process, so the list holds no more than that."""

_FORBIDDEN_EVENTS = frozenset(
    {
        "gc.get_objects",
        "gc.get_referrers",
        "gc.get_referents",
        "sys._current_frames",
        "ctypes.dlopen",
        "ctypes.dlsym",
    }
)


class Seal:
    """What every function, class and method of the watched modules is. Taken before a submission is loaded.

    Args:
        besides: modules to watch, too.
    """

    def __init__(self, *besides: types.ModuleType) -> None:
        self._marks: list[tuple[str, Any, str, Any]] = []
        for module in (*_WATCHED, *besides):
            owners: list[Any] = [
                module,
                *(kind for kind in _classes(module) if not kind.__name__.startswith("Abstract")),
                *(type(value) for value in vars(module).values() if issubclass(type(value), BuiltinFunction)),
            ]
            for owner in owners:
                label = module.__name__ if owner is module else f"{module.__name__}.{owner.__name__}"
                names = vars(owner)
                for attribute, value in names.items():
                    if _watched(value, module.__name__):
                        self._marks.append((label, names, attribute, value))

    def renew(self) -> None:
        """Accept what has been replaced so far."""
        self._marks = [(label, names, attribute, names.get(attribute)) for label, names, attribute, _ in self._marks]

    def broken(self) -> list[str]:
        """The names of what is not any more what it was. (That a function got other code, `arm` is told.)"""
        return sorted(
            {
                f"{label}.{attribute}"
                for label, names, attribute, value in self._marks
                if names.get(attribute) is not value
            }
        )


def hide_engine() -> None:
    """Take the engine's modules out of ``sys.modules``, where a submission must not find them."""
    for name in list(sys.modules):
        if name.partition(".")[0] == "kata":
            del sys.modules[name]


def _watched(value: Any, module: str) -> bool:
    """Functions and classes of the module itself; the package asyncio also shows those of its parts."""
    if not callable(value):
        return False
    home = getattr(value, "__module__", None) or ""
    return home == module or home.startswith(("_asyncio", "asyncio")) or module == "time"


def _classes(module: types.ModuleType) -> list[type]:
    names = (module.__name__, "_asyncio")  # as which some of the engine's classes are seen
    return [value for value in vars(module).values() if isinstance(value, type) and value.__module__ in names]


class _Guarded(types.ModuleType):
    """A module that tells when a name in it is replaced, even if it is put back later."""

    def __setattr__(self, name: str, value: Any) -> None:
        known = self.__dict__.get(name)
        super().__setattr__(name, value)
        if known is not None and known is not value and callable(known):
            _noted.append(f"{self.__name__}.{name}")


_noted: list[str] = []


def arm() -> list[str]:
    """Set the trip wires in this process, for good.

    Returns:
        The list to which they add the names of what was touched.
    """
    waits.forbid_looking_behind()
    for name in ("asyncio", "asyncio.tasks", "asyncio.events", "gc", "threading", "time", "weakref"):
        sys.modules[name].__class__ = _Guarded

    def audit(event: str, args: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN_EVENTS:
            _noted.append(event)
            raise PermissionError(f"{event} is not available to exercises")
        if event == "object.__setattr__" and len(args) > 1 and args[1] in ("__code__", "__class__"):
            module = getattr(args[0], "__module__", "")
            if isinstance(module, str) and module.startswith(("asyncio", "kata.", "time")):
                _noted.append(f"{module}.{getattr(args[0], '__name__', '?')}")

    sys.addaudithook(audit)
    return _noted


def collect() -> None:
    """Collect garbage, so that forgotten coroutines and errors speak up now."""
    gc.collect()
