"""A small clone in a temporary directory, and a judge that judges by the first line of a file."""

from __future__ import annotations

import io
import json
import sys
import types
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kata import program
from kata.authoring import templates
from kata.cli import main
from kata.contract.run import Line, Run
from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard, Status
from kata.judge import solution
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Workspace

EXERCISES = {
    "04_tasks": ["01_first_task"],
    "05_gather_and_wait": ["01_gather_basics", "02_wait_to_gather"],
}


class Judge:
    """Stands in for `kata.judge`: a file with ``# good`` passes, with ``# crash`` the grader fails."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.exercises: list[list[str]] = []
        self.problems: list[str] = []
        self.real: list[str] = []
        self.mutants: list[int] = []
        self.stubs: list[dict[str, str]] = []
        """The files of `exercises/` that each check met."""
        self.packed: list[Path] = []
        self.error: BaseException | None = None
        self.run = Run(lines=[Line("hello from the run", 1.0)])
        """What every answer does."""
        self.solution: Run | None = None
        """What the solution does where an answer fails."""

    class GraderError(Exception):
        """The judge itself failed."""

    def grade(
        self,
        catalog: Catalog,
        workspace: Workspace,
        exercises: Sequence[Exercise],
        *,
        progress: Callable[[ExerciseVerdict], None] | None = None,
        **options: Any,
    ) -> Scorecard:
        self.asked.append(options)
        self.exercises.append([exercise.id for exercise in exercises])
        if self.error is not None:
            raise self.error
        verdicts = []
        for exercise in exercises:
            verdict = self.verdict(workspace, exercise, options["untouched"])
            verdicts.append(verdict)
            if options["cache"] is not None and workspace.started(exercise):
                options["cache"].put("key", verdict, workspace.read(exercise).sha256)
            if progress:
                progress(verdict)
        return Scorecard(
            points=sum(each.points for each in verdicts),
            max_points=sum(each.max_points for each in verdicts),
            python="3.11.7",
            isolation="none",
            clock=options["clock"],
            seed=options["seed"],
            exercises=verdicts,
            next=next((each.id for each in verdicts if each.status != "passed"), None),
        )

    def verdict(self, workspace: Workspace, exercise: Exercise, untouched: bool) -> ExerciseVerdict:
        status: Status = "failed" if untouched else "not_started"
        if workspace.started(exercise):
            status = "passed" if "# good" in workspace.read(exercise).text else "failed"
        passed = status == "passed"
        points = float(exercise.points) if passed else 0.0
        criterion = Criterion("test_it", "It works.", passed, points, exercise.points, "It does not.", runs=[self.run])
        return ExerciseVerdict(
            exercise.id, status, points, exercise.points, 0.1, [criterion], exercise.title, exercise.chapter,
            f"exercises/{exercise.id}.py",
        )  # fmt: skip

    def check(
        self,
        catalog: Catalog,
        workspace: Workspace,
        exercises: Sequence[Exercise],
        *,
        jobs: Any,
        real: Any,
        mutants: Any,
        report: Any,
    ) -> list[str]:
        self.real.append(real)
        self.mutants.append(mutants)
        self.stubs.append({exercise.id: exercise.stub(workspace.root).read_text() for exercise in exercises})
        self.exercises.append([exercise.id for exercise in exercises])
        return self.problems

    def pack(self, root: Path) -> None:
        self.packed.append(root)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """The judge that the commands meet."""
    judge = Judge()
    replaced = {"judge.grading": ("grade", "GraderError"), "authoring.check": ("check",), "authoring.pack": ("pack",)}
    for name, members in replaced.items():
        module = types.ModuleType(f"kata.{name}")
        for member in members:
            setattr(module, member, getattr(judge, member))
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(solution, "solution_run", lambda *_, **__: judge.solution)
    return judge


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judge: Judge) -> Path:
    """A clone with three untouched exercises, which is also the current directory."""
    root = tmp_path / "clone"
    entries = []
    stubs = {}
    for chapter, stems in EXERCISES.items():
        for stem in stems:
            for name, text in templates.files(chapter, stem).items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                if name.startswith("exercises/") and name.endswith(".py"):
                    stubs[name.removeprefix("exercises/")] = text
            entries.append(templates.entry(chapter, stem, with_chapter=stem == stems[0]))
    (root / "exercises/catalog.toml").write_text("\n".join(entries), encoding="utf-8")
    (root / "kata").mkdir()
    with zipfile.ZipFile(root / "kata/pristine.zip", "w") as archive:
        for name, text in stubs.items():
            archive.writestr(name, text)
        archive.writestr("manifest.json", json.dumps({"free": {}}))
    monkeypatch.setattr(program, "ROOT", root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("KATA_DEBUG", "")
    monkeypatch.setenv("COLUMNS", "100")
    return root


class Outcome:
    """What a command left: its exit code and both streams."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    def __repr__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n-- stderr --\n{self.err}"


@pytest.fixture
def kata(root: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Outcome]]:
    """Run a command line in the small project: ``kata("run", "05.02")``."""

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = main(list(arguments))
        return Outcome(code, *capsys.readouterr())

    yield run


class Terminal(io.StringIO):
    """A stream with somebody before it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Terminal:
    """An empty terminal, for what is printed."""
    return Terminal()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    r"""Let somebody sit at the keyboard: ``typed("n\ny\n")`` answers two questions."""
    return lambda keys: monkeypatch.setattr(sys, "stdin", Terminal(keys))


@pytest.fixture
def edit(root: Path) -> Callable[[str, str], Path]:
    """Change the file of an exercise: ``edit("05_gather_and_wait/02_wait_to_gather", "# good")``."""

    def change(exercise: str, text: str) -> Path:
        path = root / "exercises" / f"{exercise}.py"
        path.write_text(text, encoding="utf-8")
        return path

    return change
