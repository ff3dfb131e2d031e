"""Where a hidden test stood when it failed: its frames, their names, and what the failed assert compared.

The values are the test's own, so they say what was expected where an assert is made of more than one comparison.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kata.judge.topics import Topic

__all__ = ["OPERATORS", "Compared", "Scene", "asserts", "scenes"]


@dataclass(frozen=True)
class Compared:
    """The comparison in an assert that failed: ``left`` is what the submission gave, ``right`` what was expected."""

    op: str
    left: Any
    right: Any


@dataclass(frozen=True)
class Scene:
    """One function of the test's side, at the line where it failed.

    Args:
        function: its name.
        file: where it is written.
        line: where it stood.
        names: its local names.
        outer: the names of its module.
    """

    function: str
    file: str
    line: int
    names: Mapping[str, Any]
    outer: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> ast.expr | None:
        """The expression that the failed assert asked for; None where no assert stands in that line."""
        return self._assert.test if self._assert is not None else None

    @property
    def _assert(self) -> ast.Assert | None:
        found = [node for node in asserts(self.file) if node.lineno <= self.line <= (node.end_lineno or node.lineno)]
        return found[-1] if found else None

    def facts(self, topic: Topic) -> dict[str, Any] | None:
        """The facts that the failed assert gives with a topic of `kata.judge.topics`; None when it is not about it."""
        said = self._assert.msg if self._assert is not None else None
        if not isinstance(said, ast.Call) or ast.unparse(said.func).rpartition(".")[2] != "about" or not said.args:
            return None
        if not isinstance(said.args[0], ast.Constant) or said.args[0].value != topic:
            return None
        try:
            return {each.arg: self._value(each.value) for each in said.keywords if each.arg is not None}
        except Exception:  # a fact needs more than the names of this function
            return None

    def failed(self) -> Iterator[Compared]:
        """The comparisons in the assert that do not hold, a name that stands for one looked up where it is made."""
        if (asked := self.asked) is not None:
            yield from self._failed(asked, 0)

    def _failed(self, node: ast.expr, depth: int) -> Iterator[Compared]:
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for part in node.values:
                yield from self._failed(part, depth)
        elif isinstance(node, ast.Name) and depth < _DEEPEST and (made := self._made(node.id)) is not None:
            yield from self._failed(made, depth + 1)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPERATORS:
            try:
                if not self._value(node):
                    yield Compared(
                        OPERATORS[type(node.ops[0])], self._value(node.left), self._value(node.comparators[0])
                    )
            except Exception:  # it needs more than the names of this function
                return

    def _made(self, name: str) -> ast.expr | None:
        """What is assigned to a name last before the line, in the function of this scene."""
        found = None
        for node in ast.walk(_tree(self.file)):
            if (
                isinstance(node, ast.Assign)
                and node.lineno <= self.line
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == name
                and (found is None or node.lineno > found.lineno)
                and _inside(node.lineno, self.function, self.file)
            ):
                found = node
        return found.value if found is not None else None

    def _value(self, node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), self.file, "eval"), {**self.outer, **self.names})


_DEEPEST = 3

OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
"""How a comparison is written."""


def _inside(line: int, function: str, file: str) -> bool:
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name == function
        and node.lineno <= line <= (node.end_lineno or node.lineno)
        for node in ast.walk(_tree(file))
    )


@functools.cache
def _tree(file: str) -> ast.Module:
    try:
        return ast.parse(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return ast.Module(body=[], type_ignores=[])


@functools.cache
def asserts(file: str) -> list[ast.Assert]:
    """The asserts of a test file, the innermost last where they nest; none where it cannot be read."""
    return [node for node in ast.walk(_tree(file)) if isinstance(node, ast.Assert)]


def scenes(error: BaseException | None) -> tuple[Scene, ...]:
    """The scenes of a failed test, the test itself first: those of test files and of `kata.judge.expect`.

    Args:
        error: what ended the test. Only a failed assert has scenes.
    """
    found = []
    traceback = error.__traceback__ if isinstance(error, AssertionError) else None
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        if Path(code.co_filename).name.startswith("test_") or frame.f_globals.get("__name__") == "kata.judge.expect":
            names = {
                name: value for name, value in frame.f_locals.items() if name.isidentifier()
            }  # none of pytest's own
            found.append(Scene(code.co_name, code.co_filename, traceback.tb_lineno, names, frame.f_globals))
        traceback = traceback.tb_next
    return tuple(found)
