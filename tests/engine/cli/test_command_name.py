"""What messages tell a user to type is what works for them: script, module or installed command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kata import program

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package alone, as where packages are installed."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(ROOT / "kata", folder / "kata", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "asyncio-kata").write_text("import sys; from kata.cli import main; sys.exit(main())")
    return folder


def run(*command: str, folder: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd or folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "80", "KATA_DEBUG": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_installed_command_names_itself(installed: Path) -> None:
    script = str(installed / "asyncio-kata")
    assert run(script, "--help", folder=installed).stdout.startswith("Usage: asyncio-kata [OPTIONS]")
    assert "type: asyncio-kata --help" in run(script, "nosuch", folder=installed).stderr


def test_python_m_kata_names_itself(installed: Path, tmp_path: Path) -> None:
    shown = run("-m", "kata", "--help", folder=installed, cwd=tmp_path)
    assert shown.stdout.startswith("Usage: python -m kata [OPTIONS]")
    assert "python grader.py" not in shown.stdout and "asyncio-kata alone" not in shown.stdout
    assert "type: python -m kata grade --help" in run("-m", "kata", "--jobs", "0", folder=installed).stderr


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        ("list", "make one of your own with: asyncio-kata init DIR"),
        ("selftest", "clone the asyncio-kata repository, and type python grader.py"),
    ],
)
def test_what_needs_a_folder_says_so_wherever_it_stands(
    installed: Path, tmp_path: Path, command: str, advice: str
) -> None:
    (tmp_path / "tests/engine").mkdir(parents=True)
    (tmp_path / "tests/engine/test_of_somebody_else.py").write_text("def test_theirs(): assert not 'mine'")
    done = run("-m", "kata", command, folder=installed, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert advice in done.stderr
    assert done.stderr.count("\n") == 1


def test_in_a_clone_python_m_kata_starts_the_script_that_finds_the_environment(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "kata", tmp_path / "clone/kata")
    script = "import os, sys; print(sys.argv[1:], __name__, os.environ['KATA_AS_MODULE'])"
    (tmp_path / "clone/grader.py").write_text(script)
    done = run("-m", "kata", "list", "--todo", folder=tmp_path / "clone")
    assert done.stdout == "['list', '--todo'] __main__ 1\n"


def test_the_module_is_named_once_and_not_by_what_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_AS_MODULE", "1")
    assert program._command() == "python -m kata"
    assert program._command() == "python grader.py"


def test_the_command_is_written_in_one_place_only() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kata").rglob("*.py")
        if path.parent.name != "bootstrap"  # which runs before there is a command
        and re.search(r"python3? grader\.py|python3? -m kata", path.read_text(encoding="utf-8"))
    }
    assert writers == {"kata/__main__.py", "kata/program.py"}
