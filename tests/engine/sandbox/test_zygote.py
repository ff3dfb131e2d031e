"""A played process that cannot be made ready is a fault of the machine, not of the submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kata.contract.request import Request
from kata.sandbox.client import SandboxError, to_run
from kata.sandbox.zygote import _Server


class _NoRoom:
    """Confinement that fails in each played process."""

    layers: tuple[str, ...] = ()

    def enter(self, *_: object) -> None:
        raise OSError("no room for a ruleset")


def test_a_process_that_cannot_be_confined_is_the_graders_fault(tmp_path: Path) -> None:
    nothing: Any = None
    confinement: Any = _NoRoom()
    request = Request("x = 1", "x.py", name="x")
    answer = _Server(str(tmp_path), confinement, nothing).play(request)
    with pytest.raises(SandboxError, match="no room for a ruleset"):
        to_run(answer, request)
