"""Grade the same submissions again and again while every core is busy: ``python -m tests.steadiness --grades 200``.

Each submission mixes right answers with wrong ones, so that messages and diagnoses are compared too. Everything in
the scorecard must come out the same, recordings included. Only what a grade costs in real seconds may differ, and
where code that never ends was stopped. Exit code 1 when something else does; it is printed with its place.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kata.project.catalog_reader import load

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = re.compile("0x[0-9a-f]+")
"""What a submission's own text may hold."""

REAL = frozenset({"seconds", "cost"})
"""Fields of the scorecard that tell real seconds."""


def mixed_submission(directory: Path, mixture: int) -> None:
    """Fill ``directory`` with one answer to each exercise, right or wrong; each ``mixture`` takes others."""
    for number, exercise in enumerate(load(ROOT).exercises):
        answers = sorted((ROOT / "tests" / "answers" / exercise.id).glob("*.py"))
        # Processor time is real on both clocks, so what is made of it differs each time.
        answers = [answer for answer in answers if "process_time" not in answer.read_text(encoding="utf-8")]
        answer = answers[(number + mixture) % len(answers)]
        target = directory / f"{exercise.id}.py"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(answer, target)


def grade(directory: Path) -> dict[str, Any]:
    """The scorecard of an uncached grade, as plain data."""
    command = [sys.executable, "grader.py", "grade", "--submission", str(directory), "--no-cache", "--json", "-"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The grade failed with exit code {done.returncode}: {done.stderr or done.stdout}")
    card: dict[str, Any] = json.loads(ADDRESS.sub("", done.stdout))
    for exercise in card["exercises"]:
        for criterion in exercise["criteria"]:
            if any(run["limit"] for run in criterion["runs"]):
                # That code which never ends was stopped is certain; where, and by which limit, depends on real time.
                exercise["message"] = ""
                criterion |= {"runs": [], "message": "", "diagnoses": [], "played": 0}
    return card


def differences(first: Any, other: Any, place: str = "") -> Iterator[str]:
    """The places where two scorecards differ."""
    if isinstance(first, dict) and isinstance(other, dict):
        for key in sorted(first.keys() | other.keys()):
            if key not in REAL:
                yield from differences(first.get(key), other.get(key), f"{place}.{key}")
    elif isinstance(first, list) and isinstance(other, list) and len(first) == len(other):
        for number, pair in enumerate(zip(first, other, strict=True)):
            name = pair[0].get("id") or pair[0].get("test") if isinstance(pair[0], dict) else None
            yield from differences(*pair, f"{place}[{name or number}]")
    elif first != other:
        yield f"{place}: {first!r} and then {other!r}"


def _compute() -> None:
    while True:
        pass


def main() -> int:
    """Entry of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.steadiness", description=__doc__)
    parser.add_argument("--grades", type=int, default=20)
    parser.add_argument("--mixtures", type=int, default=5, help="how many submissions, each graded as often")
    parser.add_argument("--busy", type=int, default=os.cpu_count() or 1, help="processes that compute beside it")
    options = parser.parse_args()
    busy = [multiprocessing.Process(target=_compute, daemon=True) for _ in range(options.busy)]
    for process in busy:
        process.start()
    began = time.monotonic()
    differing = 0
    for mixture in range(options.mixtures):
        with tempfile.TemporaryDirectory() as name:
            directory = Path(name)
            mixed_submission(directory, mixture)
            first = grade(directory)
            for number in range(2, options.grades // options.mixtures + 1):
                found = list(differences(first, grade(directory)))
                differing += bool(found)
                for line in found[:20]:
                    print(f"mixture {mixture}, grade {number}: {line}", flush=True)
    for process in busy:
        process.kill()
    criteria = [criterion for exercise in first["exercises"] for criterion in exercise["criteria"]]
    print(
        f"Python {first['python']}: {options.grades} grades of {options.mixtures} submissions with {len(criteria)} "
        f"criteria, beside {options.busy} busy processes. {differing} grades differed from the first of their "
        f"submission. {(time.monotonic() - began) / options.grades:.1f} s a grade"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
