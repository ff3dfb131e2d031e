"""Standard streams that are closed, full, or that nobody reads: each command ends calmly and says what was lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")

COMMAND = "import sys; from kata.cli import main; sys.exit(main(sys.argv[1:]))"

OWN_COMMAND = """
import sys, typer
from kata.cli import app, output_files, terminal

def own():
    {body}

app.app.command("own")(own)
sys.exit(app.run(["own"]))
"""


def redirected(to: str, *arguments: str, code: str = COMMAND) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in the root of the repository with the redirections of a shell, such as ``>&-``."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {to}', "sh", sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", "KATA_DEBUG": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def own(body: str, to: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose body is ``body``."""
    return redirected(to, code=OWN_COMMAND.format(body=body))


@pytest.mark.parametrize(
    ("command", "to", "reason"),
    [
        ("list", ">/dev/full", "No space left on device"),
        ("list", ">&-", "Bad file descriptor"),
        ("--version", ">&-", "Bad file descriptor"),
        ("run --help", ">/dev/full", "No space left on device"),
    ],
)
def test_what_cannot_be_printed_is_exit_code_3_and_one_line(command: str, to: str, reason: str) -> None:
    done = redirected(to, *command.split())
    assert done.returncode == 3
    assert done.stderr == f"Standard output cannot be written ({reason}); make room, or send it elsewhere.\n"


@pytest.mark.parametrize(
    "body",
    [
        "terminal.say('little'); raise typer.Exit(1)",
        "terminal.say('little'); terminal.error('and a warning')",
        "terminal.say('little'); sys.stdout.flush()",
        "terminal.say('much' * 100_000)",
        "terminal.console().print('much ' * 100_000)",
        "output_files.write('-', 'a report')",
    ],
)
def test_however_it_is_printed(body: str) -> None:
    done = own(body, ">/dev/full")
    assert done.returncode == 3, done
    assert done.stderr.startswith("Standard output cannot be written") and done.stderr.count("\n") == 1


def test_unbuffered_output_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    assert redirected(">/dev/full", "--version").returncode == 3
    assert redirected("", "--version").stdout.startswith("asyncio-kata ")


def test_a_command_that_prints_nothing_needs_no_standard_output() -> None:
    assert own("pass", ">&-").returncode == 0


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full"])
def test_the_exit_code_remains_when_an_error_cannot_be_told(to: str) -> None:
    done = redirected(to, "show", "no_such_exercise_anywhere")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_without_any_stream_the_exit_code_still_tells() -> None:
    assert redirected("<&- >&- 2>&-", "list").returncode == 3
    assert redirected("<&- >&- 2>&-", "no_such_command").returncode == 2


def test_an_error_that_nobody_reads_any_more_keeps_its_exit_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "no_such_command"], cwd=ROOT, stderr=pipe, check=False, timeout=60
        )
    assert done.returncode == 2


def test_a_closed_standard_input_answers_no_question() -> None:
    code = "from kata.cli import streams, terminal; streams.prepare(); print(terminal.agreed('Sure?'))"
    done = redirected("<&-", code=code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "None\n", "")


def test_a_question_that_cannot_be_shown_is_answered_by_nobody() -> None:
    code = (
        "import sys; from kata.cli import streams, terminal; streams.prepare(); sys.stdin.isatty = lambda: True; "
        "print(terminal.agreed('Sure?'))"
    )
    assert redirected("2>/dev/full", code=code).stdout == "None\n"


def test_a_script_from_a_closed_standard_input_is_one_line() -> None:
    done = redirected("<&-", "trace", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Standard input cannot be read (Bad file descriptor); name a Python script.\n"


def test_no_file_becomes_a_standard_stream_by_accident() -> None:
    code = (
        "import os; from kata.cli import streams; streams.prepare(); "
        "import sys; sys.exit(10 * (os.open(os.devnull, os.O_RDONLY) > 2))"
    )
    assert redirected("<&- >&- 2>&-", code=code).returncode == 10


@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
def test_a_terminal_that_does_not_know_its_size_shows_everything(terminal: str) -> None:
    ours, theirs = os.openpty()  # of 0 rows and 0 columns
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "next"],
        cwd=ROOT,
        env={**environment, "TERM": terminal, "NO_COLOR": "1"},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        assert process.wait() == 0
        shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "Next: " in shown or "are done" in shown
