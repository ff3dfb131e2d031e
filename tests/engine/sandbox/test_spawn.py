"""Plays in fresh interpreters: whose fault it is when one fails, and that none outlives who asked for it."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest

from kata.contract.request import Limits, Request
from kata.program import ROOT
from kata.sandbox import client
from kata.sandbox.client import SandboxError, Spawner
from tests.engine.sandbox.conftest import descendants

HANG = Request("async def solve():\n    while True: pass\n", "x.py", name="solve", limits=Limits(seconds=1))


def _breaking(monkeypatch: pytest.MonkeyPatch, sabotage: str) -> None:
    """Let each played interpreter run some code before it begins; the world's starts it so."""
    played = f"import sys; sys.path.append({str(ROOT)!r}); {sabotage}; from kata.sandbox.spawn import main; main()"

    def command(module: str, *arguments: str) -> list[str]:
        code = (
            f"import sys; sys.path.append({str(ROOT)!r}); import kata.sandbox.spawn as spawn; "
            f"spawn.interpreter = lambda module, *rest: [sys.executable, '-c', {played!r}, *rest]; spawn.main()"
        )
        return [sys.executable, "-c", code, *arguments]

    monkeypatch.setattr(client, "interpreter", command)


async def test_a_player_that_fails_is_the_graders_fault(monkeypatch) -> None:
    _breaking(monkeypatch, "from kata.player.player import Player; Player._finish = lambda *_: 1 / 0")
    with pytest.raises(SandboxError):
        await Spawner().play(Request("async def solve(): pass", "x.py", name="solve"))


@pytest.mark.parametrize("sabotage", ["raise ImportError('nothing there')", "import os; os._exit(1)"])
async def test_an_interpreter_that_does_not_start_is_the_graders_fault(monkeypatch, sabotage) -> None:
    _breaking(monkeypatch, sabotage)
    with pytest.raises(SandboxError, match="did not start"):
        await Spawner().play(Request("async def solve(): pass", "x.py", name="solve"))


def test_a_submission_that_ends_its_interpreter_is_not(spawn) -> None:
    run = spawn("import os\nasync def solve():\n    os._exit(3)\n")
    assert (run.limit.kind, "code 3" in run.limit.message) == ("exited", True)


def test_what_a_submission_writes_itself_is_no_answer(spawn) -> None:
    source = "import os\nasync def solve():\n    for fd in range(3, 9):\n        try:\n"
    source += "            os.write(fd, b'x' * 40)\n        except OSError: pass\n    os._exit(0)\n"
    assert spawn(source).limit.kind in ("unreadable", "answer", "exited")


def test_one_that_does_not_end_is_ended_and_told_why() -> None:
    before = set(descendants(os.getpid()))
    run = asyncio.run(Spawner().play(HANG))
    assert (run.limit.kind, set(descendants(os.getpid())) - before) == ("seconds", set())


async def test_a_play_that_nobody_waits_for_any_more_is_ended() -> None:
    patient = Request(HANG.source, "x.py", name="solve", limits=Limits(seconds=60))
    playing = asyncio.create_task(Spawner().play(patient))
    before = set(descendants(os.getpid()))
    while not (new := set(descendants(os.getpid())) - before):
        await asyncio.sleep(0)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert not new & set(descendants(os.getpid()))


def test_an_answer_that_is_too_long_is_refused() -> None:
    request = Request("async def solve():\n    return 'x' * 20_000\n", "x.py", name="solve", limits=Limits(answer=9000))
    assert asyncio.run(Spawner().play(request)).limit.kind == "answer"
