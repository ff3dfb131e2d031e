"""Packages with an event loop of their own, in a script on virtual time: played by ours where that is possible, else
refused at once with the reason. They would live in real time, unseen, beside a clock that waits for nobody.
"""

from __future__ import annotations

import asyncio
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["NotOnVirtualTime", "watch_imports"]


class NotOnVirtualTime(RuntimeError):
    """A script uses what cannot be played on virtual time; the text says what, and what to do."""


def watch_imports() -> None:
    """From now on these packages are changed as they are imported."""
    sys.meta_path.insert(0, _Finder())


def _uvloop(module: types.ModuleType) -> None:
    """Its loops are ours: it makes real ones faster, and nothing else."""

    def run(main: Any, *, loop_factory: Any = None, debug: bool | None = None, **run_kwargs: Any) -> Any:
        with asyncio.Runner(loop_factory=loop_factory or asyncio.new_event_loop, debug=debug) as runner:
            return runner.run(main)

    module.__dict__.update(
        run=run,
        Loop=asyncio.SelectorEventLoop,
        new_event_loop=asyncio.new_event_loop,
        install=lambda: None,
        EventLoopPolicy=getattr(asyncio, "DefaultEventLoopPolicy", object),
    )


def _refuses(function: str, reason: str) -> Callable[[types.ModuleType], None]:
    def change(module: types.ModuleType) -> None:
        def refuse(*args: Any, **kwargs: Any) -> Any:
            raise NotOnVirtualTime(f"{module.__name__}.{function} {reason}")

        setattr(module, function, refuse)

    return change


_CHANGES: dict[str, Callable[[types.ModuleType], None]] = {
    "uvloop": _uvloop,
    "trio": _refuses("run", "has an event loop of its own, and only asyncio's is played here."),
    "nest_asyncio": _refuses("apply", "rewrites the event loop, so virtual time is lost; play it with --clock real."),
}


class _Finder(importlib.abc.MetaPathFinder):
    """Finds these packages as everybody else does, and has them changed once they are loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in _CHANGES or path is not None:
            return None
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if finder is not self else None
            if spec is not None and spec.loader is not None:
                spec.loader = _Loader(spec.loader, _CHANGES[name])
                return spec
        return None


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any, change: Callable[[types.ModuleType], None]) -> None:
        self._loader = loader
        self._change = change

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        made: types.ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: types.ModuleType) -> None:
        self._loader.exec_module(module)
        self._change(module)
