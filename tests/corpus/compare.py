"""One script, twice: in real time in an interpreter of its own, and on virtual time in the sandbox."""

from __future__ import annotations

import asyncio
import difflib
import importlib.metadata
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kata.contract.request import Limits, Request
from kata.contract.run import Run
from kata.sandbox.client import Connection

__all__ = ["CORPUS", "difference", "missing_packages", "played", "real_output", "recorded", "scripts"]

CORPUS = Path(__file__).parent
LIMITS = Limits(seconds=20.0, cpu=20, output=1 << 20)
REAL_SECONDS = 30.0
TRIES = 3
PACKAGES = CORPUS / "packages"
_NEWER = re.compile(r"# Python (\d+)\.(\d+)$", re.MULTILINE)
_CHOSEN = re.compile(r"0x[0-9a-f]+|(?<='127\.0\.0\.1', )\d+")
"""Addresses and ports, which the system chooses."""
_OUTSIDE = re.compile("subprocess|ProcessPool|multiprocessing|os.fork|run_process|setitimer")
"""Of what lives in real time: processes and alarms."""


def scripts(parts: Sequence[str] = (), *, packages: bool = False) -> list[Path]:
    """The scripts that this Python can run.

    Args:
        parts: only those whose name or family contains one of these.
        packages: those that use packages, and no others; else all others.
    """
    found = sorted(path for path in CORPUS.glob("*/*.py") if (path.parent == PACKAGES) is packages)
    wanted = [path for path in found if not parts or any(part in f"{path.parent.name}/{path.stem}" for part in parts)]
    return [path for path in wanted if _needs(path) <= sys.version_info[:2]]


def _needs(script: Path) -> tuple[int, ...]:
    newer = _NEWER.match(script.read_text(encoding="utf-8"))
    return tuple(map(int, newer.groups())) if newer else (3, 0)


def missing_packages() -> list[str]:
    """What the scripts of ``packages/`` need and this Python lacks; another version counts as lacking."""
    missing = []
    for line in (PACKAGES / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, pinned, version = line.partition("==")
        if pinned:
            try:
                found = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                found = ""
            if found != version:
                missing.append(line)
    return missing


def _stdin(script: Path) -> str:
    beside = script.with_suffix(".txt")
    return beside.read_text(encoding="utf-8") if beside.exists() else ""


def real_output(script: Path) -> list[str]:
    """What it prints in real life; an end other than a good one is another line."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", str(script)],
            input=_stdin(script).encode(),
            capture_output=True,
            timeout=REAL_SECONDS,
            cwd=script.parent,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [f"not over after {REAL_SECONDS:g} seconds"]
    lines = done.stdout.decode().split("\n")
    return [*(lines if lines[-1] else lines[:-1]), *([f"exit {done.returncode}"] if done.returncode else [])]


def played(script: Path, plays: Connection, clock: str = "virtual") -> Run:
    """Its recording."""
    request = Request(
        source=script.read_text(encoding="utf-8"),
        file=str(script),
        action="script",
        folder=str(script.parent),
        stdin=_stdin(script),
        clock=clock,  # type: ignore[arg-type]
        limits=LIMITS,
    )
    return asyncio.run(plays.play(request))


def recorded(script: Path, run: Run) -> str:
    """All of a recording that must come out the same each time, as text.

    Of a script with something that lives in real time, that is only what it printed and how it ended.
    """
    tasks = [msgspec.structs.replace(task, computed=0.0) for task in run.tasks]
    data = msgspec.to_builtins(msgspec.structs.replace(run, tasks=tasks)) | {"cost": 0, "computed": []}
    if _OUTSIDE.search(script.read_text(encoding="utf-8")):
        data = [*run.printed, *_end(run)]
    return _CHOSEN.sub("", msgspec.json.format(msgspec.json.encode(data), indent=1).decode())


def difference(script: Path, real: Sequence[str], run: Run) -> str:
    """What the two printed, as a diff; empty when it is the same.

    In real life a busy machine may be late and the order another one, so that side has `TRIES` in all.
    """
    played_lines = [*run.printed, *_end(run)]
    for _ in range(TRIES - 1):
        if list(real) == played_lines:
            return ""
        real = real_output(script)
    return "\n".join(_diff(real, played_lines))


def _end(run: Run) -> Iterator[str]:
    if run.error is not None and run.error.type == "SystemExit":
        code = run.error.message
        if code not in ("", "0", "None", "False"):
            yield f"exit {code if code.isdigit() else 1}"
    elif run.failed:
        yield "exit 1" if run.error else f"stopped: {run.limit or run.unfit or run.deadlock}"


def _diff(real: Sequence[str], virtual: Sequence[str]) -> Iterator[str]:
    if list(real) != list(virtual):
        yield from difflib.unified_diff(list(real), list(virtual), "for real", "played", lineterm="")
