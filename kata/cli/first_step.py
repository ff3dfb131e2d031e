"""What to do first in a file that is as it came: one line for those whose stub has nothing to be judged."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from kata.project.catalog import Kind

__all__ = ["FAILS_AS_IT_CAME", "first_step"]

FAILS_AS_IT_CAME: frozenset[Kind] = frozenset({"fix", "convert"})
"""Kinds of exercises whose untouched file is a program with a mistake, so that judging it shows what to mend."""

_PLACE = "# your code"


def first_step(kind: Kind, text: str, path: str) -> str:
    """What the learner of a *build* or *predict* exercise does first.

    Args:
        kind: of the exercise.
        text: of its file.
        path: how the file is called.
    """
    if kind == "predict":
        empty = _empty(text)
        if empty:
            return f"First fill in {_listed(list(empty))} in {path}, {_lines(list(empty.values()))}."
    places = [number for number, line in enumerate(text.splitlines(), 1) if line.rstrip().endswith(_PLACE)]
    if places:
        return f"First write your code in {path}, {_lines(places)}."
    return f"First do what the text at the top of {path} says."


def _empty(text: str) -> dict[str, int]:
    """Names that stand for nothing yet, and the lines where they do."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for node in body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name) and _is_empty(node.value):
            found[target.id] = node.lineno
    return found


def _is_empty(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Dict):
        return all(_is_empty(each) for each in value.values)
    if isinstance(value, ast.List):
        return not value.elts
    return isinstance(value, ast.Constant) and value.value is None


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' * (len(numbers) > 1)} {_listed([str(number) for number in numbers])}"


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
