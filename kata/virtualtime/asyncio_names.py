"""The names inside asyncio, and inside the modules beside it, that are not public and that this program depends on.

One table, with a test that looks each of them up on the Python that runs, so that a new Python says at once what it
renamed. Where something can be told by identity, it is looked up here once and compared as an object.
"""

from __future__ import annotations

import asyncio
import asyncio.selector_events
import asyncio.taskgroups
import asyncio.tasks
import asyncio.timeouts
import types
from typing import Any

__all__ = [
    "AWAITED",
    "CLEANUP",
    "DEADLINES",
    "EVENTS",
    "HANDLE_RUN",
    "PIPE_READERS",
    "SLEEPS",
    "STEP_NAMES",
    "STRUCTURED",
    "WAIT",
    "WRAPPER",
    "GatheringFuture",
    "as_called",
]

OF_A_LOOP = (
    "_add_callback", "_call_soon", "_check_callback", "_check_closed", "_check_thread", "_clock_resolution",
    "_close_self_pipe", "_closed", "_csock", "_debug", "_default_executor", "_exception_handler", "_make_self_pipe",
    "_make_subprocess_transport", "_read_from_self", "_ready", "_scheduled", "_signal_handlers", "_ssock",
    "_task_factory", "_thread_id", "_timer_handle_cancelled", "_transports", "_write_to_self",
)  # fmt: skip
"""Of the stock selector loop."""

OF_A_TASK = ("_exception", "_fut_waiter")
OF_A_HANDLE = ("_args", "_callback", "_cancelled", "_loop", "_run", "_source_traceback")
OF_A_TIMER = ("_scheduled", "_when")
OF_A_GATHER = ("_children",)
OF_A_GROUP = ("_tasks",)
OF_A_SELECTOR = ("_fd_to_key",)
OF_A_CONDITION = ("_acquire_restore", "_is_owned", "_release_save", "_waiters")
OF_A_THREAD_POOL = ("_counter", "_max_workers")
OF_A_POOL_FUTURE = ("_invoke_callbacks",)
OF_MODULES = {
    "_thread": ("_count",),
    "asyncio": ("_get_running_loop",),
    "asyncio.runners": ("_cancel_all_tasks",),
    "asyncio.taskgroups": ("TaskGroup._on_task_done",),
    "asyncio.futures": ("_set_result_unless_cancelled",),
    "asyncio.tasks": ("_GatheringFuture", "_release_waiter", "_wait"),
    "asyncio.timeouts": ("Timeout._on_timeout",),
    "concurrent.futures.process": ("_python_exit", "_threads_wakeups"),
    "concurrent.futures.thread": ("_python_exit",),
    "logging": ("_handlerList",),
    "threading": ("_DummyThread", "_allocate_lock", "_counter", "_register_atexit"),
    "traceback": ("_walk_tb_with_full_positions",),
    "warnings": ("_warn_unawaited_coroutine",),
}

AWAITED = "_fut_waiter"
"""The attribute of a task that holds the future it waits for."""

GatheringFuture: type = asyncio.tasks._GatheringFuture  # type: ignore[attr-defined]
"""What `asyncio.gather` returns."""

STRUCTURED: frozenset[types.CodeType] = frozenset(
    method.__code__
    for method in (
        asyncio.taskgroups.TaskGroup._on_task_done,
        asyncio.timeouts.Timeout._on_timeout,  # type: ignore[attr-defined]
    )
)
"""Where a task group and a time-out cancel the very task that they take the cancellation back from again."""

DEADLINES: frozenset[types.CodeType] = frozenset(
    function.__code__
    for function in (
        asyncio.timeouts.Timeout._on_timeout,  # type: ignore[attr-defined]
        asyncio.tasks._release_waiter,  # type: ignore[attr-defined]  # of `wait`, and of `wait_for` up to 3.11
    )
)
"""What the timers of time limits call."""

SLEEPS: types.CodeType = asyncio.futures._set_result_unless_cancelled.__code__  # type: ignore[attr-defined]
"""What the timer of a sleep calls."""

STEP_NAMES: frozenset[str] = frozenset({"TaskStepMethWrapper", "task_wakeup"})
"""What the callbacks are called that are steps of tasks: the first one, or after giving way; and those after a wait."""

HANDLE_RUN: types.CodeType = asyncio.events.Handle._run.__code__
"""Where a loop calls a callback."""

EVENTS: types.CodeType = asyncio.BaseEventLoop._add_callback.__code__  # type: ignore[attr-defined]
"""Where a loop puts the handlers of sockets and signals into its ready queue."""

PIPE_READERS: tuple[Any, ...] = (
    asyncio.selector_events.BaseSelectorEventLoop._read_from_self,  # type: ignore[attr-defined]
)
"""What empties the pipe by which a loop is woken."""

WAIT: types.CodeType = asyncio.tasks._wait.__code__  # type: ignore[attr-defined]
"""Where a task waits in `asyncio.wait`."""

WRAPPER = "_wrap_awaitable"
"""How the name of the coroutine function ends by which a task is made of what is none."""

CLEANUP = ("shutdown_asyncgens", "shutdown_default_executor")
"""Methods of a loop that `asyncio.Runner` itself runs as tasks when it closes."""

_AS_CALLED = {
    "TaskGroup._aexit": "TaskGroup.__aexit__",  # 3.14
    "_AsCompletedIterator.__anext__": "as_completed",
    "_AsCompletedIterator._wait_for_one": "as_completed",
    "as_completed.<locals>._wait_for_one": "as_completed",
    "StreamReader.__anext__": "StreamReader.readline",
    # The tasks of Process.communicate.
    "Process._read_stream": "",
    "Process._feed_stdin": "StreamWriter.drain",
    "Process._noop": "",
    # Between the program and the call that it wrote: `async with lock`, a task made of any awaitable.
    "_ContextManagerMixin.__aenter__": "",
    "_wrap_awaitable": "",
    "ensure_future.<locals>._wrap_awaitable": "",
}
"""Qualified names of coroutines of asyncio that nobody calls by these names, and what they are called by."""


def as_called(qualname: str) -> str:
    """The name by which a program calls a coroutine function of asyncio; empty for one that it does not call.

    >>> as_called("Queue.join"), as_called("TaskGroup._aexit"), as_called("BaseSelectorEventLoop.sock_recv")
    ('Queue.join', 'TaskGroup.__aexit__', 'loop.sock_recv')
    """
    known = _AS_CALLED.get(qualname)
    owner, _, method = qualname.partition(".")
    if owner.endswith("EventLoop"):
        return f"loop.{method}"
    return qualname.removeprefix("_") if known is None else known


def missing(owner: Any, names: tuple[str, ...]) -> list[str]:
    """Those of ``names``, dotted ones included, that ``owner`` does not have."""
    found = []
    for name in names:
        value = owner
        for part in name.split("."):
            value = getattr(value, part, missing)
            if value is missing:
                found.append(name)
                break
    return found
