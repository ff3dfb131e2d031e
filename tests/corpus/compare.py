"""One script, twice: in real time in an interpreter of its own, and on virtual time in the sandbox."""

from __future__ import annotations

import asyncio
import difflib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kata.contract.request import Limits, Request
from kata.contract.run import Run
from kata.sandbox.client import Connection

__all__ = ["CORPUS", "difference", "played", "real_output", "scripts"]

CORPUS = Path(__file__).parent
LIMITS = Limits(seconds=20.0, cpu=20, output=1 << 20)
REAL_SECONDS = 60.0


def scripts(parts: Sequence[str] = ()) -> list[Path]:
    """All scripts whose name or family contains one of these parts."""
    found = sorted(path for path in CORPUS.glob("*/*.py") if not path.name.startswith("_"))
    return [path for path in found if not parts or any(part in f"{path.parent.name}/{path.stem}" for part in parts)]


def _stdin(script: Path) -> str:
    beside = script.with_suffix(".txt")
    return beside.read_text(encoding="utf-8") if beside.exists() else ""


def real_output(script: Path) -> list[str]:
    """What it prints in real life; an end other than a good one is another line."""
    done = subprocess.run(
        [sys.executable, "-s", str(script)],
        input=_stdin(script).encode(),
        capture_output=True,
        timeout=REAL_SECONDS,
        cwd=script.parent,
        check=False,
    )
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


def difference(real: Sequence[str], run: Run) -> str:
    """What the two printed, as a diff; empty when it is the same."""
    return "\n".join(_diff(real, [*run.printed, *_end(run)]))


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
