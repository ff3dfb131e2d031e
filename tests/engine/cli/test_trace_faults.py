"""`trace`: what it says of scripts that are not well, and of what they are given to read."""

from __future__ import annotations

import io
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.cli import main

Trace = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.once


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trace:
    """Trace a text; gives the exit code and all that is printed, each row without the spaces around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def play(text: str | bytes, *arguments: str) -> tuple[int, str]:
        (tmp_path / "script.py").write_bytes(text.encode() if isinstance(text, str) else text)
        code = main(["trace", "script.py", *arguments])
        captured = capsys.readouterr()
        return code, "\n".join(row.strip() for row in (captured.out + captured.err).splitlines())

    return play


def test_a_process_that_ends_itself_keeps_what_was_recorded(trace) -> None:
    code, shown = trace(
        "import asyncio, os\nasync def main():\n    print('begun')\n    os._exit(3)\nasyncio.run(main())\n"
    )
    assert code == 1
    assert "begun" in shown and "Task-1 main" in shown
    assert shown.endswith("The script ended in line 4 with os._exit(3).")


def test_a_process_that_ends_itself_well_has_ended_well(trace) -> None:
    code, shown = trace("import asyncio, os\nasync def main():\n    os._exit(0)\nasyncio.run(main())\n")
    assert code == 0 and "Task-1 main" in shown


def test_a_text_with_which_a_script_ends_is_quoted(trace) -> None:
    code, shown = trace("import sys\nsys.exit('no luck')\n")
    assert (code, shown.endswith("with sys.exit('no luck').")) == (1, True)


def test_a_script_without_a_task_says_so(trace) -> None:
    code, shown = trace("async def main(): ...\n")
    assert code == 0 and "No task ran. asyncio.run(main()) makes the first one" in shown


def test_text_that_is_no_utf8_is_told_with_its_line(trace) -> None:
    code, shown = trace(b"first = 1\nsecond = '\xe9'\n")
    assert (code, shown) == (
        2,
        "script.py is not UTF-8 in line 2; save it as UTF-8, or name its encoding in the first line, such as "
        "# coding: latin-1.",
    )


def test_an_error_of_the_grammar_says_what_helps(trace) -> None:
    code, shown = trace("import asyncio\nawait asyncio.sleep(1)\n")
    assert code == 1 and shown.endswith("write async def in place of def.") and shown.count("\n") == 0


def test_what_cannot_be_written_says_where_a_script_may_write(trace) -> None:
    code, shown = trace("import os\nos.unlink(__file__)\n")
    assert code == 1
    assert "Read-only" not in shown or "may write in its working directory only" in shown


def test_a_generator_that_nobody_took_to_its_end_is_no_task_of_the_scripts(trace) -> None:
    code, shown = trace(
        "import asyncio\n"
        "async def numbers():\n"
        "    try:\n        yield 1\n        yield 2\n    finally:\n        await asyncio.sleep(1)\n"
        "async def main():\n    async for each in numbers():\n        break\n    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
    )
    assert code == 0
    assert "leaked: Nobody took numbers() to its end" in shown and "aclosing" in shown


def test_a_deadlock_is_told_from_the_wait_that_it_comes_from(trace) -> None:
    code, shown = trace(
        "import asyncio\n"
        "async def stuck():\n    await asyncio.Event().wait()\n"
        "async def main():\n    await asyncio.gather(stuck())\n"
        "asyncio.run(main())\n"
    )
    assert code == 1
    assert "(Task-2 waits for asyncio.Event.wait in line 3; Task-1 waits for gather in line" in shown
    assert "script.py:3  await asyncio.Event().wait()" in shown


def test_lines_that_one_step_prints_stand_below_one_another(trace) -> None:
    code, shown = trace(
        "import asyncio\n"
        "async def main():\n"
        "    await asyncio.sleep(1)\n"
        "    print('name  | n')\n    print('------+--')\n    print('a long name in a table | 3')\n"
        "asyncio.run(main())\n"
    )
    assert code == 0
    starts = {row.index(text) for row in shown.splitlines() for text in ("name  |", "------+", "a long") if text in row}
    assert len(starts) == 1


ASKS = "print(input().upper(), input())\n"


def test_a_script_reads_what_the_command_is_given(trace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "given").write_text("one\ntwo\n")
    with (tmp_path / "given").open() as given:
        monkeypatch.setattr(sys, "stdin", given)
        code, shown = trace(ASKS, "--stdin", "-")
    assert code == 0 and "ONE two" in shown


def test_asking_for_more_than_there_is_says_how_to_give_it(trace, tmp_path: Path) -> None:
    (tmp_path / "given.txt").write_text("one\n")
    code, shown = trace(ASKS, "--stdin", "given.txt")
    assert code == 1
    assert shown == "script.py asks for input in line 1, and there is nothing more to read; give it with --stdin FILE."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("missing.txt", "--stdin missing.txt cannot be read (No such file or directory); name a text file, or -"),
        (".", "--stdin . cannot be read (Is a directory); name a text file, or - for your own."),
        ("latin.txt", "--stdin latin.txt is not UTF-8; save it as UTF-8, or name another file."),
        ("large.txt", "--stdin large.txt is larger than 1 MiB; give the script less to read."),
    ],
)
def test_what_cannot_be_read_from_is_one_line(trace, tmp_path: Path, given: str, said: str) -> None:
    (tmp_path / "latin.txt").write_bytes(b"\xe9\n")
    (tmp_path / "large.txt").write_bytes(b"x" * (1024 * 1024 + 1))
    code, shown = trace(ASKS, "--stdin", given)
    assert (code, shown.count("\n")) == (2, 0)
    assert shown.startswith(said)


def test_a_script_from_standard_input_cannot_read_it_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(b"print(1)\n")))
    assert main(["trace", "-", "--stdin", "-"]) == 2
    assert capsys.readouterr().err.startswith("The script comes from standard input itself; --stdin takes a file")
