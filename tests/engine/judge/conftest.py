"""A small clone whose hidden tests a test writes itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kata.judge.orders import Submission
from kata.project.catalog import Exercise

Written = Callable[[str], Exercise]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Its root."""
    root = tmp_path / "clone"
    (root / "tests" / "hidden" / "01_first").mkdir(parents=True)
    return root


@pytest.fixture
def written(clone: Path) -> Written:
    """``written(text)`` is a new exercise with these hidden tests."""

    def make(text: str) -> Exercise:
        number = len(list(clone.rglob("test_*.py"))) + 1
        stem = f"{number:02}_it"
        exercise = Exercise(
            f"01_first/{stem}", "01_first", "it", stem, f"01.{number:02}", "It", "fix", 10, 1, 5, (), ("", "", "")
        )
        exercise.hidden(clone).write_text(text, encoding="utf-8")
        return exercise

    return make


SUBMISSION = Submission("async def answer():\n    return 42\n", "0" * 64, "async def answer():\n    ...\n")
