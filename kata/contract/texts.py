"""Texts about values that nobody knows: short before they are made, and always such that they can be written down."""

from __future__ import annotations

import re
from typing import Any

import msgspec

__all__ = ["class_name", "clean", "describe", "message_of", "presentable", "shown"]

_PLACE = re.compile(r" (?:(?:defined|running|created) at [^\s<>]+|at 0x[0-9a-fA-F]+)")
"""What the repr of a task says of files, which would name the engine's, and addresses, which differ in each play."""


def describe(value: object, limit: int = 200) -> str:
    """A short ``repr`` of any object, whatever its own ``__repr__`` does."""
    try:
        text = shown(value, limit) if type(value) in _SHOWN else repr(value)
        if type(text) is not str:
            text = str.__str__(text)
    except BaseException as error:
        text = f"<{class_name(type(value))} whose repr raised {class_name(type(error))}>"
    text = _PLACE.sub("", clean(text[: 4 * limit + 1000]))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def class_name(kind: type) -> str:
    """The name of a class, whatever its metaclass says of it."""
    name = type.__dict__["__name__"].__get__(kind)
    return name if type(name) is str else str.__str__(name)


def clean(text: str) -> str:
    """A text as it can be written down: one that has no UTF-8 form gets escapes where it has none."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def message_of(error: BaseException, limit: int = 4_000) -> str:
    """What ``str`` says of an exception, whatever that does, cut at ``limit`` characters."""
    try:
        text = str(error.message if isinstance(error, BaseExceptionGroup) else error)
        text = text if type(text) is str else str.__str__(text)
    except BaseException as broken:
        text = f"<its text could not be made: {class_name(type(broken))}>"
    return clean(text[:limit])


def presentable(value: Any, depth: int = 0) -> Any:
    """A message, or a part of one, as msgpack and JSON can hold it.

    For what came out of a program that nobody knows: names that are no text, text that has no UTF-8 form, numbers
    beyond 64 bits. Values of submissions are not changed: in wire form they fit already.
    """
    if value is None or type(value) in (bool, float, bytes):
        return value
    if isinstance(value, str):
        return clean(str.__str__(value))
    if isinstance(value, int):
        return min(max(int.__index__(value), -(2**63)), 2**63 - 1)
    if depth > _MAX_LEVELS:
        return None
    if isinstance(value, msgspec.Struct):
        return type(value)(*(presentable(getattr(value, name), depth + 1) for name in value.__struct_fields__))
    if isinstance(value, list | tuple):
        return [presentable(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {presentable(key, depth + 1): presentable(item, depth + 1) for key, item in value.items()}
    return describe(value)


def shown(value: object, limit: int = 300) -> str:
    """The ``repr`` of plain data, cut at ``limit`` characters before it is made and not after.

    A whole number that Python refuses to write in decimal is written in hexadecimal.
    """
    parts: list[str] = []
    _show(value, limit + 1, parts)
    text = "".join(parts)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _show(value: Any, room: int, parts: list[str]) -> int:
    """Add the text of ``value`` to ``parts`` as long as there is room; gives the room that is left."""
    kind = type(value)
    if kind in _BRACKETS and value:
        opening, closing = _BRACKETS[kind]
        room = _add(opening, room, parts)
        for index, member in enumerate(value):
            room = _add(", ", room, parts) if index else room
            room = _show(member, room, parts)
            if kind is dict:
                room = _show(value[member], _add(": ", room, parts), parts)
            if room <= 0:
                return 0
        return _add(",)" if kind is tuple and len(value) == 1 else closing, room, parts)
    if kind is str or kind is bytes:
        return _add(repr(value[:room]), room, parts)
    if kind is int and value.bit_length() > _DECIMAL_BITS:
        return _add(hex(value), room, parts)
    return _add(repr(value), room, parts)


def _add(text: str, room: int, parts: list[str]) -> int:
    if room > 0:
        parts.append(text[:room])
    return max(room - len(text), 0)


_DECIMAL_BITS = 2_000
"""From here on a number is better read in hexadecimal, and beyond 4,300 digits Python writes no other."""

_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
}
_SHOWN = {*_BRACKETS, str, bytes, int}
_MAX_LEVELS = 400
"""Of lists in each other in a message: on the wire a level of a value is up to three."""
