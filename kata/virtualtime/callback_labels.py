"""What the callbacks, timers and futures of a loop are called, for people. Nothing of the program's is called."""

from __future__ import annotations

import asyncio
import types
from functools import partial
from typing import Any

from kata.contract.texts import class_name, clean
from kata.virtualtime.asyncio_names import DEADLINES, SLEEPS, STEP_NAMES, as_called
from kata.virtualtime.builtin_functions import BuiltinFunction

__all__ = [
    "ANSWERED",
    "callback_label",
    "cause_of_engines",
    "future_of",
    "is_engines",
    "is_librarys",
    "members",
    "owner",
    "stepping",
    "task_label",
    "timer_label",
]

ANSWER = "answer"
"""What the callback is called that brings the answer of a service."""
ANSWERED = "the answer has come"

LONGEST = 100
"""Characters of a name."""


def task_label(task: asyncio.Task[Any]) -> str:
    """The name of a task, whatever class of tasks it is of."""
    return clean(str.__str__(asyncio.Task.get_name(task)))[:LONGEST]


def stepping(callback: Any) -> asyncio.Task[Any] | None:
    """The task of which ``callback`` is a step; None for any other callback, also for ``task.cancel``."""
    kind = type(callback)
    if kind is types.BuiltinMethodType:
        if callback.__name__ not in STEP_NAMES:
            return None
    elif kind.__name__ not in STEP_NAMES or kind.__module__ not in ("_asyncio", "builtins"):
        return None
    task = callback.__self__
    return task if issubclass(type(task), asyncio.Task) else None


def future_of(args: Any) -> asyncio.Future[Any] | None:
    """The future that is done and brought its callback into the ready queue: the callback's one argument."""
    if type(args) is tuple and len(args) == 1 and issubclass(type(args[0]), asyncio.Future):
        future: asyncio.Future[Any] = args[0]
        return future if asyncio.Future.done(future) else None
    return None


def owner(future: Any) -> asyncio.Task[Any] | None:
    """The task that waits for a future, as long as it is not done."""
    for callback, _ in getattr(future, "_callbacks", None) or () if issubclass(type(future), asyncio.Future) else ():
        task = stepping(callback)
        if task is not None:
            return task
    return None


def callback_label(callback: Any, args: Any, current: asyncio.Task[Any] | None = None) -> str:
    """What a callback is called: ``sleep of main``, ``limit of fetch-1``, ``gather: fetch-1 ended``, ``tick``.

    Args:
        callback: as a handle holds it.
        args: its arguments.
        current: the task that runs now, which is about to wait for what the callback ends.
    """
    for _ in range(10):
        if type(callback) is not partial:
            break
        args, callback = (*callback.args, *(args or ())), callback.func
    code = getattr(_function(callback), "__code__", None)
    ended = next((each for each in args or () if issubclass(type(each), asyncio.Task)), None)
    if (code is SLEEPS or code in DEADLINES) and ended is None:
        return _time_label(callback, args or (), code, current)
    if not is_librarys(callback):
        return clean(_name(callback))[:LONGEST]
    name = _within_asyncio(_name(callback))
    if name == ANSWER:
        awaited = args[0] if args and type(args[0]) is not tuple else getattr(callback.__self__, "future", None)
        task = owner(awaited)
        return f"{ANSWER} to {task_label(task)}" if task is not None else ANSWER
    return f"{name}: {task_label(ended)} ended" if ended is not None else name[:LONGEST]


def is_librarys(callback: Any) -> bool:
    """True for a function of asyncio or of this program."""
    return _package(callback) in ("asyncio", "_asyncio", "kata")


def is_engines(callback: Any) -> bool:
    """True for a function of this program, which stands for a service or a test."""
    return _package(callback) == "kata"


def cause_of_engines(callback: Any) -> str:
    """As a clause: why a callback of this program is called."""
    return ANSWERED if _within_asyncio(_name(callback)) == ANSWER else "the test goes on"


def _package(callback: Any) -> str:
    function = _function(callback)
    module = function.__module__ if function is not None else ""
    return module.partition(".")[0] if type(module) is str else ""


def timer_label(callback: Any, args: Any, method: str, current: asyncio.Task[Any] | None = None) -> str:
    """What a timer is called; one of the program's own with the method that set it: ``call_later: tick``."""
    label = callback_label(callback, args, current)
    code = getattr(_function(callback), "__code__", None)
    return label if code is SLEEPS or code in DEADLINES or is_engines(callback) else f"{method}: {label}"


def members(group: Any) -> list[asyncio.Task[Any]]:
    """The tasks in a collection of asyncio's own, in the order in which they were made."""
    kind = type(group)
    if kind not in (list, tuple, set, frozenset):
        return []
    tasks = [each for each in group if issubclass(type(each), asyncio.Task)]
    return sorted(tasks, key=_number) if kind in (set, frozenset) else tasks


def _number(task: asyncio.Task[Any]) -> int:
    number = getattr(task, "_number", 0)
    return number if type(number) is int else 0


def _function(callback: Any) -> Any:
    """The function behind a callback, if it is one."""
    if type(callback) is types.MethodType:
        callback = callback.__func__
    known = type(callback) in (types.FunctionType, types.BuiltinFunctionType)
    return callback if known or issubclass(type(callback), BuiltinFunction) else None


def _name(callback: Any) -> str:
    function = _function(callback)
    return str.__str__(function.__qualname__) if function is not None else class_name(type(callback))


def _time_label(callback: Any, args: Any, code: Any, current: asyncio.Task[Any] | None) -> str:
    limited = getattr(callback, "__self__", None)
    task = getattr(limited, "_task", None) if type(limited) is asyncio.Timeout else None
    if not issubclass(type(task), asyncio.Task):
        task = (owner(args[0]) if args else None) or current
    what = "sleep" if code is SLEEPS else "limit"
    return f"{what} of {task_label(task)}" if task is not None else what


_KNOWN = {
    "_run_until_complete_cb": "run_until_complete",
    "_release_waiter": "wait_for",
    "TaskGroup._on_task_done": "TaskGroup",
    "_chain_future.<locals>._set_state": "result of a thread",
    "_chain_future.<locals>._call_check_cancel": "end of a thread's work",
    "Future.set_result": "future.set_result",
    "_Awaited._set": ANSWER,
    "_answer": ANSWER,
    "Worker._begin": "call by the test",
    "Worker._cancel": "cancellation by the test",
    "Worker._answer": "question of the test",
    "Worker._end": "end of the test",
    "Worker._ended": "the test",
}


def _within_asyncio(qualname: str) -> str:
    known = _KNOWN.get(qualname)
    return known if known is not None else as_called(qualname.partition(".<locals>")[0]) or qualname
