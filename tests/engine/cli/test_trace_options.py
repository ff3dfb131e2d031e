"""`trace`: which part of a script is shown, modules, and what a script may read besides its own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kata.cli import main

Trace = Callable[..., tuple[int, str]]

WORK = """
import asyncio
async def fetch(seconds):
    await asyncio.sleep(seconds)
    print("fetched")
async def tidy():
    await asyncio.sleep(5)
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch(1), name="fetch-1")
        group.create_task(fetch(3), name="fetch-2")
        group.create_task(tidy())
asyncio.run(main())
"""


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trace:
    """``trace({"script.py": "print(1)"}, "script.py")``: exit code, and all that was printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("PYTHONPATH", raising=False)

    def play(files: dict[str, str], *arguments: str) -> tuple[int, str]:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        code = main(["trace", *arguments])
        streams = capsys.readouterr()
        return code, streams.out + streams.err

    return play


def heads(shown: str) -> list[str]:
    return [line.split("  ")[0].strip() or line.strip().split("  ")[0] for line in shown.splitlines() if "●" in line]


@pytest.mark.once
def test_only_the_tasks_that_are_asked_for_are_drawn_with_what_they_print(trace) -> None:
    code, shown = trace({"script.py": WORK}, "script.py", "--only", "fetch-*", "--only", "main")
    assert code == 0, shown
    assert "fetch-1" in shown and "fetch-2" in shown and "Task-1 main" in shown
    assert "tidy" not in shown and shown.count(" fetched") == 2
    assert (
        "No task is called nobody; there were main, Task-1, fetch, fetch-1"
        in trace({}, "script.py", "--only", "nobody")[1]
    )


@pytest.mark.once
def test_a_part_of_the_seconds_is_drawn(trace) -> None:
    code, shown = trace({"script.py": WORK}, "script.py", "--from", "2", "--to", "4")
    assert code == 0, shown
    assert "  fetch-2 " in shown and "  fetch-1 " not in shown and shown.count("fetched") == 1
    assert shown.splitlines()[2].split()[0] == "2s" and shown.splitlines()[2].split()[-1] == "4s"
    assert trace({}, "script.py", "--from", "60") == (2, "It ended at second 5; --from takes one before that.\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "4", "--to", "4"], "--from takes a second before that of --to.\n"),
        (["--with", "nowhere"], "There is no directory nowhere; --with takes one that the script may read.\n"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_played(trace, options: list[str], said: str) -> None:
    assert trace({"script.py": "1/0"}, "script.py", *options) == (2, said)


@pytest.mark.once
def test_a_table_says_how_each_task_spent_its_time(trace) -> None:
    code, shown = trace({"script.py": WORK}, "script.py", "--summary")
    assert code == 0, shown
    table = [line.split() for line in shown.splitlines() if line.endswith("finished") or "most on" in line]
    assert ["task", "turns", "waits", "most", "on", "blocks", "computes", "end"] in table
    (row,) = (line for line in table if line[0] == "fetch-2")
    assert row[:6] == ["fetch-2", "2", "3", "sleep", ":4", "0"]
    assert float(row[6]) < 1


PACKAGE = {
    "app/__init__.py": "print('package')",
    "app/__main__.py": "import sys\nfrom .part import VALUE\nprint(VALUE, __package__, sys.argv[1:], __name__)",
    "app/part.py": "VALUE = 42\nif __name__ == '__main__':\n    from . import other\n    print('part', other.VALUE)",
    "app/other.py": "VALUE = 7",
    "app/below/__init__.py": "",
    "lib/elsewhere.py": "print('found')",
}


@pytest.mark.once
def test_a_module_is_played_as_python_does_it(trace, monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = trace(PACKAGE, "-m", "app", "--", "x", "-y")
    assert code == 0, shown
    assert "package" in shown and "42 app ['x', '-y'] __main__" in shown
    assert "part 7" in trace({}, "-m", "app.part")[1]
    monkeypatch.setenv("PYTHONPATH", "lib")
    assert "found" in trace({}, "-m", "elsewhere")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-m", "nothing.at.all"], "There is no module nothing; name one as for python -m"),
        (["-m", "app.below"], "app.below is a package without a __main__; name one of its modules."),
        ([], "Name a Python script, or a module with -m."),
    ],
)
def test_a_module_that_cannot_be_played_is_one_line(trace, arguments: list[str], said: str) -> None:
    code, shown = trace(PACKAGE, *arguments)
    assert code == 2 and said in shown and shown.count("\n") == 1


ABOVE = {
    "above.py": "NAME = 'from above'",
    "scripts/script.py": "import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))\n"
    "import above\nprint(above.NAME)",
    "scripts/reads.py": "import os\nprint(open(os.path.join(os.path.dirname(__file__), '..', 'above.py')).read())",
    "scripts/writes.py": "import os\nopen(os.path.join(os.path.dirname(__file__), '..', 'above.py'), 'w')",
}


@pytest.mark.once
def test_a_script_reads_another_directory_when_that_is_allowed(trace, monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = trace(ABOVE, "scripts/script.py", "--with", ".")
    assert (code, "from above" in shown) == (0, True), shown
    monkeypatch.setenv("PYTHONPATH", ".")
    assert "from above" in trace({}, "scripts/script.py")[1]


@pytest.mark.once
@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere nothing holds a script back")
def test_what_a_script_may_not_read_says_how_to_allow_it(trace, tmp_path: Path) -> None:
    assert "or with --with DIR if the script looks there by itself" in trace(ABOVE, "scripts/script.py")[1]
    shown = " ".join(trace({}, "scripts/reads.py")[1].split())
    assert f"with --with {tmp_path}" in shown
    assert trace({}, "scripts/writes.py", "--with", ".")[0] == 1
    assert (tmp_path / "above.py").read_text() == ABOVE["above.py"]
