"""`open`: the learner's own editor, started without a shell and waited for."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIRST = "04_tasks/01_first_task"
FETCH = "05_gather_and_wait/02_wait_to_gather"

Kata = Callable[..., Any]


class Editor:
    """A program that notes how it was called."""

    def __init__(self, folder: Path) -> None:
        self.noted = folder / "noted.json"
        self.script = folder / "my editor.py"
        self.end = 0

    def command(self, *arguments: str) -> str:
        """What a user would write into EDITOR."""
        self.script.write_text(
            f"import json, sys; json.dump(sys.argv[1:], open({str(self.noted)!r}, 'w')); sys.exit({self.end})"
        )
        return shlex.join([sys.executable, str(self.script), *arguments])

    @property
    def called_with(self) -> Any:
        return json.loads(self.noted.read_text()) if self.noted.exists() else None


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor that is there; none is set."""
    for name in ("VISUAL", "EDITOR", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    return Editor(tmp_path)


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_the_editor_gets_its_own_arguments_and_the_file(
    kata: Kata, editor: Editor, root: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, editor.command("--wait", "a b; touch c", "$HOME"))
    outcome = kata("open", "5.2")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"05.02 Wait to gather: exercises/{FETCH}.py\n"
    assert editor.called_with == ["--wait", "a b; touch c", "$HOME", str(root / f"exercises/{FETCH}.py")]


def test_without_a_name_the_next_exercise_is_opened(
    kata: Kata, editor: Editor, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor.command())
    assert kata("open").code == 0
    assert editor.called_with == [str(root / f"exercises/{FIRST}.py")]


def test_visual_comes_before_editor_and_empty_is_unset(
    kata: Kata, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor.command("second"))
    monkeypatch.setenv("VISUAL", "  ")
    kata("open", "5.2")
    assert editor.called_with[0] == "second"
    monkeypatch.setenv("VISUAL", editor.command("first"))
    kata("open", "5.2")
    assert editor.called_with[0] == "first"


def test_in_the_terminal_of_vs_code_that_is_the_editor(
    kata: Kata, editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "code").write_text(f'#!/bin/sh\nexec {editor.command()} "$@"\n')
    (programs / "code").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert kata("open", "5.2").code == 2
    assert editor.called_with is None
    monkeypatch.setenv("TERM_PROGRAM", "vscode")
    assert kata("open", "5.2").code == 0
    assert len(editor.called_with) == 1


def test_where_no_editor_is_known_the_file_is_named(kata: Kata, editor: Editor) -> None:
    outcome = kata("open", "5.2")
    assert (outcome.code, outcome.out) == (2, "")
    assert "set EDITOR" in outcome.err and f"exercises/{FETCH}.py" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(("value", "said"), [("no_such_editor_here -n", "cannot be started"), ('"vi', "no command")])
def test_an_editor_that_is_none_is_one_line(
    kata: Kata, editor: Editor, monkeypatch: pytest.MonkeyPatch, value: str, said: str
) -> None:
    monkeypatch.setenv("EDITOR", value)
    outcome = kata("open", "5.2")
    assert outcome.code == 2
    assert said in outcome.err and outcome.err.count("\n") == 1


def test_an_editor_that_fails_is_told(kata: Kata, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    editor.end = 4
    monkeypatch.setenv("EDITOR", editor.command())
    outcome = kata("open", "5.2")
    assert outcome.code == 3
    assert "ended with exit code 4" in outcome.err


def test_a_lost_file_is_not_made_anew_by_the_editor(
    kata: Kata, editor: Editor, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor.command())
    (root / f"exercises/{FETCH}.py").unlink()
    outcome = kata("open", "5.2")
    assert (outcome.code, editor.called_with) == (3, None)
    assert "python grader.py reset 05.02" in outcome.err


def test_ctrl_c_is_for_the_editor(kata: Kata, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    class Process:
        def __init__(self, command: list[str]) -> None:
            self.waits = 0

        def wait(self) -> int:
            self.waits += 1
            if self.waits < 3:
                raise KeyboardInterrupt
            return 0

    monkeypatch.setattr("kata.cli.editor.subprocess.Popen", Process)
    monkeypatch.setenv("EDITOR", "ed")
    assert kata("open", "5.2").code == 0
