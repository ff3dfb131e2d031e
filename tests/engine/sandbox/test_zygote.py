"""A played process that cannot be made ready is a fault of the machine, not of the submission."""

from __future__ import annotations

import asyncio
import sys

import pytest

from kata.contract.request import Request
from kata.program import ROOT
from kata.sandbox import client
from kata.sandbox.client import Sandbox, SandboxError


def test_a_process_that_cannot_be_confined_is_the_graders_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    sabotage = "from kata.sandbox.confine import Confinement; Confinement.enter = lambda *_: 1 / 0"

    def command(module: str, *arguments: str) -> list[str]:
        code = f"import sys; sys.path.append({str(ROOT)!r}); {sabotage}; from {module} import main; main()"
        return [sys.executable, "-c", code, *arguments]

    monkeypatch.setattr(client, "interpreter", command)
    with Sandbox(1) as sandbox, pytest.raises(SandboxError):
        asyncio.run(sandbox.connections[0].play(Request("async def solve(): pass", "x.py", name="solve")))
