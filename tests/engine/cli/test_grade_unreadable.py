"""A class goes on: what one answer does to its play is no affair of the others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
RIGHT = "05_gather_and_wait/02_wait_to_gather"
ODD = "05_gather_and_wait/01_gather_basics"

ANSWERS = {
    "a number beyond 64 bits": "await fetch(10**30)",
    "a number that Python does not write": "return 10**20_000",
    "a surrogate": "await fetch('\\ud800'); print('\\ud800'); raise KeyError('\\ud800')",
    "a task whose name is no text": "asyncio.current_task().set_name(10**30); await fetch(1)",
    "an answer of 500 MB": "return 'x' * 500_000_000",
    "a message that stops in the middle": "os.write(3, b'\\0\\0\\1\\0x'); os._exit(0)",
    "a fault of the player's": "os.write(3, bytes([0, 0, 0, 10]) + b'\\x92\\xa6broken\\xa1x'); os._exit(0)",
    "a class that lies about its name": "return type('M', (type,), {'__name__': 10**30})('C', (), {})()",
}


@pytest.mark.parametrize("line", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_cannot_be_read_costs_its_own_exercise_alone(tmp_path, line) -> None:
    solution = (ROOT / "solutions" / f"{RIGHT}.py").read_text(encoding="utf-8")
    odd = f"import asyncio, os\nasync def open_page(fetch, *others):\n    {line}\n"
    for exercise, text in ((RIGHT, solution), (ODD, odd)):
        path = tmp_path / f"{exercise}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "grader.py", "grade", "05.01", "05.02", "--submission", str(tmp_path), "--json", "-"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    verdicts = {verdict["id"]: verdict for verdict in json.loads(done.stdout)["exercises"]}
    assert verdicts[RIGHT]["points"] == verdicts[RIGHT]["max_points"]
    assert verdicts[ODD]["status"] in ("failed", "limit", "error")
    assert all(criterion["passed"] or criterion["message"] for criterion in verdicts[ODD]["criteria"])
