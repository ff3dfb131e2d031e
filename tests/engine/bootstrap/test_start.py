"""The first start and every later one, in a small project with a stub in place of the installer.

Nothing is fetched: a fake ``uv`` or a patched call stands in for what would be installed.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.bootstrap import environment, installer
from kata.bootstrap.environment import Environment, SetupError

CLONE = Path(__file__).resolve().parents[3]

PROJECT = """
[project]
name = "tiny"
dependencies = ["tiny-dependency>=1; python_version >= '3'", "not-here; python_version < '3'"]
optional-dependencies.dev = ["tiny-tool"]
"""

CLI = """
import json, os, sys
def main():
    import random
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    print(json.dumps({"argv": sys.argv, "prefix": sys.prefix, "cwd": os.getcwd(), "input": sys.stdin.read(),
                      "root_at": sys.path.index(root) - len(sys.path), "random": random.__file__}))
    return 7 if "--seven" in sys.argv else None
"""

FAKE_UV = """#!{python}
import os, sys
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
{body}
"""

posix = pytest.mark.skipif(os.name == "nt", reason="the stub of uv is a POSIX script")


class Clone:
    """A copy of the script in a project that needs one package, which nobody has."""

    def __init__(self, root: Path, stub: Path) -> None:
        self.root = root
        self.stub = stub
        self.log = stub / "log.txt"
        (root / "kata" / "cli").mkdir(parents=True)
        (root / "kata" / "bootstrap").mkdir()
        for name in (
            "grader.py",
            "kata/__init__.py",
            "kata/bootstrap/__init__.py",
            "kata/bootstrap/environment.py",
            "kata/bootstrap/installer.py",
        ):
            shutil.copy(CLONE / name, root / name)
        (root / "kata" / "cli" / "__init__.py").write_text(CLI, encoding="utf-8")
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (root / "constraints.txt").write_text("tiny-dependency==1.2\n", encoding="utf-8")

    def uv(self, body: str = "") -> None:
        """Put a program called uv on the PATH that logs its arguments, then runs ``body``."""
        script = self.stub / "uv"
        script.write_text(FAKE_UV.format(python=sys.executable, log=str(self.log), body=body), encoding="utf-8")
        script.chmod(0o755)

    def start(
        self, *arguments: str, python: str = sys.executable, cwd: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        command = [python, str(self.root / "grader.py"), *arguments]
        return subprocess.run(
            command,
            cwd=cwd or self.root,
            env=self.variables(variables),
            input="typed",
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=50,
        )

    def variables(self, more: dict[str, str]) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("HOME", "SYSTEMROOT", "TEMP") if key in os.environ}
        path = f"{self.stub}{os.pathsep}{os.defpath}"
        return {**kept, "PATH": path, "PYTHONUTF8": "1", **more}

    @property
    def installs(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root, stub = tmp_path / "süße kata", tmp_path / "bin"
    root.mkdir()
    stub.mkdir()
    made = Clone(root.resolve(), stub)
    if os.name != "nt":
        made.uv()
    return made


def said(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What the stand-in for the program reported about where it runs."""
    assert done.returncode in (0, 7), done.stderr
    reported = json.loads(done.stdout)
    assert isinstance(reported, dict)
    return reported


@posix
def test_the_first_start_sets_up_in_one_line_and_goes_on(clone: Clone) -> None:
    done = clone.start("list", "a b", "ü")
    assert done.stderr == "Setting up .venv (once, about 20 seconds) ...\n"
    assert said(done)["argv"] == ["grader.py", "list", "a b", "ü"]
    assert said(done)["prefix"] == str(clone.root / ".venv")


@posix
def test_pinned_packages_are_installed(clone: Clone) -> None:
    clone.start()
    (line,) = clone.installs
    assert f"-c {clone.root / 'constraints.txt'} tiny-dependency>=1" in line
    assert "tiny-tool" not in line


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
    for name in ("random", "asyncio", "hashlib", "subprocess", "json", "os", "kata"):
        (clone.root / f"{name}.py").write_text("raise SystemExit('hidden')", encoding="utf-8")
    reported = said(clone.start())
    assert str(reported["random"]).startswith(sys.base_prefix)
    assert reported["root_at"] == -1


@posix
def test_it_can_be_called_from_elsewhere_and_through_a_link(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(clone.root / "grader.py")
    command = [sys.executable, str(tmp_path / "link")]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=clone.variables({}),
        input="",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert said(done)["prefix"] == str(clone.root / ".venv")
    assert said(done)["cwd"] == str(tmp_path)


@posix
@pytest.mark.parametrize("command", ["selftest", "dev"])
def test_commands_for_authors_add_the_dev_extra_once(clone: Clone, command: str) -> None:
    clone.start()
    assert clone.start("--debug", command).stderr == "Updating .venv (a few seconds) ...\n"
    assert "tiny-tool" in clone.installs[-1]
    assert clone.start().stderr == ""
    assert clone.start(command).stderr == ""


@posix
def test_a_changed_pin_installs_again_and_keeps_the_dev_extra(clone: Clone) -> None:
    clone.start("selftest")
    (clone.root / "constraints.txt").write_text("tiny-dependency==1.3\n", encoding="utf-8")
    assert clone.start().stderr == "Updating .venv (a few seconds) ...\n"
    assert "tiny-tool" in clone.installs[-1]


@posix
def test_another_directory_can_be_named(clone: Clone) -> None:
    done = clone.start(KATA_VENV=".venv-other")
    assert said(done)["prefix"] == str(clone.root / ".venv-other")
    assert not (clone.root / ".venv").exists()


@posix
def test_a_set_up_that_was_killed_is_done_anew(clone: Clone) -> None:
    clone.uv("os.kill(os.getppid(), 9)")
    assert clone.start().returncode == -9
    clone.uv()
    done = clone.start()
    assert done.stderr == "Setting up .venv (once, about 20 seconds) ...\n"
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
    for python in (clone.root / ".venv" / "bin").glob("python*"):
        python.unlink()
    (clone.root / ".venv" / "bin" / "python").symlink_to(clone.root / "removed")
    assert said(clone.start())["prefix"] == str(clone.root / ".venv")


@posix
def test_an_environment_whose_python_does_not_start_is_made_anew(clone: Clone) -> None:
    clone.start()
    (clone.root / ".venv" / "pyvenv.cfg").unlink()
    (clone.root / "constraints.txt").write_text("# changed\n", encoding="utf-8")
    assert said(clone.start())["prefix"] == str(clone.root / ".venv")


@posix
def test_an_environment_that_lost_a_package_is_mended_by_the_next_start(clone: Clone) -> None:
    clone.start()
    cli = clone.root / "kata" / "cli" / "__init__.py"
    cli.write_text("import tiny_dependency", encoding="utf-8")
    done = clone.start()
    assert (done.returncode, done.stderr) == (
        3,
        ".venv lacks the module tiny_dependency; start again and it is set up anew.\n",
    )
    cli.write_text(CLI, encoding="utf-8")
    assert said(clone.start())
    assert len(clone.installs) == 2


@posix
def test_a_module_missing_in_the_program_itself_is_not_blamed_on_the_environment(clone: Clone) -> None:
    clone.start()
    (clone.root / "kata" / "cli" / "__init__.py").write_text("import kata.nowhere", encoding="utf-8")
    done = clone.start()
    assert "No module named 'kata.nowhere'" in done.stderr
    assert clone.start(KATA_VENV=".venv").returncode == 1


@posix
def test_a_directory_of_somebody_else_is_left_alone(clone: Clone) -> None:
    (clone.root / ".venv").mkdir()
    (clone.root / ".venv" / "thesis.tex").write_text("years of work", encoding="utf-8")
    done = clone.start()
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 2)
    assert ".venv was not made by grader.py" in done.stderr
    assert (clone.root / ".venv" / "thesis.tex").exists()


@posix
def test_a_learners_own_environment_gets_the_packages_and_is_not_remade(clone: Clone) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone.root / ".venv")], check=True)
    (clone.root / ".venv" / "mine.txt").write_text("mine", encoding="utf-8")
    done = clone.start()
    assert done.stderr == "Updating .venv (a few seconds) ...\n"
    assert said(done)
    assert (clone.root / ".venv" / "mine.txt").exists()


@posix
def test_a_second_first_start_waits_for_the_first(clone: Clone) -> None:
    clone.uv(f"open({str(clone.stub / 'fifo')!r}).read()")
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


@posix
@pytest.mark.skipif(not importlib.util.find_spec("ensurepip"), reason="this Python comes without pip")
def test_uv_that_fails_leaves_it_to_pip(clone: Clone) -> None:
    clone.uv("sys.exit(1)")
    done = clone.start(PIP_NO_INDEX="1")
    assert done.returncode == 3
    assert "The packages could not be installed (ERROR: " in done.stderr
    assert (clone.root / ".venv" / "setup.log").exists()


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_clone_that_cannot_be_written_says_where_to_go(clone: Clone) -> None:
    clone.root.chmod(0o555)
    try:
        done = clone.start()
    finally:
        clone.root.chmod(0o755)
    assert done.returncode == 3
    assert "cannot be written; name a directory that can with KATA_VENV" in done.stderr


def test_an_interpreter_that_has_the_packages_is_used_as_it_is(clone: Clone) -> None:
    (clone.root / "pyproject.toml").write_text(
        '[project]\ndependencies = ["pytest>=1"]\noptional-dependencies.dev = []\n', encoding="utf-8"
    )
    done = clone.start()
    assert done.stderr == ""
    assert said(done)["prefix"] == sys.prefix
    assert not (clone.root / ".venv").exists()


def test_a_package_that_went_away_is_noticed(monkeypatch: pytest.MonkeyPatch, absent: Environment) -> None:
    site = Path(absent.root) / "site-packages"
    info = site / "tiny_dependency-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-dependency\nVersion: 1.2\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    assert environment.has_packages(absent.root, False)
    assert environment.has_packages(absent.root, False)
    assert not environment.has_packages(absent.root, True)
    shutil.rmtree(info)
    assert not environment.has_packages(absent.root, False)


def test_the_script_can_be_read_by_an_old_python() -> None:
    ast.parse((CLONE / "grader.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.fixture
def absent(tmp_path: Path) -> Environment:
    """An environment that is not there yet, in a project that needs one package."""
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "constraints.txt").write_text("", encoding="utf-8")
    return Environment(str(tmp_path), str(tmp_path / ".venv"))


Answer = Callable[[list[str]], tuple[int, str]]


def answered(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Answer in place of the programs that the installer runs; there is no uv."""
    monkeypatch.setattr(installer.shutil, "which", lambda _: None)
    monkeypatch.setattr(installer._Setup, "_call", lambda _, command: answer(command))


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
        "The packages could not be installed: the package index cannot be reached; check the network",
    ),
    "no name server": (
        "error: dns error: Temporary failure in name resolution",
        "the package index cannot be",
    ),
    "disk full": ("ERROR: [Errno 28] No space left on device", "The disk is full: .venv needs about 200 MB"),
    "not writable": (
        "ERROR: [Errno 13] Permission denied: 'x'",
        "cannot be written; name a directory that can",
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


def test_an_incomplete_clone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"pyproject\.toml cannot be read .* clone it again"):
        environment.packages_digest(str(tmp_path))


def test_an_environment_of_another_python_is_left_alone(tmp_path: Path) -> None:
    usual = Environment(str(tmp_path), str(tmp_path / ".venv"))
    os.makedirs(os.path.dirname(usual.python))
    Path(usual.python).touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.1.4\n", encoding="utf-8")
    mine = f".venv-{sys.version_info.major}.{sys.version_info.minor}"
    assert environment.chosen(str(tmp_path), {}).name == mine
    assert environment.chosen(str(tmp_path), {"KATA_VENV": ".venv"}).name == ".venv"


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
    assert environment.needs_dev(arguments) is dev
