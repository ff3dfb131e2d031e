"""`trace`: play any asyncio script on virtual time and draw what its tasks did."""

from __future__ import annotations

import contextlib
import io
import math
import os
import stat
import sys
import time
import tokenize
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.grade import Clock
from kata.program import COMMAND

if TYPE_CHECKING:
    from rich.console import Console

    from kata.contract.run import Run
    from kata.contract.scorecard import Diagnosis
    from kata.contract.values import Failure

STDIN = "-"
MAX_SCRIPT = 1024 * 1024
"""Bytes."""

PATIENCE = {Clock.virtual: 5.0, Clock.real: 60.0}
"""Real seconds that a script may take when nothing else is said."""

OUTPUT = 1024 * 1024
"""Bytes of printed text that are kept."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("trace")(trace)


def trace(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A Python script that runs asyncio; - is stdin.")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="-- ARGUMENT", help="The script's own arguments.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Show the picture here, too, beside --svg or --json.")] = False,
    svg: Annotated[str, typer.Option(metavar="FILE", help="Draw it as SVG; - is stdout.")] = "",
    json: Annotated[str, typer.Option(metavar="FILE", help="Write the recording as JSON; - is stdout.")] = "",
    clock: Annotated[
        Clock, typer.Option("--clock", help="virtual takes no time; real takes as long as it says.")
    ] = Clock.virtual,
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", metavar="N", min=0.1, max=3600, help="Stop it after N real seconds (5; 60 on real)."),
    ] = None,
) -> None:
    """Play any asyncio script on virtual time and draw what its tasks did."""
    if seconds is not None and not math.isfinite(seconds):
        raise Stop("--seconds takes a number; leave it out for the usual limit.", USAGE)
    targets = {option: target for option, target in {"--svg": svg, "--json": json}.items() if target}
    output_files.check(targets)
    script = _Script(file)
    run = script.play(arguments or [], clock, seconds or PATIENCE[clock])
    ending = _Ending(run, script)
    if json:
        from kata.reports import json_report

        output_files.write(json, json_report.render_run(run))
    if svg:
        from kata.reports import svg as picture

        canvas = picture.canvas()
        ending.show(canvas)
        output_files.write(svg, picture.render(canvas, f"{COMMAND} trace {script.name}"))
    if ending.in_a_line:
        terminal.error(ending.problem)
    if text or not (svg or json):
        if run.tasks or run.lines or not ending.in_a_line:
            ending.show(terminal.console(stderr=output_files.STDOUT in targets.values()))
    elif ending.problem and not ending.in_a_line:
        terminal.error(ending.problem.splitlines()[0])
    if ending.problem:
        raise typer.Exit(NOT_PASSED)


class _Script:
    """A script on disk, or from standard input.

    Raises:
        Stop: it cannot be read.
    """

    def __init__(self, file: str) -> None:
        self.name = "stdin" if file == STDIN else file
        self.source = _decoded(self.name, sys.stdin.buffer.read(MAX_SCRIPT + 1) if file == STDIN else _bytes(file))
        self.path = "<stdin>" if file == STDIN else os.path.realpath(file)
        self.folder = os.getcwd() if file == STDIN else os.path.dirname(self.path)

    def play(self, arguments: list[str], clock: Clock, seconds: float) -> Run:
        """Play it in the sandbox.

        Raises:
            Stop: the sandbox does not work.
        """
        import asyncio

        from kata.contract.request import Limits, Request
        from kata.sandbox.client import Sandbox, SandboxError, Spawner

        request = Request(
            source=self.source,
            file=self.path,
            action="script",
            argv=arguments,
            folder=self.folder,
            clock=clock.value,
            wall_ns=time.time_ns(),
            limits=Limits(seconds=seconds, cpu=math.ceil(seconds), output=OUTPUT),
        )
        try:
            with contextlib.ExitStack() as stack:
                plays = stack.enter_context(Sandbox(1)).connections[0] if hasattr(os, "fork") else Spawner()
                if sys.stderr.isatty():
                    stack.enter_context(terminal.console(stderr=True).status(f"Playing {self.name}"))
                return asyncio.run(plays.play(request))
        except SandboxError as error:
            raise Stop(f"The sandbox failed: {error}", FAILED) from error


def _bytes(file: str) -> bytes:
    try:
        status = os.stat(file)
        if stat.S_ISDIR(status.st_mode):
            raise Stop(f"{file} is a directory; name one Python file.", USAGE)
        if not stat.S_ISREG(status.st_mode):
            raise Stop(f"{file} is no plain file; name one Python file, or - for standard input.", USAGE)
        with open(file, "rb") as stream:
            return stream.read(MAX_SCRIPT + 1)
    except FileNotFoundError as error:
        raise Stop(f"There is no file {file}; name a Python script.", USAGE) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Stop(f"{file} cannot be read ({reason}); name a Python script.", USAGE) from error


def _decoded(name: str, data: bytes) -> str:
    if len(data) > MAX_SCRIPT:
        raise Stop(f"{name} is larger than {MAX_SCRIPT >> 20} MiB; trace a shorter script.", USAGE)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise Stop(f"{name} is not Python: its text cannot be decoded; name a Python script.", USAGE) from error
    if "\0" in text:
        raise Stop(f"{name} is not Python: it holds null bytes; name a Python script.", USAGE)
    return text.removeprefix("\ufeff")


class _Ending:
    """How a script ended: what to tell, and whether it ended well."""

    def __init__(self, run: Run, script: _Script) -> None:
        self.run = run
        self.script = script
        self.problem = ""
        """Why it did not end well; empty when it did."""
        self.in_a_line = False
        """True when it could not really be played, and the problem is all there is to say."""
        self.notes: list[str] = []
        self.diagnoses: list[Diagnosis] = []
        if run.unfit is not None:
            place = f" in line {run.unfit.at.line}" if run.unfit.at else ""
            self._cannot(f"{script.name} is not valid Python{place}: {run.unfit.message}")
            return
        self._look_behind()
        if run.limit is not None or run.deadlock is not None:
            self._stopped()
        elif run.error is not None:
            self._raised(run.error)

    def show(self, console: Console) -> None:
        """Print the timeline and what there is to tell."""
        from kata.reports import tracing

        problem = "" if self.in_a_line else self.problem
        name, diagnoses = self.script.name, self.diagnoses
        if problem in [diagnosis.text for diagnosis in diagnoses]:
            problem = ""
        tracing.show(self.run, name, console, problem=problem, diagnoses=diagnoses, notes=self.notes)

    def _cannot(self, problem: str) -> None:
        self.problem, self.in_a_line = problem, True

    def _look_behind(self) -> None:
        """What the script left behind."""
        from kata.judge import clean

        # Nobody is judged here, so nothing can be tampered with.
        self.diagnoses = [self._here(found) for found in clean.find(self.run, ()) if found.name != "tampering"]

    def _here(self, found: Diagnosis) -> Diagnosis:
        """A diagnosis with its place as the user calls the file."""
        import msgspec

        return msgspec.structs.replace(found, file=self.script.name) if found.file == self.script.path else found

    def _stopped(self) -> None:
        from kata.judge import clean

        deadlock = self.run.deadlock
        if deadlock is not None and self.run.limit is None and all(_serves(task.what) for task in deadlock.tasks):
            self.diagnoses = [found for found in self.diagnoses if found.name not in ("deadlock", "leaked")]
            self.notes.append("At the end it only waits for something from outside, which never comes in a trace.")
            return
        stopped = clean.stopped(self.run)
        self.problem = stopped.text if stopped else "It was stopped."
        self._explain({"swallowed_cancellation"})

    def _explain(self, names: Collection[str]) -> None:
        """Why it ended so, as far as that is one of these diagnoses."""
        from kata.judge.diagnosis import Case, diagnose

        found = diagnose(Case(self.run, self.script.source))
        self.diagnoses = [*(self._here(each) for each in found if each.name in names), *self.diagnoses]

    def _raised(self, error: Failure) -> None:
        from kata.judge import explain
        from kata.judge.diagnosis import OF_ERRORS

        name = self.script.name
        line = f" in line {error.traceback[-1].line}" if error.traceback else ""
        if error.type == "SystemExit":
            if error.message not in ("", "0", "None"):
                self.problem = f"The script ended{line} with sys.exit({error.message})."
        elif error.type == "EOFError" and "keyboard" in error.message:
            self._cannot(
                f"{name} asks for input{line}, and here nobody types; "
                "write the answer into the script, or pass it as an argument after --."
            )
        elif error.type == "ModuleNotFoundError":
            self._cannot(f"{name} cannot be played: {error.message}{line}; install it in {sys.prefix}.")
        else:
            self.problem = explain.of_failure(self.run)
            self._explain(OF_ERRORS)
            if error.is_a("gaierror") or "Network is unreachable" in error.message:
                self.notes.append("A traced script has no network but this machine's own loopback, 127.0.0.1.")


def _serves(what: str) -> bool:
    """True for a wait that ends only from outside, as a server's."""
    return what.endswith("Server.serve_forever")
