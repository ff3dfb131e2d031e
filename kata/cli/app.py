"""The program `python grader.py`: its commands put together, and every way in which one can end."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kata import __version__
from kata.cli import browse, dev, grade, learner_files, selftest, terminal, trace
from kata.cli.errors import DONE, FAILED, INTERRUPTED, PIPE_CLOSED, USAGE, PipeClosed, Stop
from kata.program import COMMAND

HELP = f"""Exercises for Python's asyncio, judged on virtual time.

{COMMAND} alone judges what changed and names the next exercise. NAME is 05.02, wait_to_gather, a path, or
any part that only one exercise has.
"""

app = typer.Typer(
    help=HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        terminal.say(f"asyncio-kata {__version__}, Python {sys.version.split()[0]}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when the grader fails.")] = False,
) -> None:
    """Options of the program itself; `run` takes --debug out of any place before it comes here."""


for module in (grade, browse, trace, learner_files, dev, selftest):
    module.register(app)


def run(argv: Sequence[str], broken: Callable[[], str] = lambda: "") -> int:
    """Run one command line and return its exit code; nothing is raised but `KeyboardInterrupt` twice.

    Args:
        argv: without the name of the program.
        broken: asked when the grader fails, see `kata.cli.main`.
    """
    terminal.forgiving_streams()
    arguments, debug = _without_debug(argv)
    if debug:
        os.environ["KATA_DEBUG"] = "1"  # the judge then shows its own tracebacks as well
    try:
        _invoke(_with_default(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _interrupted()
    except (BrokenPipeError, PipeClosed):
        return _pipe_closed()
    except Stop as stop:
        if debug and stop.__cause__ is not None:
            traceback.print_exception(stop)
        terminal.error((stop.code == FAILED and broken()) or stop.message)
        return stop.code
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return _interrupted()
    except Exception as error:
        # typer carries click under one name or another, by version; its usage errors have this method.
        if hasattr(error, "format_message"):
            terminal.error(_usage(error.format_message(), arguments))
            return USAGE
        if debug:
            traceback.print_exception(error)
        if isinstance(error, OSError):
            terminal.silence()  # a full disk behind stdout, perhaps: do not fail again while Python ends
        terminal.error(broken() or _own_failure(error, debug))
        return FAILED
    return DONE


def _invoke(arguments: list[str]) -> None:
    # Not through `main`, which would answer Ctrl-C and closed pipes in its own way, with exit code 1.
    command = typer.main.get_command(app)
    with command.make_context(COMMAND, arguments) as context:
        command.invoke(context)


def _without_debug(argv: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments without --debug; what follows `selftest` belongs to pytest and stays."""
    wanted = os.environ.get("KATA_DEBUG", "") not in ("", "0")
    arguments: list[str] = []
    for index, argument in enumerate(argv):
        if argument in ("selftest", "--"):
            return [*arguments, *argv[index:]], wanted
        if argument == "--debug":
            wanted = True
        else:
            arguments.append(argument)
    return arguments, wanted


def _with_default(arguments: list[str]) -> list[str]:
    if not arguments:
        return ["grade"]
    if arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version"):
        return ["grade", *arguments]
    return arguments


def _usage(message: str, arguments: list[str]) -> str:
    command = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if message[-1:] not in (".", "?"):
        message += "."
    if message.startswith("No such command"):
        for exercise in _exercise_called(command):
            return f"{command!r} is no command; to judge that exercise, type: {COMMAND} run {exercise}"
        return f"{message} For the list of commands, type: {COMMAND} --help"
    known = command in {entry.name for entry in app.registered_commands} | {"dev"}
    advice = f"{COMMAND} {command if known else 'grade'} --help"
    return f"{message} For what it takes, type: {advice}"


def _exercise_called(text: str) -> list[str]:
    from kata.cli.project import Project

    try:
        return [Project.here().find(text).number]
    except Stop:
        return []


def _own_failure(error: Exception, debug: bool) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    advice = "please report it" if debug else "add --debug to see the traceback, and please report it"
    return f"The grader itself failed ({type(error).__name__}: {error}){place}; {advice}."


def _interrupted() -> int:
    sys.stderr.write("\n")
    terminal.error("Stopped.")
    return INTERRUPTED


def _pipe_closed() -> int:
    terminal.silence()
    return PIPE_CLOSED
