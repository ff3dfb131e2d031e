"""The examples in the program's docstrings run as they stand."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "kata").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_a_module_show_what_it_does(module: str) -> None:
    # In a process of its own: some of them replace the functions that tell the time.
    code = f"import doctest, {module} as module; print(doctest.testmod(module, optionflags={doctest.ELLIPSIS}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("TestResults(failed=0, attempted="), done.stdout + done.stderr
    assert "attempted=0" not in done.stdout
