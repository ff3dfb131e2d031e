"""The file of a module that is named as for ``python -m``, found without running any of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder

from kata.cli.errors import USAGE, Stop
from kata.program import ROOT

__all__ = ["find_module", "python_path"]


def python_path() -> list[str]:
    """The directories that PYTHONPATH names and that are there."""
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [os.path.realpath(each) for each in named if each and os.path.isdir(each)]


def find_module(name: str, directories: Sequence[str]) -> tuple[str, str]:
    """The full name and the file of a module, or of a package's ``__main__``.

    Args:
        name: as after ``python -m``.
        directories: where to look first; then come installed packages and the standard library.

    Raises:
        Stop: there is none.
    """
    installed = [each for each in sys.path if os.path.realpath(each or ".") != str(ROOT)]
    path: Sequence[str] | None = [*directories, *installed]
    full, spec = "", None
    for part in name.split("."):
        full = f"{full}.{part}" if full else part
        spec = PathFinder.find_spec(full, path) if part.isidentifier() and path is not None else None
        if spec is None:
            raise Stop(
                f"There is no module {full}; name one as for python -m, in this directory or on PYTHONPATH.", USAGE
            )
        path = spec.submodule_search_locations
    if spec is not None and path is not None:
        full = f"{full}.__main__"
        spec = PathFinder.find_spec(full, path)
        if spec is None:
            raise Stop(f"{name} is a package without a __main__; name one of its modules.", USAGE)
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        raise Stop(f"{name} is not written in Python; name a module that is.", USAGE)
    return full, os.path.realpath(spec.origin)
