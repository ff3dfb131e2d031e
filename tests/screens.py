"""What the watch screen shows, as text: ``python -m tests.screens`` draws it anew, and the README's picture.

With ``--svg DIR`` every scene is drawn there, in the dark and the light theme, to be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kata.cli import browse
from kata.cli.project import Project, State
from kata.cli.run import pictures
from kata.program import ROOT
from kata.project.catalog import Exercise
from kata.project.catalog_reader import load
from kata.project.hints import HintsGiven
from kata.project.workspace import Source, Workspace
from kata.tui.app import WatchApp
from kata.tui.given import Given
from kata.tui.judging import Judge, Judged, News, Pictured, Tell, WarmJudge

FOLDER = ROOT / "tests" / "screens"
PICTURE = ROOT / "docs" / "watch.svg"
WATCHED = "05.02"
ANSWERS = {"failed": ROOT / "docs" / "examples" / "answers", "passed": ROOT / "solutions"}
DONE = 20
"""Exercises that are done in the scenes."""


@dataclass(frozen=True)
class Scene:
    """Keys that are pressed after a verdict."""

    answer: str
    """``failed``, ``passed``, or empty for none."""
    size: tuple[int, int]
    keys: Sequence[str] = ()


SCENES = {
    "task": Scene("", (80, 24)),
    "task_small": Scene("", (60, 18)),
    "failed": Scene("failed", (120, 40)),
    "failed_usual": Scene("failed", (80, 24)),
    "failed_small": Scene("failed", (60, 18)),
    "hint": Scene("failed", (80, 24), ["h"]),
    "passed": Scene("passed", (80, 24)),
    "solution": Scene("passed", (120, 40), ["s"]),
    "search": Scene("failed", (80, 24), ["l", *"ther"]),
    "keys": Scene("failed", (60, 18), ["question_mark"]),
    "reset": Scene("failed", (60, 18), ["r"]),
}


class _Clone(Project):
    """This clone, with the exercises in a state that is always the same, and no hint given yet."""

    folder = Path()

    def path(self, exercise: Exercise) -> str:
        return f"exercises/{exercise.id}.py"

    def state(self, exercise: Exercise) -> State:
        done = exercise in self.catalog.exercises[:DONE]
        return State("passed" if done else "not_started", was_passed=done)

    @property
    def hints(self) -> HintsGiven:
        return HintsGiven(self.folder / "hints.json")


class _Knows(Judge):
    """Tells what was judged before."""

    def __init__(self, news: Sequence[News]) -> None:
        self.news = news

    def begin(self, exercise: Exercise, source: Source, tell: Tell) -> None:
        for each in self.news:
            tell(each)


def _given(submission: Path) -> Given:
    project = _Clone(ROOT, load(ROOT), Workspace(ROOT, submission), None)
    return Given(
        project,
        pictures,
        task=lambda exercise: browse.task(project, exercise),
        facts=browse.facts,
        edit=lambda exercise, line: "",
        replay=lambda exercise: "",
    )


@cache
def _verdict(answer: str) -> Sequence[News]:
    """What the real judge tells of an answer."""
    given = _given(ANSWERS[answer])
    exercise = given.project.catalog.find(WATCHED)
    heard: list[News] = []
    with WarmJudge(given) as judge:
        judge.begin(exercise, given.project.workspace.read(exercise), heard.append)
        judge.wait()
    return [each for each in heard if isinstance(each, Judged | Pictured)]


async def _no_changes(folder: Path) -> AsyncIterator[bool]:
    await asyncio.Event().wait()
    yield True


async def play(scene: Scene, theme: str = "textual-dark") -> tuple[str, str]:
    """The screen at the end of a scene, as text and as SVG."""
    given = _given(ROOT / "exercises")
    exercise = given.project.catalog.find(WATCHED)
    with tempfile.TemporaryDirectory() as folder:
        _Clone.folder = Path(folder)
        news = _verdict(scene.answer) if scene.answer else ()
        app = WatchApp(given, _Knows(news), exercise, patience=3600, changes=_no_changes)
        app.theme = theme
        async with app.run_test(size=scene.size) as pilot:
            await pilot.pause()
            await pilot.press(*scene.keys)
            for _ in range(5):
                await pilot.pause()
            strips = app.screen._compositor.render_strips()
            text = "".join(f"{strip.text.rstrip()}\n" for strip in strips)
            return text, app.export_screenshot(title="python grader.py watch")


def drawn(name: str, theme: str = "textual-dark") -> tuple[str, str]:
    """A scene by its name, as text and as SVG."""
    scene = SCENES[name]
    if scene.answer:
        _verdict(scene.answer)  # before there are threads
    return asyncio.run(play(scene, theme))


def main() -> None:
    """Draw them."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("--svg", metavar="DIR", type=Path, help="draw every scene as SVG there, and change nothing")
    options = parser.parse_args()
    for name in SCENES:
        if options.svg:
            for theme in ("textual-dark", "textual-light"):
                options.svg.mkdir(parents=True, exist_ok=True)
                _, picture = drawn(name, theme)
                (options.svg / f"{name}.{theme.removeprefix('textual-')}.svg").write_text(picture, encoding="utf-8")
            continue
        text, picture = drawn(name)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
        if name == "failed":
            PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
