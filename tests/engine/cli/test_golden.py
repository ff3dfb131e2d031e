"""What `run` prints of thirty wrong answers is what was read and found good."""

from __future__ import annotations

import sys

import pytest

from tests.golden import GOLDEN, SHOWN, printed

MOST = 40
"""Lines that fit on a screen; more are shown by ``--all``."""


@pytest.mark.once
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the words of asyncio's own errors differ by version")
@pytest.mark.parametrize("answer", SHOWN)
def test_what_run_prints(answer: str) -> None:
    wanted = (GOLDEN / f"{answer.replace('/', '.')}.txt").read_text(encoding="utf-8")
    assert printed(answer) == wanted, "read the difference; python -m tests.golden keeps it"


def test_every_file_is_of_an_answer_and_fits_on_a_screen() -> None:
    files = {file.stem: file for file in GOLDEN.glob("*.txt")}
    assert sorted(files) == sorted(answer.replace("/", ".") for answer in SHOWN)
    assert len(SHOWN) == 30
    long = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in files.items()}
    assert {name: lines for name, lines in long.items() if lines > MOST} == {}
