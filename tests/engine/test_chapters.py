"""The pictures in the chapters' READMEs are what the program draws."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "docs" / "examples" / "chapters").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_timeline_of_a_chapter_is_drawn_by_the_program(script: Path) -> None:
    readme = (ROOT / "exercises" / script.stem / "README.md").read_text(encoding="utf-8")
    command = ["grader.py", "trace", script.relative_to(ROOT).as_posix()]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    picture, _, _ = done.stdout.partition("\n\n→")  # what a diagnosis adds is left out
    lines = [f"$ python {' '.join(command)}", *(line.rstrip() for line in picture.splitlines())]
    assert "```text\n" + "\n".join(lines).rstrip() + "\n```" in readme


def test_every_chapter_has_one() -> None:
    assert [script.stem for script in SCRIPTS] == sorted(
        path.parent.name for path in (ROOT / "exercises").glob("*/README.md")
    )
