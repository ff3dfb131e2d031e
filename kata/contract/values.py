"""Plain values: how results cross from the sandbox to the judge, by exact type and never by pickle.

Scalars travel as they are. Everything else travels as a list that begins with a tag. The standard library's kinds of
dict arrive as a dict. A value of any other type, subclasses included, arrives as `Opaque`, which equals nothing.
"""

from __future__ import annotations

import base64
import dataclasses
import math
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import msgspec

_DICTS = (OrderedDict, defaultdict, Counter)
"""Each equals a dict with the same items."""

MAX_DEPTH = 100
MAX_ITEMS = 200_000


class PlainValueError(ValueError):
    """A wire value that no sandbox of ours would send."""


class TraceLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a traceback inside the submission."""

    line: int
    function: str
    text: str = ""


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
        inner = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
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


_PLACE = re.compile(r" (?:(?:defined|running|created) at [^\s<>]+|at 0x[0-9a-fA-F]+)")
"""What the repr of a task says of files, which would name the engine's, and addresses, which differ in each play."""


def describe(value: object, limit: int = 200) -> str:
    """A short ``repr`` of any object, whatever its own ``__repr__`` does."""
    try:
        text = repr(value)
        if type(text) is not str:
            text = str.__str__(text)
    except BaseException as error:
        text = f"<{type(value).__name__} whose repr raised {type(error).__name__}>"
    text = _PLACE.sub("", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def to_wire(value: object, failure: Callable[[BaseException], Failure]) -> Any:
    """The wire form of ``value``; ``failure`` turns exceptions into data.

    Cycles and very deep or very large values become `Opaque`.
    """
    return _Writer(failure).write(value, 0)


class _Writer:
    def __init__(self, failure: Callable[[BaseException], Failure]) -> None:
        self.failure = failure
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
            return ["opaque", kind.__name__, "… (too deep or too large)"]
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
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return ["failure", msgspec.to_builtins(self.failure(value))]
        if dataclasses.is_dataclass(kind):
            names = [field.name for field in dataclasses.fields(kind)]
            return self._record(kind.__name__, names, [getattr(value, name, None) for name in names], depth)
        named: Any = getattr(kind, "_fields", None)
        if issubclass(kind, tuple) and type(named) is tuple:
            return self._record(kind.__name__, list(named), list(tuple.__iter__(value)), depth)
        return ["opaque", kind.__name__, describe(value)]

    def _record(self, name: str, names: list[str], values: list[Any], depth: int) -> Any:
        fields = [[field, self.write(value, depth + 1)] for field, value in zip(names, values, strict=False)]
        return ["record", name, fields]

    @staticmethod
    def _text(value: str) -> Any:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return ["text", value.encode("utf-8", "surrogatepass").hex()]
        return value


def from_wire(value: Any) -> Any:
    """The value that a wire form stands for.

    Raises:
        PlainValueError: not a wire form.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    try:
        tag, *rest = value
        return _READERS[tag](*rest)
    except PlainValueError:
        raise
    except Exception as error:
        raise PlainValueError("not a value that the sandbox sends") from error


def _members(values: list[Any]) -> list[Any]:
    if type(values) is not list:
        raise PlainValueError("a sequence is a list on the wire")
    return [from_wire(item) for item in values]


def _hashable(values: list[Any]) -> list[Any]:
    # A set of lists cannot exist, so the sandbox never sends one; Opaque members hash by identity.
    members = _members(values)
    for member in members:
        hash(member)
    return members


_READERS: dict[str, Callable[..., Any]] = {
    "int": lambda text: int(text, 16),
    "float": lambda text: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[text],
    "text": lambda text: bytes.fromhex(text).decode("utf-8", "surrogatepass"),
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "list": _members,
    "tuple": lambda items: tuple(_members(items)),
    "set": lambda items: set(_hashable(items)),
    "frozenset": lambda items: frozenset(_hashable(items)),
    "dict": lambda items: {from_wire(key): from_wire(item) for key, item in items},
    "failure": lambda data: msgspec.convert(data, Failure, strict=True),
    "record": lambda name, fields: Record(str(name), {str(key): from_wire(item) for key, item in fields}),
    "opaque": lambda name, text: Opaque(str(name), str(text)),
}
