"""`solution` and `reset`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FETCH = "05_gather_and_wait/02_wait_to_gather"

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


def test_a_solution_is_kept_back_until_the_exercise_is_passed(kata: Kata, edit: Edit) -> None:
    edit(FETCH, "# bad")
    kata("grade")
    outcome = kata("solution", "5.2")
    assert (outcome.code, outcome.out) == (1, "")
    assert "python grader.py solution 05.02 --yes" in outcome.err


def test_a_solution_is_shown_after_passing(kata: Kata, edit: Edit, root: Path) -> None:
    edit(FETCH, "# good")
    kata("grade")
    outcome = kata("solution", "5.2")
    assert outcome.code == 0
    assert outcome.out == (root / f"solutions/{FETCH}.py").read_text()


def test_a_solution_is_shown_on_request(kata: Kata, root: Path) -> None:
    assert kata("solution", "5.2", "--yes").out == (root / f"solutions/{FETCH}.py").read_text()


def test_a_missing_solution_is_one_line(kata: Kata, root: Path) -> None:
    (root / f"solutions/{FETCH}.py").unlink()
    outcome = kata("solution", "5.2", "--yes")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1


def test_reset_keeps_a_copy_and_says_where(kata: Kata, edit: Edit, root: Path) -> None:
    path = edit(FETCH, "# mine")
    outcome = kata("reset", "5.2", "--yes")
    assert outcome.code == 0
    assert "fetch_all" in path.read_text()
    copy = outcome.out.splitlines()[-1].removeprefix("Your file is kept in ")
    assert (root / copy).read_text() == "# mine"


def test_reset_brings_back_a_lost_file(kata: Kata, root: Path) -> None:
    path = root / "exercises" / f"{FETCH}.py"
    path.unlink()
    assert kata("reset", "5.2", "--yes").code == 0
    assert path.is_file()


def test_an_untouched_exercise_needs_no_reset(kata: Kata, root: Path) -> None:
    outcome = kata("reset", "5.2")
    assert outcome.code == 0
    assert "nothing to reset" in outcome.out
    assert not (root / ".kata/backups").exists()


@pytest.mark.parametrize(("answer", "changed"), [("y\n", True), ("yes\n", True), ("\n", False), ("n\n", False)])
def test_reset_asks_on_a_terminal(
    kata: Kata, edit: Edit, monkeypatch: pytest.MonkeyPatch, answer: str, changed: bool
) -> None:
    path = edit(FETCH, "# mine")
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    outcome = kata("reset", "5.2")
    assert outcome.code == 0
    assert "[y/N]" in outcome.err
    assert (path.read_text() != "# mine") is changed
    assert ("Nothing was changed." in outcome.out) is not changed


def test_reset_without_a_terminal_wants_to_be_told(kata: Kata, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edit(FETCH, "# mine")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    outcome = kata("reset", "5.2")
    assert outcome.code == 2
    assert "python grader.py reset 5.2 --yes" in outcome.err
    assert path.read_text() == "# mine"


def test_what_cannot_be_reset_is_one_line(kata: Kata, root: Path) -> None:
    path = root / "exercises" / f"{FETCH}.py"
    path.unlink()
    path.mkdir()
    outcome = kata("reset", "5.2", "--yes")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1
