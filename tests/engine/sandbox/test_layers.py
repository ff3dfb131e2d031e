"""The layers of confinement: what each refuses, and that a machine which lacks one still plays."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kata.contract.request import Request
from kata.contract.run import Run
from kata.program import ROOT
from kata.sandbox import client
from kata.sandbox.client import Sandbox
from kata.sandbox.seccomp import Filter, supported
from tests.engine.sandbox.conftest import _request, descendants

HONEST = """
    import asyncio, pathlib, socket, subprocess, sys, tempfile, threading, time

    async def echo(reader, writer):
        writer.write((await reader.readline()).upper())
        writer.close()

    async def solve():
        heard = []
        threads = [threading.Thread(target=heard.append, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        await asyncio.to_thread(time.sleep, 1)
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "import json, ssl; print('started')", stdout=subprocess.PIPE)
        said, _ = await program.communicate()
        shell = subprocess.run("echo a b | wc -w", shell=True, capture_output=True, text=True).stdout.strip()
        async with await asyncio.start_server(echo, "localhost", 0) as server:
            reader, writer = await asyncio.open_connection("localhost", server.sockets[0].getsockname()[1])
            writer.write(b"hello\\n")
            line = await reader.readline()
            writer.close()
        pathlib.Path("kept").write_text("here")
        with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryFile() as file:
            pathlib.Path(directory, "a").mkdir()
            file.write(b"x")
        left, right = socket.socketpair()
        left.send(b"pair")
        return sorted(heard), said, shell, line, pathlib.Path("kept").read_text(), right.recv(9)
"""

DONE = (list(range(8)), b"started\n", "2", b"HELLO\n", "here", b"pair")

Needs = Callable[[str], None]


@pytest.fixture
def needs(sandbox: Sandbox) -> Needs:
    """``needs("seccomp")`` skips the test where this machine has no such layer."""

    def check(layer: str) -> None:
        if layer not in sandbox.connections[0].isolation:
            pytest.skip(f"this system has no {layer}")

    return check


def _refused(play, action: str, *modules: str, error: str = "PermissionError") -> Run:
    lines = [f"import {', '.join(('ctypes', 'os', 'socket', *modules))}", "def call(number, *args):"]
    lines += ["    libc = ctypes.CDLL(None, use_errno=True)", "    if libc.syscall(number, *args) < 0:"]
    lines += ["        raise OSError(ctypes.get_errno(), 'refused')", "async def solve():", f"    {action}"]
    run = play("\n".join(lines))
    assert run.raised is not None and run.raised.is_a(error), (action, run.result if not run.raised else run.raised)
    return run


@pytest.mark.parametrize(
    "action",
    [
        "os.setpriority(os.PRIO_PROCESS, 0, 5)",
        "os.sched_setaffinity(0, {0})",
        "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))",
        "os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))",
        "os.chmod('.', 0o755)",
        "os.utime('.')",
        "os.chown('.', os.getuid(), os.getgid())",
        "os.setxattr('.', 'user.seen', b'1')",
        "os.mkfifo('pipe')",
        "os.mknod('device', 0o20600, os.makedev(1, 3))",
        "os.memfd_create('shared')",
        "os.chroot('.')",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "socket.sethostname('mine')",
        "__import__('time').clock_settime(0, 0)",
        "__import__('resource').prlimit(os.getppid(), 7, (1, 1))",
    ],
)
def test_calls_that_reach_out_of_a_play_are_refused(play, needs, action) -> None:
    needs("seccomp")
    _refused(play, action)


@pytest.mark.parametrize("call", ["os.sched_setscheduler(0, {}, os.sched_param(0))", "socket.socket(16, 3, {})"])
def test_a_script_may_ask_for_what_packages_need_and_for_no_more(sandbox: Sandbox, needs, tmp_path, call) -> None:
    """The usual way of scheduling (0), and the routes of the network (0)."""
    needs("seccomp")
    source = f"import os, socket\n{call.format(0)}\n{call.format(3)}\n"
    request = Request(source, "script.py", action="script", folder=str(tmp_path))
    run = asyncio.run(sandbox.connections[0].play(request))
    assert run.error is not None
    assert (run.error.type, run.error.traceback[-1].line) == ("PermissionError", 3)


def test_programs_that_a_submission_starts_are_confined_too(play, needs) -> None:
    needs("seccomp")
    source = """
        import subprocess
        async def solve():
            done = subprocess.run(["chmod", "700", "."], capture_output=True, text=True)
            return done.returncode, "not permitted" in done.stderr
    """
    assert play(source).result == (1, True)


@pytest.mark.skipif(not supported(), reason="there is no filter for this machine")
def test_numbers_of_another_architecture_are_refused() -> None:
    """Both tables are complete, and no jump is longer than an instruction can say."""
    x86, arm = Filter(machine="x86_64"), Filter(machine="aarch64")
    assert x86.instructions[1] != arm.instructions[1]
    assert len(arm.instructions) < len(x86.instructions) < 4096
    assert len(Filter(judged=False).instructions) < len(Filter().instructions)
    with pytest.raises(KeyError):
        Filter(machine="riscv64")


def test_a_played_process_is_nobody_and_has_no_rights(play, needs) -> None:
    needs("user")
    source = """
        import os
        async def solve():
            with open("/proc/self/status") as lines:
                rights = {line.split()[1] for line in lines if line.startswith("Cap")}
            return os.getuid() == os.getgid() > 60000, os.getgroups(), rights, os.stat(".").st_uid == os.getuid()
    """
    assert play(source).result == (True, [], {"0000000000000000"}, True)


def test_no_capability_is_left_in_a_namespace_of_ones_own(play) -> None:
    source = """
        async def solve():
            with open("/proc/self/status") as lines:
                return {line.split()[1] for line in lines if line.startswith(("CapEff", "CapPrm", "CapInh", "CapAmb"))}
    """
    if sys.platform == "linux":
        assert play(source).result == {"0000000000000000"}


def test_nobody_elses_processes_can_be_seen(play, needs) -> None:
    needs("pidns")
    source = (
        "import os\nasync def solve():\n    return os.getppid(), os.path.exists('/proc/{pid}'), os.getpid() < 400\n"
    )
    assert play(source.replace("{pid}", str(os.getpid()))).result == (1, False, True)
    _refused(play, "os.kill(1, 9)")


def test_files_elsewhere_are_not_even_there(play, needs, tmp_path) -> None:
    needs("mntns")
    run = play(
        f"import os\nasync def solve():\n    return os.path.exists({str(tmp_path)!r}), os.path.exists('/etc/passwd')\n"
    )
    assert run.result == (False, False)


def test_the_disk_is_bounded(play, needs, sandbox) -> None:
    needs("mntns")
    source = """
        async def solve():
            for number in range(100):
                with open(str(number), "wb") as file:
                    file.write(bytes(8 << 20))
    """
    run = play(source)
    assert run.raised.is_a("OSError")
    assert "No space" in run.raised.message
    assert play("async def solve():\n    return open('x', 'w').write('x')\n").result == 1


def test_memory_of_all_processes_together_is_bounded(play, needs) -> None:
    needs("reaper")
    source = """
        import os, time
        async def solve():
            for _ in range(6):
                if os.fork() == 0:
                    held = b"x" * (300 << 20)
                    os.read(pipe, 1)
            os.read(pipe, 1)
    """
    assert play(source.replace("async", "pipe, _ = os.pipe()\n        async", 1), seconds=10).limit.kind == "memory"


def test_processes_that_threads_start_are_counted(play, needs) -> None:
    needs("reaper")
    source = """
        import subprocess, threading
        def start():
            while True:
                subprocess.Popen(["sleep", "100"])
        async def solve():
            for _ in range(4):
                threading.Thread(target=start, daemon=True).start()
            while True:
                pass
    """
    assert play(source, seconds=4, processes=20).limit.kind == "processes"


@pytest.mark.parametrize("how", ["deep", "closed", "huge"])
def test_no_directory_stops_the_next_play(play, how, sandbox) -> None:
    fill = {
        "deep": "for _ in range(10000): os.mkdir('d'); os.chdir('d')",
        "closed": "os.makedirs('a/b', 0o700); os.mkdir('a/c', 0); os.umask(0o777); os.mkdir('a/b/c'); os.mkdir('z')",
        "huge": "[open(str(n), 'w').close() for n in range(9000)]",
    }[how]
    play(f"import os\nasync def solve():\n    {fill}\n", seconds=10)
    assert play("import os\nasync def solve():\n    return os.listdir()\n").result == []
    assert all(not list(place.iterdir()) for place in Path(sandbox.root).iterdir())


def test_nothing_of_a_directory_is_seen_by_the_next_play(play) -> None:
    source = "import os\nasync def solve():\n    seen = os.stat('.').st_mode & 0o777\n    {}\n    return seen\n"
    change = "__import__('subprocess').run(['chmod', '711', '.'], capture_output=True)"
    assert play(source.format(change)).result == 0o700
    assert play(source.format("pass")).result == 0o700


def _without(what: str) -> str:
    """Code that takes a layer away in the zygote, before it looks."""
    return {
        "landlock": "from kata.sandbox import landlock; landlock.version = lambda: 0",
        "seccomp": "from kata.sandbox import seccomp; seccomp.supported = lambda: False",
        "mntns": "from kata.sandbox import quarters; quarters.move_in = None",
        "user": "from kata.sandbox import confine; confine._users_work = lambda _: False",
        "netns": "from kata.sandbox import confine; confine._isolate_network = lambda: False",
        "reaper": "from kata.sandbox import confine; confine.Confinement.adopt_orphans = lambda _: False",
        "": "pass",
    }[what]


@pytest.fixture(params=["landlock", "seccomp", "mntns", "user", "netns", "reaper", "landlock mntns seccomp user netns"])
def poorer(request: pytest.FixtureRequest, monkeypatch) -> Iterator[tuple[Sandbox, list[str]]]:
    """A sandbox without some layers."""
    missing = request.param.split()
    known = client.interpreter

    def interpreter(*arguments: str) -> list[str]:
        command = known(*arguments)
        place = command.index("-c") + 1
        first, rest = command[place].split("; from ", 1)
        command[place] = f"{first}\n" + "\n".join(map(_without, missing)) + f"\nfrom {rest}"
        return command

    monkeypatch.setattr(client, "interpreter", interpreter)
    with Sandbox(1) as sandbox:
        yield sandbox, missing


def test_without_a_layer_it_is_said_and_honest_answers_are_played(poorer) -> None:
    sandbox, missing = poorer
    connection = sandbox.connections[0]
    assert not [layer for layer in missing if layer in connection.isolation.split("+")]
    for _ in range(2):
        assert asyncio.run(connection.play(_request(HONEST))).result == DONE


def test_an_honest_answer_finds_what_it_needs(play) -> None:
    assert play(HONEST).result == DONE


def test_a_script_keeps_what_pools_of_processes_need(play, tmp_path) -> None:
    source = """
        import os, concurrent.futures, multiprocessing, multiprocessing.shared_memory
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            print(*pool.map(abs, [-1, -2]))
        block = multiprocessing.shared_memory.SharedMemory(create=True, size=8)
        block.buf[0] = 7
        print(block.buf[0])
        block.close()
        block.unlink()
        os.chmod(".", 0o755)
    """
    tmp_path.chmod(0o755)
    run = play(source, action="script", folder=str(tmp_path), clock="real")
    assert [line.text for line in run.lines] == ["1 2", "7"], run
    assert play("async def solve():\n    return 1\n").result == 1


def test_a_keeper_that_dies_costs_one_play(play, needs, sandbox) -> None:
    assert play("async def solve():\n    return 1\n").result == 1
    for number in (signal.SIGKILL, signal.SIGSTOP):
        keeper = next(pid for pid in descendants(sandbox.process.pid) if _is_keeper(pid, sandbox))
        os.kill(keeper, number)
        assert play("async def solve():\n    return 2\n").result == 2


def _is_keeper(pid: int, sandbox: Sandbox) -> bool:
    """The youngest child of the zygote is the keeper that was made last."""
    children = Path(f"/proc/{sandbox.process.pid}/task/{sandbox.process.pid}/children").read_text().split()
    return pid == int(children[-1])


def test_a_hang_up_of_the_judge_leaves_no_process_and_no_directory() -> None:
    """Also where nobody is left who could close the sandbox."""
    sandbox = Sandbox(1)
    assert sandbox.connections[0].isolation
    assert asyncio.run(sandbox.connections[0].play(_request("async def solve():\n    return 1\n"))).result == 1
    sandbox.connections[0].channel.shutdown(socket.SHUT_RDWR)
    sandbox.connections[0].channel.close()
    assert sandbox.process.wait(10) == 0
    assert not os.path.exists(sandbox.root)
    sandbox.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_grader_that_is_ended_leaves_nothing_behind(tmp_path, number) -> None:
    folder = tmp_path / "exercises" / "05_gather_and_wait"
    folder.mkdir(parents=True)
    (folder / "02_wait_to_gather.py").write_text("async def fetch_all(*_):\n    while True: pass\n")
    place = tmp_path / "temporary"
    place.mkdir()
    process = subprocess.Popen(
        [sys.executable, "grader.py", "run", "05.02", "--submission", str(folder.parent)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(place)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not list(place.glob("kata-*/play-*")):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.5)  # by now it plays, and if not, nothing else must be left either
    everything = descendants(process.pid)
    process.send_signal(number)
    process.wait()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and (any(map(_lives, everything)) or list(place.glob("kata-*"))):
        time.sleep(0.02)
    assert not [pid for pid in everything if _lives(pid)]
    assert list(place.glob("kata-*")) == []


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
