"""Loading: from the text of a submission to the function that a request asks for, or the reason why there is none."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import importlib.util
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable
from typing import Any

from kata.contract.request import Request
from kata.contract.run import Frame, Unfit
from kata.player.exceptions import ExceptionReader
from kata.player.link import TooEarly
from kata.virtualtime import DeadlockError

__all__ = ["SUBMISSION", "Loader", "NotPlayable", "place_of"]

SUBMISSION = "submission"
"""The module name under which a submission is loaded."""


class NotPlayable(Exception):
    """The submission cannot be played; ``unfit`` says why."""

    def __init__(self, unfit: Unfit) -> None:
        self.unfit = unfit


class Loader:
    """Loads submissions and drives. What was compiled once is not compiled again."""

    def __init__(self) -> None:
        self._codes: dict[str, types.CodeType] = {}

    def load(self, request: Request, name: str, exceptions: ExceptionReader) -> types.ModuleType:
        """The submission as a module called ``name``.

        Args:
            request: holds its text.
            name: under which it is found in ``sys.modules``.
            exceptions: reads what it raises.

        Raises:
            NotPlayable: it does not compile, or raises as it is loaded. A script may raise whatever it likes.
        """
        module = types.ModuleType(name)
        module.__file__ = request.file
        if request.module:  # as with python -m: relative imports begin at its package
            module.__spec__ = importlib.util.spec_from_file_location(request.module, request.file)
            module.__package__ = request.module.rpartition(".")[0]
            if module.__package__:
                importlib.import_module(module.__package__)
        sys.modules[name] = module
        try:
            code = self._compile(request.source, request.file)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            lines = request.source.splitlines()
            text = lines[line - 1] if 0 < line <= len(lines) else ""
            indent = len(text) - len(text.lstrip())
            column = max((getattr(error, "offset", None) or 0) - indent, 0)
            message = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
            place = Frame(request.file, line, "<module>", text.strip())
            raise NotPlayable(Unfit("syntax", message, place, column)) from None
        try:
            exec(code, module.__dict__)
        except DeadlockError:
            raise
        except BaseException as error:
            if request.action == "script":
                raise
            failure = exceptions(error)
            if isinstance(error, TooEarly):
                unguarded = 'its program runs while it is loaded; keep `if __name__ == "__main__":` in front of that'
                raise NotPlayable(Unfit("import", unguarded, place_of(failure.traceback, request.file))) from None
            text = f"{failure.type}: {failure.message}" if failure.message else failure.type
            raise NotPlayable(Unfit("import", text, place_of(failure.traceback, request.file))) from None
        return module

    def function(
        self,
        request: Request,
        module: types.ModuleType,
        note: Callable[[Any], None],
        missing: Callable[[str], NotPlayable],
    ) -> Callable[..., Any]:
        """What the request asks to call: a function of the submission, or a drive bound to it.

        Args:
            request: says which.
            module: the submission.
            note: what ``ex.note`` does in a drive.
            missing: notes that the submission has no such name, and gives the exception that says so.

        Raises:
            NotPlayable: the submission has no such function.
        """
        if request.action == "within":
            stage: dict[str, Any] = {
                "asyncio": asyncio,
                "concurrent": concurrent,
                "contextlib": contextlib,
                "threading": threading,
                "time": time,
                "warnings": warnings,
            }
            exec(self._compile(request.drive, "<drive>"), stage)
            return functools.partial(stage[request.name], _Exercise(module, note, missing))
        if request.name not in module.__dict__:
            raise missing(request.name)
        target: Callable[..., Any] = module.__dict__[request.name]
        if not callable(target):
            raise NotPlayable(Unfit("not_callable", request.name))
        return target

    def _compile(self, source: str, file: str) -> types.CodeType:
        if source not in self._codes:
            self._codes[source] = compile(source, file, "exec", dont_inherit=True)
        return self._codes[source]


def place_of(traceback: list[Any], file: str) -> Frame | None:
    """The innermost place of a traceback's lines, or None when none of them is the submission's."""
    if not traceback:
        return None
    return Frame(file, traceback[-1].line, traceback[-1].function, traceback[-1].text)


class _Exercise:
    """What a drive sees as ``ex``: the names of the submission, and ``note``."""

    def __init__(
        self, module: types.ModuleType, note: Callable[[Any], None], missing: Callable[[str], NotPlayable]
    ) -> None:
        self.__dict__.update(_module=module, _missing=missing, note=note)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_module"].__dict__[name]
        except KeyError:
            raise self.__dict__["_missing"](name) from None
