"""Short texts for the values of a program's variables. Nothing of the program's is called to make them."""

from __future__ import annotations

import asyncio
import types
from typing import Any

from kata.contract.texts import class_name, clean, shown
from kata.virtualtime.builtin_functions import BuiltinFunction

__all__ = ["brief"]

LONGEST = 80
"""Characters of a text."""
MEMBERS = 12
"""Of a list or dictionary, how many are shown."""
DEPTH = 3

_PLAIN = frozenset({type(None), bool, int, float, complex, str, bytes})
_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}
_NAMED: dict[type, str] = {
    types.CoroutineType: "coroutine",
    types.GeneratorType: "generator",
    types.AsyncGeneratorType: "async generator",
    types.FunctionType: "function",
    types.BuiltinFunctionType: "function",
}


def brief(value: object) -> str:
    """A value as a short text: plain data as in Python, tasks and functions by their names, others by their class.

    >>> brief([1, "two", print]), brief(ValueError("no such page")), brief(object())
    ("[1, 'two', function print]", "ValueError('no such page')", '<object>')
    """
    try:
        text = clean(_text(value, DEPTH))
    except RuntimeError:  # another thread changes it meanwhile
        text = f"<{class_name(type(value))}>"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(value: Any, depth: int) -> str:
    kind = type(value)
    if kind in _PLAIN:
        return shown(value, LONGEST)
    if kind in _BRACKETS:
        return _members(value, depth)
    if issubclass(kind, BuiltinFunction):
        kind = types.BuiltinFunctionType
    if kind in _NAMED:
        return f"{_NAMED[kind]} {value.__qualname__}"
    if kind is types.MethodType:
        return f"method {_text(value.__func__, 0).removeprefix('function ')}"
    if kind is types.ModuleType:
        return "module"
    if issubclass(kind, type):
        return f"class {class_name(value)}"
    if issubclass(kind, asyncio.Task):
        return f"task {asyncio.Task.get_name(value)}"
    if issubclass(kind, BaseException):
        args = BaseException.__dict__["args"].__get__(value)
        return (
            f"{class_name(kind)}({', '.join(_text(each, depth - 1) for each in args[:MEMBERS])})" if depth > 0 else "…"
        )
    return f"<{class_name(kind)}>"


def _members(value: Any, depth: int) -> str:
    """The text of an exact built-in container."""
    opening, closing = _BRACKETS[type(value)]
    if not value:
        return f"{class_name(type(value))}()" if type(value) in (set, frozenset) else opening + closing
    if depth <= 0:
        return f"{opening}…{closing}"
    parts: list[str] = []
    size = 0
    pairs = value.items() if type(value) is dict else ((each, None) for each in value)
    for member, of_key in pairs:
        if len(parts) == MEMBERS or size > LONGEST:
            return f"{opening}{', '.join(parts)}, … {len(value)} in all{closing}"
        text = _text(member, depth - 1)
        parts.append(f"{text}: {_text(of_key, depth - 1)}" if type(value) is dict else text)
        size += len(parts[-1]) + 2
    if type(value) is tuple and len(value) == 1:
        parts.append("")
        return f"({parts[0]},)"
    return f"{opening}{', '.join(parts)}{closing}"
