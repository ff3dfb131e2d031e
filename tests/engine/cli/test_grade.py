"""`grade` and `run` against a stand-in for the judge."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kata.contract.run import Frame, Line, Run, Span, TaskRecord
from kata.reports import exercise as report

FIRST = "04_tasks/01_first_task"
BASICS = "05_gather_and_wait/01_gather_basics"
FETCH = "05_gather_and_wait/02_wait_to_gather"

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


def test_a_fresh_clone_is_told_where_to_begin(kata: Kata) -> None:
    outcome = kata()
    assert outcome.code == 0
    assert "0 of 30 points, 3 exercises not started." in outcome.out
    assert f"open   exercises/{FIRST}.py" in outcome.out
    assert "judge  python grader.py run 04.01" in outcome.out
    assert outcome.err == ""


def test_the_score_and_the_next_exercise(kata: Kata, edit: Edit) -> None:
    edit(FIRST, "# good")
    edit(BASICS, "# bad")
    outcome = kata("grade")
    assert "10 of 30 points (33.3 %), 1 of 3 exercises done." in outcome.out
    assert "Next: 05.01 Gather basics" in outcome.out


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["5.2"], [FETCH]),
        (["wait_to_gather", "04.01"], [FIRST, FETCH]),
        (["05"], [BASICS, FETCH]),
        (["gather_and_wait", "basics"], [BASICS, FETCH]),
        ([f"exercises/{FIRST}.py"], [FIRST]),
    ],
)
def test_names_mean_exercises_or_chapters(kata: Kata, judge: Any, names: list[str], chosen: list[str]) -> None:
    assert kata("grade", *names).code == 0
    assert judge.exercises == [chosen]


def test_the_judge_is_told_what_was_asked_for(kata: Kata, judge: Any) -> None:
    kata("grade", "--clock", "real", "--jobs", "3", "--seed", "5", "--no-cache")
    asked = judge.asked[0]
    assert (asked["clock"], asked["jobs"], asked["seed"], asked["cache"]) == ("real", 3, 5, None)
    kata("grade")
    asked = judge.asked[1]
    assert (asked["clock"], asked["jobs"], asked["seed"]) == ("virtual", None, 0)
    assert asked["cache"] is not None


def test_a_secret_seed_is_another_one_each_time_and_is_told(kata: Kata, judge: Any) -> None:
    cards = [json.loads(kata("grade", "--secret", "--json", "-").out) for _ in range(2)]
    seeds = [asked["seed"] for asked in judge.asked]
    assert [card["seed"] for card in cards] == seeds
    assert len({0, *seeds}) == 3
    outcome = kata("grade", "--secret", "--seed", "5")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "leave --seed out" in outcome.err


def test_another_submission_is_judged_without_touching_saved_verdicts(kata: Kata, judge: Any, tmp_path: Path) -> None:
    other = tmp_path / "other" / "05_gather_and_wait"
    other.mkdir(parents=True)
    (other / "02_wait_to_gather.py").write_text("# good")
    outcome = kata("grade", "5.2", "--submission", str(tmp_path / "other"))
    assert "10 of 10 points" in outcome.out
    assert judge.asked[0]["cache"] is None


def test_a_submission_that_is_not_there(kata: Kata) -> None:
    outcome = kata("grade", "--submission", "nowhere")
    assert outcome.code == 2
    assert "nowhere is no directory" in outcome.err


def test_a_whole_clone_is_judged_by_its_exercises(kata: Kata, edit: Edit, root: Path, tmp_path: Path) -> None:
    edit(FETCH, "# good")
    shutil.copytree(root, tmp_path / "clone of ana")
    for place in ("clone of ana", "clone of ana/exercises"):
        outcome = kata("grade", "--submission", str(tmp_path / place))
        assert outcome.code == 0
        assert "10 of 30 points" in outcome.out


@pytest.mark.parametrize("place", ["tests", "exercises/05_gather_and_wait", "."])
def test_a_submission_without_chapters_is_wrong_usage(kata: Kata, judge: Any, root: Path, place: str) -> None:
    (root / "exercises").rename(root / "exercises.bak")
    shutil.copytree(root / "exercises.bak", root / "exercises", ignore=shutil.ignore_patterns("0*"))
    (root / "exercises/05_gather_and_wait").mkdir() if "05" in place else None
    outcome = kata("grade", "--submission", place)
    assert (outcome.code, outcome.out, judge.asked) == (2, "", [])
    assert f"--submission {place} holds no chapter such as 04_tasks" in outcome.err and outcome.err.count("\n") == 1


def test_a_submission_with_one_chapter_is_one(kata: Kata, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "exercises/05_gather_and_wait", tmp_path / "part/05_gather_and_wait")
    assert kata("grade", "5", "--submission", str(tmp_path / "part")).code == 0


def test_several_reports_at_once(kata: Kata, root: Path) -> None:
    outcome = kata("--json", "card.json", "--junit", "card.xml", "--markdown", "card.md")
    assert outcome.code == 0
    assert "Begin with" in outcome.out
    assert json.loads((root / "card.json").read_text())["version"] == 1
    assert ElementTree.parse(root / "card.xml").getroot().tag == "testsuites"
    assert (root / "card.md").read_text().startswith("## 0 of 30 points")
    assert sorted(path.name for path in root.glob("*card*")) == ["card.json", "card.md", "card.xml"]


@pytest.mark.parametrize("report", ["--json", "--junit", "--markdown"])
def test_a_report_on_standard_output_is_alone_there(kata: Kata, root: Path, report: str) -> None:
    outcome = kata("grade", report, "-")
    assert outcome.out.startswith({"--json": "{", "--junit": "<?xml", "--markdown": "## "}[report])
    assert "Begin with" not in outcome.out
    assert outcome.err == ""
    kata("grade", report, "file")
    assert (root / "file").read_text(encoding="utf-8") == outcome.out


def test_a_report_is_utf_8_whatever_the_terminal_is(
    kata: Kata, edit: Edit, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = root / "exercises/catalog.toml"
    text = catalog.read_text(encoding="utf-8").replace('title = "First task"', 'title = "Grüße"')
    catalog.write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    kata("grade", "--json", "card.json")
    assert "Grüße" in (root / "card.json").read_text(encoding="utf-8")


def test_two_reports_for_one_place_are_wrong_usage(kata: Kata, judge: Any) -> None:
    assert kata("grade", "--json", "-", "--junit", "-").code == 2
    assert kata("grade", "--json", "x", "--markdown", "./x").code == 2
    assert judge.asked == []


def test_a_place_that_cannot_be_written_is_told_before_judging(kata: Kata, judge: Any, root: Path) -> None:
    for place in ("nowhere/card.json", "exercises"):
        outcome = kata("grade", "--json", place)
        assert outcome.code == 3
        assert outcome.err.count("\n") == 1
        assert place in outcome.err
    assert judge.asked == []


def test_a_report_that_cannot_be_finished_leaves_the_old_one(
    kata: Kata, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "card.json").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    outcome = kata("grade", "--no-cache", "--json", "card.json")
    assert outcome.code == 3
    assert "No space left on device" in outcome.err and outcome.err.count("\n") == 1
    assert (root / "card.json").read_text() == "old"
    assert [path.name for path in root.iterdir() if "card" in path.name] == ["card.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="devices have other names")
def test_a_device_is_written_to_and_not_replaced(kata: Kata) -> None:
    assert kata("grade", "--json", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_a_link_is_followed_and_not_replaced(kata: Kata, root: Path) -> None:
    (root / "real.json").write_text("old")
    (root / "link.json").symlink_to("real.json")
    kata("grade", "--json", "link.json")
    assert (root / "link.json").is_symlink()
    assert (root / "real.json").read_text().startswith("{")


@pytest.mark.parametrize(("least", "code"), [("33", 0), ("33.3", 0), ("33.4", 1), ("100", 1), ("0", 0)])
def test_a_score_below_the_line_is_exit_code_1(kata: Kata, edit: Edit, least: str, code: int) -> None:
    edit(FIRST, "# good")
    outcome = kata("grade", "--fail-under", least)
    assert outcome.code == code
    assert outcome.err.count("\n") == code


def test_a_full_score_meets_every_line(kata: Kata, edit: Edit) -> None:
    for exercise in (FIRST, BASICS, FETCH):
        edit(exercise, "# good")
    outcome = kata("grade", "--fail-under", "100")
    assert outcome.code == 0
    assert "30 of 30 points (100 %), 3 of 3 exercises done." in outcome.out


def test_there_is_no_bar_outside_a_terminal(kata: Kata) -> None:
    assert kata("grade").err == ""


def test_a_bar_on_a_terminal_leaves_nothing_behind(kata: Kata, terminal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    outcome = kata("grade", "--json", "-")
    assert outcome.out.startswith("{")
    assert "Judging" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")  # up one line, and that one cleared


def test_run_shows_one_exercise_and_how_to_go_on(kata: Kata, edit: Edit, judge: Any) -> None:
    edit(FETCH, "# bad")
    outcome = kata("run", "5.2")
    assert outcome.code == 1
    assert judge.exercises == [[FETCH]]
    assert "✗ It works." in outcome.out
    assert "What happened in: It works.\n\nYour code, 0 seconds\n1s  hello from the run" in outcome.out
    assert "The solution" not in outcome.out
    assert "Another try: python grader.py run 05.02" in outcome.out
    assert "A hint:      python grader.py hint 05.02" in outcome.out


def test_run_of_another_submission_says_how_to_try_that_again(kata: Kata, root: Path) -> None:
    answer = root / "class of 26" / f"{FETCH}.py"
    answer.parent.mkdir(parents=True)
    answer.write_text("# bad")
    outcome = kata("run", "5.2", "--submission", "class of 26")
    assert "Another try: python grader.py run 05.02 --submission 'class of 26'\n" in outcome.out


def slept(seconds: float) -> Run:
    """A play in which a task of the learner's sleeps so long."""
    sleep = Span("waiting", 0.0, seconds, 1, "asyncio.sleep")
    made = Frame("fetch.py", 3, "fetch_all")
    task = TaskRecord("Task-2", "fetch", 0.0, created_at=made, spans=[sleep], outcome="returned", ended=seconds)
    return Run(tasks=[task], elapsed=seconds)


def test_run_shows_what_the_solution_does_in_the_same_play(kata: Kata, edit: Edit, judge: Any) -> None:
    judge.run, judge.solution = slept(2), slept(1)
    edit(FETCH, "# bad")
    text = kata("run", "5.2").out
    assert "What happened in: It works." in text and "here they differ" in text
    assert "Your code: fetch took 2 seconds\n" in text and "The solution: fetch took 1 second\n" in text


def test_run_does_not_draw_two_plays_that_are_the_same(kata: Kata, edit: Edit, judge: Any) -> None:
    judge.solution = Run(lines=[Line("hello from the run", 1)])
    edit(FETCH, "# bad")
    text = kata("run", "5.2").out
    assert "✗ It works." in text
    assert "What happened in" not in text and "The solution" not in text


def test_run_of_a_passed_exercise_needs_no_comparison(kata: Kata, edit: Edit, judge: Any) -> None:
    judge.solution = Run(lines=[Line("hello from the solution", 0.5)])
    edit(FETCH, "# good")
    text = kata("run", "5.2").out
    assert "Your code" in text and "The solution" not in text


def test_run_of_a_prediction_gives_nothing_away(kata: Kata, edit: Edit, judge: Any, root: Path) -> None:
    catalog = root / "exercises/catalog.toml"
    catalog.write_text(catalog.read_text().replace('kind = "convert"', 'kind = "predict"'))
    judge.solution = Run(lines=[Line("the truth", 0.5)])
    edit(FETCH, "# bad")
    text = kata("run", "5.2").out
    assert "Your code" not in text and "the truth" not in text


def test_run_can_be_drawn_as_a_picture(kata: Kata, edit: Edit, judge: Any, root: Path) -> None:
    judge.run, judge.solution = slept(2), slept(1)
    edit(FETCH, "# bad")
    shown = kata("run", "5.2", "--svg", "run.svg")
    picture = (root / "run.svg").read_text()
    assert "Your code" in picture and "The solution" in picture
    assert "@font-face" not in picture
    assert "Your code" in shown.out
    alone = kata("run", "5.2", "--svg", "-")
    assert alone.out.startswith("<svg") and alone.out.rstrip().endswith("</svg>")
    assert "Your code" in alone.err


def test_run_of_a_passed_exercise_names_the_next_one(kata: Kata, edit: Edit) -> None:
    edit(FIRST, "# good")
    edit(BASICS, "# good")
    kata("grade")
    outcome = kata("run", "4.1")
    assert outcome.code == 0
    assert "✓ It works." in outcome.out
    assert "python grader.py solution 04.01" in outcome.out
    assert "Next: 05.02 Wait to gather" in outcome.out


def test_run_of_the_last_exercise_names_no_next_one(kata: Kata, edit: Edit) -> None:
    edit(FETCH, "# good")
    outcome = kata("run", "5.2")
    assert outcome.code == 0
    assert "Next" not in outcome.out


def of_kind(root: Path, kind: str) -> None:
    """Make all exercises of one kind."""
    catalog = root / "exercises/catalog.toml"
    catalog.write_text(catalog.read_text().replace('kind = "convert"', f'kind = "{kind}"'))


@pytest.mark.parametrize("kind", ["fix", "convert"])
def test_run_of_an_untouched_mistake_shows_how_it_fails(kata: Kata, judge: Any, root: Path, kind: str) -> None:
    of_kind(root, kind)
    outcome = kata("run", "5.2")
    assert outcome.code == 1
    assert outcome.out.startswith("The file is as it came and has earned nothing yet.")
    assert "✗ 05.02 Wait to gather  0 of 10 points" in outcome.out
    assert "It does not." in outcome.out and "Your code, 0 seconds" in outcome.out
    assert "Begin with 05.02 Wait to gather" in outcome.out and "Another try" not in outcome.out


def test_an_untouched_mistake_is_not_started_however_often_it_was_run(kata: Kata, judge: Any) -> None:
    kata("run", "5.2")
    assert judge.asked[-1]["untouched"]
    assert "·  05.02  Wait to gather  not started" in kata("list").out
    assert "0 of 30 points, 3 exercises not started." in kata("grade").out
    assert not judge.asked[-1]["untouched"]


def test_what_was_begun_is_not_told_as_untouched(kata: Kata, edit: Edit, judge: Any) -> None:
    edit(FETCH, "# bad")
    assert "as it came" not in kata("run", "5.2").out
    assert not judge.asked[-1]["untouched"]


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("build", "def a():\n    pass  # your code\n", "First write your code in {path}, line 2."),
        ("build", "\n# your code\n# your code\n# your code\n", "First write your code in {path}, lines 2, 3 and 4."),
        ("build", "not Python, and no place", "First do what the text at the top of {path} says."),
        ("predict", "WORDS = {'a': 1}\nPREDICTION: list[str] = []\n", "First fill in PREDICTION in {path}, line 2."),
        ("predict", "A = []\nB = None\nC = {'a': None}", "First fill in A, B and C in {path}, lines 1, 2 and 3."),
        ("predict", "not Python, and no place", "First do what the text at the top of {path} says."),
    ],
)
def test_run_of_an_untouched_file_with_nothing_to_judge_says_what_to_do_first(
    kata: Kata, judge: Any, root: Path, kind: str, text: str, first: str
) -> None:
    of_kind(root, kind)
    (root / f"exercises/{FETCH}.py").write_text(text)
    with zipfile.ZipFile(root / "kata/pristine.zip", "w") as archive:
        archive.writestr(f"{FETCH}.py", text)
    outcome = kata("run", "5.2")
    assert outcome.code == 1
    assert "It does not." not in outcome.out
    assert first.format(path=f"exercises/{FETCH}.py") in outcome.out.splitlines()
    assert "read   python grader.py show 05.02" in outcome.out


def test_run_on_a_terminal_shows_that_it_is_at_work_and_leaves_nothing_behind(
    kata: Kata, edit: Edit, terminal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(FETCH, "# bad")
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    outcome = kata("run", "5.2")
    assert "Judging" not in outcome.out
    assert "Judging 05.02 Wait to gather: 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")  # up one line, and that one cleared


def test_there_is_no_such_line_outside_a_terminal(kata: Kata, edit: Edit) -> None:
    edit(FETCH, "# bad")
    assert kata("run", "5.2").err == ""


def test_every_reason_can_be_asked_for(kata: Kata, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(report, "show", lambda *_, all_reasons, **__: asked.append(all_reasons))
    edit(FETCH, "# bad")
    kata("run", "5.2")
    kata("run", "5.2", "--all")
    assert set(asked[:-1]) == {False} and asked[-1] is True  # it is drawn once more, to see how much room is left


def test_run_without_a_name_judges_the_next_exercise(kata: Kata, edit: Edit, judge: Any) -> None:
    edit(FIRST, "# good")
    kata("grade")
    edit(BASICS, "# good, but nobody has judged it yet")
    outcome = kata("run")
    assert outcome.code == 0
    assert judge.exercises[-1] == [BASICS]
    assert "Next: 05.02 Wait to gather" in outcome.out
    assert kata("run").code == 1
    assert judge.exercises[-1] == [FETCH]


def test_run_of_a_submission_wants_a_name(kata: Kata, judge: Any) -> None:
    outcome = kata("run", "--submission", "exercises")
    assert (outcome.code, judge.asked) == (2, [])
    assert "name one" in outcome.err


def test_what_comes_next_in_another_submission_is_not_taken_from_ones_own_verdicts(
    kata: Kata, edit: Edit, root: Path
) -> None:
    edit(BASICS, "# good")
    kata("grade")
    shutil.copytree(root / "exercises", root / "other")
    edit(FIRST, "# good")
    (root / f"other/{FIRST}.py").write_text("# good")
    assert "Next: 05.02" in kata("run", "4.1").out
    assert "Next: 05.01" in kata("run", "4.1", "--submission", "other").out


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["--only", "5.2"], [FETCH]),
        (["--only", " wait_to_gather , 04.01"], [FIRST, FETCH]),
        (["--chapters", "5"], [BASICS, FETCH]),
        (["--chapters", "1-4"], [FIRST]),
        (["--chapters", "4 - 5"], [FIRST, BASICS, FETCH]),
        (["--chapters", "tasks,gather_and_wait"], [FIRST, BASICS, FETCH]),
        (["--chapters", "4", "--only", "basics"], [FIRST, BASICS]),
        (["--only", "", "--chapters", ""], [FIRST, BASICS, FETCH]),
    ],
)
def test_options_choose_exercises_and_chapters(kata: Kata, judge: Any, options: list[str], chosen: list[str]) -> None:
    assert kata("grade", *options).code == 0
    assert judge.exercises == [chosen]


@pytest.mark.parametrize(
    "options", [["--chapters", "9"], ["--chapters", "7-9"], ["--only", "nothing_like_it"], ["--only", ","]]
)
def test_a_choice_that_chooses_nothing_is_wrong_usage(kata: Kata, judge: Any, options: list[str]) -> None:
    outcome = kata("grade", *options)
    assert (outcome.code, outcome.out, outcome.err.count("\n"), judge.asked) == (2, "", 1, [])


def test_reports_for_other_systems(kata: Kata, edit: Edit, root: Path) -> None:
    edit(FIRST, "# good")
    reports = ["--classroom", "outputs", "--gradescope", "results.json", "--annotations", "marks", "--html", "page"]
    assert kata(*reports).code == 0
    assert "<h1>asyncio-kata</h1>" in (root / "page").read_text(encoding="utf-8")
    assert (root / "outputs").read_text().startswith("runners=points10\npoints10=")
    assert json.loads((root / "results.json").read_text())["score"] == 10
    assert (root / "marks").read_text() == ""
