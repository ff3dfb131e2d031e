"""What is wrong with a command line, in one line that says what to type instead."""

from __future__ import annotations

from collections.abc import Collection

from kata.cli.errors import Stop
from kata.program import COMMAND

__all__ = ["advice"]


def advice(message: str, arguments: list[str], commands: Collection[str]) -> str:
    """The message of the argument parser, and where to read on.

    Args:
        message: what the parser says.
        arguments: the command line that it refused.
        commands: the names of all commands but `dev`.
    """
    command = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if message[-1:] not in (".", "?"):
        message += "."
    if message.startswith("No such command"):
        number = _exercise_called(command)
        if number:
            return f"{command!r} is no command; to judge that exercise, type: {COMMAND} run {number}"
        return f"{message} For the list of commands, type: {COMMAND} --help"
    known = command in {*commands, "class", "dev"}
    return f"{message} For what it takes, type: {COMMAND} {command if known else 'grade'} --help"


def _exercise_called(text: str) -> str:
    from kata.cli.project import Project

    try:
        return Project.here().find(text).number
    except Stop:
        return ""
