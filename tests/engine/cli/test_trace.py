"""`trace`: scripts as people write them, played in the real sandbox."""

from __future__ import annotations

import io
import json
import re
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.cli import main

ROOT = Path(__file__).resolve().parents[3]
CHAPTERS = sorted((ROOT / "docs" / "examples" / "chapters").glob("*.py"))

HELLO = """
import asyncio
async def main():
    await asyncio.sleep(2)
    print("hello")
if __name__ == "__main__":
    asyncio.run(main())
"""


class Outcome:
    """What `trace` left: its exit code and both streams."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def __repr__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n-- stderr --\n{self.err}"


Trace = Callable[..., Outcome]


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trace:
    """Trace a text: ``trace("print(1)", "--", "argument")``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def play(text: str | bytes, *arguments: str) -> Outcome:
        (tmp_path / "script.py").write_bytes(text.encode() if isinstance(text, str) else text)
        return Outcome(main(["trace", "script.py", *arguments]), *capsys.readouterr())

    return play


def rows(outcome: Outcome) -> list[str]:
    return [row.rstrip() for row in outcome.out.splitlines()]


def test_a_script_is_drawn_with_its_virtual_seconds(trace: Trace) -> None:
    outcome = trace(HELLO)
    assert outcome.code == 0, outcome
    assert rows(outcome)[0] == "script.py  1 task, 2 seconds"
    assert any(row.startswith("Task-1 main  ●─ sleep(2) :4 ──") and row.endswith("─✓") for row in rows(outcome))
    assert any(row.startswith("2s") and row.endswith(" hello") for row in rows(outcome))
    assert outcome.err == ""


def test_a_script_gets_its_own_arguments(trace: Trace) -> None:
    assert "['--fast', 'x']" in trace("import sys\nprint(sys.argv[1:])", "--", "--fast", "x").out


def test_an_uncaught_error_is_shown_with_the_lines_of_the_script(trace: Trace) -> None:
    outcome = trace(HELLO.replace("print(", "raise ValueError("))
    assert outcome.code == 1
    assert "✗ ValueError: hello" in outcome.out
    assert 'line 5, in main: raise ValueError("hello")' in outcome.out


def test_sys_exit_says_how_the_script_ended(trace: Trace) -> None:
    assert trace("import sys; sys.exit()").code == 0
    assert trace("import sys; sys.exit(False)").code == 0
    outcome = trace("import sys\nsys.exit(3)")
    assert outcome.code == 1
    assert "ended in line 2 with sys.exit(3)" in outcome.out


def test_a_deadlock_is_shown_once_with_who_waits_for_what(trace: Trace) -> None:
    outcome = trace("import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())")
    assert outcome.code == 1
    assert outcome.out.count("nothing is left") == 1
    assert "asyncio.Event.wait in line 3" in " ".join(outcome.out.split())
    assert "docs/diagnoses.md#deadlock" in outcome.out


def test_what_the_end_of_a_deadlock_breaks_is_not_drawn(trace: Trace) -> None:
    outcome = trace("""
import asyncio
async def stubborn():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.Event().wait()
async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    await task
asyncio.run(main())
""")
    assert outcome.code == 1
    assert "↯" not in outcome.out and "GeneratorExit" not in outcome.out
    assert any(row.startswith("  Task-2 stubborn") and row.endswith("─▸") for row in rows(outcome))


def test_a_server_without_clients_has_ended_well(trace: Trace) -> None:
    outcome = trace("""
import asyncio
async def main():
    server = await asyncio.start_server(print, "127.0.0.1", 0)
    await server.serve_forever()
asyncio.run(main())
""")
    assert outcome.code == 0, outcome
    assert "only waits for something from outside" in outcome.out


WAITING = {
    "an event beside a server": """async with await asyncio.start_server(print, "127.0.0.1", 0):
        await event.wait()""",
    "a datagram endpoint": """await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
    await loop.create_future()""",
    "datagrams that nobody answers": """transport, _ = await loop.create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=("127.0.0.1", 9999))
    await loop.create_future()""",
    "a server that looks whether it is to stop": """await asyncio.start_server(print, "127.0.0.1", 0)
    while not event.is_set():
        await asyncio.sleep(0.1)""",
    "a signal": "loop.add_signal_handler(signal.SIGTERM, event.set)\n    await event.wait()",
    "a plain socket": """sock = socket.create_server(("127.0.0.1", 0)); sock.setblocking(False)
    await loop.sock_accept(sock)""",
    "an idle client": """server = await asyncio.start_server(lambda r, w: r.read(), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await server.serve_forever()""",
}


@pytest.mark.parametrize("body", WAITING.values(), ids=WAITING)
def test_what_waits_for_somebody_outside_has_ended_well(trace: Trace, body: str) -> None:
    outcome = trace(f"""
import asyncio, signal, socket
async def main():
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    {body}
asyncio.run(main())
""")
    assert outcome.code == 0, outcome
    assert "only waits for something from outside" in " ".join(outcome.out.split())
    assert "stderr" not in outcome.out and "deadlock" not in outcome.out


SERVED_BY_THREADS = {
    "the main thread accepts": """with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=ask, args=listener.getsockname()).start()
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(connection.recv(10).upper())""",
    "the main thread serves": """with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper) as server:
    threading.Thread(target=ask, args=server.server_address).start()
    server.serve_forever()""",
    "a thread serves beside a loop": """async def main():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper)
    threading.Thread(target=server.serve_forever).start()
    await asyncio.to_thread(ask, *server.server_address)
asyncio.run(main())""",
    "a job of a pool serves": """async def main():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper)
    serving = asyncio.create_task(asyncio.to_thread(server.serve_forever))
    await asyncio.to_thread(ask, *server.server_address)
    await serving
asyncio.run(main())""",
}


@pytest.mark.parametrize("body", SERVED_BY_THREADS.values(), ids=SERVED_BY_THREADS)
def test_threads_that_serve_for_ever_have_ended_well(trace: Trace, body: str) -> None:
    outcome = trace(f"""
import asyncio, socket, socketserver, threading
class Upper(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(self.request.recv(10).upper())
def ask(host, port):
    with socket.create_connection((host, port)) as connection:
        connection.sendall(b"hello")
        print(connection.recv(10).decode())
{body}
""")
    assert outcome.code == 0, outcome
    assert "HELLO" in outcome.out and "only waits for something from outside" in " ".join(outcome.out.split())


ENDLESS = """
import asyncio
async def main():
    while True:
        print("tick")
        await asyncio.sleep(1)
asyncio.run(main())
"""


def test_a_script_without_end_is_drawn_until_it_is_stopped(trace: Trace) -> None:
    outcome = trace(ENDLESS, "--seconds", "0.5")
    assert outcome.code == 1
    assert any(row.startswith("Task-1 main  ●") for row in rows(outcome))
    assert sum(row.endswith(" tick") for row in rows(outcome)) > 10
    assert re.search(r"stopped in line \d after 0.5 real seconds", " ".join(outcome.out.split()))
    assert "--until" in outcome.out and "does not come to an end" not in outcome.out


def test_a_script_is_ended_at_a_virtual_second(trace: Trace) -> None:
    outcome = trace(ENDLESS, "--until", "2.5")
    assert outcome.code == 0, outcome
    assert rows(outcome)[0] == "script.py  1 task, 2.5 seconds"
    assert sum(row.endswith(" tick") for row in rows(outcome)) == 3
    assert "stopped after 2.5 virtual seconds, as --until asks" in outcome.out
    assert trace(ENDLESS, "--until", "2", "--clock", "real").code == 2


def test_a_script_reads_what_it_is_given(trace: Trace, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Ada\nGrace\n")
    outcome = trace("print('hello', input('who? '))\nimport sys\nprint(sys.stdin.read())", "--stdin", "names.txt")
    assert outcome.code == 0, outcome
    assert any(row.endswith("who? hello Ada") for row in rows(outcome))
    assert any(row.endswith("Grace") for row in rows(outcome))


def test_a_line_in_parts_is_shown_in_its_parts(trace: Trace) -> None:
    outcome = trace("""
import asyncio
async def dots():
    for _ in range(2):
        print(".", end="", flush=True)
        await asyncio.sleep(1)
    print()
async def main():
    await asyncio.gather(dots(), other())
    print("\\x1b[31mred\\x1b[0m\\r", end="")
async def other():
    await asyncio.sleep(0.5)
    print("other")
asyncio.run(main())
""")
    printed = [row.split() for row in rows(outcome) if row.endswith((".", "other", "red"))]
    assert printed == [
        ["0s", "Task-2", "."], ["0.5s", "Task-3", "other"], ["1s", "Task-2", "."], ["2s", "Task-1", "red"]
    ]  # fmt: skip


def test_computing_is_told(trace: Trace) -> None:
    outcome = trace("""
import asyncio, time
async def main():
    await asyncio.sleep(3)
    end = time.thread_time() + 0.2
    while time.thread_time() < end:
        sum(range(1000))
asyncio.run(main())
""")
    assert "Task-1 computed for 0.2" in outcome.out and "at second 3;" in " ".join(outcome.out.split())


@pytest.mark.parametrize(
    ("module", "call", "said"),
    [
        ("trio", "trio.run(print)", "cannot be played in line 2: trio.run has an event loop of its own"),
        ("nest_asyncio", "nest_asyncio.apply()", "rewrites the event loop, so virtual time is lost"),
    ],
)
def test_other_event_loops_are_refused_at_once(trace: Trace, tmp_path: Path, module: str, call: str, said: str) -> None:
    (tmp_path / f"{module}.py").write_text("def run(main): main()\ndef apply(): pass\n")
    outcome = trace(f"import {module}\n{call}")
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err and outcome.err.count("\n") == 1


def test_uvloop_is_played(trace: Trace, tmp_path: Path) -> None:
    (tmp_path / "uvloop.py").write_text("def run(main): raise SystemError\n")
    outcome = trace(
        "import asyncio, uvloop\nuvloop.run(asyncio.sleep(2))\nuvloop.install()\nasyncio.run(asyncio.sleep(3))"
    )
    assert outcome.code == 0, outcome
    assert rows(outcome)[0] == "script.py  2 tasks, 5 seconds"


def test_another_process_takes_the_time_that_it_takes(trace: Trace) -> None:
    outcome = trace("""
import asyncio, subprocess, sys
async def main():
    subprocess.run([sys.executable, "-c", "import time; time.sleep(0.3)"])
asyncio.run(main())
""")
    assert "subprocess blocked the event loop in line 4" in outcome.out


def test_blocks_and_what_was_left_behind_are_named(trace: Trace) -> None:
    outcome = trace("""
import asyncio, time
async def main():
    asyncio.create_task(asyncio.sleep(9), name="forgotten")
    asyncio.sleep(1)
    await asyncio.sleep(0)
    time.sleep(1)
asyncio.run(main())
""")
    assert outcome.code == 0
    for name in ("blocking", "never_awaited", "leaked"):
        assert f"docs/diagnoses.md#{name}" in outcome.out
    assert "script.py:7  time.sleep(1)" in outcome.out


@pytest.mark.once
def test_a_server_that_polls_goes_on_while_something_is_to_come(trace: Trace) -> None:
    outcome = trace("""
import asyncio
async def visit(server, done):
    await asyncio.sleep(1000)
    await asyncio.open_connection(*server.sockets[0].getsockname())
    done.set()
async def main():
    done = asyncio.Event()
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    visitor = asyncio.create_task(visit(server, done))
    while not done.is_set():
        await asyncio.sleep(1)
    print("visited")
asyncio.run(main())
""")
    assert outcome.code == 0, outcome
    assert "visited" in outcome.out and "outside" not in outcome.out


def test_an_error_that_nobody_looked_at_is_told_once(trace: Trace) -> None:
    outcome = trace("""
import asyncio
async def fail():
    raise ValueError("no")
async def main():
    asyncio.create_task(fail())
    await asyncio.sleep(1)
asyncio.run(main())
""")
    assert "docs/diagnoses.md#unretrieved" in outcome.out and outcome.out.lower().count("nobody looked at") == 1


def test_several_loops_one_after_another(trace: Trace) -> None:
    outcome = trace("import asyncio\nfor _ in range(3):\n    asyncio.run(asyncio.sleep(1))")
    assert outcome.code == 0
    assert "3 tasks, 3 seconds" in outcome.out
    assert "not finished" not in outcome.out


def test_threads_sockets_and_subprocesses(trace: Trace) -> None:
    outcome = trace("""
import asyncio, subprocess, sys, time
async def handle(reader, writer):
    writer.write((await reader.readline()).upper())
    writer.close()
async def main():
    await asyncio.to_thread(time.sleep, 2)
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\\n")
    print(await reader.readline())
    writer.close()
    server.close()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "print('from below')")
    await child.wait()
    subprocess.run(["echo", "from the side"], stdout=sys.stdout)
    sys.stdout.buffer.write(b"bytes\\n")
asyncio.run(main())
""")
    assert outcome.code == 0, outcome
    assert "b'HELLO\\n'" in outcome.out
    for text in ("from below", "from the side", "bytes"):
        assert any(row.endswith(text) for row in rows(outcome))
    assert "_connect_pipes" not in outcome.out


def test_modules_and_files_beside_the_script(trace: Trace, tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("ANSWER = 42")
    outcome = trace("import beside, pathlib\nprint(beside.ANSWER, len(pathlib.Path(__file__).read_text()) > 9)")
    assert "42 True" in outcome.out


def test_the_wall_clock_is_the_real_one(trace: Trace) -> None:
    import time

    before = time.time()
    shown = float(trace("import time\nprint('now', time.time())").out.partition(" now ")[2].split()[0])
    assert before - 1 < shown < time.time() + 1


def test_on_the_real_clock_time_passes(trace: Trace) -> None:
    outcome = trace(HELLO.replace("(2)", "(0.05)"), "--clock", "real")
    assert outcome.code == 0
    assert "on the real clock" in outcome.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("print 'old'", "script.py is not valid Python in line 1: SyntaxError"),
        ("import no_such_module_here", "No module named 'no_such_module_here' in line 1; install it"),
        (
            "name = input('who? ')",
            "asks for input in line 1, and there is nothing more to read; give it with --stdin",
        ),
    ],
)
def test_what_cannot_be_played_is_one_line(trace: Trace, text: str, said: str) -> None:
    outcome = trace(text)
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err and outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00binary", "is not Python"),
        (b"x = 1\x00", "is not Python"),
        (b"# coding: klingon\n", "is not Python"),
        (b"#" * (1024 * 1024 + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_script_is_wrong_usage(trace: Trace, data: bytes, said: str) -> None:
    outcome = trace(data)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err and outcome.err.count("\n") == 1


@pytest.mark.parametrize("name", ["missing.py", ".", "/dev/null", "a\0b"])
def test_what_is_no_file_is_wrong_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", name]) == 2
    said = capsys.readouterr().err
    assert "name a Python script" in said or "name one Python file" in said
    assert said.count("\n") == 1


def test_a_script_without_end_is_stopped(trace: Trace) -> None:
    outcome = trace("while True: pass", "--seconds", "0.2")
    assert outcome.code == 1
    assert "stopped in line 1" in outcome.out


def test_a_task_that_cannot_be_cancelled_is_named_where_a_script_has_no_end(trace: Trace) -> None:
    outcome = trace(
        """
import asyncio
async def stubborn():
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            pass
async def main():
    asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(3)
asyncio.run(main())
""",
        "--seconds",
        "1",
    )
    assert outcome.code == 1
    text = " ".join(outcome.out.split())
    assert "swallowed_cancellation: stubborn was asked to cancel after 3 seconds and went on in line 6" in text
    assert "script.py:6 await asyncio.sleep" in text


@pytest.mark.parametrize(
    ("body", "name"),
    [("asyncio.run(main())", "asyncio_error"), ("breakpoint()", "no_terminal"), ("await [1]", "asyncio_error")],
)
def test_an_error_that_explains_nothing_is_explained(trace: Trace, body: str, name: str) -> None:
    outcome = trace(f"import asyncio\nasync def main():\n    {body}\n    return 1\nasyncio.run(main())\n")
    assert f"docs/diagnoses.md#{name}" in outcome.out


def test_old_encodings_are_read(trace: Trace) -> None:
    assert "Grüße" in trace("# coding: latin-1\nprint('Grüße')".encode("latin-1")).out


def test_a_script_from_standard_input(trace: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(b"print('from a pipe')")))
    assert main(["trace", "-"]) == 0


def test_the_recording_as_json(trace: Trace, tmp_path: Path) -> None:
    outcome = trace(HELLO, "--json", "run.json")
    assert (outcome.code, outcome.out) == (0, "")
    document: Any = json.loads((tmp_path / "run.json").read_text())
    assert document["elapsed"] == 2
    assert document["lines"][0]["text"] == "hello" and document["tasks"][0]["coroutine"] == "main"
    assert json.loads(trace(HELLO, "--json", "-").out)["elapsed"] == 2


def test_the_picture_as_svg(trace: Trace, tmp_path: Path) -> None:
    outcome = trace(HELLO, "--svg", "picture.svg", "--text")
    picture = (tmp_path / "picture.svg").read_text()
    assert picture.startswith("<svg") and "2 seconds" in picture
    assert "@font-face" not in picture and "url(http" not in picture
    assert "2 seconds" in outcome.out
    assert trace(HELLO, "--svg", "again.svg").out == ""
    assert (tmp_path / "again.svg").read_text() == picture


@pytest.mark.parametrize("option", ["--svg", "--json"])
def test_a_place_that_cannot_be_written_is_said_before_anything_is_played(trace: Trace, option: str) -> None:
    outcome = trace(HELLO, option, "no/such/folder/x")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("script", CHAPTERS, ids=lambda script: script.stem)
def test_the_timeline_in_a_chapters_readme_is_what_is_drawn(trace: Trace, script: Path) -> None:
    readme = (ROOT / "exercises" / script.stem / "README.md").read_text(encoding="utf-8")
    name = script.relative_to(ROOT).as_posix()
    outcome = trace(script.read_bytes())
    assert outcome.code == 0, outcome
    picture, _, _ = "\n".join(rows(outcome)).replace("script.py", name, 1).partition("\n\n→")  # the rest: diagnoses
    assert f"```text\n$ python grader.py trace {name}\n{picture.rstrip()}\n```" in readme


def test_every_chapter_has_a_timeline() -> None:
    assert [script.stem for script in CHAPTERS] == sorted(
        path.parent.name for path in (ROOT / "exercises").glob("*/README.md")
    )
