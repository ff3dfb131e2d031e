"""How a traced script ended: whether well, and what there is to tell about it. Nobody is given points here."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass, field

import msgspec

from kata.contract.run import Run
from kata.contract.scorecard import Diagnosis
from kata.contract.values import AT_ONCE, Failure
from kata.judge import clean, explain
from kata.judge.diagnosis import OF_ERRORS, Case, diagnose

__all__ = ["TraceVerdict", "verdict_on"]


@dataclass
class TraceVerdict:
    """What to tell about a script that was played."""

    problem: str = ""
    """Why it did not end well; empty when it did."""
    played: bool = True
    """False when it could not really be played: then the problem, in one line, is all there is to say."""
    notes: list[str] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    """What it left behind, with places as the user calls the file."""


def verdict_on(run: Run, name: str, path: str, source: str) -> TraceVerdict:
    """How a script ended.

    Args:
        run: the recording.
        name: what the user calls the script.
        path: what the recording calls it.
        source: its text.
    """
    if run.unfit is not None:
        place = f" in line {run.unfit.at.line}" if run.unfit.at else ""
        advice = clean.advice(run.unfit.message)
        return TraceVerdict(f"{name} is not valid Python{place}: {run.unfit.message}{advice}", played=False)
    # Nobody is judged here, so nothing can be tampered with.
    left = [_of_generators(found, run) for found in clean.find(run, ()) if found.name != "tampering"]
    verdict = TraceVerdict(diagnoses=left)
    if run.limit is not None or run.deadlock is not None:
        _stopped(run, source, verdict)
    elif run.error is not None:
        _raised(run, run.error, name, source, verdict)
    if not run.tasks and not verdict.problem and not left:
        verdict.notes.append("No task ran. asyncio.run(main()) makes the first one and runs it.")
    verdict.notes += _computing(run)
    verdict.diagnoses = [explain.with_its_line(found, source, path) for found in verdict.diagnoses]
    verdict.diagnoses = [
        msgspec.structs.replace(found, file=name) if found.file == path else found for found in verdict.diagnoses
    ]
    return verdict


def _of_generators(found: Diagnosis, run: Run) -> Diagnosis:
    """Where the tasks left behind are such as asyncio makes to close generators: what that means."""
    names = {task.name: task.coroutine for task in run.tasks}
    left = [names.get(task.name, "") for task in run.leaked]
    if found.name != "leaked" or not all(name.endswith(".aclose") for name in left):
        return found
    generator = left[0].removesuffix(".aclose").rpartition(".")[2]
    return msgspec.structs.replace(
        found,
        text=f"Nobody took {generator}() to its end, and it was still being closed when all was over. `async with "
        "contextlib.aclosing(...)` around an asynchronous generator closes it in time.",
    )


def _computing(run: Run) -> list[str]:
    """What the picture does not show: code that computes takes no virtual time."""
    if not run.computed or run.clock == "real":
        return []
    longest = max(run.computed, key=lambda step: step.seconds)
    others = len(run.computed) - 1
    more = f" {others} more step{'s' if others > 1 else ''} computed for long." if others else ""
    return [
        f"{longest.task} computed for {clean.in_seconds(longest.seconds)} of real time at "
        f"{clean.second_of(longest.at)}; in real life nothing else could run meanwhile. Virtual "
        f"time stands still while code computes.{more} --clock real shows it."
    ]


def _stopped(run: Run, source: str, verdict: TraceVerdict) -> None:
    deadlock = run.deadlock
    if run.limit is not None and run.limit.kind == "until":
        verdict.diagnoses = []
        verdict.notes.append(f"It was stopped after {run.limit.message}, as --until asks.")
        return
    if deadlock is not None and run.limit is None and deadlock.outside:
        verdict.diagnoses = [found for found in verdict.diagnoses if found.name not in ("deadlock", "leaked")]
        verdict.notes.append("At the end it only waits for something from outside, which never comes in a trace.")
        return
    stopped = clean.stopped(run)
    verdict.problem = stopped.text if stopped else "It was stopped."
    if run.limit is not None and run.limit.kind in ("seconds", "cpu"):
        where = f" in line {run.limit.at.line}" if run.limit.at else ""
        verdict.problem = (
            f"The script was stopped{where} after {run.limit.message}. It may have more with --seconds, be ended at a "
            "virtual second with --until, or be played in real time with --clock real."
        )
    _explain(run, source, verdict, {"swallowed_cancellation"})


def _explain(run: Run, source: str, verdict: TraceVerdict, names: Collection[str]) -> None:
    """Why it ended so, as far as that is one of these diagnoses."""
    found = diagnose(Case(run, source))
    verdict.diagnoses = [*(each for each in found if each.name in names), *verdict.diagnoses]


def _raised(run: Run, error: Failure, name: str, source: str, verdict: TraceVerdict) -> None:
    line = f" in line {error.traceback[-1].line}" if error.traceback else ""
    if error.type == "SystemExit":
        if error.message not in ("", "0", "None", "False"):
            number = error.message.removeprefix("-").isdecimal() or error.message == "True"
            code = error.message if number else repr(error.message)
            how = "os._exit" if AT_ONCE in error.notes else "sys.exit"
            verdict.problem = f"The script ended{line} with {how}({code})."
    elif error.type == "EOFError" and "keyboard" in error.message:
        verdict.played = False
        verdict.problem = f"{name} asks for input{line}, and there is nothing more to read; give it with --stdin FILE."
    elif error.type == "NotOnVirtualTime":
        verdict.played = False
        verdict.problem = f"{name} cannot be played{line}: {error.message}"
    elif error.type == "ModuleNotFoundError":
        verdict.played = False
        verdict.problem = (
            f"{name} cannot be played: {error.message}{line}; install it in {sys.prefix}, or say where it lies: on "
            "PYTHONPATH, or with --with DIR if the script looks there by itself."
        )
    else:
        verdict.problem = explain.of_failure(run)
        _explain(run, source, verdict, OF_ERRORS)
        if error.type == "FileNotFoundError" and _relative(error.message):
            verdict.notes.append(
                "A traced script works in a folder of its own, with links to what lies beside it; what it is to read "
                "must lie there."
            )
        if "Read-only file system" in error.message:
            verdict.notes.append("A traced script may write in its working directory only, and that is thrown away.")
        out_of_reach = _out_of_reach(error)
        if out_of_reach:
            verdict.notes.append(
                f"A traced script may read its own folder only; let it read {out_of_reach} with --with {out_of_reach}."
            )
        if error.is_a("gaierror") or "Network is unreachable" in error.message:
            verdict.notes.append("A traced script has no network but this machine's own loopback, 127.0.0.1.")


def _out_of_reach(error: Failure) -> str:
    """The directory of a file that is there, and that a traced script was not allowed to see; else empty."""
    if error.type not in ("FileNotFoundError", "PermissionError", "NotADirectoryError"):
        return ""
    path = os.path.normpath(error.message.rpartition(": ")[2].strip("'"))
    return os.path.dirname(path) if os.path.isabs(path) and os.path.exists(path) else ""


def _relative(message: str) -> bool:
    """True when an error tells of a file that was named without its folder."""
    name = message.rpartition(": ")[2].strip("'")
    return bool(name) and not name.startswith("/") and ": " in message
