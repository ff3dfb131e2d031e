"""A small project in place of the real one, and a stub in place of what would fetch its packages."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kata.bootstrap.environment import Environment

CLONE = Path(__file__).resolve().parents[3]

TYPED = f"{shlex.quote(sys.executable)} grader.py"
"""How messages name the command of `Clone.start`: this interpreter is on no PATH there."""

PROJECT = """
[project]
name = "tiny"
dependencies = ["tiny-dependency>=1; python_version >= '3'", "not-here; python_version < '3'"]
optional-dependencies.dev = ["tiny-tool"]
"""

CLI = """
import json, os, sys
def main(broken):
    import random
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    print(json.dumps({"argv": sys.argv, "prefix": sys.prefix, "cwd": os.getcwd(), "input": sys.stdin.read(),
                      "root_at": sys.path.index(root) - len(sys.path), "random": random.__file__}))
    return 7 if "--seven" in sys.argv else None
"""

FAKE_UV = """#!{python}
import glob, os, sys, zipfile
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
def install():
    python = sys.argv[sys.argv.index("--python") + 1]
    [site] = glob.glob(glob.escape(os.path.dirname(os.path.dirname(python))) + "/lib/python*/site-packages")
    for wheel in glob.glob({wheels!r} + "/*.whl"):
        if "tiny_tool" not in wheel or "tiny-tool" in sys.argv:
            zipfile.ZipFile(wheel).extractall(site)
{body}
"""


class Clone:
    """A copy of the script in a project that needs one package, which nobody has."""

    def __init__(self, root: Path, stub: Path) -> None:
        self.root = root
        self.stub = stub
        self.log = stub / "log.txt"
        self.venv = root / ".venv"
        self.cli = root / "kata" / "cli" / "__init__.py"
        self.cli.parent.mkdir(parents=True)
        (root / "kata" / "bootstrap").mkdir()
        modules = (path.relative_to(CLONE) for path in (CLONE / "kata" / "bootstrap").glob("*.py"))
        for name in (Path("grader.py"), Path("kata/__init__.py"), Path("kata/program.py"), *modules):
            shutil.copy(CLONE / name, root / name)
        self.cli.write_text(CLI, encoding="utf-8")
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (root / "constraints.txt").write_text("tiny-dependency==1.2\n", encoding="utf-8")

    def uv(self, body: str = "install()") -> None:
        """Put a program called uv on the PATH that logs its arguments, then runs ``body``."""
        script = self.stub / "uv"
        text = FAKE_UV.format(python=sys.executable, log=str(self.log), wheels=str(self.stub), body=body)
        script.write_text(text, encoding="utf-8")
        script.chmod(0o755)

    def start(
        self, *arguments: str, python: str = sys.executable, cwd: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``python grader.py`` to its end, with "typed" as its standard input."""
        return self.run([python, str(self.root / "grader.py"), *arguments], cwd, **variables)

    def run(self, command: list[str], cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the environment of a user who has nothing but the stub."""
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
        """The environment variables of that user."""
        kept = {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ}
        path = f"{self.stub}{os.pathsep}{os.defpath}"
        return {**kept, "HOME": str(self.stub), "PATH": path, "PYTHONUTF8": "1", **more}

    @property
    def installs(self) -> list[str]:
        """With which arguments uv was called, one line each."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def installed(self, name: str) -> Path:
        """A file among the installed packages."""
        [found] = self.venv.glob(f"lib/python*/site-packages/{name}")
        return found


def pack(directory: Path, name: str, version: str, files: dict[str, bytes], requires: str = "") -> None:
    """Make a wheel of some files."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
    metadata += f"Requires-Dist: {requires}\n" if requires else ""
    tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**files, f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": tags.encode()}
    record = f"{info}/RECORD,,\n"
    with zipfile.ZipFile(directory / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, data in files.items():
            wheel.writestr(path, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            record += f"{path},sha256={digest},{len(data)}\n"
        wheel.writestr(f"{info}/RECORD", record)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the wheels that the small project needs: two tiny ones, and packaging as it is here."""
    directory = tmp_path_factory.mktemp("wheels")
    pack(directory, "tiny_dependency", "1.2", {"tiny_dependency.py": b"LIGHT = True\n"}, "packaging")
    pack(directory, "tiny_tool", "3", {"tiny_tool/__init__.py": b""})
    files = importlib.metadata.files("packaging") or []
    sources = {str(file): file.read_binary() for file in files if file.suffix == ".py"}
    pack(directory, "packaging", importlib.metadata.version("packaging"), sources)
    return directory


@pytest.fixture
def clone(tmp_path: Path, wheels: Path) -> Clone:
    """The small project, in a folder whose name has a space and an umlaut, and a uv that "fetches" its packages."""
    root, stub = tmp_path / "süße kata", tmp_path / "bin"
    root.mkdir()
    shutil.copytree(wheels, stub)
    made = Clone(root.resolve(), stub)
    if os.name != "nt":
        made.uv()
    return made


@pytest.fixture
def absent(tmp_path: Path) -> Environment:
    """An environment that is not there yet, in a project that needs one package."""
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "constraints.txt").write_text("", encoding="utf-8")
    return Environment(str(tmp_path), str(tmp_path / ".venv"))


def said(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What the stand-in for the program reported about where it runs."""
    assert done.returncode in (0, 7), done.stderr
    reported = json.loads(done.stdout)
    assert isinstance(reported, dict)
    return reported
