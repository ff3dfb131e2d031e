"""What a diagnosis is made from: the recording, the exception that ended the test, and the comparison that failed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kata.contract.run import Run, SubmissionFailed
from kata.contract.texts import shown
from kata.contract.values import Failure
from kata.judge.diagnosis.scene import Compared, Scene, scenes
from kata.judge.source import SourceQuery, query
from kata.judge.topics import Topic

__all__ = ["Case", "Compared", "classes", "described", "groups_in", "members"]


@dataclass(frozen=True)
class Case:
    """One failed criterion.

    Args:
        run: the play that the test was looking at.
        text: the submission.
        error: the exception that ended the test.
        compared: the comparison that failed, if that is what ended it.
        allowed: what the test does not mind; see `kata.judge.clean`.
        folders: where the learner may keep files: that of the exercise first, the clone last.
    """

    run: Run
    text: str = ""
    error: BaseException | None = None
    compared: Compared | None = None
    allowed: Collection[str] = field(default_factory=frozenset)
    folders: Sequence[Path] = ()

    @cached_property
    def source(self) -> SourceQuery:
        """Questions about the submission's text."""
        return query(self.text)

    def beside(self, module: str) -> str:
        """The name of the learner's file or folder that holds a module; empty when there is none."""
        names = ((folder, name) for folder in self.folders for name in (f"{module}.py", module))
        return next((name for folder, name in names if (folder / name).exists()), "")

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """Where the test stood when it failed, the test itself first; nothing where no assert failed."""
        return scenes(self.error)

    @cached_property
    def failed(self) -> list[Compared]:
        """All comparisons in the failed assert that do not hold, the one that is known as ``compared`` first."""
        found = [self.compared] if self.compared is not None else []
        if not found and self.scenes:
            found += self.scenes[-1].failed()
        return found

    def expectation(self, function: str) -> Scene | None:
        """The scene of a function of `kata.judge.expect`, when it was this one that failed."""
        last = self.scenes[-1] if self.scenes else None
        return last if last is not None and last.function == function and last.file.endswith("expect.py") else None

    def about(self, topic: Topic) -> dict[str, Any] | None:
        """The facts that the failed assert gives with a topic; None when it is not about it."""
        return self.scenes[-1].facts(topic) if self.scenes else None

    @cached_property
    def functions(self) -> set[str]:
        """The names of the functions and methods in the submission, a method's with its class."""
        found = set()
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.ClassDef):
                found |= {f"{node.name}.{inner.name}" for inner in node.body if hasattr(inner, "name")}
        return found

    @property
    def plain_call(self) -> bool:
        """True when the play was one call of a function in the submission, and not a drive that calls it."""
        return bool(self.run.tasks) and self.run.tasks[0].coroutine in self.functions

    @cached_property
    def result(self) -> Any:
        """What the function returned; None where it did not."""
        try:
            return None if self.run.failed else self.run.result
        except SubmissionFailed:
            return None

    @cached_property
    def wanted_error(self) -> Failure | BaseException | None:
        """The error that should have come out, where the failed assert says so; None where another error came."""
        if (scene := self.expectation("raises")) is not None:
            error = scene.names["error"]
            return error if isinstance(error, Failure | BaseException) and self.run.error is None else None
        if (scene := self.expectation("error_leaves")) is not None:
            return scene.names["error"] if scene.names.get("failed") and self.run.error is None else None
        if (scene := self.expectation("in_a_group")) is not None:
            return next(iter(scene.names["errors"]), None) if scene.names["failure"] is None else None
        if (facts := self.about("error kept")) is not None:
            return facts["error"] if isinstance(facts["error"], Failure | BaseException) else None
        for compared in self.failed:
            raised = any(other.op == "==" and other.right == "raised" != other.left for other in self.failed)
            if compared.op == "==" and (error := _unraised(compared.left, compared.right, raised)) is not None:
                return error
            if (compared.op, compared.left, compared.right) == ("is not", None, None) and self.run.error is None:
                errors = {
                    id(value): value
                    for scene in self.scenes
                    for value in scene.names.values()
                    if isinstance(value, Failure | BaseException)
                }
                return next(iter(errors.values()), None) if len(errors) == 1 else None
        return None

    @cached_property
    def named_errors(self) -> list[Failure]:
        """The errors out of the submission that the failed assert compares, or names as one that should not come."""
        wanted = [part for compared in self.failed for part in members(compared.right)]
        came = [part for compared in self.failed for part in members(compared.left) if part not in wanted]
        named = [part for part in came if isinstance(part, Failure) and part.type != "InvalidStateError"]
        if (facts := self.about("no error")) is not None and isinstance(facts["error"], Failure):
            named.append(facts["error"])
        return [leaf for error in named if error.traceback for leaf in error.leaves()]

    def catchers(self, error: Failure | BaseException) -> list[tuple[int, str]]:
        """What in the text keeps such an error from going on: the line of each, and its name in a sentence.

        A handler that raises or hands on is none.
        """
        names = classes(error)
        found = []
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.ExceptHandler):
                parts = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type else []
                caught = [ast.unparse(part).rpartition(".")[2] for part in parts]
                passes = any(isinstance(part, ast.Raise) or _hands_on(part) for part in ast.walk(node))
                if (not caught or names.intersection(caught)) and not passes:
                    found.append((node.lineno, f"The except in line {node.lineno}"))
            elif isinstance(node, ast.keyword) and node.arg == "return_exceptions" and _is_true(node.value):
                found.append((node.value.lineno, f"return_exceptions=True in line {node.value.lineno}"))
            elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "suppress":
                caught = [ast.unparse(part).rpartition(".")[2] for part in node.args]
                if names.intersection(caught):
                    found.append((node.lineno, f"The suppress in line {node.lineno}"))
        return sorted(found)

    @cached_property
    def seconds(self) -> tuple[float, float] | None:
        """The virtual seconds that the play took, and should have; None where the test was not about them."""
        for compared in self.failed:
            if (
                compared.op == "=="
                and isinstance(compared.left, float)  # a time always is; a number of things is not
                and _is_number(compared.right)
                and round(compared.left, 9) == round(self.run.elapsed, 9)
            ):
                return compared.left, compared.right
        return None

    @property
    def took_longer(self) -> bool:
        """True when the play took longer than it should have."""
        return self.seconds is not None and self.seconds[0] > self.seconds[1]


def described(value: Any) -> str:
    """The text of a value, to tell it from others: whatever it is, and of what size."""
    return shown(value, 2_000)


def members(value: object) -> Iterator[object]:
    """A value, and what is in it where it is a list or a dict."""
    yield value
    if isinstance(value, list | tuple):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unraised(left: Any, right: Any, raised: bool) -> Failure | BaseException | None:
    """The error in ``right`` that was not raised, as ``left`` says.

    That is None, what a play without an error has raised; or something else where a word beside it says "raised".
    """
    if isinstance(right, Failure | BaseException):
        return right if left is None or (raised and not isinstance(left, Failure | BaseException)) else None
    if isinstance(right, list | tuple) and isinstance(left, list | tuple) and len(left) == len(right):
        raised = any(other == "raised" != one for one, other in zip(left, right, strict=True))
        for one, other in zip(left, right, strict=True):
            if (error := _unraised(one, other, raised)) is not None:
                return error
    return None


def classes(error: Failure | BaseException) -> set[str]:
    """The names of the classes of an error, of those inside it where it is a group."""
    if isinstance(error, Failure):
        leaves = error.leaves()
        return {name for leaf in leaves for name in (leaf.type, *leaf.bases)} | {error.type, *error.bases}
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            names |= classes(inner)
    return names


def _hands_on(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "set_exception"


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def groups_in(error: Failure) -> Iterator[Failure]:
    """A group of errors and the groups inside it."""
    if error.children:
        yield error
    for child in error.children:
        yield from groups_in(child)
