"""When to look at the learner's files: at once where the system tells of changes, else several times a second."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from kata.project.workspace import Source, Unreadable

__all__ = ["LOOK_EVERY", "changes", "settled", "signature"]

STEP = 4
"""Real milliseconds in which nothing more happens before a change is told."""

DEBOUNCE = 60
"""Real milliseconds after which it is told although more happens."""

LOOK_EVERY = 0.25
"""Real seconds after which one looks although nothing was told: network drives, mounts and containers tell nothing."""

PAUSES = (0.03, 0.07)
"""Real seconds given, one after the other, to a file that cannot be whole yet."""


async def changes(folder: Path) -> AsyncIterator[bool]:
    """Yields True when something below ``folder`` changed, and False every `LOOK_EVERY` seconds otherwise.

    It goes on whatever becomes of the folder; one that comes back is watched again. Where the system cannot be asked,
    as when its watches are used up, there is only the looking.

    Args:
        folder: may be missing.
    """
    import watchfiles

    while True:
        place = signature(folder)
        try:
            async for found in watchfiles.awatch(
                folder,
                watch_filter=None,
                debounce=DEBOUNCE,
                step=STEP,
                rust_timeout=int(LOOK_EVERY * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield bool(found)
                if _moved(place, signature(folder)):
                    break
        except (OSError, RuntimeError):  # missing, or nothing can be watched here
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from None  # which the library turned into an error of its own
            await asyncio.sleep(LOOK_EVERY)
            yield False
        else:
            yield True


def signature(path: Path) -> tuple[int, ...]:
    """What changes when a file is written or replaced: place, size, times. Empty when there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _moved(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    return before[:2] != now[:2]


async def settled(read: Callable[[], Source]) -> Source:
    """What a file holds once nobody is at it, as far as can be told.

    Editors remove a file before they put another in its place, empty it before they fill it, or fill it in pieces. So
    what is missing, empty or no Python is read again a little later, and then believed.

    Args:
        read: reads the file.

    Raises:
        Unreadable: it stayed so.
    """
    for pause in PAUSES:
        try:
            source = read()
        except Unreadable:
            pass
        else:
            if _may_be_whole(source.text):
                return source
        await asyncio.sleep(pause)
    return read()


def _may_be_whole(text: str) -> bool:
    if not text.strip():
        return False
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<saved>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return False
    return True
