"""The criteria of an exercise, read from its hidden tests without running them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["RubricError", "RubricItem", "criterion_text", "read_rubric", "read_tests"]

_TEST = re.compile(r"^(?:async\s+)?def\s+(test_\w*)", re.MULTILINE)


class RubricError(Exception):
    """Hidden tests that cannot be read. One line that says what to do."""


@dataclass(frozen=True)
class RubricItem:
    """One criterion: the test's name, its sentence, its weight, and its share of the points."""

    test: str
    text: str
    weight: float
    points: float


def criterion_text(docstring: str | None, test: str) -> str:
    """The sentence that a learner reads: the first paragraph of the test's docstring."""
    text = inspect.cleandoc(docstring) if docstring else test.removeprefix("test_").replace("_", " ")
    return " ".join(text.split("\n\n")[0].split())


def read_rubric(hidden: Path, points: float) -> list[RubricItem]:
    """The criteria in the file ``hidden``, with ``points`` shared out by their weights.

    Raises:
        RubricError: the file is missing or is no Python.
    """
    with _reading(hidden):
        tree = ast.parse(hidden.read_text(encoding="utf-8"))
    tests = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    total = sum(map(_weight, tests)) or 1.0
    return [
        RubricItem(
            test.name,
            criterion_text(ast.get_docstring(test), test.name),
            _weight(test),
            points * _weight(test) / total,
        )
        for test in tests
    ]


@cache
def read_tests(hidden: Path) -> tuple[str, ...]:
    """The names of the tests in the file ``hidden``, in order: those of its rubric, without the cost of parsing.

    Raises:
        RubricError: the file is missing.
    """
    with _reading(hidden):
        return tuple(_TEST.findall(hidden.read_text(encoding="utf-8")))


@contextmanager
def _reading(hidden: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, SyntaxError) as error:
        raise RubricError(f"{hidden} cannot be read ({error}); restore it with git.") from error


def _weight(test: ast.FunctionDef | ast.AsyncFunctionDef) -> float:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.points":
            value = decorator.args[0] if decorator.args else None
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                return float(value.value)
    return 1.0
