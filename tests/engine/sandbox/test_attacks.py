"""What people try in order to fool a grader: none of it gets further than its own recording."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kata.contract.recording import encode
from kata.contract.run import Run
from tests.engine.sandbox.conftest import descendants

pytestmark = pytest.mark.usefixtures("nothing_left")

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def landlock(sandbox) -> None:
    if "landlock" not in sandbox.connections[0].isolation:
        pytest.skip("this system has no Landlock")


@pytest.fixture
def netns(sandbox) -> None:
    if "netns" not in sandbox.connections[0].isolation:
        pytest.skip("this system gives no network of one's own")


@pytest.mark.parametrize(
    "path",
    [
        "tests/hidden/05_gather_and_wait/test_02_wait_to_gather.py",
        "solutions/05_gather_and_wait/02_wait_to_gather.py",
        "exercises/catalog.toml",
        ".git/HEAD",
        "kata/contract/run.py",
        "kata/pristine.zip",
    ],
)
def test_tests_solutions_and_the_engine_cannot_be_read(play, landlock, path) -> None:
    assert (ROOT / path).exists() or path.startswith(".git")
    run = play(f"async def solve():\n    return open({str(ROOT / path)!r}).read()\n")
    assert run.raised.is_a("OSError")


def test_folders_cannot_be_listed(play, landlock) -> None:
    run = play(f"import os\nasync def solve():\n    return os.listdir({str(ROOT)!r})\n")
    assert run.raised.is_a("PermissionError")


def test_nothing_can_be_written_but_below_the_working_directory(play, landlock, tmp_path) -> None:
    target = tmp_path / "written"
    run = play(f"async def solve():\n    open({str(target)!r}, 'w').write('x')\n")
    assert run.raised.is_a("OSError")
    assert not target.exists()
    run = play("async def solve():\n    open('here', 'w').write('x')\n    return open('here').read()\n")
    assert run.result == "x"


def test_the_engine_is_not_among_the_modules(play) -> None:
    source = "import sys\nasync def solve():\n    return [name for name in sys.modules if name.startswith('kata')]\n"
    assert play(source).result == []


def test_the_environment_tells_nothing(play, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    names = play("import os\nasync def solve():\n    return sorted(os.environ)\n").result
    assert not {"GITHUB_TOKEN", "GITHUB_OUTPUT", "PYTHONPATH"} & set(names)


def test_there_is_no_network(play, netns) -> None:
    source = """
        import socket
        async def solve():
            with socket.socket() as s:
                s.settimeout(1)
                s.connect(("192.0.2.1", 80))
    """
    assert play(source, seconds=3).raised.is_a("OSError")


def test_loopback_is_there(play) -> None:
    source = """
        import asyncio
        async def echo(reader, writer):
            writer.write((await reader.readline()).upper())
            writer.close()
        async def solve():
            async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"hello\\n")
                await asyncio.sleep(3600)
                line = await reader.readline()
                writer.close()
                return line
    """
    run = play(source)
    assert run.result == b"HELLO\n"
    assert run.elapsed == 3600


def test_a_fork_bomb_is_ended(play) -> None:
    source = "import os\nasync def solve():\n    while True:\n        os.fork()\n"
    run = play(source, seconds=1.5, processes=20)
    assert run.limit.kind in ("processes", "seconds", "exited")


def test_a_grandchild_that_leaves_the_group_is_ended(play, sandbox) -> None:
    source = """
        import os, time
        async def solve():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv("/bin/sleep", ["sleep", "1000"])
                os._exit(0)
            return "started"
    """
    before = descendants(sandbox.process.pid)
    assert play(source).result == "started"
    assert descendants(sandbox.process.pid) == before


def test_signals_do_not_reach_the_grader(play, landlock) -> None:
    source = f"""
        import os, signal
        async def solve():
            refused = []
            for pid in ({os.getpid()}, os.getppid()):
                try:
                    os.kill(pid, signal.SIGSTOP)
                except OSError as error:
                    refused.append(type(error).__name__)
            return refused
    """
    run = play(source)
    assert len(run.result) == 2


@pytest.mark.parametrize(
    ("patch", "name"),
    [
        ("asyncio.sleep = nothing", "asyncio.sleep"),
        ("real = asyncio.sleep; asyncio.sleep = nothing; asyncio.sleep = real", "asyncio.sleep"),
        ("asyncio.tasks.sleep = nothing", "asyncio.tasks.sleep"),
        ("import time; time.sleep = nothing", "time.sleep"),
        ("import time; time.monotonic = nothing", "time.monotonic"),
        ("asyncio.sleep.__code__ = nothing.__code__", "sleep"),
        ("import time; type(time.sleep).__call__ = nothing", "__call__"),
        ("asyncio.base_events.BaseEventLoop.call_later = nothing", "call_later"),
    ],
)
def test_a_patched_clock_or_sleep_is_noticed(play, patch, name) -> None:
    source = f"import asyncio\nasync def nothing(delay, result=None):\n    return result\n{patch}\n"
    run = play(source + "async def solve():\n    return 1\n")
    assert any(name in touched for touched in run.tampered), run.tampered


def test_an_honest_submission_touches_nothing(play) -> None:
    source = """
        import asyncio, time, threading, heapq
        from time import sleep
        async def solve():
            await asyncio.to_thread(sleep, 1)
            await asyncio.gather(asyncio.sleep(1), asyncio.sleep(2))
            return time.monotonic()
    """
    run = play(source)
    assert run.tampered == []
    assert run.elapsed == 3


@pytest.mark.parametrize(
    "walk",
    [
        "import gc; gc.get_objects()",
        "import gc; gc.get_referrers(int)",
        "import sys; sys._current_frames()",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_walks_through_memory_are_refused_and_noticed(play, walk) -> None:
    run = play(f"async def solve():\n    {walk}\n")
    assert run.tampered
    assert run.raised is not None


def test_the_callers_frames_hold_no_expected_values(play) -> None:
    source = """
        import sys
        async def solve(value):
            frame, found = sys._getframe(), []
            while frame is not None:
                found += [name for name in frame.f_locals if "expect" in name]
                frame = frame.f_back
            return found
    """
    assert play(source, 1).result == []


NO_ANSWER = ("unreadable", "answer", "exited", "seconds")
"""What becomes of a play whose process says what no player does: too great a length, half a message, nonsense."""


@pytest.mark.parametrize("junk", ["b'junk'", "bytes(100)", "b'\\0the player failed'", "b'\\x80'", "bytes(range(256))"])
@pytest.mark.parametrize("then", ["os._exit(0)", "os._exit(70)", "return 1"])
def test_what_a_submission_writes_itself_is_no_answer(play, junk, then) -> None:
    run = play(f"import os\nasync def solve():\n    os.write(3, {junk})\n    {then}\n")
    assert run.limit.kind in NO_ANSWER


def test_a_recording_that_a_submission_makes_up_is_refused(play) -> None:
    recording = encode(Run(returned=42, elapsed=1.0))
    run = play(f"import os\nasync def solve():\n    os.write(3, {recording!r})\n    os._exit(0)\n")
    assert run.limit.kind in NO_ANSWER


def test_the_same_in_a_fresh_interpreter(spawn) -> None:
    recording = encode(Run(returned=42))
    source = f"import os\nasync def solve():\n    [os.write(fd, {recording!r}) for fd in range(1, 8) if alive(fd)]\n"
    source += "    os._exit(0)\ndef alive(fd):\n    try:\n        os.fstat(fd)\n        return True\n"
    source += "    except OSError:\n        return False\n"
    assert spawn(source).failed


def test_closing_every_descriptor(play) -> None:
    run = play("import os\nasync def solve():\n    os.closerange(0, 1000)\n    return 1\n")
    assert run.failed or run.result == 1


@pytest.mark.parametrize("name", ["sorted", "len", "isinstance", "dict", "list", "vars", "map", "id", "getattr"])
def test_replaced_built_in_names_are_no_fault_of_the_grader(play, spawn, name) -> None:
    source = f"import builtins\nasync def solve():\n    builtins.{name} = None\n    return 1\n"
    for run in (play(source), play(source, series="a"), spawn(source)):
        assert run.failed or run.tampered or run.result == 1


def test_nothing_is_carried_from_one_play_to_the_next(play) -> None:
    source = """
        import builtins, os, sys
        async def solve():
            before = getattr(builtins, "seen", 0), os.path.exists("seen"), "planted" in sys.modules
            builtins.seen = before[0] + 1
            open("seen", "w").close()
            sys.modules["planted"] = sys
            return before
    """
    assert play(source).result == (0, False, False)
    assert play(source).result == (0, False, False)


def test_threads_and_exit_handlers_do_not_outlive_the_verdict(play) -> None:
    source = """
        import atexit, threading, time
        atexit.register(lambda: print("at exit"))
        async def solve():
            threading.Thread(target=lambda: [time.sleep(1) for _ in range(10**9)], daemon=True).start()
            return 1
    """
    began = time.monotonic()
    run = play(source, seconds=60)
    assert run.result == 1
    assert run.printed == []
    assert time.monotonic() - began < 30


def test_random_numbers_are_seeded_by_the_request(play) -> None:
    source = "import random\nasync def solve():\n    return random.random()\n"
    assert play(source, seed=1).result == play(source, seed=1).result != play(source, seed=2).result
