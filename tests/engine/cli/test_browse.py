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
    assert "Without names the result is an empty list. 2 points" in text
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


def level(outcome: Any) -> str:
    """What a hint says of itself, such as ``1 of 3``."""
    assert outcome.code == 0
    return str(outcome.out.splitlines()[0].partition("(hint ")[2].rstrip(")"))


def test_a_hint_says_which_it_is_and_how_to_get_the_next(kata: Kata) -> None:
    first = kata("hint", "5.2")
    assert first.code == 0
    assert first.out.startswith("05.02 Wait to gather (hint 1 of 3)\n")
    assert "while it waits for the first page" in first.out
    assert first.out.splitlines()[-1] == "The next one: python grader.py hint 05.02"


def test_hint_again_gives_the_next_and_the_last_one_stays(kata: Kata) -> None:
    assert [level(kata("hint", "5.2")) for _ in range(4)] == ["1 of 3", "2 of 3", "3 of 3", "3 of 3"]
    last = kata("hint", "5.2").out
    assert "One call of the library" in last
    assert last.splitlines()[-1] == "That was the last one. The first again: python grader.py hint 05.02 --level 1"


def test_hints_are_remembered_for_each_exercise(kata: Kata) -> None:
    kata("hint", "5.2")
    assert level(kata("hint", "5.1")) == "1 of 3"
    assert level(kata("hint")) == "1 of 3"
    assert level(kata("hint", "5.2")) == "2 of 3"


def test_a_level_can_be_chosen_and_does_not_lose_the_place(kata: Kata) -> None:
    assert level(kata("hint", "5.2", "--level", "2")) == "2 of 3"
    first = kata("hint", "5.2", "--level", "1")
    assert level(first) == "1 of 3"
    assert first.out.splitlines()[-1] == "The next one: python grader.py hint 05.02 --level 2"
    assert level(kata("hint", "5.2")) == "3 of 3"


def test_a_level_may_stand_behind_the_name(kata: Kata) -> None:
    assert level(kata("hint", "wait", "to", "gather", "3")) == "3 of 3"
    assert "05.02" in kata("hint", "5", "2").out


def test_hints_begin_again_after_passing(kata: Kata, edit: Edit) -> None:
    edit(BASICS, "# bad")
    kata("hint", "5.1")
    kata("run", "5.1")
    assert level(kata("hint", "5.1")) == "2 of 3"
    edit(BASICS, "# good")
    kata("run", "5.1")
    assert level(kata("hint", "5.1")) == "1 of 3"


@pytest.mark.parametrize("text", ["# mine", None])
def test_hints_begin_again_after_a_reset(kata: Kata, edit: Edit, text: str | None) -> None:
    if text:
        edit(BASICS, text)
    kata("hint", "5.1")
    kata("hint", "5.2")
    kata("reset", "5.1", "--yes")
    assert level(kata("hint", "5.1")) == "1 of 3"
    assert level(kata("hint", "5.2")) == "2 of 3"


def test_somebody_elses_pass_is_not_ones_own(kata: Kata, root: Path) -> None:
    answer = root / f"other/{BASICS}.py"
    answer.parent.mkdir(parents=True)
    answer.write_text("# good")
    kata("hint", "5.1")
    assert kata("run", "5.1", "--submission", "other").code == 0
    assert level(kata("hint", "5.1")) == "2 of 3"


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"05_gather_and_wait/01_gather_basics": "two"}', '{"05_x": -3}', "\x00", "null"]
)
def test_a_damaged_memory_of_hints_counts_as_none(kata: Kata, root: Path, damage: str) -> None:
    (root / ".kata").mkdir()
    (root / ".kata/hints.json").write_text(damage)
    assert [level(kata("hint", "5.1")) for _ in range(2)] == ["1 of 3", "2 of 3"]


def test_a_directory_where_hints_are_remembered_is_no_error(kata: Kata, root: Path) -> None:
    (root / ".kata/hints.json").mkdir(parents=True)
    assert [level(kata("hint", "5.1")) for _ in range(2)] == ["1 of 3", "1 of 3"]
    assert [path.name for path in (root / ".kata").iterdir()] == ["hints.json"]


def test_where_nothing_can_be_remembered_the_next_level_is_named(kata: Kata, root: Path) -> None:
    (root / ".kata").write_text("a file in the way")
    outcome = kata("hint", "5.1")
    assert (level(outcome), outcome.err) == ("1 of 3", "")
    assert outcome.out.splitlines()[-1] == "The next one: python grader.py hint 05.01 --level 2"
    assert kata("reset", "5.1", "--yes").code == 0


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


@pytest.mark.parametrize("command", ["show", "hint", "run", "open", "solution", "reset"])
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
