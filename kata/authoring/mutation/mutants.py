"""The mutants of an exercise: what an answer becomes when somebody makes one mistake in it."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kata.authoring import structure
from kata.authoring.mutation import around, syntax
from kata.authoring.variants import SOLUTION
from kata.project.catalog import Exercise

__all__ = ["OPERATORS", "Mutant", "mutants_of"]

FROM_AN_ANSWER = 12
"""Mutants of each answer but the solution: they are like its, in another style."""

OPERATORS = {**syntax.OPERATORS, **around.OPERATORS}
"""Every operator with what it does, in a few words."""


@dataclass(frozen=True)
class Mutant:
    """One wrong answer.

    ``of`` names the answer that it was made out of, ``operator`` what was done to it, and ``place`` to what: a line of
    the answer as it stands there, or a function.
    """

    exercise: Exercise
    of: str
    operator: str
    place: str
    text: str
    original: str

    @property
    def name(self) -> str:
        """Such as ``solution: await dropped: pages = await gather(...)``."""
        return f"{self.of}: {self.operator}: {self.place}"

    @property
    def keys(self) -> tuple[str, str]:
        """What a reason why it is no mistake may be written under."""
        return f"{self.operator}: {self.place}", self.operator

    @property
    def diff(self) -> str:
        """What was changed, as a diff without a header; around a function, in words."""
        if self.operator in around.OPERATORS:
            return f"+ {around.OPERATORS[self.operator]}"
        lines = difflib.unified_diff(self.original.splitlines(), self.text.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def mutants_of(exercise: Exercise, root: Path) -> list[Mutant]:
    """All mutants of an exercise, none twice."""
    found: dict[str, Mutant] = {}
    solution = exercise.solution(root).read_text(encoding="utf-8")
    asked_for = _bodies(ast.parse(exercise.stub(root).read_text(encoding="utf-8")))
    for mutant in _made(exercise, SOLUTION, solution, asked_for):
        found.setdefault(mutant.text, mutant)
    for answer in structure.answers(exercise, root):
        if answer.caught_by is None:
            for mutant in _spread(list(_made(exercise, answer.name, answer.text)), FROM_AN_ANSWER):
                found.setdefault(mutant.text, mutant)
    return list(found.values())


def _made(exercise: Exercise, of: str, text: str, asked_for: Mapping[str, str] | None = None) -> Iterator[Mutant]:
    """Mutants of one text; around functions only with ``asked_for``, the functions of the stub and their texts."""
    tree = ast.parse(text)
    predicts = exercise.kind == "predict"
    made = [*syntax.changed(text, tree, values_only=predicts)]
    if asked_for is not None and not predicts:
        written = {name for name, body in _bodies(tree).items() if asked_for.get(name, body) != body}
        made += [each for each in around.wrapped(text, tree) if each[1] in written]
    for operator, place, changed in made:
        try:
            compile(changed, "<mutant>", "exec", dont_inherit=True)
        except SyntaxError:  # such as an await where none can be
            continue
        if changed != text:
            yield Mutant(exercise, of, operator, place, changed, text)


def _spread(mutants: list[Mutant], most: int) -> list[Mutant]:
    """At most so many, of as many operators as there are: always the same ones."""
    by_operator: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_operator.setdefault(mutant.operator, []).append(mutant)
    chosen: list[Mutant] = []
    while by_operator and len(chosen) < most:
        for operator in list(by_operator):
            chosen.append(by_operator[operator].pop(0))
            if not by_operator[operator]:
                del by_operator[operator]
    return chosen[:most]


def _bodies(tree: ast.Module) -> dict[str, str]:
    """The functions of a file by name, with their bodies."""
    return {name: ast.dump(ast.Module(each.body, [])) for name, each in around.functions(tree)}
