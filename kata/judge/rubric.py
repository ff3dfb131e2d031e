"""The criteria of an exercise, read from its hidden tests without running them.

Everything about a criterion that is known before it is judged is known from here: the name of its test, its place in
the order, its sentence and its weight.
"""

from __future__ import annotations

import ast
import inspect
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["CRITERIA", "RubricError", "RubricItem", "criterion_text", "has_tests", "read_rubric", "shared_out"]

CRITERIA = "tests/hidden/criteria.json"
"""In a copy without hidden tests: what they check, as `read_rubric` gives it, by the ids of exercises."""


class RubricError(Exception):
    """Hidden tests that cannot be read. One line that says what to do."""


@dataclass(frozen=True)
class RubricItem:
    """One criterion: the test's name, its sentence, its weight, and its share of the points."""

    test: str
    text: str
    weight: float
    points: int


def criterion_text(docstring: str | None, test: str) -> str:
    """The sentence that a learner reads: the first paragraph of the test's docstring."""
    text = inspect.cleandoc(docstring) if docstring else test.removeprefix("test_").replace("_", " ")
    return " ".join(text.split("\n\n")[0].split())


_parsing = threading.Lock()
"""Before CPython 3.13 two threads must not make syntax trees at the same time: python/cpython issue 106905."""


@cache
def read_rubric(hidden: Path, points: int) -> tuple[RubricItem, ...]:
    """The criteria in the file ``hidden`` in their order, with ``points`` shared out by their weights, in whole ones.

    Raises:
        RubricError: the file is missing, is no Python, or marks a test with a weight that is no number.
    """
    if not hidden.is_file() and (listed := _listed(hidden)):
        return listed
    try:
        with _parsing:
            tree = ast.parse(hidden.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError) as error:
        raise RubricError(f"{hidden} cannot be read ({error}); restore it with git.") from error
    found = [
        (test.name, criterion_text(ast.get_docstring(test), test.name), _weight(test, hidden))
        for test in tree.body
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef) and test.name.startswith("test_")
    ]
    shares = shared_out(points, [weight for _, _, weight in found])
    return tuple(RubricItem(*each, share) for each, share in zip(found, shares, strict=True))


def has_tests(root: Path) -> bool:
    """False in a copy that was handed out without its hidden tests."""
    return not (root / CRITERIA).is_file()


def _listed(hidden: Path) -> tuple[RubricItem, ...]:
    """The criteria of hidden tests that were not handed out; none where nothing is known of them."""
    exercise = f"{hidden.parent.name}/{hidden.stem.removeprefix('test_')}"
    try:
        listed = json.loads((hidden.parents[1] / Path(CRITERIA).name).read_bytes())[exercise]
        return tuple(RubricItem(**item) for item in listed)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def shared_out(points: int, weights: Sequence[float]) -> list[int]:
    """Whole points for each weight, as near to their proportion as can be; of equal weights the first get what is left.

    >>> shared_out(10, [1, 2, 2, 2])
    [1, 3, 3, 3]
    >>> shared_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    total = sum(weights)
    exact = [points * weight / total for weight in weights]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (round(shares[place] - exact[place], 9), place))
    for place in by_rest[: points - sum(shares)]:
        shares[place] += 1
    return shares


def _weight(test: ast.FunctionDef | ast.AsyncFunctionDef, hidden: Path) -> float:
    """The number in ``@pytest.mark.points(number)``; 1 for a test without that mark."""
    for decorator in test.decorator_list:
        if "pytest.mark.points" in (name := ast.unparse(decorator)):
            match decorator:
                case ast.Call(args=[ast.Constant(value=int() | float() as weight)]) if weight > 0:
                    return float(weight)
            raise RubricError(f"{hidden.name}: {name} of {test.name} is no weight; write a number above 0 into it.")
    return 1.0
