"""`solution` and `reset`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIRST = "04_tasks/01_first_task"
BASICS = "05_gather_and_wait/01_gather_basics"
FETCH = "05_gather_and_wait/02_wait_to_gather"

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


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
    for yes in ("--yes", "-y"):
        assert kata("solution", "5.2", yes).out == (root / f"solutions/{FETCH}.py").read_text()


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
    kata: Kata, edit: Edit, typed: Callable[[str], None], answer: str, changed: bool
) -> None:
    path = edit(FETCH, "# mine")
    typed(answer)
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


def test_a_solution_that_was_earned_stays_open_after_another_change(kata: Kata, edit: Edit) -> None:
    edit(FETCH, "# good")
    kata("grade")
    edit(FETCH, "# trying something else")
    assert kata("solution", "5.2").code == 0


def kept(root: Path) -> list[str]:
    return sorted(path.read_text() for path in (root / ".kata/backups").rglob("*.py"))


@pytest.mark.parametrize("chapter", ["05", "5", "05_gather_and_wait", "exercises/05_gather_and_wait/"])
def test_a_chapter_is_reset_after_one_question_that_lists_its_changed_files(
    kata: Kata, edit: Edit, root: Path, typed: Callable[[str], None], chapter: str
) -> None:
    for exercise in (FIRST, BASICS, FETCH):
        edit(exercise, f"# mine: {exercise}")
    typed("y\n")
    outcome = kata("reset", chapter)
    assert outcome.code == 0
    assert outcome.err.count("[y/N]") == 1
    assert outcome.err.splitlines()[:2] == [f"  exercises/{BASICS}.py", f"  exercises/{FETCH}.py"]
    assert kept(root) == [f"# mine: {BASICS}", f"# mine: {FETCH}"]
    assert (root / f"exercises/{FIRST}.py").read_text() == f"# mine: {FIRST}"


def test_everything_can_be_reset(kata: Kata, edit: Edit, root: Path) -> None:
    edit(FIRST, "# mine")
    edit(FETCH, "# mine, too")
    outcome = kata("reset", "--all", "--yes")
    assert outcome.code == 0
    assert kept(root) == ["# mine", "# mine, too"]
    assert outcome.out.count("is as it came.") == 2 and outcome.out.count("Your file is kept in") == 2
    again = kata("reset", "--all")
    assert (again.code, again.out) == (0, "Each of the 3 files is as it came; there is nothing to reset.\n")


@pytest.mark.parametrize("arguments", [[], ["5.2", "--all"]])
def test_what_to_reset_must_be_said(kata: Kata, edit: Edit, arguments: list[str]) -> None:
    path = edit(FETCH, "# mine")
    outcome = kata("reset", *arguments, "--yes")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert path.read_text() == "# mine"


def test_without_a_name_the_solution_of_the_next_exercise_is_meant(kata: Kata, edit: Edit, root: Path) -> None:
    edit(FIRST, "# good")
    kata("grade")
    assert "python grader.py solution 05.01 --yes" in kata("solution").err
    assert kata("solution", "--yes").out == (root / f"solutions/{BASICS}.py").read_text()


def test_without_a_name_reset_asks_about_the_next_exercise(
    kata: Kata, edit: Edit, typed: Callable[[str], None]
) -> None:
    edit(FIRST, "# good")
    path = edit(BASICS, "# mine")
    kata("grade")
    assert "python grader.py reset 05.01 --yes" in kata("reset").err
    typed("y\n")
    assert f"Put exercises/{BASICS}.py back" in kata("reset").err
    assert path.read_text() != "# mine"


def test_reset_of_all_without_a_terminal_wants_to_be_told(kata: Kata, edit: Edit) -> None:
    edit(FETCH, "# mine")
    assert "python grader.py reset --all --yes" in kata("reset", "--all").err
    assert "python grader.py reset 'wait to gather' --yes" in kata("reset", "wait to gather").err
