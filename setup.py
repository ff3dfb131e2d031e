"""Puts what a clone has at its root into the wheel, for ``init``. All else is in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HANDED_OUT = (
    "grader.py",
    "pyproject.toml",
    "constraints.txt",
    "LICENSE",
    "docs/diagnoses.md",
    "docs/editors.md",
    "docs/replays/*.html",
    ".vscode/*.json",
    ".devcontainer/*.json",
    "exercises/catalog.toml",
    "exercises/**/*.md",
    "tests/hidden/**/*.py",
)


class WithHandout(build_py):
    """The package, and in ``kata/_handout`` what `kata.classroom.template` takes from there."""

    def run(self) -> None:
        super().run()
        root = Path(__file__).resolve().parent
        for pattern in HANDED_OUT:
            for path in sorted(root.glob(pattern)):
                target = Path(self.build_lib, "kata", "_handout", path.relative_to(root))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())


setup(cmdclass={"build_py": WithHandout})
