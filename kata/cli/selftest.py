"""`selftest`: the project's own tests, then the proof that every exercise judges rightly."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from kata.cli import clone, screen
from kata.cli.stopping import NOT_PASSED, Stop


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
    screen.say("== Tests of the program (pytest tests/engine)")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "tests/engine", "-q", *(arguments or [])]
    if subprocess.run(command, cwd=clone.ROOT, check=False).returncode != 0:
        failed.append("tests/engine")
    screen.say("")
    screen.say("== Proof of the exercises (dev check)")
    sys.stdout.flush()
    try:
        prove([], None, "none" if quick else "solutions")
    except Stop as stop:
        screen.error(stop.message)
        failed.append("dev check")
    except typer.Exit as end:
        if end.exit_code:
            failed.append("dev check")
    screen.say("")
    if failed:
        screen.say(f"== Not passed: {', '.join(failed)}.")
        raise typer.Exit(NOT_PASSED)
    screen.say("== All passed.")
