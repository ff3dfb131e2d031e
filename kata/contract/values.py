"""Plain values: how results cross from the sandbox to the judge, by exact type and never by pickle.

Scalars travel as they are. Everything else travels as a list that begins with a tag. The standard library's kinds of
dict arrive as a dict. A value of any other type, subclasses included, arrives as `Opaque`, which equals nothing.
"""

from __future__ import annotations

import base64
import dataclasses
import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import msgspec

from kata.contract.texts import class_name, clean, describe, shown

_DICTS = (OrderedDict, defaultdict, Counter)
"""Each equals a dict with the same items."""

MAX_DEPTH = 100
"""Levels of containers in each other that are sent."""

MAX_ITEMS = 200_000
"""Containers of one value that are sent."""

MAX_SHOWN = 4_000
"""Characters of one field in the text of a record."""

MAX_NESTED = 100
"""Levels of exceptions in each other, as members of groups or as causes, that are read."""


class PlainValueError(ValueError):
    """A wire value, or a message, that no sandbox of ours would send."""


class TraceLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a traceback inside the submission."""

    line: int
    function: str
    text: str = ""


AT_ONCE = "os._exit"
"""The note of a `SystemExit` that stands for a call of `os._exit`."""


class Failure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """An exception, as data. Equal to an exception object of the same class name and text.

    >>> failure = Failure("ConnectionError", "no line", bases=["OSError", "Exception"])
    >>> failure == ConnectionError("no line"), failure.is_a("OSError")
    (True, True)

    ``traceback`` holds the submission's own lines, outermost first; ``children`` the members of an
    exception group.
    """

    type: str
    message: str
    notes: list[str] = []
    children: list[Failure] = []
    traceback: list[TraceLine] = []
    cause: Failure | None = None
    bases: list[str] = []
    """Names of the classes that the exception's type derives from, nearest first."""

    def is_a(self, name: str) -> bool:
        """True for an exception of the class called ``name`` or of one derived from it."""
        return name == self.type or name in self.bases

    def leaves(self) -> list[Failure]:
        """The exceptions inside nested groups, flattened; a plain exception gives itself."""
        if not self.children:
            return [self]
        return [leaf for child in self.children for leaf in child.leaves()]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, BaseExceptionGroup):
            return (
                type(other).__name__ == self.type
                and other.message == self.message
                and list(self.children) == list(other.exceptions)
            )
        if isinstance(other, BaseException):
            return type(other).__name__ == self.type and str(other) == self.message and not self.children
        if isinstance(other, Failure):
            return (self.type, self.message, self.children) == (other.type, other.message, other.children)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.type, self.message))

    def __repr__(self) -> str:
        inner = f", {self.children!r}" if self.children else ""
        message = self.message if self.type == "KeyError" else repr(self.message)  # str(KeyError) is a repr already
        return f"{self.type}({message}{inner})"


class Record(msgspec.Struct, frozen=True):
    """A dataclass instance or named tuple, as data: its type's name and its fields.

    >>> Record("Order", {"item": "tea", "amount": 2}).amount
    2
    """

    type: str
    fields: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        fields = object.__getattribute__(self, "fields")
        if name in fields:
            return fields[name]
        raise AttributeError(f"{self.type} has no field {name!r}; it has {', '.join(fields)}")

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={shown(value, MAX_SHOWN)}" for name, value in self.fields.items())
        return f"{self.type}({inner})"


class Opaque(msgspec.Struct, frozen=True, eq=False):
    """A value that is not plain data. It equals nothing, not even itself.

    >>> task = Opaque("Task", "<Task pending>")
    >>> task == task, task
    (False, <Task pending>)
    """

    type: str
    repr: str

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<{self.type} object>" if not self.repr else self.repr


def to_wire(
    value: object, failure: Callable[[BaseException], Failure], reference: Callable[[Any], Any] | None = None
) -> Any:
    """The wire form of ``value``; ``failure`` turns exceptions into data.

    Cycles and very deep or very large values become `Opaque`, and so does a value that changes or raises while it is
    looked at. With ``reference``, which gives a wire form, exceptions and whatever is no data are passed through that.

    Raises:
        MemoryError: there is no room for it.
    """
    try:
        return _Writer(failure, reference).write(value, 0)
    except MemoryError:
        raise
    except BaseException as error:
        kind = class_name(type(value))
        return ["opaque", clean(kind), f"<{clean(kind)} that could not be read: {clean(class_name(type(error)))}>"]


class _Writer:
    def __init__(self, failure: Callable[[BaseException], Failure], reference: Callable[[Any], Any] | None) -> None:
        self.failure = failure
        self.reference = reference
        self.items = 0

    def write(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value if kind is not str else self._text(value)
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["int", hex(value)]
        if kind is float:
            return value if math.isfinite(value) else ["float", repr(value)]
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            return ["opaque", class_name(kind), "… (too deep or too large)"]
        if kind is list or kind is tuple:
            return [kind.__name__, [self.write(item, depth + 1) for item in value]]
        if kind is set or kind is frozenset:
            return [kind.__name__, [self.write(item, depth + 1) for item in value]]
        if kind is dict or any(kind is each for each in _DICTS):
            return [
                "dict",
                [[self.write(key, depth + 1), self.write(item, depth + 1)] for key, item in value.items()],
            ]
        if kind is bytes:
            return ["bytes", base64.b64encode(value).decode("ascii")]
        if self.reference is not None and (issubclass(kind, BaseException) or not _is_record(kind)):
            return self.reference(value)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return ["failure", msgspec.to_builtins(self.failure(value))]
        if dataclasses.is_dataclass(kind):
            names = [field.name for field in dataclasses.fields(kind)]
            return self._record(class_name(kind), names, [getattr(value, name, None) for name in names], depth)
        named: Any = getattr(kind, "_fields", None)
        if issubclass(kind, tuple) and type(named) is tuple:
            return self._record(class_name(kind), list(named), list(tuple.__iter__(value)), depth)
        return ["opaque", class_name(kind), describe(value)]

    def _record(self, name: str, names: list[str], values: list[Any], depth: int) -> Any:
        fields = [
            [clean(str.__str__(field)), self.write(value, depth + 1)]
            for field, value in zip(names, values, strict=False)
        ]
        return ["record", name, fields]

    @staticmethod
    def _text(value: str) -> Any:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return ["text", value.encode("utf-8", "surrogatepass").hex()]
        return value


def _is_record(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or (issubclass(kind, tuple) and type(getattr(kind, "_fields", None)) is tuple)


def from_wire(value: Any) -> Any:
    """The value that a wire form stands for. Nothing of it is looked up by name, imported or called.

    Raises:
        PlainValueError: not a wire form, or one that is deeper than any that is sent.
    """
    return _read(value, 0)


def read_failure(data: Any) -> Failure:
    """The exception that plain data stands for.

    Raises:
        PlainValueError: it stands for none.
    """
    try:
        failure = msgspec.convert(data, Failure, strict=True)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise PlainValueError("not an exception that a player sends") from error
    check_failure(failure)
    return failure


def check_failure(failure: Failure) -> None:
    """Refuse exceptions that are nested deeper than any that is sent.

    Raises:
        PlainValueError: this one is.
    """
    level = [failure]
    for _ in range(MAX_NESTED):
        level = [inner for each in level for inner in (*each.children, each.cause) if inner is not None]
        if not level:
            return
    raise PlainValueError("exceptions in each other, too deep")


def _read(value: Any, depth: int) -> Any:
    kind = type(value)
    if value is None or kind is bool or kind is int or kind is float or kind is str:
        return value
    if kind is not list or not value or type(value[0]) is not str:
        raise PlainValueError("a value is a scalar, or a list that begins with a tag")
    if depth > MAX_DEPTH + 1:
        raise PlainValueError("values in each other, too deep")
    tag, *rest = value
    try:
        if tag in _NESTED:
            [content] = rest
            return _NESTED[tag](content, depth + 1)
        if tag == "record":
            name, fields = rest
            return Record(_str(name), {_str(key): _read(item, depth + 1) for key, item in _list(fields)})
        return _LEAVES[tag](*rest)
    except PlainValueError:
        raise
    except Exception as error:
        raise PlainValueError("not a value that the sandbox sends") from error


def _str(text: Any) -> str:
    if type(text) is not str:
        raise PlainValueError("a text on the wire is no text")
    return text


def _list(values: Any) -> list[Any]:
    if type(values) is not list:
        raise PlainValueError("a sequence is a list on the wire")
    return values


def _members(values: Any, depth: int) -> list[Any]:
    return [_read(item, depth) for item in _list(values)]


_NESTED: dict[str, Callable[[Any, int], Any]] = {
    "list": _members,
    "tuple": lambda items, depth: tuple(_members(items, depth)),
    # A set of lists cannot exist, so the sandbox never sends one; Opaque members hash by identity.
    "set": lambda items, depth: set(_members(items, depth)),
    "frozenset": lambda items, depth: frozenset(_members(items, depth)),
    "dict": lambda items, depth: {_read(key, depth): _read(item, depth) for key, item in _list(items)},
}
_LEAVES: dict[str, Callable[..., Any]] = {
    "int": lambda text: int(_str(text), 16),
    "float": lambda text: {"nan": float, "inf": float, "-inf": float}[text](text),  # each nan is a key of its own
    "text": lambda text: bytes.fromhex(_str(text)).decode("utf-8", "surrogatepass"),
    "bytes": lambda text: base64.b64decode(_str(text), validate=True),
    "failure": read_failure,
    "opaque": lambda name, text: Opaque(_str(name), _str(text)),
}
