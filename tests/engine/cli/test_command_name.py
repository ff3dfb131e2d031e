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

PRINTS_ITS_COMMAND = """
def main(broken=None):
    from kata.program import COMMAND, IN_A_CLONE
    print(COMMAND, IN_A_CLONE, sep="\\n")
"""

posix = pytest.mark.skipif(os.name == "nt", reason="another shell, and another way to find programs")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package alone, as where packages are installed."""
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(ROOT / "kata", folder / "kata", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "asyncio-kata").write_text("import sys; from kata.cli import main; sys.exit(main())")
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that needs no packages, and whose program prints what it takes for its user's command."""
    root = tmp_path / "my clone"
    shutil.copytree(ROOT / "kata/bootstrap", root / "kata/bootstrap")
    for name in ("grader.py", "kata/__init__.py", "kata/__main__.py", "kata/program.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "kata/cli").mkdir()
    (root / "kata/cli/__init__.py").write_text(PRINTS_ITS_COMMAND)
    (root / "pyproject.toml").write_text(
        '[project]\nname = "tiny"\ndependencies = []\noptional-dependencies.dev = []\n'
    )
    (root / "constraints.txt").write_text("")
    return root


@pytest.fixture
def python3(tmp_path: Path) -> Path:
    """A folder with `python3` and no `python`, to be the whole PATH."""
    folder = tmp_path / "only python3"
    folder.mkdir()
    (folder / "python3").symlink_to(os.path.realpath(sys.executable))
    (folder / "env").symlink_to(shutil.which("env") or "/usr/bin/env")
    return folder


def typed(command: str, path: Path, cwd: Path, **variables: str) -> list[str]:
    """What a program takes for its command, and what for that of a clone, when a shell starts it."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=cwd,
        env={"PATH": str(path), "HOME": str(path), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@posix
@pytest.mark.parametrize(
    ("command", "where", "printed"),
    [
        ("python3 grader.py", ".", "python3 grader.py"),
        ("python3 ./grader.py list", ".", "python3 grader.py"),
        ("python3 -m kata", ".", "python3 -m kata"),
        ("python3 grader.py --help", ".", "python3 grader.py"),
        ("python3 ../grader.py", "kata", "python3 ../grader.py"),
        ("python3 'my clone/grader.py'", "..", "python3 'my clone/grader.py'"),
        ('"$PWD/../only python3/python3" grader.py', ".", "python3 grader.py"),
        ('python3 "$PWD/grader.py"', ".", "python3 grader.py"),
    ],
)
def test_the_command_is_what_was_typed(clone: Path, python3: Path, command: str, where: str, printed: str) -> None:
    assert typed(command, python3, clone / where) == [printed, "python3 grader.py"]


@posix
def test_a_script_that_was_started_by_itself_is_named_so(clone: Path, python3: Path) -> None:
    # As bash and zsh set it; other shells leave there what was started before.
    assert typed("./grader.py", python3, clone, _="./grader.py")[0] == "./grader.py"
    assert typed("./grader.py", python3, clone, _="/usr/bin/make")[0] == "python3 grader.py"


@posix
def test_an_interpreter_that_is_on_no_path_is_named_by_one_that_works(clone: Path, python3: Path) -> None:
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / ".venv/bin/python").symlink_to(python3 / "python3")
    assert typed(".venv/bin/python grader.py", python3, clone)[0] == ".venv/bin/python grader.py"
    assert typed('"$PWD/.venv/bin/python" grader.py', python3, clone)[0] == ".venv/bin/python grader.py"


@posix
def test_an_interpreter_behind_a_manager_of_several_goes_by_its_name(clone: Path, python3: Path) -> None:
    (python3 / "python3").rename(python3.parent / "python3")
    (python3 / "python3").write_text(f"#!/bin/sh\nexec '{python3.parent}/python3' \"$@\"\n")
    (python3 / "python3").chmod(0o755)
    assert typed("python3 grader.py", python3, clone)[0] == "python3 grader.py"


@posix
def test_the_installed_command_goes_by_its_name_where_that_is_found(installed: Path, clone: Path) -> None:
    (installed / "asyncio-kata").chmod(0o755)
    script = installed / "asyncio-kata"
    text = script.read_text()
    script.write_text(f"#!{os.path.realpath(sys.executable)}\nimport kata.program; print(kata.program.COMMAND)\n")
    try:
        assert typed("asyncio-kata", installed, clone, PYTHONPATH=str(installed)) == ["asyncio-kata"]
        assert typed("./asyncio-kata", clone, installed, PYTHONPATH=str(installed)) == ["./asyncio-kata"]
    finally:
        script.write_text(text)


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
    assert run("asyncio-kata", "--help", folder=installed).stdout.startswith("Usage: asyncio-kata [OPTIONS]")
    assert "type: asyncio-kata --help" in run("asyncio-kata", "nosuch", folder=installed).stderr


def test_python_m_kata_names_itself(installed: Path, tmp_path: Path) -> None:
    shown = run("-m", "kata", "--help", folder=installed, cwd=tmp_path)
    assert " -m kata [OPTIONS]" in shown.stdout.splitlines()[0]
    assert "grader.py" not in shown.stdout and "asyncio-kata alone" not in shown.stdout
    assert " -m kata grade --help" in run("-m", "kata", "--jobs", "0", folder=installed).stderr


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        ("list", "make one of your own with: asyncio-kata init DIR"),
        ("selftest", r"clone the asyncio-kata repository, and type python3? grader\.py"),
    ],
)
def test_what_needs_a_folder_says_so_wherever_it_stands(
    installed: Path, tmp_path: Path, command: str, advice: str
) -> None:
    (tmp_path / "tests/engine").mkdir(parents=True)
    (tmp_path / "tests/engine/test_of_somebody_else.py").write_text("def test_theirs(): assert not 'mine'")
    done = run("-m", "kata", command, folder=installed, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert re.search(advice, done.stderr)
    assert done.stderr.count("\n") == 1


def test_in_a_clone_python_m_kata_starts_the_script_that_finds_the_environment(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "kata", tmp_path / "clone/kata")
    script = "import os, sys; print(sys.argv[1:], __name__, os.environ['KATA_AS_MODULE'])"
    (tmp_path / "clone/grader.py").write_text(script)
    done = run("-m", "kata", "list", "--todo", folder=tmp_path / "clone")
    assert done.stdout == "['list', '--todo'] __main__ 1\n"


def test_the_module_is_named_once_and_not_by_what_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_AS_MODULE", "1")
    assert program._command().endswith(" -m kata")
    assert program._command() == "python grader.py"


def test_the_command_is_written_nowhere_but_found_out() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kata").rglob("*.py")
        if path.parent.name != "bootstrap"  # which runs before there is a command
        and re.search(r"python3? grader\.py|python3? -m kata", path.read_text(encoding="utf-8"))
    }
    assert writers == {"kata/__main__.py"}, "only the docstring of that one says it"
