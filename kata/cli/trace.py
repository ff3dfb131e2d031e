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
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import module_files, output_files, terminal
from kata.cli.arguments import Clock
from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.project import Project
from kata.program import COMMAND

if TYPE_CHECKING:
    from rich.console import Console

    from kata.contract.run import Run
    from kata.judge.trace_verdict import TraceVerdict
    from kata.reports.timeline import View

STDIN = "-"
MAX_SCRIPT = 1024 * 1024
"""Bytes."""

PATIENCE = {Clock.virtual: 5.0, Clock.real: 60.0}
"""Real seconds that a script may take when nothing else is said."""

NAMED = 8
"""Names that are offered where none is of that name."""

OUTPUT = 1024 * 1024
"""Bytes of printed text that are kept."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("trace")(trace)


def trace(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A Python script that runs asyncio; - is stdin.", show_default=False)
    ] = "",
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="-- ARGUMENT", help="The script's own arguments.")
    ] = None,
    module: Annotated[str, typer.Option("-m", metavar="MODULE", help="A module in place of FILE, as python -m.")] = "",
    summary: Annotated[bool, typer.Option("--summary", help="Add a table of how each task spent its time.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NAME", help="Draw only tasks of that name or function; * is anything; may be repeated."
        ),
    ] = None,
    start: Annotated[
        float | None, typer.Option("--from", metavar="S", min=0, help="Begin the picture at second S.")
    ] = None,
    end: Annotated[float | None, typer.Option("--to", metavar="S", min=0, help="End the picture at second S.")] = None,
    beside: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="DIR", help="Another directory that it may read; may be repeated."),
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Show the picture here, too, where a file is written.")] = False,
    svg: Annotated[str, typer.Option(metavar="FILE", help="Draw it as SVG; - is stdout.")] = "",
    html: Annotated[str, typer.Option(metavar="FILE", help="Write a page that replays it turn by turn.")] = "",
    json: Annotated[str, typer.Option(metavar="FILE", help="Write the recording as JSON; - is stdout.")] = "",
    perfetto: Annotated[
        str, typer.Option(metavar="FILE", help="Write trace events, for ui.perfetto.dev and chrome://tracing.")
    ] = "",
    clock: Annotated[
        Clock, typer.Option("--clock", help="virtual takes no time; real takes as long as it says.")
    ] = Clock.virtual,
    until: Annotated[
        float | None,
        typer.Option(
            "--until", metavar="S", min=0, help="End it at virtual second S, for scripts that go on for ever."
        ),
    ] = None,
    stdin: Annotated[
        str, typer.Option("--stdin", metavar="FILE", help="What it reads from its standard input; - is yours.")
    ] = "",
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", metavar="N", min=0.1, max=3600, help="Stop it after N real seconds (5; 60 on real)."),
    ] = None,
) -> None:
    """Play any asyncio script on virtual time and draw its tasks."""
    from kata.judge.trace_verdict import verdict_on

    if seconds is not None and not math.isfinite(seconds):
        raise Stop("--seconds takes a number; leave it out for the usual limit.", USAGE)
    if until is not None and (not math.isfinite(until) or clock is Clock.real):
        raise Stop("--until takes a number of virtual seconds; on the real clock use --seconds.", USAGE)
    asked = {"--svg": svg, "--html": html, "--json": json, "--perfetto": perfetto}
    targets = {option: target for option, target in asked.items() if target}
    view = _view(only or [], start, end)
    output_files.check(targets)
    script = Script(file, module, beside or [])
    if module and file:
        arguments = [file, *(arguments or [])]
    to_read = _to_read(stdin, file) if stdin else ""
    patience = seconds or PATIENCE[clock] * (2 if html else 1)
    run = script.play(arguments or [], clock, patience, until, to_read, detail=bool(html))
    verdict = verdict_on(run, script.name, script.path, script.source)
    _check_view(view, run)

    def draw(console: Console) -> None:
        _draw(run, script, verdict, console, view, summary)

    if json:
        from kata.reports import json_report

        output_files.write(json, json_report.render_run(run))
    if html:
        from kata.cli.replay_pages import page_of_script

        output_files.write(html, page_of_script(run, script.name, script.source, verdict.problem))
    if svg:
        from kata.reports import svg as picture

        canvas = picture.canvas()
        draw(canvas)
        output_files.write(svg, picture.render(canvas, f"{COMMAND} trace {script.name}"))
    if perfetto:
        from kata.reports import perfetto as events

        output_files.write(perfetto, events.render(run, script.name))
    drawn_here = text or not targets
    if verdict.problem and not (verdict.played and drawn_here):
        terminal.error(verdict.problem if not verdict.played else verdict.problem.splitlines()[0])
    if drawn_here and (verdict.played or run.tasks or len(run.lines) > 1):
        draw(terminal.console(stderr=output_files.STDOUT in targets.values()))
    if verdict.problem:
        raise typer.Exit(NOT_PASSED)


def show(file: str) -> None:
    """Play a script as ``trace FILE`` does and show what it did; where there is nothing to draw, why it did not run.

    Raises:
        Stop: see `trace`.
    """
    from kata.judge.trace_verdict import verdict_on

    script = Script(file)
    run = script.play([], Clock.virtual, PATIENCE[Clock.virtual])
    verdict = verdict_on(run, script.name, script.path, script.source)
    if verdict.played or run.tasks or run.lines:
        _draw(run, script, verdict, terminal.console())
    elif verdict.problem:
        terminal.error(verdict.problem)


def _view(only: list[str], start: float | None, end: float | None) -> View:
    """The part of the recording that is asked for."""
    from kata.reports.timeline import View

    first, last = start or 0.0, math.inf if end is None else end
    if not math.isfinite(first) or math.isnan(last) or first >= last:
        raise Stop("--from takes a second before that of --to.", USAGE)
    return View(tuple(only), first, last)


def _check_view(view: View, run: Run) -> None:
    """Say so when there is nothing of what is asked for."""
    if view.only and not any(map(view.shows, run.tasks)):
        names = list(dict.fromkeys(name for task in run.tasks for name in (task.coroutine, task.name)))
        known = f"there were {', '.join(names[:NAMED])}{', …' if names[NAMED:] else ''}" if names else "there was none"
        raise Stop(f"No task is called {' or '.join(view.only)}; {known}.", USAGE)
    if view.start > run.elapsed:
        raise Stop(f"It ended at second {run.elapsed:.12g}; --from takes one before that.", USAGE)


def _draw(
    run: Run, script: Script, verdict: TraceVerdict, console: Console, view: View | None = None, summary: bool = False
) -> None:
    """Print the timeline and what there is to tell."""
    from kata.reports import tracing

    said = [diagnosis.text for diagnosis in verdict.diagnoses]
    problem = verdict.problem if verdict.played and verdict.problem not in said else ""
    tracing.show(
        run,
        script.name,
        console,
        problem=problem,
        diagnoses=verdict.diagnoses,
        notes=verdict.notes,
        view=view or tracing.ALL,
        summary=summary,
    )


class Script:
    """A script on disk, a module, or a script from standard input.

    Args:
        file: its path; ``-`` is standard input.
        module: the name of a module in place of a file.
        beside: more directories that it may read.

    Raises:
        Stop: it cannot be read.
    """

    def __init__(self, file: str, module: str = "", beside: Sequence[str] = ()) -> None:
        if not file and not module:
            raise Stop("Name a Python script, or a module with -m.", USAGE)
        absent = next((each for each in beside if not os.path.isdir(each)), None)
        if absent is not None:
            raise Stop(f"There is no directory {absent}; --with takes one that the script may read.", USAGE)
        self.beside = [os.path.realpath(each) for each in beside]
        self.search = module_files.python_path()
        self.module = ""
        if module:
            self.module, file = module_files.find_module(module, [os.getcwd(), *self.search])
        self.name = "stdin" if file == STDIN else module or file
        self.source = _decoded(self.name, _bytes_of_stdin() if file == STDIN else _bytes(file))
        self.path = "<stdin>" if file == STDIN else os.path.realpath(file)
        self.folder = os.getcwd() if module or file == STDIN else os.path.dirname(self.path)

    def play(
        self,
        arguments: list[str],
        clock: Clock,
        seconds: float,
        until: float | None = None,
        stdin: str = "",
        *,
        detail: bool = False,
    ) -> Run:
        """Play it in the sandbox.

        Args:
            arguments: its own.
            clock: on which clock.
            seconds: real ones that it may take.
            until: the virtual second at which it is over.
            stdin: what it reads.
            detail: record the turns of its event loop, too.

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
            beside=self.beside,
            path=self.search,
            module=self.module,
            clock=clock.value,
            wall_ns=time.time_ns(),
            until=until,
            stdin=stdin,
            detail=detail,
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


def _bytes_of_stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_SCRIPT + 1)
    except OSError as error:
        raise Stop(f"Standard input cannot be read ({error.strerror}); name a Python script.", USAGE) from error


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
        raise Stop(f"There is no file {file}; {_script_meant(file)}.", USAGE) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Stop(f"{file} cannot be read ({reason}); name a Python script.", USAGE) from error


def _to_read(name: str, script: str) -> str:
    """What the script is to read."""
    if name == STDIN == script:
        raise Stop("The script comes from standard input itself; --stdin takes a file then.", USAGE)
    try:
        with open(sys.stdin.fileno() if name == STDIN else name, "rb", closefd=name != STDIN) as stream:
            data = stream.read(MAX_SCRIPT + 1)
        if len(data) > MAX_SCRIPT:
            raise Stop(f"--stdin {name} is larger than {MAX_SCRIPT >> 20} MiB; give the script less to read.", USAGE)
        return data.decode()
    except UnicodeDecodeError as error:
        raise Stop(f"--stdin {name} is not UTF-8; save it as UTF-8, or name another file.", USAGE) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Stop(f"--stdin {name} cannot be read ({reason}); name a text file, or - for your own.", USAGE) from error


def _script_meant(name: str) -> str:
    """What to name in place of a file that is not there: that of the exercise of this name, where there is one."""
    try:
        project = Project.here()
        return f"the file of that exercise is {project.path(project.find(name))}"
    except Stop:
        return "name a Python script"


def _decoded(name: str, data: bytes) -> str:
    if len(data) > MAX_SCRIPT:
        raise Stop(f"{name} is larger than {MAX_SCRIPT >> 20} MiB; trace a shorter script.", USAGE)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        if b"\0" in data:
            raise Stop(f"{name} is not Python: it holds null bytes; name a Python script.", USAGE) from error
        if not isinstance(error, UnicodeDecodeError):
            raise Stop(f"{name} is not Python: {error}; name an encoding that Python knows.", USAGE) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise Stop(
            f"{name} is not UTF-8 in line {line}; save it as UTF-8, or name its encoding in the first line, such as "
            "# coding: latin-1.",
            USAGE,
        ) from error
    if "\0" in text:
        raise Stop(f"{name} is not Python: it holds null bytes; name a Python script.", USAGE)
    return text.removeprefix("\ufeff")
