"""`selftest`: the project's own tests, then the proof that every exercise judges rightly."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from kata.cli import terminal
from kata.cli.errors import NOT_PASSED, Stop
from kata.program import ROOT


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("selftest", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(selftest)


def selftest(
    arguments: Annotated[list[str] | None, typer.Argument(metavar="ARGUMENT", help="Passed on to pytest.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what waits in real time.")] = False,
) -> None:
    """Run the project's own tests, then `dev check`."""
    from kata.cli.dev import prove

    failed: list[str] = []
    terminal.say("== Tests of the program (pytest tests/engine)")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "tests/engine", "-q", *(arguments or [])]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        failed.append("tests/engine")
    terminal.say("")
    terminal.say("== Proof of the exercises (dev check)")
    sys.stdout.flush()
    try:
        prove([], None, "none" if quick else "solutions")
    except Stop as stop:
        terminal.error(stop.message)
        failed.append("dev check")
    except typer.Exit as end:
        if end.exit_code:
            failed.append("dev check")
    terminal.say("")
    if failed:
        terminal.say(f"== Not passed: {', '.join(failed)}.")
        raise typer.Exit(NOT_PASSED)
    terminal.say("== All passed.")
