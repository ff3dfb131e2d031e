"""From the script to the program: which environment it runs in, what it is handed, and what stops it on the way."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kata.bootstrap import start
from kata.bootstrap.environment import Environment

from .conftest import CLI, CLONE, TYPED, Clone, said

posix = pytest.mark.skipif(os.name == "nt", reason="the stub of uv is a POSIX script")
ANEW = f"to set it up anew, type: {TYPED}\n"
UPDATING = "Updating .venv (a few seconds) ...\n"
SETTING_UP = "Setting up .venv (once, about 20 seconds) ...\n"


@posix
def test_the_first_start_sets_up_in_one_line_and_goes_on(clone: Clone) -> None:
    done = clone.start("list", "a b", "ü")
    assert done.stderr == SETTING_UP
    assert said(done)["argv"] == ["grader.py", "list", "a b", "ü"]
    assert said(done)["prefix"] == str(clone.venv)


@posix
def test_the_second_start_sets_nothing_up(clone: Clone) -> None:
    clone.start()
    done = clone.start()
    assert done.stderr == ""
    assert len(clone.installs) == 1


@posix
def test_exit_code_and_input_are_those_of_the_program(clone: Clone) -> None:
    done = clone.start("--seven")
    assert done.returncode == 7
    assert said(done)["input"] == "typed"


@posix
def test_a_scratch_file_cannot_hide_a_module(clone: Clone) -> None:
    for name in ("random", "asyncio", "hashlib", "subprocess", "json", "os", "kata", "tempfile", "packaging"):
        (clone.root / f"{name}.py").write_text("raise SystemExit('hidden')", encoding="utf-8")
    reported = said(clone.start())
    assert str(reported["random"]).startswith(sys.base_prefix)
    assert reported["root_at"] == -1


@posix
def test_it_can_be_called_from_elsewhere_and_through_a_link(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(clone.root / "grader.py")
    done = clone.run([sys.executable, str(tmp_path / "link")], cwd=tmp_path)
    assert said(done)["prefix"] == str(clone.venv)
    assert said(done)["cwd"] == str(tmp_path)


@posix
@pytest.mark.parametrize("command", ["selftest", "dev"])
def test_commands_for_authors_add_the_dev_extra_once(clone: Clone, command: str) -> None:
    clone.start()
    assert clone.start("--debug", command).stderr == UPDATING
    assert "tiny-tool" in clone.installs[-1]
    assert clone.start().stderr == ""
    assert clone.start(command).stderr == ""


@posix
def test_another_directory_can_be_named(clone: Clone) -> None:
    done = clone.start(KATA_VENV=".venv-other")
    assert said(done)["prefix"] == str(clone.root / ".venv-other")
    assert not clone.venv.exists()


def test_an_interpreter_that_has_the_packages_is_used_as_it_is(clone: Clone) -> None:
    (clone.root / "pyproject.toml").write_text(
        '[project]\ndependencies = ["pytest>=1"]\noptional-dependencies.dev = []\n', encoding="utf-8"
    )
    done = clone.start()
    assert done.stderr == ""
    assert said(done)["prefix"] == sys.prefix
    assert not clone.venv.exists()


@posix
def test_an_interpreter_whose_packages_do_not_work_is_left_for_an_environment(clone: Clone) -> None:
    clone.start(KATA_VENV="other")
    python = str(clone.root / "other" / "bin" / "python")
    [broken] = clone.root.glob("other/lib/python*/site-packages/tiny_dependency.py")
    broken.write_text("not Python", encoding="utf-8")
    clone.cli.write_text(f"import tiny_dependency\n{CLI}", encoding="utf-8")
    done = clone.start(python=python)
    assert done.returncode == 3
    assert done.stderr == (
        f"Packages in {clone.root / 'other'} do not work: tiny_dependency.py is not as it was installed; "
        "to use an environment of its own, type: other/bin/python grader.py\n"
    )
    assert said(clone.start(python=python))["prefix"] == str(clone.venv)


@posix
def test_an_environment_without_its_configuration_is_made_anew(clone: Clone) -> None:
    clone.start()
    (clone.venv / "pyvenv.cfg").unlink()
    done = clone.start()
    assert done.stderr == SETTING_UP
    assert said(done)["prefix"] == str(clone.venv)


@posix
def test_a_start_that_was_handed_over_never_hands_over_again(clone: Clone) -> None:
    clone.start()
    python = clone.venv / "bin" / "python"
    python.unlink()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    done = clone.start()
    assert (done.returncode, done.stderr) == (3, f".venv is damaged: its Python does not use it; {ANEW}")
    assert clone.start().stderr == SETTING_UP


@posix
def test_an_interpreter_that_cannot_be_started_is_mended_by_the_next_start(clone: Clone) -> None:
    clone.start()
    python = clone.venv / "bin" / "python"
    python.unlink()
    python.write_text("of another machine", encoding="utf-8")
    python.chmod(0o755)
    done = clone.start()
    why = f"its Python cannot be started, {os.strerror(8)}"
    assert (done.returncode, done.stderr) == (3, f".venv is damaged: {why}; {ANEW}")
    assert said(clone.start())["prefix"] == str(clone.venv)


DAMAGES = {
    "removed": (Path.unlink, "tiny_dependency.py is not as it was installed"),
    "emptied": (lambda file: file.write_bytes(b""), "tiny_dependency.py is not as it was installed"),
    "overwritten": (lambda file: file.write_bytes(b"\0" * 40), "tiny_dependency.py is not as it was installed"),
    "without metadata": (
        lambda file: next(file.parent.glob("tiny_dep*info")).rename(file.parent / "gone"),
        "tiny-dependency is missing",
    ),
}


@posix
@pytest.mark.parametrize(("damage", "found"), DAMAGES.values(), ids=DAMAGES.keys())
def test_a_package_that_breaks_the_program_is_mended_by_the_next_start(
    clone: Clone, damage: object, found: str
) -> None:
    clone.start()
    damage(clone.installed("tiny_dependency.py"))  # type: ignore[operator]
    clone.cli.write_text(f"import tiny_dependency; assert tiny_dependency.LIGHT, 1 / 0\n{CLI}", encoding="utf-8")
    if found == "tiny-dependency is missing":
        clone.installed("tiny_dependency.py").unlink()
    done = clone.start()
    assert (done.returncode, done.stderr) == (3, f".venv is damaged: {found}; {ANEW}")
    assert said(clone.start())
    assert len(clone.installs) == 2


@posix
def test_a_start_that_ended_without_a_word_is_looked_into_by_the_next(clone: Clone) -> None:
    clone.start()
    good = clone.cli.read_text(encoding="utf-8")
    clone.cli.write_text(f"import tiny_dependency\n{CLI}", encoding="utf-8")
    clone.installed("tiny_dependency.py").write_text("import os; os.abort()", encoding="utf-8")
    assert clone.start().returncode < 0
    done = clone.start()
    assert done.stderr == SETTING_UP
    assert said(done)
    clone.cli.write_text("import os; os.abort()", encoding="utf-8")
    assert clone.start().returncode < 0
    clone.cli.write_text(good, encoding="utf-8")
    assert clone.start().stderr == ""
    assert not (clone.venv / "asyncio-kata.begun").exists()


@posix
def test_the_program_may_ask_later_whether_the_packages_work(clone: Clone) -> None:
    clone.start()
    clone.cli.write_text("def main(broken):\n    print(broken())\n", encoding="utf-8")
    assert clone.start().stdout == "\n"
    clone.installed("tiny_dependency.py").unlink()
    assert clone.start().stdout.startswith(".venv is damaged: tiny_dependency.py is not as it was installed; ")
    assert clone.start().stderr == SETTING_UP


@posix
def test_a_fault_of_the_program_itself_is_not_blamed_on_the_environment(clone: Clone) -> None:
    clone.start()
    clone.cli.write_text("import kata.nowhere", encoding="utf-8")
    done = clone.start()
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "cannot be loaded (ModuleNotFoundError: No module named 'kata.nowhere') at __init__.py:1" in done.stderr
    assert "Traceback" in clone.start("--debug").stderr
    clone.cli.write_text(CLI, encoding="utf-8")
    assert clone.start().stderr == ""


def cut(compiled: Path) -> None:
    """Leave of a compiled file what a full disk leaves."""
    os.truncate(compiled, compiled.stat().st_size - 40)


@posix
@pytest.mark.parametrize("folder", ["kata", "kata/bootstrap"])
def test_compiled_files_that_a_full_disk_cut_off_do_not_stop_the_start(clone: Clone, folder: str) -> None:
    clone.start()
    for compiled in (clone.root / folder / "__pycache__").glob("*.pyc"):
        cut(compiled)
    assert said(clone.start())["root_at"] == -1


@posix
def test_a_compiled_file_of_the_program_that_was_cut_off_is_mended_by_the_next_start(clone: Clone) -> None:
    clone.start()
    [compiled] = clone.cli.parent.glob("__pycache__/*.pyc")
    cut(compiled)
    done = clone.start()
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert done.stderr.startswith("Compiled files of the grader were cut off, perhaps by a full disk, and are removed;")
    assert clone.start().stderr == ""


@posix
def test_ctrl_c_while_the_program_is_loaded_is_no_traceback(clone: Clone) -> None:
    clone.start()
    clone.cli.write_text("raise KeyboardInterrupt", encoding="utf-8")
    done = clone.start()
    assert (done.returncode, done.stderr) == (130, "\nStopped.\n")


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_obstacle_to_a_first_start(clone: Clone, closed: str) -> None:
    where = clone.root / "where"
    clone.cli.write_text(
        "import os, sys\n"
        "def main(broken):\n"
        "    print('text', file=sys.stderr, flush=True)\n"
        "    kept = [os.readlink(f'/proc/self/fd/{number}') for number in range(3)]\n"
        f"    open({str(where)!r}, 'w').write(' '.join(kept))\n"
        if os.path.isdir("/proc/self/fd")
        else f"def main(broken):\n    open({str(where)!r}, 'w').write('')\n",
        encoding="utf-8",
    )
    command = ["/bin/sh", "-c", f'exec "$0" "$1" {closed}', sys.executable, str(clone.root / "grader.py")]
    done = clone.run(command)
    assert done.returncode == 0, done.stderr
    assert (done.stderr == "") is ("2>&-" in closed)
    assert ".kata" not in where.read_text(encoding="utf-8")
    assert "asyncio-kata.lock" not in where.read_text(encoding="utf-8")
    assert (clone.venv / "asyncio-kata.lock").read_bytes() == b""
    assert len(clone.installs) == 1


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_line_that_nobody_can_read_does_not_stop_the_set_up(clone: Clone) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, str(clone.root / "grader.py")],
            env=clone.variables({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=full,
            encoding="utf-8",
            check=False,
        )
    assert said(done)["prefix"] == str(clone.venv)


def test_the_script_can_be_read_by_an_old_python() -> None:
    ast.parse((CLONE / "grader.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("arguments", "dev"),
    [
        ([], False),
        (["grade"], False),
        (["selftest"], True),
        (["--debug", "dev", "check"], True),
        (["run", "dev"], False),
    ],
)
def test_only_commands_for_authors_need_the_dev_extra(arguments: list[str], dev: bool) -> None:
    assert start.needs_dev(arguments) is dev


def test_the_installed_command_names_what_installs_its_packages_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "installed_requirements", lambda: ["nobody-has-this>=1"])
    assert start._broken_as_installed() == (
        f"Packages in {sys.prefix} do not work: nobody-has-this is missing; "
        f"to install them again, type: {sys.executable} -m pip install --force-reinstall asyncio-kata"
    )


def test_a_damaged_environment_that_cannot_be_written_is_left_for_another(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "forget", lambda _: False)
    assert start._mended(absent, "rich is missing") == (
        ".venv is damaged and cannot be written: rich is missing; name a directory that can with KATA_VENV, "
        "for example: KATA_VENV=~/kata-venv python grader.py"
    )


@posix
def test_the_module_prints_the_interpreter_that_has_the_tools(clone: Clone) -> None:
    done = clone.run([sys.executable, "-m", "kata.bootstrap"], PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (0, f"{clone.venv / 'bin' / 'python'}\n")
    assert "tiny-tool" in clone.installs[-1]


@posix
def test_the_module_says_in_one_line_why_there_is_none(clone: Clone) -> None:
    (clone.root / "constraints.txt").unlink()
    done = clone.run([sys.executable, "-m", "kata.bootstrap"])
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)


COMMAND = "def main(broken):\n    from kata.program import COMMAND\n    print(COMMAND)\n"


@posix
def test_a_process_that_was_handed_over_knows_what_its_user_typed(clone: Clone) -> None:
    clone.start()
    clone.cli.write_text(COMMAND, encoding="utf-8")
    shutil.copy(CLONE / "kata/__main__.py", clone.root / "kata/__main__.py")
    assert clone.start().stdout == f"{TYPED}\n"
    assert clone.run([sys.executable, "-m", "kata"], PYTHONPATH=str(clone.root)).stdout == f"{TYPED[:-10]} -m kata\n"


@posix
def test_a_process_that_was_handed_over_is_one_without_options(clone: Clone) -> None:
    clone.start()
    clone.cli.write_text("def main(broken):\n    import sys\n    print(sys._xoptions)\n", encoding="utf-8")
    assert clone.start().stdout == "{}\n"
