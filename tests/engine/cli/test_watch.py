"""`watch`: what it refuses, and what it asks of other commands."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.cli import editor, watch
from kata.cli.project import Project
from kata.judge.rubric import CRITERIA

Kata = Callable[..., Any]


def test_a_name_that_means_nothing_is_wrong_usage(kata: Kata) -> None:
    outcome = kata("watch", "nonsense")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1 and "nonsense" in outcome.err


def test_a_copy_without_tests_is_refused(kata: Kata, root: Path) -> None:
    (root / CRITERIA).write_text("{}", encoding="utf-8")
    outcome = kata("watch", "5.2")
    assert outcome.code == 3 and "no hidden tests" in outcome.err


def test_a_word_that_means_watch_is_told(kata: Kata) -> None:
    outcome = kata("live")
    assert outcome.code == 2 and "watch" in outcome.err


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("vim -u NONE", ["vim", "-u", "NONE", "+7", "FILE"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "FILE"]),
        ("code --wait", ["code", "--wait", "-g", "FILE:7"]),
        ("ed", ["ed", "FILE"]),
    ],
)
def test_an_editor_begins_at_the_line_where_it_can(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, wanted: list[str]
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", name)
    project = Project.here()
    exercise = project.catalog.find("5.2")
    file = str(project.workspace.path(exercise))
    assert editor.command_for(project, exercise, 7) == [word.replace("FILE", file) for word in wanted]
    assert editor.command_for(project, exercise)[-1] == file


def test_what_an_editor_has_to_say_is_a_line_for_the_screen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    project = Project.here()
    exercise = project.catalog.find("5.2")
    assert watch._edit(project, exercise, 0).startswith("No editor is known; set EDITOR")
    project.workspace.path(exercise).unlink()
    assert "is missing" in watch._edit(project, exercise, 0)


@pytest.mark.parametrize(
    ("code", "said", "line"),
    [
        (0, b"", ""),
        (1, b"", ""),
        (1, b"05.02 has no play to step through.\n", "05.02 has no play to step through."),
        (0, b"There is no browser to open here.\n", "There is no browser to open here."),
        (3, b"a warning\nNo page can be written here.\n", "No page can be written here."),
        (3, b"", "The page cannot be made; try: python grader.py replay 05.02"),
    ],
)
def test_the_replay_is_made_by_its_own_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: bytes, line: str
) -> None:
    commands = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, code, b"", said)

    monkeypatch.setattr(subprocess, "run", run)
    assert watch._replay(Project.here().catalog.find("5.2")) == line
    assert commands[0][1:] == ["-m", "kata", "replay", "05.02", "--open"]
