"""From a change of the file to what is told of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from kata.cli.project import Project
from kata.contract.scorecard import Criterion
from kata.project.catalog import Exercise
from kata.tui.judging import Failed, Judged, Pictured
from kata.tui.watching import Watching
from tests.engine.tui.conftest import Changes, Told

Save = Callable[[Exercise, str], Path]


class Heard:
    """Writes down what is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def judging(self, exercise: Exercise) -> None:
        self.told.append(f"judging {exercise.number}")

    def decided(self, criterion: Criterion) -> None:
        self.told.append(f"decided {criterion.passed}")

    def judged(self, judged: Judged) -> None:
        self.told.append(f"{judged.verdict.status}: {judged.source.text.strip().splitlines()[-1]}")

    def pictured(self, pictured: Pictured) -> None:
        self.told.append("pictured")

    def problem(self, exercise: Exercise, line: str) -> None:
        self.told.append(f"problem: {line}")

    def others_changed(self) -> None:
        self.told.append("others changed")


class Scene:
    """Watching, and what was heard."""

    def __init__(self, watching: Watching, heard: Heard) -> None:
        self.watching = watching
        self.heard = heard

    async def hear(self) -> list[str]:
        """What is told until nothing more is; then it is forgotten."""
        for _ in range(50):
            await asyncio.sleep(0)
        told, self.heard.told = self.heard.told, []
        return told


@pytest.fixture
async def scene(
    project: Project, judge: Told, exercise: Exercise, changes: Changes, save: Save
) -> AsyncIterator[Scene]:
    """An exercise that is watched, and whose first verdict is told."""
    save(exercise, "x = 1\n")
    heard = Heard()
    watching = Watching(project, judge, heard, exercise, changes=changes)
    task = asyncio.create_task(watching.run())
    scene = Scene(watching, heard)
    assert await scene.hear() == ["judging 05.01", "decided False", "failed: x = 1", "pictured"]
    yield scene
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_save_is_judged(scene: Scene, exercise: Exercise, changes: Changes, save: Save) -> None:
    save(exercise, "x = 2\n")
    changes.happen()
    assert await scene.hear() == ["judging 05.01", "decided False", "failed: x = 2", "pictured"]


async def test_the_same_text_is_not_judged_again(
    scene: Scene, exercise: Exercise, changes: Changes, save: Save, judge: Told
) -> None:
    save(exercise, "x = 1\n")
    changes.happen()
    changes.happen()
    await scene.hear()
    assert judge.texts == ["x = 1\n"]


async def test_a_file_that_replaces_it_is_judged(
    scene: Scene, exercise: Exercise, changes: Changes, project: Project
) -> None:
    path = project.workspace.path(exercise)
    new = path.with_name(".swap")
    new.write_text("x = 2\n")
    new.replace(path)
    changes.happen()
    assert "failed: x = 2" in await scene.hear()


async def test_a_look_finds_what_was_not_told(
    scene: Scene, exercise: Exercise, changes: Changes, save: Save, judge: Told
) -> None:
    changes.happen(False)
    assert await scene.hear() == []
    save(exercise, "x = 22\n")
    changes.happen(False)
    assert "failed: x = 22" in await scene.hear()
    assert len(judge.asked) == 2


async def test_saving_during_a_judgement_starts_it_anew_and_the_old_result_is_dropped(
    scene: Scene, exercise: Exercise, changes: Changes, save: Save, judge: Told
) -> None:
    judge.status = None
    save(exercise, "x = 2\n")
    changes.happen()
    assert await scene.hear() == ["judging 05.01"]
    save(exercise, "x = 3\n")
    changes.happen()
    assert await scene.hear() == ["judging 05.01"]
    judge.say("passed", which=1)  # the old one is the quicker one
    judge.say("failed", which=2)
    assert await scene.hear() == ["decided False", "failed: x = 3", "pictured"]
    judge.say("passed", which=1)
    assert await scene.hear() == []


async def test_a_missing_file_is_told_once_and_judged_when_it_is_back(
    scene: Scene, exercise: Exercise, changes: Changes, save: Save, project: Project
) -> None:
    project.workspace.path(exercise).unlink()
    changes.happen()
    changes.happen()
    async with asyncio.timeout(30):
        while not (told := await scene.hear()):
            await asyncio.sleep(0.01)
    assert len(told) == 1 and told[0].startswith("problem: exercises/") and "is missing" in told[0]
    save(exercise, "x = 1\n")
    async with asyncio.timeout(30):
        changes.happen()
        while not (told := await scene.hear()):
            await asyncio.sleep(0.01)
    assert told == ["judging 05.01", "decided False", "failed: x = 1", "pictured"]


async def test_what_the_judge_cannot_do_is_told_and_the_same_text_can_be_saved_again(
    scene: Scene, exercise: Exercise, changes: Changes, save: Save, judge: Told
) -> None:
    judge.status = None
    save(exercise, "x = 2\n")
    changes.happen()
    await scene.hear()
    judge.asked[-1][2](Failed("The grader failed: no room."))
    assert await scene.hear() == ["problem: The grader failed: no room."]
    changes.happen()
    await scene.hear()
    assert judge.texts[-2:] == ["x = 2\n", "x = 2\n"]


async def test_another_exercise_is_watched_and_what_is_told_of_the_first_is_dropped(
    scene: Scene, project: Project, changes: Changes, exercise: Exercise, save: Save, judge: Told
) -> None:
    judge.status = None
    save(exercise, "x = 2\n")
    changes.happen()
    await scene.hear()
    other = project.catalog.find("4.1")
    scene.watching.turn_to(other)
    assert await scene.hear() == ["judging 04.01"]
    judge.say("passed", which=1)
    assert await scene.hear() == []
    save(exercise, "x = 3\n")
    changes.happen()
    assert await scene.hear() == ["others changed"]


async def test_what_breaks_the_watching_ends_it(project: Project, judge: Told, exercise: Exercise) -> None:
    async def broken(folder: Path) -> AsyncIterator[bool]:
        raise ZeroDivisionError("no such luck")
        yield True

    with pytest.raises(ZeroDivisionError):
        await Watching(project, judge, Heard(), exercise, changes=broken).run()
