"""The solution under the test that an answer failed, in the real repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from kata.cli.project import Project
from kata.contract.run import Run
from kata.contract.scorecard import Criterion
from kata.judge import workers as processes
from kata.judge.solution import replayed, solution_run
from kata.judge.workers import Workers
from kata.sandbox.client import Sandbox

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


def test_the_solution_meets_the_inputs_that_the_answer_met_in_the_same_sandbox(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kata.judge import grading

    exercise = project.find("05.02")
    started = []
    monkeypatch.setattr(processes, "Sandbox", lambda count: started.append(count) or Sandbox(count))
    with Workers(project.root, seed=3) as workers:
        card = grading.grade(project.catalog, project.workspace, [exercise], seed=3, workers=workers)
        criterion = next(each for each in card.exercises[0].criteria if not each.passed and each.runs)
        good = solution_run(workers, project.workspace, exercise, criterion)
    assert good is not None
    arguments = [call.args for call in criterion.runs[0].calls["fetch"]]
    assert sorted(call.args for call in good.calls["fetch"]) == sorted(arguments)
    assert good.elapsed < criterion.runs[0].elapsed
    assert started == [1]


def test_without_a_solution_there_is_nothing_to_compare(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = project.find("05.02")
    monkeypatch.setattr(type(exercise), "solution", lambda *_: Path("nowhere.py"))
    with Workers(project.root) as workers:
        assert solution_run(workers, project.workspace, exercise, failing("test_x")) is None


def test_a_test_that_is_not_there_is_no_error(project: Project) -> None:
    with Workers(project.root) as workers:
        assert solution_run(workers, project.workspace, project.find("05.02"), failing("test_nothing")) is None


def test_both_plays_of_a_criterion_can_be_had_with_their_turns(project: Project) -> None:
    from kata.judge import grading

    exercise = project.find("05.02")
    with Workers(project.root, seed=3) as workers:
        card = grading.grade(project.catalog, project.workspace, [exercise], seed=3, workers=workers)
        criterion = next(each for each in card.exercises[0].criteria if not each.passed and each.runs)
        assert criterion.runs[0].turns == []
        yours = replayed(workers, project.workspace, exercise, criterion)
        good = solution_run(workers, project.workspace, exercise, criterion, detail=True)
    assert yours is not None and good is not None
    assert (yours.elapsed, yours.calls) == (criterion.runs[0].elapsed, criterion.runs[0].calls)
    assert good.elapsed < yours.elapsed
    assert "fetch_all" in {step.function for turn in yours.turns for step in turn.steps}
    assert len(good.turns) > 1


def test_a_play_that_is_not_there_is_no_error(project: Project) -> None:
    with Workers(project.root) as workers:
        assert replayed(workers, project.workspace, project.find("05.02"), failing("test_nothing")) is None
