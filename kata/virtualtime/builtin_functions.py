"""Functions of ours that a program takes for CPython's own, as which they are printed, pickled and held in classes."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

__all__ = ["BuiltinFunction", "as_builtin"]


class BuiltinFunction:
    """Base of the classes that `as_builtin` makes, one for each function."""

    __module__ = "builtins"

    def __init__(self, module: str, name: str, doc: str | None) -> None:
        self.__module__, self.__name__, self.__qualname__, self.__doc__ = module, name, name, doc

    def __repr__(self) -> str:
        return f"<built-in function {self.__name__}>"

    def __reduce__(self) -> str:
        return self.__name__  # another process finds its own of that name

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return types.BuiltinFunctionType


def as_builtin(function: Callable[..., Any], module: str, name: str, doc: str | None = None) -> Any:
    """A function in the shape of one of CPython's own.

    In a class such a function stays a plain one (``clock = time.perf_counter``), where one written in Python would
    become a method.

    Args:
        function: what it does.
        module: in which it is found,
        name: and under which name.
        doc: its docstring.

    >>> print(as_builtin(lambda: 3, "time", "time"))
    <built-in function time>
    """
    kind = type("builtin_function_or_method", (BuiltinFunction,), {"__call__": staticmethod(function)})
    kind.__module__ = "builtins"
    function.__qualname__ = name if module == "builtins" else f"{module}.{name}"  # what a TypeError calls it
    return kind(module, name, doc)
