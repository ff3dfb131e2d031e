"""The program of the command line: its commands put together, and every way in which one can end."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kata import __version__
from kata.cli import (
    browse,
    classroom,
    dev,
    editor,
    folder,
    grade,
    learner_files,
    replay,
    selftest,
    streams,
    terminal,
    trace,
    watch,
    wrong_usage,
)
from kata.cli import run as run_command
from kata.cli.errors import DONE, FAILED, INTERRUPTED, PIPE_CLOSED, USAGE, OutputLost, PipeClosed, Stop
from kata.program import COMMAND

HELP = f"""Exercises for Python's asyncio, judged on virtual time.

{COMMAND} alone judges what changed and names the next exercise. NAME is 05.02, wait_to_gather, a title, a
path, or any part that only one exercise has.
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


for module in (
    grade, run_command, watch, browse, editor, trace, replay, learner_files, folder, classroom, dev, selftest
):  # fmt: skip
    module.register(app)


@app.command("help")
def show_help(
    command: Annotated[list[str] | None, typer.Argument(metavar="COMMAND", help="Such as run, or dev check.")] = None,
) -> None:
    """Explain the program, or one command."""
    _invoke([*(command or []), "--help"])


def run(argv: Sequence[str], broken: Callable[[], str] = lambda: "") -> int:
    """Run one command line and return its exit code; nothing is raised but `KeyboardInterrupt` twice.

    Args:
        argv: without the name of the program.
        broken: asked when the grader fails, see `kata.cli.main`.
    """
    streams.prepare()
    try:
        code = _ended(argv, broken)
        sys.stdout.flush()
    except PipeClosed:
        streams.silence(sys.stdout)
        return PIPE_CLOSED
    except OutputLost as lost:
        streams.silence(sys.stdout)
        terminal.error(f"Standard output cannot be written ({lost}); make room, or send it elsewhere.")
        return FAILED
    return code


def _ended(argv: Sequence[str], broken: Callable[[], str]) -> int:
    """The exit code of one command line. Only what standard output refuses is raised."""
    arguments, debug = _without_debug(argv)
    arguments = wrong_usage.as_meant(arguments, [*_commands(), "dev"])
    if debug:
        os.environ["KATA_DEBUG"] = "1"  # the judge then shows its own tracebacks as well
    try:
        _invoke(_with_default(arguments))
    except (PipeClosed, OutputLost):
        raise
    except KeyboardInterrupt:
        return _interrupted()
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
            terminal.error(wrong_usage.advice(error.format_message(), arguments, _commands()))
            return USAGE
        if debug:
            traceback.print_exception(error)
        terminal.error(broken() or _own_failure(error, debug))
        return FAILED
    return DONE


def _commands() -> list[str]:
    """The names of all commands but `dev`."""
    return [str(command.name) for command in app.registered_commands]


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


def _own_failure(error: Exception, debug: bool) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    advice = "please report it" if debug else "add --debug to see the traceback, and please report it"
    return f"The grader itself failed ({type(error).__name__}: {error}){place}; {advice}."


def _interrupted() -> int:
    terminal.error("Stopped.", on_new_line=True)
    return INTERRUPTED
