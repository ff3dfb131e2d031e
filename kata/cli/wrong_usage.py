"""What is wrong with a command line, in one line that says what to type instead."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Sequence

from kata.cli.errors import Stop
from kata.program import COMMAND

__all__ = ["advice", "as_meant"]

_SAME = {
    "-help": "--help",
    "-?": "--help",
    "?": "--help",
    "/?": "--help",
    "/h": "--help",
    "-V": "--version",
    "-v": "--version",
    "version": "--version",
}
"""What other programs call what this one has, too."""

_MEANT = {
    "run": ("test", "check", "judge", "verify", "try", "execute", "submit", "runs"),
    "watch": ("live", "follow", "tui", "screen"),
    "next": ("start", "begin", "continue", "go"),
    "hint": ("hints", "tip", "tips"),
    "solution": ("solutions", "solve", "answer", "answers"),
    "show": ("task", "describe", "read", "info", "criteria"),
    "list": ("ls", "exercises", "chapters", "status", "progress", "score", "all"),
    "open": ("edit", "code"),
    "replay": ("step", "steps", "debug", "visualize"),
    "reset": ("restore", "undo", "revert", "restart"),
}
"""Words for a command that has another name."""

_WORDS = (
    (r"is not a valid int(eger)?( range)?\.", "is no whole number."),
    (r"is not a valid float( range)?\.", "is no number."),
    (r"is not in the range (\S+)<=x<=(\S+)\.", r"is not between \1 and \2."),
    (r"is not in the range x>=(\S+)\.", r"is less than \1."),
    (r"Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", r"That is more than it takes: \1"),
)
"""Words of the argument parser, and plainer ones."""


def as_meant(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """The command line with its first word as this program writes it, where that is certain."""
    if not arguments:
        return []
    first = _SAME.get(arguments[0], arguments[0])
    if first.lower() in commands:
        first = first.lower()
    return [first, *arguments[1:]]


def advice(message: str, arguments: list[str], commands: Collection[str]) -> str:
    """The message of the argument parser, and what to type instead or where to read on.

    Args:
        message: what the parser says.
        arguments: the command line that it refused.
        commands: the names of all commands but `dev`.
    """
    command = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if message[-1:] not in (".", "?"):
        message += "."
    for said, plainly in _WORDS:
        message = re.sub(said, plainly, message)
    if message.startswith("No such command"):
        instead = _instead(arguments, commands)
        if instead:
            return f"No command is called {_not_a_command(arguments)!r}; {instead}"
        return f"{message} For the list of commands, type: {COMMAND} --help"
    for option in arguments if message.startswith("No such option") else ():
        if option.startswith("-") and option.lstrip("-").lower() in commands:
            others = [other for other in arguments if other != option]
            return f"{option!r} is a command, not an option; type: {_typed(option.lstrip('-').lower(), *others)}"
    known = command in {*commands, "class", "dev"}
    return f"{message} For what it takes, type: {COMMAND} {command if known else 'grade'} --help"


def _not_a_command(arguments: list[str]) -> str:
    return " ".join(arguments[1:]) if arguments[0] == "help" else arguments[0]


def _instead(arguments: list[str], commands: Collection[str]) -> str:
    """What to type in place of a command that does not exist; nothing where that cannot be told."""
    first, *rest = arguments
    if first == "help":
        exercise = _exercise_called(" ".join(rest))
        return f"to read that exercise, type: {_typed('show', exercise)}" if exercise else ""
    if re.fullmatch(r"(python[\d.]*|py|asyncio-kata|(\S*[/\\])?grader\.py)", first):
        left = [word for word in rest if not word.endswith("grader.py")]
        return f"it is typed once: {_typed(*left)}"
    exercise = _exercise_called(" ".join(arguments)) or _exercise_called(first)
    if exercise:
        return f"to judge that exercise, type: {_typed('run', exercise)}"
    chapter = _chapter_called(" ".join(arguments)) or _chapter_called(first)
    if chapter:
        return f"to judge that chapter, type: {_typed('grade', chapter)}"
    for command, words in _MEANT.items():
        if first.lower() in words:
            return f"type: {_typed(command, *rest)}"
    glued = re.fullmatch(rf"({'|'.join(commands)})(\d.*)", first.lower())
    return f"type: {_typed(glued[1], glued[2], *rest)}" if glued else ""


def _typed(*words: str) -> str:
    return " ".join([COMMAND, *map(shlex.quote, words)])


def _exercise_called(text: str) -> str:
    from kata.cli.project import Project

    try:
        return Project.here().find(text).number
    except Stop:
        return ""


def _chapter_called(text: str) -> str:
    from kata.cli.project import Project

    try:
        return Project.here().catalog.chapter(text, whole=True).number
    except (Stop, LookupError):
        return ""
