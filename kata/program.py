"""The program itself: where its package lies, and the command that its user types. Standard library only."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

__all__ = ["COMMAND", "IN_A_CLONE", "ROOT", "TYPED"]

ROOT = Path(os.path.realpath(__file__)).parents[1]
"""The folder that holds the package ``kata``: the clone, or where packages are installed."""

TYPED = "kata-typed"
"""The ``-X`` option by which a process that was handed over knows what its user typed."""

_SCRIPT = "grader.py"
_INSTALLED = "asyncio-kata"
_PYTHONS = ("python", "python3", "py")


def _command() -> str:
    """What the user typed to start this, without the arguments: as short as it still works from the same directory."""
    handed = sys._xoptions.get(TYPED)
    if isinstance(handed, str):
        return handed
    started = sys.argv[0] if sys.argv else ""
    if os.environ.pop("KATA_AS_MODULE", ""):  # left by kata/__main__.py, for this process only
        return f"{_python()} -m kata"
    if Path(started).stem == _INSTALLED:
        return _short(started)
    if os.path.basename(started) != _SCRIPT:
        return f"{_PYTHONS[0]} {_SCRIPT}"
    if os.environ.get("_") == started and os.path.dirname(started):  # a shell leaves there what it started
        return _quoted(started)
    return f"{_python()} {_short_script(started)}"


def _python() -> str:
    """How the running interpreter was called."""
    called = sys.orig_argv[0] if sys.orig_argv else _PYTHONS[0]
    return _short(called) if os.path.dirname(called) else _quoted(called)


def _short(program: str) -> str:
    """A program by its name where that alone starts it, else by a path; on Windows rather by its launcher."""
    folder, name = os.path.split(program)
    name = name.removesuffix(".exe") if os.name == "nt" else name
    found = _on_path(name)
    if found and _is_same_folder(os.path.dirname(found), folder):
        return name
    if not os.path.isabs(program):
        return _quoted(program)
    if _is_below_here(program):
        return _quoted(os.path.relpath(program))
    if name.startswith(_PYTHONS[0]):
        if os.name == "nt" and _on_path("py"):
            return "py"
        if found and _is_script(found):
            return name
    return _quoted(program)


def _short_script(script: str) -> str:
    return _SCRIPT if _is_same_folder(os.path.dirname(script), ".") else _quoted(script)


def _python_by_name() -> str:
    """A Python that can be started by its name alone: the one that was, or one that is found."""
    called = sys.orig_argv[0] if sys.orig_argv else ""
    if called and not os.path.dirname(called) and called.startswith(_PYTHONS):
        return called
    return next(filter(_on_path, _PYTHONS), _PYTHONS[0])


def _on_path(name: str) -> str:
    """Where a program of this name is found; empty when it is not."""
    suffix = ".exe" if os.name == "nt" else ""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name + suffix)
        if folder and os.access(path, os.X_OK) and not os.path.isdir(path):
            return path
    return ""


def _is_same_folder(one: str, other: str) -> bool:
    return os.path.realpath(one or ".") == os.path.realpath(other or ".")


def _is_below_here(path: str) -> bool:
    try:
        return os.path.commonpath([path, os.getcwd()]) == os.getcwd()
    except (OSError, ValueError):
        return False


def _is_script(path: str) -> bool:
    """True for a text that starts the program of its name, as managers of several Pythons place them."""
    try:
        with open(path, "rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


def _quoted(text: str) -> str:
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)


IN_A_CLONE = f"{_python_by_name()} {_SCRIPT}"
"""What to type in a clone, for one who has the package only."""

COMMAND = _command()
"""What to type, for messages: every one that names a command says it with this."""
