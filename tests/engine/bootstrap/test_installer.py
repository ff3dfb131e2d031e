"""Setting an environment up: what is installed and tried, what is left alone, and what is said when it fails."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kata.bootstrap import installer
from kata.bootstrap.environment import Environment
from kata.bootstrap.packages import SetupError

from .conftest import TYPED, Clone, said

posix = pytest.mark.skipif(os.name == "nt", reason="the stub of uv is a POSIX script")
with_pip = pytest.mark.skipif(not importlib.util.find_spec("ensurepip"), reason="this Python comes without pip")
not_root = pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
UPDATING = "Updating .venv (a few seconds) ...\n"
SETTING_UP = "Setting up .venv (once, about 20 seconds) ...\n"


@posix
def test_pinned_packages_are_installed(clone: Clone) -> None:
    clone.start()
    (line,) = clone.installs
    assert f"-c {clone.root / 'constraints.txt'} tiny-dependency>=1" in line
    assert "tiny-tool" not in line


@posix
def test_a_changed_pin_installs_again_and_keeps_the_dev_extra(clone: Clone) -> None:
    clone.start("selftest")
    (clone.root / "constraints.txt").write_text("tiny-dependency==1.3\n", encoding="utf-8")
    assert clone.start().stderr == UPDATING
    assert "tiny-tool" in clone.installs[-1]


@posix
def test_a_set_up_that_was_killed_is_done_anew(clone: Clone) -> None:
    clone.uv("os.kill(os.getppid(), 9)")
    assert clone.start().returncode == -9
    clone.uv()
    done = clone.start()
    assert done.stderr == SETTING_UP
    assert said(done)


@posix
def test_a_set_up_that_was_interrupted_says_so_and_is_done_anew(clone: Clone) -> None:
    clone.uv("import signal; os.kill(os.getppid(), signal.SIGINT); signal.pause()")
    done = clone.start()
    assert (done.returncode, done.stderr.splitlines()[1:]) == (
        3,
        ["The set-up was interrupted; start again and it is done anew."],
    )
    clone.uv()
    assert said(clone.start())


@posix
def test_an_environment_whose_python_is_gone_is_made_anew(clone: Clone) -> None:
    clone.start()
    for python in (clone.venv / "bin").glob("python*"):
        python.unlink()
    (clone.venv / "bin" / "python").symlink_to(clone.root / "removed")
    assert said(clone.start())["prefix"] == str(clone.venv)


@posix
def test_a_learners_own_environment_gets_the_packages_and_is_not_remade(clone: Clone) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone.venv)], check=True)
    (clone.venv / "mine.txt").write_text("mine", encoding="utf-8")
    done = clone.start()
    assert done.stderr == UPDATING
    assert said(done)
    assert (clone.venv / "mine.txt").exists()


@posix
def test_a_second_first_start_waits_for_the_first(clone: Clone) -> None:
    clone.uv(f"open({str(clone.stub / 'fifo')!r}).read(); install()")
    os.mkfifo(clone.stub / "fifo")
    command = [sys.executable, str(clone.root / "grader.py")]
    started = [
        subprocess.Popen(
            command,
            env=clone.variables({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    with open(clone.stub / "fifo", "w", encoding="utf-8"):
        pass  # opens once an installer reads, and lets it go on
    ended = [process.communicate(timeout=50) for process in started]
    assert [process.returncode for process in started] == [0, 0], ended
    assert len(clone.installs) == 1


def test_a_directory_that_another_start_marks_meanwhile_is_no_strangers(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, lambda _: (0, ""))
    listed = os.listdir

    def marked_first(folder: str) -> list[str]:
        if folder == absent.folder:
            Path(absent.owned).touch()
        return listed(folder)

    monkeypatch.setattr(os, "listdir", marked_first)
    installer.set_up(absent, False)
    assert os.path.exists(absent.stamp)


@posix
@not_root
def test_a_clone_that_cannot_be_written_says_where_to_go(clone: Clone) -> None:
    clone.root.chmod(0o555)
    try:
        done = clone.start()
    finally:
        clone.root.chmod(0o755)
    assert done.returncode == 3
    assert "cannot be written; name a directory that can with KATA_VENV" in done.stderr


def test_a_set_up_that_was_killed_while_it_emptied_the_directory_is_done_anew(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, lambda _: (0, ""))
    installer.set_up(absent, False)
    absent.forget()
    (Path(absent.folder) / "lib").mkdir()

    def killed(folder: str) -> None:
        remove(folder)
        raise KeyboardInterrupt

    remove = shutil.rmtree
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(installer.shutil, "rmtree", killed)
        installer.set_up(absent, False)
    installer.set_up(absent, False)
    assert os.path.exists(absent.stamp)


def test_what_pip_installed_is_tried_before_it_is_believed(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, lambda _: (0, ""), fault="rich is missing")
    assert failure(absent) == (
        "The packages were installed and do not work: rich is missing; mend that, then start again."
    )
    assert not os.path.exists(absent.stamp)


@posix
@with_pip
def test_settings_that_would_spoil_the_set_up_are_noticed_in_uv_and_left_out_in_pip(clone: Clone) -> None:
    clone.uv("sys.exit(0)")  # content with itself, and nothing is there
    elsewhere = clone.root / "elsewhere"
    config = clone.stub / "pip.conf"
    spoiling = {
        "global": {"find-links": clone.stub, "no-index": "1", "quiet": "2", "python": "/nowhere/python"},
        "install": {"target": elsewhere, "no-deps": "1", "dry-run": "1", "require-hashes": "1", "root": elsewhere},
    }
    with open(config, "w", encoding="utf-8") as file:
        for section, settings in spoiling.items():
            file.write(f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items()))
    done = clone.start(PIP_CONFIG_FILE=str(config), PIP_PREFIX=str(elsewhere), PIP_NO_CACHE_DIR="1")
    assert said(done)["prefix"] == str(clone.venv)
    assert clone.installed("tiny_dependency.py")
    assert not elsewhere.exists()


@posix
@with_pip
def test_uv_that_fails_leaves_it_to_pip(clone: Clone) -> None:
    clone.uv("sys.exit(1)")
    done = clone.start(PIP_NO_INDEX="1")
    assert done.returncode == 3
    assert "The packages could not be installed (ERROR: " in done.stderr
    assert (clone.venv / "setup.log").exists()


@posix
@pytest.mark.parametrize("target", ["made", "empty", "not there"])
def test_an_environment_may_be_a_link(clone: Clone, tmp_path: Path, target: str) -> None:
    elsewhere = tmp_path / "big disk" / "venv"
    clone.venv.symlink_to(elsewhere)
    if target == "empty":
        elsewhere.mkdir(parents=True)
    elif target == "made":
        clone.start()
        (elsewhere / "pyvenv.cfg").unlink()
    done = clone.start()
    assert done.stderr == SETTING_UP
    assert said(done)["prefix"] == str(elsewhere)
    assert clone.venv.is_symlink()


@posix
@pytest.mark.parametrize("variables", [{}, {"KATA_VENV": "mine"}])
def test_a_directory_of_somebody_else_is_left_alone(clone: Clone, variables: dict[str, str]) -> None:
    folder = clone.root / variables.get("KATA_VENV", ".venv")
    folder.mkdir()
    (folder / "thesis.tex").write_text("years of work", encoding="utf-8")
    done = clone.start(**variables)
    assert (done.returncode, done.stderr) == (
        3,
        f"{folder.name} holds other things than a Python environment, so it is left as it is; "
        "name a new or an empty directory with KATA_VENV, for example: KATA_VENV=~/kata-venv "
        f"{TYPED}\n",
    )
    assert os.listdir(folder) == ["thesis.tex"]


@posix
def test_a_file_in_the_place_of_the_environment_is_left_alone(clone: Clone) -> None:
    clone.venv.write_text("mine", encoding="utf-8")
    done = clone.start()
    assert done.returncode == 3
    assert done.stderr.startswith(".venv is no directory, so it is left as it is; name a new or an empty directory")
    assert clone.venv.read_text(encoding="utf-8") == "mine"


@posix
def test_a_learners_own_environment_that_does_not_start_is_left_alone(clone: Clone) -> None:
    clone.venv.mkdir()
    (clone.venv / "pyvenv.cfg").write_text("home = /nowhere\n", encoding="utf-8")
    done = clone.start()
    assert done.returncode == 3
    assert ".venv holds no environment of Python 3.11 or newer that starts, so it is left as it is" in done.stderr


@posix
def test_a_damaged_package_in_a_learners_own_environment_is_installed_again(clone: Clone) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone.venv)], check=True)
    clone.start()
    assert "--reinstall" in clone.installs[-1]
    (clone.root / "constraints.txt").write_text("tiny-dependency<2\n", encoding="utf-8")
    clone.start()
    assert "--reinstall" not in clone.installs[-1]


@posix
@not_root
def test_a_directory_whose_parent_cannot_be_written_will_do(clone: Clone, tmp_path: Path) -> None:
    volume = tmp_path / "mounts" / "volume"
    volume.mkdir(parents=True)
    volume.parent.chmod(0o555)
    try:
        clone.start(KATA_VENV=str(volume))
        (volume / "pyvenv.cfg").unlink()
        assert said(clone.start(KATA_VENV=str(volume)))["prefix"] == str(volume)
    finally:
        volume.parent.chmod(0o755)


Answer = Callable[[list[str]], tuple[int, str]]


def answered(monkeypatch: pytest.MonkeyPatch, answer: Answer, fault: str = "") -> None:
    """Answer in place of the programs that the installer runs; there is no uv."""

    def call(_: object, command: list[str], environ: Mapping[str, str] | None = None) -> tuple[int, str]:
        return answer(command)

    monkeypatch.setattr(installer.shutil, "which", lambda _: None)
    monkeypatch.setattr(installer._Setup, "_call", call)
    monkeypatch.setattr(installer, "look", lambda *_, **__: fault)


def failure(environment: Environment) -> str:
    with pytest.raises(SetupError) as caught:
        installer.set_up(environment, False)
    message = str(caught.value)
    assert message.isprintable()
    return message


OUTPUTS = {
    "no network": (
        "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\n"
        "ERROR: No matching distribution found for tiny-dependency",
        "The packages could not be installed: the package index cannot be reached (the whole output is in ",
    ),
    "certificate": (
        "Retrying after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
        "the certificate of the package index is not trusted here",
    ),
    "no ssl": (
        "connection broken by SSLError(Can't connect to HTTPS URL because the SSL module is not available.)",
        "could not be installed: this Python was built without ssl and can fetch nothing; start with another one",
    ),
    "no name server": (
        "error: dns error: Temporary failure in name resolution",
        "the package index cannot be",
    ),
    "disk full": ("ERROR: [Errno 28] No space left on device", "The disk is full, that of "),
    "something else is not writable": (
        "ERROR: [Errno 13] Permission denied: '/tmp/x'",
        "could not be installed (ERROR: [Errno 13] Permission denied: '/tmp/x'); mend",
    ),
    "something else": (
        "Collecting\nERROR: it is Monday\n",
        "could not be installed (ERROR: it is Monday); mend",
    ),
    "silence": ("", "could not be installed (no reason given); mend"),
}


@pytest.mark.parametrize(("output", "line"), OUTPUTS.values(), ids=OUTPUTS.keys())
def test_a_failed_installation_is_one_line_that_says_what_to_do(
    absent: Environment, monkeypatch: pytest.MonkeyPatch, output: str, line: str
) -> None:
    answered(monkeypatch, lambda command: (1, output) if "install" in command else (0, ""))
    assert line in failure(absent)
    assert not absent.is_ready(False)


def test_a_python_without_the_venv_package_names_it(absent: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, lambda _: (0, ""))
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert "install the package python3-venv" in failure(absent)


@pytest.mark.parametrize(
    ("number", "line"), [(28, "The disk is full"), (13, "cannot be written"), (5, "could not be set up")]
)
def test_an_error_of_the_system_is_one_line(
    absent: Environment, monkeypatch: pytest.MonkeyPatch, number: int, line: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    answered(monkeypatch, lambda _: (0, ""))
    monkeypatch.setattr(installer, "_write", refuse)
    assert line in failure(absent)


def test_a_disk_that_is_full_from_the_first_byte_on_leaves_nothing_that_is_taken_for_somebody_elses(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(
        monkeypatch, lambda command: (1, "Error: [Errno 28] No space left on device") if "venv" in command else (0, "")
    )
    assert "The disk is full" in failure(absent)
    os.truncate(absent.owned, 0)
    assert "The disk is full" in failure(absent)


def test_a_full_disk_is_noticed_where_pip_itself_does_not_fit(
    absent: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(command: list[str]) -> tuple[int, str]:
        if "ensurepip" in command:
            return 1, "OSError: [Errno 28] No space left on device"
        return (1, "") if "import pip" in command else (0, "")

    answered(monkeypatch, answer)
    assert "The disk is full" in failure(absent)
