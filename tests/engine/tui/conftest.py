"""A small clone, a judge that says what a test wants, and the watch screen on them."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest
from rich.console import Console

from kata.authoring import templates
from kata.cli.project import Project
from kata.contract.scorecard import Criterion, ExerciseVerdict, Status
from kata.judge.workers import Workers
from kata.project.catalog import Exercise
from kata.project.catalog_reader import load
from kata.project.workspace import Source, Workspace
from kata.tui.given import Given, Part
from kata.tui.judging import Judge, Judged, News, Pictured, Tell

EXERCISES = {
    "04_tasks": ["01_first_task"],
    "05_gather_and_wait": ["01_gather_basics", "02_wait_to_gather"],
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A clone with three untouched exercises, which is also the current directory."""
    root = tmp_path / "clone"
    entries, stubs = [], {}
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
    monkeypatch.chdir(root)
    return Project(root, load(root), Workspace(root), None)


@pytest.fixture
def exercise(project: Project) -> Exercise:
    """The exercise that is watched."""
    return project.catalog.find("5.1")


@pytest.fixture
def save(project: Project) -> Callable[[Exercise, str], Path]:
    """Save a text for an exercise: ``save(exercise, "x = 1")``."""

    def write(exercise: Exercise, text: str) -> Path:
        path = project.workspace.path(exercise)
        path.write_text(text, encoding="utf-8")
        return path

    return write


class Told(Judge):
    """A judge that tells what a test lets it tell."""

    def __init__(self) -> None:
        self.asked: list[tuple[Exercise, Source, Tell]] = []
        self.status: Status | None = "failed"
        """What it says at once of everything; None waits for `say`."""

    @property
    def texts(self) -> list[str]:
        """What it was asked to judge."""
        return [source.text for _, source, _ in self.asked]

    def begin(self, exercise: Exercise, source: Source, tell: Tell) -> None:
        self.asked.append((exercise, source, tell))
        if self.status is not None:
            self.say(self.status)

    def say(self, status: Status, which: int = -1) -> None:
        """Tell of one that was asked for, in full."""
        exercise, source, tell = self.asked[which]
        for news in told(exercise, source, status):
            tell(news)


def told(exercise: Exercise, source: Source, status: Status) -> Sequence[News]:
    """What is told of a text: a criterion, the verdict, a picture."""
    passed = status == "passed"
    points = float(exercise.points if passed else 0)
    said = "" if passed else f"It does not: {source.text.strip().splitlines()[-1]}"
    criterion = Criterion("test_it", "It works.", passed, points, exercise.points, said)
    verdict = ExerciseVerdict(exercise.id, status, points, exercise.points, 0.1, [criterion], exercise.title)
    return [criterion, Judged(exercise, source, verdict, False), Pictured([picture])]


def picture(console: Console) -> None:
    """Stands for a timeline."""
    console.print(f"A picture in {console.width} columns.")


@pytest.fixture
def judge() -> Told:
    """The judge; it says of everything that it failed."""
    return Told()


class Commands:
    """What was asked of the command line, and what it answers."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, int]] = []
        self.answer = ""

    def edit(self, exercise: Exercise, line: int) -> str:
        self.calls.append(("edit", exercise.number, line))
        return self.answer

    def replay(self, exercise: Exercise) -> str:
        self.calls.append(("replay", exercise.number, 0))
        return self.answer


@pytest.fixture
def commands() -> Commands:
    """The commands that the screen was given."""
    return Commands()


def no_pictures(*_: Workspace | Exercise | ExerciseVerdict | Workers | Console | int) -> Sequence[Part]:
    """There is nothing to see."""
    return ()


@pytest.fixture
def given(project: Project, commands: Commands) -> Given:
    """The clone and those commands."""
    return Given(
        project,
        no_pictures,
        task=lambda exercise: f"Do what {exercise.title} says.",
        facts=lambda exercise: f"{exercise.points} points",
        edit=commands.edit,
        replay=commands.replay,
    )


class Changes:
    """Signs of change, sent by a test."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[bool] = asyncio.Queue()

    async def __call__(self, folder: Path) -> AsyncIterator[bool]:
        while True:
            yield await self.queue.get()

    def happen(self, sign: bool = True) -> None:
        """Something changed, or, with False, it is time to look."""
        self.queue.put_nowait(sign)


@pytest.fixture
def changes() -> Changes:
    """When to look."""
    return Changes()
