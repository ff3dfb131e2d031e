"""Drives: the small programs of hidden tests that run in the world, beside a submission, and what the world calls."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

from kata.world.remote import Asker

__all__ = ["Submission", "function"]


class Submission:
    """What a drive sees as ``ex``: the names of the submission, and ``note``."""

    def __init__(self, asker: Asker, note: Callable[[Any], None]) -> None:
        self.__dict__["_asker"] = asker
        self.__dict__["_known"] = {}
        self.__dict__["note"] = note

    def __getattr__(self, name: str) -> Any:
        known: dict[str, Any] = self.__dict__["_known"]
        if name not in known:
            known[name] = self.__dict__["_asker"].ask(0, name, (), {})
        return known[name]


def function(source: str, name: str, printed: Callable[[str], None]) -> Callable[..., Any]:
    """The drive called ``name`` in a text of Python that uses these modules and nothing else.

    Args:
        source: the text.
        name: of a function in it.
        printed: gets each line that it prints.
    """

    def print_here(*values: object) -> None:
        for line in " ".join(map(str, values)).split("\n"):
            printed(line)

    stage: dict[str, Any] = {
        "asyncio": asyncio,
        "concurrent": concurrent,
        "contextlib": contextlib,
        "threading": threading,
        "time": time,
        "warnings": warnings,
        "print": print_here,
    }
    exec(compile(source, "<drive>", "exec", dont_inherit=True), stage)
    drive: Callable[..., Any] = stage[name]
    return drive
