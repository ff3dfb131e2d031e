"""`open`: an exercise in the learner's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import typer

from kata.cli import terminal
from kata.cli.arguments import NextUnlessNamed
from kata.cli.errors import FAILED, USAGE, Stop
from kata.cli.project import Project
from kata.project.workspace import Unreadable

if TYPE_CHECKING:
    from kata.project.catalog import Exercise


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("open")(open_exercise)


def open_exercise(name: NextUnlessNamed = None) -> None:
    """Open an exercise in your editor.

    That is what VISUAL or EDITOR names, else VS Code in its own terminal.
    """
    project = Project.here()
    exercise = project.find_or_next(name)
    command = command_for(project, exercise)
    terminal.say(f"{exercise.titled}: {project.path(exercise)}")
    sys.stdout.flush()
    edit(command)


def command_for(project: Project, exercise: Exercise, line: int = 0) -> list[str]:
    """The command that opens an exercise in the editor.

    Args:
        project: the clone.
        exercise: whose file.
        line: where to begin; anywhere with 0, and in an editor that is not known.

    Raises:
        Stop: the file cannot be read, or no editor is known.
    """
    try:
        project.workspace.read(exercise)  # an editor would make a missing file anew, and empty
    except Unreadable as error:
        raise Stop(str(error), FAILED) from error
    editor = _editor(project.path(exercise))
    file = str(project.workspace.path(exercise))
    name = os.path.basename(editor[0]).removesuffix(".exe")
    if line and name in _TAKE_A_LINE_FIRST:
        return [*editor, f"+{line}", file]
    if line and name in _TAKE_A_LINE_BEHIND:
        return [*editor, "-g", f"{file}:{line}"]
    return [*editor, file]


_TAKE_A_LINE_FIRST = {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak"}
_TAKE_A_LINE_BEHIND = {"code", "codium", "cursor"}


def edit(command: list[str]) -> None:
    """Run an editor, and wait for its end.

    Raises:
        Stop: it cannot be started, or it failed.
    """
    code = _run(command)
    if code:
        raise Stop(f"{command[0]} ended with exit code {code}; the file is {command[-1]}", FAILED)


def _editor(path: str) -> list[str]:
    """The editor's command line, without the file.

    Raises:
        Stop: none is known, or what is set is no command line.
    """
    for variable in ("VISUAL", "EDITOR"):
        value = os.environ.get(variable, "").strip()
        try:
            words = shlex.split(value, posix=os.name != "nt")
        except ValueError as error:
            raise Stop(f"{variable} is {value!r}, which is no command ({error}); set it anew.", USAGE) from error
        if words:
            return words
    if os.environ.get("TERM_PROGRAM") == "vscode" and shutil.which("code"):
        return ["code"]
    raise Stop(f"No editor is known; set EDITOR, for example to nano, or open {path} yourself.", USAGE)


def _run(command: list[str]) -> int:
    """Run an editor to its end, without a shell. Ctrl-C is for the editor: it decides what to do about it.

    Raises:
        Stop: it cannot be started.
    """
    try:
        process = subprocess.Popen([shutil.which(command[0]) or command[0], *command[1:]])
    except OSError as error:
        raise Stop(
            f"{command[0]} cannot be started ({error.strerror}); set EDITOR to an editor that is installed.", USAGE
        ) from error
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
