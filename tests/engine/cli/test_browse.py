"""`list`, `next`, `show` and `hint`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIRST = "04_tasks/01_first_task"
BASICS = "05_gather_and_wait/01_gather_basics"

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


def rows(text: str) -> list[str]:
    return [" ".join(row.split()) for row in text.splitlines()]


@pytest.fixture
def progress(kata: Kata, edit: Edit) -> None:
    """One passed and one failed exercise, as judged; one untouched."""
    edit(FIRST, "# good")
    edit(BASICS, "# bad")
    kata("grade")


@pytest.mark.usefixtures("progress")
def test_list_shows_states_and_points_by_chapter(kata: Kata) -> None:
    assert rows(kata("list").out) == [
        "04 Tasks",
        "✓ 04.01 First task done 10 of 10",
        "",
        "05 Gather and wait",
        "✗ 05.01 Gather basics in progress 0 of 10",
        "· 05.02 Wait to gather not started 10",
        "",
        "1 of 3 exercises done.",
    ]


@pytest.mark.usefixtures("progress")
def test_list_todo_leaves_out_what_is_done(kata: Kata) -> None:
    text = kata("list", "--todo").out
    assert "First task" not in text and "04 Tasks" not in text
    assert "Gather basics" in text and "Wait to gather" in text
    assert "1 of 3 exercises done." in text


def test_an_edited_file_is_not_called_wrong_before_it_was_judged(kata: Kata, edit: Edit) -> None:
    edit(FIRST, "# good")
    listed = rows(kata("list").out)
    assert "? 04.01 First task not judged yet 10" in listed
    assert listed[-1] == "1 file not judged yet; type: python grader.py"


@pytest.mark.usefixtures("progress")
def test_a_verdict_on_an_earlier_text_is_no_verdict_on_this_one(kata: Kata, edit: Edit) -> None:
    edit(FIRST, "# bad now")
    edit(BASICS, "# good now")
    listed = rows(kata("list").out)
    assert "? 04.01 First task not judged yet 10" in listed
    assert "? 05.01 Gather basics not judged yet 10" in listed
    kata("grade")
    listed = rows(kata("list").out)
    assert "✗ 04.01 First task in progress 0 of 10" in listed
    assert "✓ 05.01 Gather basics done 10 of 10" in listed


@pytest.mark.usefixtures("progress")
def test_a_reset_exercise_is_not_started_whatever_was_saved(kata: Kata) -> None:
    kata("reset", "4.1", "--yes")
    assert "· 04.01 First task not started 10" in rows(kata("list").out)


def test_a_missing_file_is_listed_all_the_same(kata: Kata, root: Path) -> None:
    (root / f"exercises/{FIRST}.py").unlink()
    assert "! 04.01 First task cannot be judged 10" in rows(kata("list").out)


@pytest.mark.usefixtures("progress")
@pytest.mark.parametrize("damage", ["", "{", '{"verdict": {"id": "x", "status": "passed", "points": 1}}'])
def test_a_damaged_saved_verdict_counts_as_none(kata: Kata, root: Path, damage: str) -> None:
    (root / ".kata/verdicts" / f"{FIRST.replace('/', '__')}.json").write_text(damage)
    assert "? 04.01 First task not judged yet 10" in rows(kata("list").out)


@pytest.mark.parametrize("width", ["40", "60", "80", "160"])
@pytest.mark.usefixtures("progress")
def test_list_fits_the_screen(kata: Kata, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = kata("list").out
    assert max(len(row.rstrip()) for row in text.splitlines()) <= int(width)
    assert "Wait to gather" in text


def test_show_gives_the_task_the_criteria_and_the_file(kata: Kata) -> None:
    outcome = kata("show", "5.2")
    text = rows(outcome.out)
    assert outcome.code == 0
    assert text[0] == "05.02 Wait to gather"
    assert "10 points" in text[1] and "8 minutes" in text[1]
    assert "Task: let `fetch_all(fetch, names)`" in outcome.out
    assert "Pages of 1 second each take 1 second in all. 5 points" in text
    assert "Without names the result is an empty list. 2.5 points" in text
    assert text[-2:] == [
        "open exercises/05_gather_and_wait/02_wait_to_gather.py",
        "judge python grader.py run 05.02",
    ]


def test_show_gives_the_task_as_it_was_handed_out(kata: Kata, edit: Edit) -> None:
    edit("05_gather_and_wait/02_wait_to_gather", '"""Changed."""\n')
    text = kata("show", "5.2").out
    assert "A report needs several pages" in text
    assert "Changed." not in text


def test_show_names_what_an_exercise_builds_on(kata: Kata, root: Path) -> None:
    catalog = root / "exercises/catalog.toml"
    head, _, tail = catalog.read_text().rpartition("requires = []")
    catalog.write_text(f'{head}requires = ["{FIRST}"]{tail}')
    text = kata("show", "5.2").out
    assert "Builds on:\n  04.01 First task (not started)" in text


def test_show_runs_no_hidden_test(kata: Kata, root: Path) -> None:
    hidden = root / "tests/hidden/05_gather_and_wait/test_02_wait_to_gather.py"
    hidden.write_text(f"{hidden.read_text()}\nraise SystemExit('this ran')\n")
    assert kata("show", "5.2").code == 0


def test_hidden_tests_that_are_gone_are_one_line(kata: Kata, root: Path) -> None:
    (root / "tests/hidden/05_gather_and_wait/test_02_wait_to_gather.py").unlink()
    outcome = kata("show", "5.2")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1


def test_hints_lead_from_one_to_the_next(kata: Kata) -> None:
    first = kata("hint", "5.2")
    assert first.code == 0
    assert "05.02 Wait to gather, hint 1 of 3" in first.out
    assert "while it waits for the first page" in first.out
    assert "python grader.py hint 05.02 --level 2" in first.out
    last = kata("hint", "5.2", "--level", "3").out
    assert "One call of the library" in last
    assert "--level" not in last


def test_a_hint_needs_no_archive_and_no_judge(kata: Kata, root: Path) -> None:
    (root / "kata/pristine.zip").unlink()
    assert kata("hint", "5.2").code == 0


def test_a_missing_archive_is_one_line(kata: Kata, root: Path) -> None:
    (root / "kata/pristine.zip").unlink()
    for command in (["list"], ["show", "5.2"], ["reset", "5.2", "--yes"], ["solution", "5.2"]):
        outcome = kata(*command)
        assert outcome.code == 3
        assert "kata/pristine.zip is missing" in outcome.err and outcome.err.count("\n") == 1


def test_next_names_the_exercise_its_file_and_how_to_judge_it(kata: Kata) -> None:
    outcome = kata("next")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "Next: 04.01 First task",
        f"  open   exercises/{FIRST}.py",
        "  read   python grader.py show 04.01",
        "  judge  python grader.py run 04.01",
    ]


@pytest.mark.usefixtures("progress")
def test_next_is_the_first_that_is_not_passed_as_it_is_now(kata: Kata, edit: Edit) -> None:
    assert kata("next").out.startswith("Next: 05.01 Gather basics\n")
    edit(FIRST, "# changed after it was passed")
    assert kata("next").out.startswith("Next: 04.01 First task\n")


def everything_done(kata: Kata, edit: Edit) -> None:
    for exercise in (FIRST, BASICS, "05_gather_and_wait/02_wait_to_gather"):
        edit(exercise, "# good")
    kata("grade")


def test_nothing_comes_next_when_all_is_done(kata: Kata, edit: Edit) -> None:
    everything_done(kata, edit)
    outcome = kata("next")
    assert (outcome.code, outcome.out) == (0, "All 3 exercises are done.\n")


@pytest.mark.parametrize("command", ["show", "hint", "run", "open"])
def test_without_a_name_and_anything_left_to_do_one_must_be_named(kata: Kata, edit: Edit, command: str) -> None:
    everything_done(kata, edit)
    outcome = kata(command)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "All 3 exercises are done; name the one that you mean.\n"


@pytest.mark.usefixtures("progress")
@pytest.mark.parametrize("command", ["show", "hint"])
def test_without_a_name_the_next_exercise_is_meant(kata: Kata, command: str) -> None:
    assert kata(command).out.startswith("05.01 Gather basics")


@pytest.mark.parametrize("columns", ["0", "1", "-5", "abc", "", "99999999999999999999", "²"])
def test_columns_that_are_none_lose_nothing(kata: Kata, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for command in (["list"], ["next"], ["show", "5.2"], ["hint", "5.2"], ["grade"]):
        outcome = kata(*command)
        assert outcome.code == 0
        assert "ait to gather" in outcome.out or "First task" in outcome.out, outcome
