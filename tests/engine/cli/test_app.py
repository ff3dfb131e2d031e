"""How a command line is understood, and every way in which it can end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata import __version__
from kata.cli import main
from kata.cli.errors import Stop

ROOT = Path(__file__).resolve().parents[3]

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


def one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1 and bool(text.strip())


def started(code: str, **environment: str) -> subprocess.Popen[str]:
    """A fresh Python that runs ``code`` in the root of the repository."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


FLOOD = """
import sys
from kata.cli import app, terminal

def flood():
    write = {write}
    for _ in range(50_000):
        write("a line that fills the pipe")

app.app.command("flood")(flood)
sys.exit(app.run(["flood"]))
"""


def test_no_command_means_grade(kata: Kata, judge: Any) -> None:
    assert kata().code == 0
    assert len(judge.exercises[0]) == 3


def test_options_without_a_command_belong_to_grade(kata: Kata, judge: Any) -> None:
    outcome = kata("--seed", "7", "--json", "-")
    assert outcome.code == 0
    assert judge.asked[0]["seed"] == 7
    assert outcome.out.startswith("{")


def test_the_version(kata: Kata) -> None:
    outcome = kata("--version")
    assert outcome.code == 0
    assert outcome.out.startswith(f"asyncio-kata {__version__}, Python {sys.version_info.major}.")


@pytest.mark.parametrize("command", ["", "grade", "run", "list", "next", "show", "hint", "solution", "open", "reset"])
def test_help(kata: Kata, command: str) -> None:
    outcome = kata(*command.split(), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("Usage: python grader.py")
    assert "╭" not in outcome.out


@pytest.mark.parametrize("command", ["", "run", "open", "dev pack", "help"])
def test_help_is_a_command_too(kata: Kata, command: str) -> None:
    asked = kata("help", *command.split())
    assert asked.code == 0
    assert asked.out == kata(*command.split(), "--help").out


def test_help_about_nothing_known_is_wrong_usage(kata: Kata) -> None:
    outcome = kata("help", "gradee")
    assert (outcome.code, outcome.out) == (2, "")
    assert one_line(outcome.err) and "python grader.py --help" in outcome.err


@pytest.mark.parametrize("command", ["", "dev"])
def test_the_list_of_commands_breaks_nothing_off(kata: Kata, command: str) -> None:
    assert "..." not in kata("help", *command.split()).out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        ("grade --jobs 0", "python grader.py grade --help"),
        ("grade --jobs many", "python grader.py grade --help"),
        ("grade --fail-under 101", "python grader.py grade --help"),
        ("grade --clock sundial", "python grader.py grade --help"),
        ("--nonsense", "python grader.py grade --help"),
        ("--json", "python grader.py grade --help"),
        ("run 05.02 04.01", "python grader.py grade 05.02 04.01"),
        ("run 05.02 first_task", "python grader.py grade 05.02 04.01"),
        ("run 05", "such as 05.01 (Gather basics)"),
        ("show Gather and wait", "such as 05.01 (Gather basics)"),
        ("hint 5.9", "the nearest: 05.01 gather_basics, 05.02 wait_to_gather"),
        ("hint 05.02 --level 4", "python grader.py hint --help"),
        ("dev", "python grader.py dev --help"),
        ("dev nothing", "python grader.py --help"),
        ("gradee", "Did you mean 'grade'?"),
    ],
)
def test_wrong_usage_is_one_line_with_advice(kata: Kata, arguments: str, advice: str) -> None:
    outcome = kata(*arguments.split())
    assert outcome.code == 2
    assert outcome.out == ""
    assert one_line(outcome.err)
    assert advice in outcome.err


def test_the_name_of_an_exercise_is_no_command_but_is_understood(kata: Kata) -> None:
    outcome = kata("5.2")
    assert outcome.code == 2
    assert "python grader.py run 05.02" in outcome.err


@pytest.mark.parametrize("command", ["run", "grade", "show", "hint", "solution", "reset", "dev check"])
def test_an_unknown_name_ends_with_the_nearest_ones(kata: Kata, command: str) -> None:
    outcome = kata(*command.split(), "wait_to_gater")
    assert outcome.code == 2
    assert one_line(outcome.err)
    assert "wait_to_gather" in outcome.err


@pytest.mark.parametrize("command", ["run", "show", "hint", "solution", "reset"])
def test_a_name_that_fits_several_ends_with_all_of_them(kata: Kata, command: str) -> None:
    outcome = kata(command, "gather")
    assert outcome.code == 2
    assert one_line(outcome.err)
    assert "gather_basics" in outcome.err and "wait_to_gather" in outcome.err


@pytest.mark.parametrize("command", ["run", "show", "hint", "solution --yes", "reset --yes"])
@pytest.mark.parametrize("name", ["wait to gather", "Wait to gather", "05.02 Wait to gather", "502", "to_gather.py"])
def test_a_name_needs_no_quotes_and_may_be_the_title(kata: Kata, edit: Edit, command: str, name: str) -> None:
    edit("05_gather_and_wait/02_wait_to_gather", "# bad")
    outcome = kata(*command.split(), *name.split())
    assert outcome.err == ""
    assert "wait_to_gather" in outcome.out or "Wait to gather" in outcome.out or "fetch_all" in outcome.out


def test_a_part_of_a_title_needs_no_quotes_where_several_names_may_stand(kata: Kata, judge: Any) -> None:
    assert kata("grade", "wait", "t").code == 0
    assert judge.exercises == [["05_gather_and_wait/02_wait_to_gather"]]


def test_a_chapters_title_needs_no_quotes(kata: Kata, judge: Any) -> None:
    assert kata("grade", "Gather", "and", "wait").code == 0
    assert judge.exercises == [["05_gather_and_wait/01_gather_basics", "05_gather_and_wait/02_wait_to_gather"]]


def test_a_chapter_is_named_with_what_comes_next_in_it(kata: Kata, edit: Edit) -> None:
    edit("05_gather_and_wait/01_gather_basics", "# good")
    kata("grade")
    assert "such as 05.02 (Wait to gather)" in kata("show", "5").err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("test 5.2", "run 5.2"),
        ("check", "run"),
        ("start", "next"),
        ("hints 5.2", "hint 5.2"),
        ("solve 5.2", "solution 5.2"),
        ("edit 5.2", "open 5.2"),
        ("ls", "list"),
        ("undo 5.2", "reset 5.2"),
        ("run5.2", "run 5.2"),
        ("--hint 5.2", "hint 5.2"),
        ("wait to gather", "run 05.02"),
        ("5", "grade 05"),
        ("Gather and wait", "grade 05"),
        ("help 5.2", "show 05.02"),
        ("python grader.py run 5.2", "run 5.2"),
        ("grader.py run 5.2", "run 5.2"),
        ("./grader.py run 5.2", "run 5.2"),
    ],
)
def test_what_is_nearly_a_command_is_answered_with_the_right_one(kata: Kata, typed: str, meant: str) -> None:
    outcome = kata(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert one_line(outcome.err)
    assert outcome.err.endswith(f"type: python grader.py {meant}\n") or outcome.err.endswith(
        f"typed once: python grader.py {meant}\n"
    )


@pytest.mark.parametrize("typed", ["LIST", "List", "list 05 04", "list all", "list Gather and wait 4.1"])
def test_a_command_may_be_written_large_and_list_takes_names(kata: Kata, typed: str) -> None:
    outcome = kata(*typed.split())
    assert outcome.code == 0, outcome
    assert outcome.out.count("not started") == 3


@pytest.mark.parametrize(
    ("typed", "like"),
    [("?", "--help"), ("-help", "--help"), ("/?", "--help"), ("version", "--version"), ("-V", "--version")],
)
def test_words_of_other_programs_are_understood(kata: Kata, typed: str, like: str) -> None:
    assert kata(typed).out == kata(like).out != ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("run all", "to judge all, type: python grader.py\n"),
        ("reset all", "--all, with two dashes"),
        ("hint 5.2 --level two", "'two' is no whole number."),
        ("hint 5.2 --level 4", "4 is not between 1 and 3."),
        ("grade --seed=-1", "-1 is less than 0."),
        ("next 5", "That is more than it takes: 5."),
        ("run 5.2 -v", "python grader.py run --help"),
        ("trace 5.2", "exercises/05_gather_and_wait/02_wait_to_gather.py"),
    ],
)
def test_what_is_wrong_is_said_plainly(kata: Kata, typed: str, said: str) -> None:
    outcome = kata(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert one_line(outcome.err)
    assert said in outcome.err


def test_all_is_every_exercise(kata: Kata, judge: Any) -> None:
    assert kata("grade", "all").code == 0
    assert len(judge.exercises[0]) == 3


def test_a_broken_catalog_is_one_line(kata: Kata, root: Path) -> None:
    (root / "exercises/catalog.toml").write_text("[[chapter]\n")
    for command in ("list", "grade", "hint"):
        outcome = kata(command, *(["x"] if command == "hint" else []))
        assert outcome.code == 3
        assert one_line(outcome.err)


def test_a_failure_of_the_judge_is_one_line(kata: Kata, judge: Any) -> None:
    judge.error = judge.GraderError("The sandbox does not start; try again.")
    outcome = kata("grade")
    assert (outcome.code, outcome.err) == (3, "The sandbox does not start; try again.\n")


@pytest.mark.parametrize("arguments", [["grade", "--debug"], ["--debug"], ["--debug", "grade"]])
def test_a_bug_of_ours_is_one_line_and_a_traceback_on_request(kata: Kata, judge: Any, arguments: list[str]) -> None:
    judge.error = ValueError("something \x1b[2J odd\nin two lines")
    outcome = kata("grade")
    assert outcome.code == 3
    assert one_line(outcome.err)
    assert "ValueError: something \\x1b[2J odd in two lines" in outcome.err and "--debug" in outcome.err
    outcome = kata(*arguments)
    assert outcome.code == 3
    assert "Traceback (most recent call last)" in outcome.err


def test_debug_can_be_asked_for_by_the_environment(kata: Kata, judge: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    judge.error = ValueError("odd")
    monkeypatch.setenv("KATA_DEBUG", "1")
    assert "Traceback" in kata("grade").err


def test_ctrl_c_is_one_line(kata: Kata, judge: Any) -> None:
    judge.error = KeyboardInterrupt()
    outcome = kata("grade")
    assert outcome.code == 130
    assert outcome.err.strip() == "Stopped."


@pytest.mark.parametrize("kind", [ModuleNotFoundError, Stop])
def test_packages_that_do_not_work_are_told_in_place_of_what_came_of_it(
    kata: Kata, judge: Any, capsys: pytest.CaptureFixture[str], kind: type[Exception]
) -> None:
    judge.error = kind("No module named 'rich'")
    assert main(["grade"], broken=lambda: ".venv is damaged: rich is missing") == 3
    assert capsys.readouterr().err == ".venv is damaged: rich is missing\n"
    assert main(["grade"], broken=lambda: "") == 3
    assert "No module named 'rich'" in capsys.readouterr().err


def test_wrong_usage_is_no_reason_to_look_at_the_packages(kata: Kata) -> None:
    assert main(["show", "nothing-like-it"], broken=lambda: "looked") == 2


@pytest.mark.parametrize("write", ["terminal.say", "terminal.console().print"])
def test_a_reader_that_leaves_early_is_no_error(write: str) -> None:
    with started(FLOOD.format(write=write)) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 141


def test_a_terminal_without_unicode_is_no_error() -> None:
    code = "from kata.cli import streams, terminal; streams.prepare(); terminal.say('✓ Grüße')"
    with started(code, PYTHONIOENCODING="ascii", PYTHONUTF8="0") as process:
        assert process.communicate() == ("? Gr??e\n", "")


def test_slow_modules_wait_until_they_are_needed() -> None:
    code = "import sys, kata.cli; print(*sys.modules)"
    with started(code) as process:
        out, _ = process.communicate()
    assert "typer" in out.split()
    assert not {"rich", "pytest", "freezegun", "kata.judge.session", "kata.judge.plugin"} & set(out.split())
