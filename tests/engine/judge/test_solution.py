"""The solution under the test that an answer failed, in the real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from kata.cli.project import Project
from kata.contract.run import Run
from kata.contract.scorecard import Criterion
from kata.judge.solution import solution_run

ANSWER = """
async def fetch_all(fetch, urls):
    return [await fetch(url) for url in urls]
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "05_gather_and_wait"
    folder.mkdir()
    (folder / "02_wait_to_gather.py").write_text(ANSWER)
    return Project.here(tmp_path)


def failing(test: str, play: int = 0) -> Criterion:
    return Criterion(test, "", False, 0, 1, runs=[Run()], play=play)


def test_the_solution_meets_the_inputs_that_the_answer_met(project: Project) -> None:
    from kata.judge import grading

    exercise = project.find("05.02")
    card = grading.grade(project.catalog, project.workspace, [exercise], jobs=1, seed=3)
    criterion = next(each for each in card.exercises[0].criteria if not each.passed and each.runs)
    good = solution_run(project.catalog, project.workspace, exercise, criterion, seed=3, clock="virtual")
    assert good is not None
    arguments = [call.args for call in criterion.runs[0].calls["fetch"]]
    assert sorted(call.args for call in good.calls["fetch"]) == sorted(arguments)
    assert good.elapsed < criterion.runs[0].elapsed


def test_without_a_solution_there_is_nothing_to_compare(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = project.find("05.02")
    monkeypatch.setattr(type(exercise), "solution", lambda *_: Path("nowhere.py"))
    assert (
        solution_run(project.catalog, project.workspace, exercise, failing("test_x"), seed=0, clock="virtual") is None
    )


def test_a_test_that_is_not_there_is_no_error(project: Project) -> None:
    assert (
        solution_run(
            project.catalog, project.workspace, project.find("05.02"), failing("test_nothing"), seed=0, clock="virtual"
        )
        is None
    )
