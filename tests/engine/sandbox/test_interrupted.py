"""Ctrl-C while something is played: one word comes, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from kata.contract import channels
from kata.contract.request import Request
from kata.program import ROOT
from kata.sandbox.client import Sandbox
from tests.engine.sandbox.conftest import descendants

HANG = "import asyncio\nasync def main():\n    while True: pass\nasyncio.run(main())\n"


@pytest.fixture(params=["trace", "run"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """A command that plays a file which does not end."""
    if request.param == "trace":
        (tmp_path / "hang.py").write_text(HANG)
        return ["trace", "--seconds", "60", str(tmp_path / "hang.py")]
    folder = tmp_path / "05_gather_and_wait"
    folder.mkdir()
    (folder / "02_wait_to_gather.py").write_text("async def fetch_all(*_):\n    while True: pass\n")
    return ["run", "05.02", "--submission", str(tmp_path)]


@pytest.mark.parametrize("played", [False, True], ids=["while the zygote starts", "while it plays"])
def test_nothing_comes_after_the_word_and_no_process_is_left(command, played, tmp_path) -> None:
    process = subprocess.Popen(
        [sys.executable, "grader.py", *command],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (started := _zygotes(process.pid, played)):
        assert process.poll() is None
        time.sleep(0.005)
    everything = descendants(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    asked = time.monotonic()
    _, told = process.communicate()  # ends when none is left that could still say something
    assert time.monotonic() - asked < 4, "what is played has five seconds; nobody waits for them"
    assert (process.returncode, told) == (130, "\nStopped.\n")
    deadline = time.monotonic() + 30
    while (left := [pid for pid in everything if os.path.exists(f"/proc/{pid}")]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (started, left) == (started, [])
    assert list(tmp_path.glob("kata-*")) == []


def _zygotes(pid: int, played: bool) -> list[int]:
    """The zygotes below a process; with ``played``, those below which something is played by now."""
    found = []
    for child in descendants(pid):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"kata.sandbox.zygote" in command and (not played or any(map(descendants, descendants(child)))):
            found.append(child)
    return found


def test_a_play_ends_when_its_sandbox_is_closed(tmp_path) -> None:
    source = "async def solve():\n    while True: pass\n"
    sandbox = Sandbox(1)
    connection = sandbox.connections[0]
    assert connection.isolation
    connection.channel.setblocking(True)
    channels.send(connection.channel, msgspec.msgpack.encode(Request(source, "x.py", name="solve")))
    while not any(map(descendants, descendants(sandbox.process.pid))):
        time.sleep(0.005)
    everything = descendants(sandbox.process.pid)
    sandbox.close()
    assert sandbox.process.returncode == 0
    assert not [pid for pid in everything if os.path.exists(f"/proc/{pid}")]
