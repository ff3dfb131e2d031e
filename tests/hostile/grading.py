"""Grading hostile submissions in lanes beside one another, and what does not hold of what must."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.hostile.files import Hostile
from tests.hostile.lane import ROOT, Outcome
from tests.hostile.outside import descendants

__all__ = ["outcomes", "verdict"]

TOGETHER = "memory/"
"""The kind of which no two are graded at the same time: they use what all lanes share."""

COPIED = ("kata", "exercises", "solutions", "docs", "tests/hidden", "tests/hostile", "grader.py", "pyproject.toml")
"""What a lane needs of the clone. It grades in a copy, so that nothing which gets through does harm."""

PATIENCE = 90.0
"""Real seconds after which a lane is taken for stuck."""


def outcomes(hostiles: Sequence[Hostile], jobs: int) -> Iterator[Outcome]:
    """What came of each, as soon as it is known."""
    waiting: queue.SimpleQueue[list[Hostile]] = queue.SimpleQueue()
    told: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
    together = [hostile for hostile in hostiles if hostile.name.startswith(TOGETHER)]
    for group in [together, *([hostile] for hostile in hostiles if hostile not in together)]:
        waiting.put(group)
    threads = [
        threading.Thread(target=_keep_busy, args=(waiting, told), daemon=True) for _ in range(min(jobs, len(hostiles)))
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        while (outcome := told.get()) is not None:
            yield outcome


def verdict(hostile: Hostile, outcome: Outcome) -> str:
    """``holds``, ``FAILS``, ``open`` (it is known that it does not hold yet), ``holds now`` (it was open), ``skipped``."""
    if any(layer not in outcome.isolation for layer in hostile.needs):
        return "skipped"
    if outcome.faults:
        return "open" if hostile.open else "FAILS"
    return "holds now" if hostile.open else "holds"


def _keep_busy(waiting: queue.SimpleQueue[list[Hostile]], told: queue.SimpleQueue[Outcome | None]) -> None:
    lane: _Process | None = None
    try:
        with contextlib.suppress(queue.Empty):
            while True:
                for hostile in waiting.get_nowait():
                    lane = lane or _Process()
                    outcome = lane.outcome(hostile)
                    if outcome is None:
                        lane.end()
                        lane = None
                        outcome = Outcome(hostile.name, status="broken", faults=["its lane broke down or was stuck"])
                    told.put(outcome)
    finally:
        if lane is not None:
            lane.end()
        told.put(None)


class _Process:
    """This end of a lane."""

    def __init__(self) -> None:
        self._temporary = tempfile.mkdtemp(prefix="hostile-")
        self._clone = Path(tempfile.mkdtemp(prefix="hostile-clone-"))
        for part in COPIED:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, self._clone / part)
            else:
                shutil.copy2(ROOT / part, self._clone / part)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.lane"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._clone,
            env=os.environ | {"TMPDIR": self._temporary, "PYTHONPATH": str(self._clone)},
            text=True,
            bufsize=1,
        )

    def outcome(self, hostile: Hostile) -> Outcome | None:
        """What the lane says; None when it is broken."""
        assert self._process.stdin is not None and self._process.stdout is not None
        timer = threading.Timer(PATIENCE, self._kill)
        timer.start()
        try:
            self._process.stdin.write(hostile.name + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            return None
        finally:
            timer.cancel()
        return Outcome(**json.loads(line)) if line else None

    def _kill(self) -> None:
        for pid in [*descendants(self._process.pid), self._process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """End it with all that is below it."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._kill()
        self._process.wait()
        _remove(Path(self._temporary))
        _remove(self._clone)


def _remove(folder: Path) -> None:
    """Remove a folder, however deep it is."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        subprocess.run(["chattr", "-R", "-i", str(folder)], check=False, capture_output=True)
        subprocess.run(["rm", "-rf", str(folder)], check=False, stderr=subprocess.DEVNULL)
