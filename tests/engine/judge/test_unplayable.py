"""A file that cannot be played earns nothing, in any exercise, and is told what stops it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.contract.scorecard import ExerciseVerdict, Scorecard
from kata.judge.grading import grade
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]


def _on_top(line: str) -> Callable[[str], str]:
    def broken(text: str) -> str:
        lines = text.splitlines()
        lines.insert(ast.parse(text).body[0].end_lineno or 0, line)
        return "\n".join(lines)

    return broken


def _in_the_middle(text: str) -> str:
    lines = text.splitlines()
    lines.insert(len(lines) * 2 // 3, "this is no Python (")
    return "\n".join(lines)


def _renamed(text: str) -> str:
    """All functions, classes and constants of the file have other names."""
    names: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets if isinstance(target, ast.Name))
    return re.sub(rf"\b({'|'.join(names)})\b", r"\1_x", text)


BREAKAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "import": (_on_top("import nosuchthing"), "with ModuleNotFoundError: No module named 'nosuchthing'"),
    "exit": (_on_top("import sys; sys.exit(0)"), "with SystemExit: 0"),
    "raise": (_on_top("raise ValueError('no')"), "with ValueError: no"),
    "syntax": (_in_the_middle, "The file is not valid Python in line"),
    "names": (_renamed, "any more"),
}


@pytest.fixture(scope="module", params=BREAKAGES)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scorecard, str]:
    """The scorecard of all solutions with one breakage in each, and what a learner must be told."""
    breaks, told = BREAKAGES[request.param]
    folder = tmp_path_factory.mktemp("submission")
    catalog = load(ROOT)
    for exercise in catalog.exercises:
        path = folder / f"{exercise.id}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(breaks(exercise.solution(ROOT).read_text(encoding="utf-8")), encoding="utf-8")
    return grade(catalog, Workspace(ROOT, folder), catalog.exercises), told


def test_it_earns_nothing_in_any_exercise(broken) -> None:
    card, _ = broken
    assert {verdict.id: verdict.points for verdict in card.exercises if verdict.points} == {}
    assert len(card.exercises) >= 63


def test_what_stops_it_is_the_headline_and_the_message_of_each_criterion(broken) -> None:
    card, told = broken
    wrong = [verdict.id for verdict in card.exercises if not _is_told(verdict, told)]
    assert wrong == []


def _is_told(verdict: ExerciseVerdict, told: str) -> bool:
    messages = {criterion.message for criterion in verdict.criteria}
    if verdict.status == "failed":  # a prediction under another name: the file can be played
        return all(re.match(r"[A-Z]+ is not there any more", message) for message in messages)
    return told in verdict.message and messages == {verdict.message}
