"""`dev check` and `dev pack` on a clone of one exercise: the one that `dev new` writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kata.authoring.check import check
from kata.authoring.pack import pack
from kata.project.catalog_reader import load
from kata.project.workspace import ARCHIVE, Workspace

CHAPTER, STEM = "05_gather_and_wait", "01_pages"
ID = f"{CHAPTER}/{STEM}"
STUB = f"exercises/{ID}.py"
ANSWERS = f"tests/answers/{ID}"
HIDDEN = f"tests/hidden/{CHAPTER}/test_{STEM}.py"


@pytest.fixture
def problems(clone: Path) -> Callable[[], list[str]]:
    """What `check` finds in the clone."""

    def found() -> list[str]:
        catalog = load(clone)
        return list(map(str, check(catalog, Workspace(clone), catalog.exercises, jobs=1, real="none")))

    return found


def _change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_template_is_an_exercise_without_a_problem(problems) -> None:
    assert problems() == []


def test_the_archive_is_the_same_for_the_same_stubs(clone) -> None:
    first = (clone / ARCHIVE).read_bytes()
    assert pack(clone).read_bytes() == first


def test_a_stub_that_is_not_packed_is_a_problem(clone, problems) -> None:
    _change(clone / STUB, "from a slow server", "from a very slow server")
    assert problems() == [f"{ID}: {ARCHIVE} does not hold this stub; renew it with dev pack"]


@pytest.mark.parametrize("damaged", [b"", b"PK", None])
def test_an_archive_that_is_damaged_or_gone_is_a_problem(clone, problems, damaged) -> None:
    (clone / ARCHIVE).unlink()
    if damaged is not None:
        (clone / ARCHIVE).write_bytes(damaged)
    assert problems() == [f"{ARCHIVE} is missing or damaged; renew it with dev pack"]


def test_a_right_answer_that_is_refused_is_a_problem(clone, problems) -> None:
    _change(clone / ANSWERS / "right_tasks.py", "[await task for task in tasks]", "[]")
    assert any(line.startswith(f"{ID}: right_tasks is refused by test_all_pages_come_at_once") for line in problems())


def test_a_wrong_answer_that_another_test_refuses_is_a_problem(clone, problems) -> None:
    _change(clone / ANSWERS / "wrong_no_names.py", "test_no_names_give_no_pages", "test_all_pages_come_at_once")
    assert problems() == [
        f"{ID}: wrong_no_names should be refused by test_all_pages_come_at_once and is refused only by "
        "test_no_names_give_no_pages"
    ]


def test_a_wrong_answer_that_is_refused_without_a_word_is_a_problem(clone, problems) -> None:
    _change(clone / HIDDEN, 'assert run.result == ["SLOW", "FAST"]', 'assert run.result[0] in ("SLOW",)')
    _change(clone / ANSWERS / "wrong_order_of_arrival.py", "import asyncio", "import asyncio  # as it comes")
    assert problems() == [
        f"{ID}: wrong_order_of_arrival is refused by test_pages_keep_the_order_of_the_names without a word why"
    ]


@pytest.mark.parametrize("gone", [f"solutions/{ID}.py", HIDDEN])
def test_an_exercise_that_is_not_whole_is_told_and_not_judged(clone, problems, gone) -> None:
    (clone / gone).unlink()
    assert problems() == [f"{ID}: {gone} is missing"]


def test_a_weight_that_cannot_be_read_is_told_and_not_judged(clone, problems) -> None:
    _change(clone / HIDDEN, "pytest.mark.points(2)", "pytest.mark.points(TWO)")
    [line] = problems()
    assert "pytest.mark.points(TWO) of test_all_pages_come_at_once is no weight" in line
