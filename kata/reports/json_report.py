"""The scorecard as JSON, complete and versioned; ``docs/scorecard.schema.json`` describes it.

Recordings may hold anything that a submission returned, so the document is built by exact type and runs
nothing: no ``__repr__``, no ``__str__``, no hook of a foreign class.
"""

from __future__ import annotations

import base64
import math
import re
import sys
from collections import Counter
from typing import Any

import msgspec

from kata.contract.run import Call, Run
from kata.contract.scorecard import Scorecard
from kata.contract.values import Failure

SCHEMA_FILE = "docs/scorecard.schema.json"

MAX_DEPTH = 120
"""How deep a value is followed; the sandbox sends at most `kata.contract.values.MAX_DEPTH` levels."""

# Outside its strings JSON has none of these, and inside them an escape is the same text: controls, invisible
# and reordering characters, line separators, and what GitHub's runner takes for a command.
_ACTING = re.compile(r"(?<=##)\[|[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

# The fields of a recording that hold whatever the learner's code made; every other field has one type.
_FREE = frozenset({"returned", "notes", "args", "kwargs", "fields"})


def render(card: Scorecard) -> str:
    """The scorecard as indented JSON with a final newline.

    Values without a JSON form become: sets and tuples lists, bytes base64, dictionary keys text, whole
    numbers past 64 bits hexadecimal text, and ``nan`` and ``inf`` text. A time that is not finite becomes
    the largest number there is, or 0 for ``nan``, so that times stay numbers.
    """
    document = {"version": card.version, **_plain(card, free=False, depth=0)}
    text = msgspec.json.format(msgspec.json.encode(document), indent=1).decode("utf-8")
    return _ACTING.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def render_run(run: Run) -> str:
    """One recording as indented JSON with a final newline, its values as in `render`."""
    text = msgspec.json.format(msgspec.json.encode(_plain(run, free=False, depth=0)), indent=1).decode("utf-8")
    return _ACTING.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def schema() -> str:
    """The JSON schema of `render`'s documents, as it is published."""
    document = msgspec.json.schema(Scorecard)
    for definition in document["$defs"].values():
        definition["description"] = _description(definition.get("description", ""))
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "asyncio-kata scorecard",
        **document,
    }
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2).decode() + "\n"


def _description(docstring: str) -> str:
    """What a docstring says without its examples, which are Python; in one line, as some versions keep indents."""
    paragraphs = [paragraph.split() for paragraph in re.split(r"\n\s*\n", docstring)]
    return " ".join(word for words in paragraphs if words[:1] != [">>>"] for word in words)


def _plain(value: Any, *, free: bool, depth: int) -> Any:
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return _text(value)
    if kind is int:
        return value if -(2**63) <= value < 2**63 else hex(value)
    if kind is float:
        return value if math.isfinite(value) else _not_finite(value, free)
    if kind is bytes:
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, msgspec.Struct):
        return _struct(value, free=free, depth=depth)
    if depth > MAX_DEPTH:
        return "(too deep)" if free else kind()
    if kind is list or kind is tuple:
        return [_plain(item, free=free, depth=depth + 1) for item in value]
    if kind is set or kind is frozenset:
        members = [_plain(item, free=free, depth=depth + 1) for item in value]
        return sorted(members, key=msgspec.json.encode)  # sets have no order; a report should not change
    if kind is dict:
        return _dict(value, free=free, depth=depth)
    return f"<{kind.__name__} object>"


def _struct(value: msgspec.Struct, *, free: bool, depth: int) -> dict[str, Any]:
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    if type(value) is Call:  # read, and called as they are published
        fields = {"fake": value.fake, "args": value.args, "start": value.start, "kwargs": value.kwargs} | {
            name: field for name, field in fields.items() if name not in ("wired", "wired_kwargs")
        }
    if depth > MAX_DEPTH and type(value) is Failure:
        fields |= {"children": [], "cause": None}
    return {name: _plain(item, free=free or name in _FREE, depth=depth + 1) for name, item in fields.items()}


def _dict(value: dict[Any, Any], *, free: bool, depth: int) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    copies: Counter[str] = Counter()
    for key, item in value.items():
        name = unique = _key(key, depth)
        while unique in plain:  # 1 and "1" are two keys in Python and one in JSON
            copies[name] += 1
            unique = f"{name} ({copies[name] + 1})"
        plain[unique] = _plain(item, free=free, depth=depth + 1)
    return plain


def _key(key: Any, depth: int) -> str:
    if type(key) is str:
        return _text(key)
    return msgspec.json.encode(_plain(key, free=True, depth=depth + 1)).decode("utf-8")


def _text(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _not_finite(value: float, free: bool) -> float | str:
    if free:
        return repr(value)
    return 0.0 if math.isnan(value) else math.copysign(sys.float_info.max, value)


if __name__ == "__main__":
    sys.stdout.write(schema())
