"""What a script finds that no exercise does: modules in its own folder, descriptors to print to, something to read."""

from __future__ import annotations

import atexit
import builtins
import contextlib
import io
import itertools
import os
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import NoReturn

from kata.contract.request import Request
from kata.player.output import Inherited, Output, Stream
from kata.virtualtime import DeadlockError, own_frames
from kata.virtualtime.builtin_functions import as_builtin

__all__ = [
    "notice_exit",
    "say_goodbye",
    "set_the_stage",
    "tell_its_hook",
    "wait_for_threads",
    "warn_as_python_does",
]

MAX_ENTRIES = 1_000
"""Entries of a script's folder that are found in its working directory."""

_STREAMS: tuple[tuple[int, Stream], ...] = ((1, "stdout"), (2, "stderr"))

PIPE = 1 << 15
"""Bytes that every pipe takes without anybody reading."""


def set_the_stage(request: Request, output: Output) -> None:
    """A script may start processes that print, finds modules in its own folder, and reads what it is given.

    Args:
        request: says where it lies, and what it reads.
        output: gets what other processes print, too.
    """
    if request.folder:
        sys.path[:0] = [request.folder, *request.path]
    for number, stream in _STREAMS:
        file, path = _file()
        os.dup2(file, number)
        os.close(file)
        output.inherited.append(Inherited(output, stream, path))
        with contextlib.suppress(OSError):  # Windows keeps a file that is open
            os.unlink(path)
    _show_files_of(request.folder)
    output.in_parts = True
    _give_to_read(request.stdin.encode())
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_print_below)


def _show_files_of(folder: str) -> None:
    """The working directory is empty and its own; let what lies beside the script be found there, to be read."""
    if not folder:
        return
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in itertools.islice(entries, MAX_ENTRIES):
            with contextlib.suppress(OSError):
                os.symlink(entry.path, entry.name)


def warn_as_python_does() -> None:
    """A script is warned of what Python warns of when nothing else is said; coroutines that nobody awaited, which are
    told anyway, aside."""
    warnings.resetwarnings()
    for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", kind)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    warnings.filterwarnings("ignore", "coroutine '.*' was never awaited", RuntimeWarning)


def tell_its_hook(error: BaseException | None) -> None:
    """A script has come to its end: what nobody caught goes to its `sys.excepthook`, if it has one of its own."""
    if error is None or isinstance(error, SystemExit | DeadlockError) or sys.excepthook is sys.__excepthook__:
        return
    try:
        sys.excepthook(type(error), error, own_frames.without(error.__traceback__))
    except BaseException as broken:
        print("Error in sys.excepthook:", file=sys.stderr)
        traceback.print_exception(broken)


def notice_exit(leave: Callable[[int], None]) -> None:
    """From now on what happened until then is known of a script that calls `os._exit`.

    Args:
        leave: told the code, in this process and not in copies of it.
    """
    own, exit_at_once = os.getpid(), os._exit

    def _exit(status: int) -> NoReturn:
        if os.getpid() == own and type(status) is int:
            leave(status)
        exit_at_once(status)

    os._exit = as_builtin(_exit, "posix", "_exit", exit_at_once.__doc__)


def wait_for_threads() -> None:
    """A script has come to its last line; first jobs of pools are done, and threads that are no daemons end.

    Raises:
        DeadlockError: some of them cannot end.
    """
    for name in ("concurrent.futures.thread", "concurrent.futures.process"):
        if name in sys.modules:
            sys.modules[name]._python_exit()
    while left := [each for each in threading.enumerate() if not each.daemon and each is not threading.main_thread()]:
        left[0].join()


def say_goodbye() -> None:
    """A script is over: call what it registered with `atexit`."""
    atexit._run_exitfuncs()


def _file() -> tuple[int, str]:
    return tempfile.mkstemp(dir=os.getcwd())


def _give_to_read(data: bytes) -> None:
    """Standard input: a pipe, which an event loop can watch, that ends after these bytes; a file for very many."""
    if len(data) <= PIPE:
        reading, writing = os.pipe()
        os.write(writing, data)
        os.close(writing)
    else:
        reading, path = _file()
        os.write(reading, data)
        os.lseek(reading, 0, os.SEEK_SET)
        os.unlink(path)
    os.dup2(reading, 0)
    os.close(reading)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    no_input = builtins.input

    def input(prompt: object = "", /) -> str:
        print(prompt, end="")
        line = sys.stdin.readline()
        if not line:
            return no_input()
        return line.removesuffix("\n")

    builtins.input = as_builtin(input, "builtins", "input", no_input.__doc__)


def _print_below() -> None:
    """In a forked copy of a script: print to the descriptors, since what it keeps in memory is lost."""
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", line_buffering=True)
