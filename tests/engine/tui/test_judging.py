"""The judge of the watch screen, as it is."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from kata.cli.project import Project
from kata.cli.run import pictures
from kata.contract.scorecard import Criterion
from kata.judge.grading import grade
from kata.program import ROOT
from kata.project.catalog_reader import load
from kata.project.workspace import Source, Workspace, source_of
from kata.tui.given import Given
from kata.tui.judging import AsRead, Failed, Judged, News, Pictured, WarmJudge

CATALOG = load(ROOT)
EXERCISE = CATALOG.find("05.02")
ENDLESS = "async def fetch_all(fetch, urls):\n    while True:\n        pass\n"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    """This clone, with a submission elsewhere."""
    project = Project(ROOT, CATALOG, Workspace(ROOT, tmp_path_factory.mktemp("submission")), None)
    return Given(project, pictures, lambda _: "", lambda _: "", lambda *_: "", lambda _: "")


@pytest.fixture(scope="module")
def judge(given: Given) -> Iterator[WarmJudge]:
    """One judge for all tests: it stays warm."""
    with WarmJudge(given) as judge:
        yield judge


def source(text: str) -> Source:
    return source_of(text.encode(), Path("02_wait_to_gather.py"), "it")


def answer(kind: str) -> str:
    if kind == "right":
        return EXERCISE.solution(ROOT).read_text(encoding="utf-8")
    return (EXERCISE.answers(ROOT) / "wrong_gather_one_at_a_time.py").read_text(encoding="utf-8")


class Heard:
    """What is told of one text."""

    def __init__(self, judge: WarmJudge, text: str) -> None:
        self.news: queue.SimpleQueue[News] = queue.SimpleQueue()
        judge.begin(EXERCISE, source(text), self.news.put)

    def all(self) -> list[News]:
        """Everything, to the end."""
        told: list[News] = []
        while not told or not isinstance(told[-1], Pictured | Failed):
            told.append(self.news.get(timeout=50))
        return told


@pytest.mark.once
@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_the_verdict_is_that_of_the_grader_and_comes_after_its_criteria(judge: WarmJudge, kind: str) -> None:
    *criteria, judged, pictured = Heard(judge, answer(kind)).all()
    assert isinstance(judged, Judged) and isinstance(pictured, Pictured)
    verdict = judged.verdict
    assert (verdict.status == "passed") == (kind == "right")
    workspace = AsRead(judge.given.project.workspace, EXERCISE, source(answer(kind)))
    wanted = grade(CATALOG, workspace, [EXERCISE], jobs=1).exercises[0]
    seen = [(each.test, each.passed, each.points, each.message, each.diagnoses) for each in verdict.criteria]
    assert seen == [(each.test, each.passed, each.points, each.message, each.diagnoses) for each in wanted.criteria]
    assert {each.test for each in criteria if isinstance(each, Criterion)} == {each.test for each in verdict.criteria}
    assert len(pictured.parts) > 0


@pytest.mark.once
def test_a_text_that_comes_meanwhile_does_not_wait_for_one_without_end(judge: WarmJudge) -> None:
    first = Heard(judge, ENDLESS)
    Heard(judge, ENDLESS + "# again\n")
    third = Heard(judge, answer("right"))
    judged = third.all()[-2]
    assert isinstance(judged, Judged) and judged.verdict.status == "passed"
    assert any(isinstance(told, Failed) for told in first.all())


@pytest.mark.once
def test_it_ends_although_a_text_has_no_end(given: Given) -> None:
    with WarmJudge(given, copied=False) as judge:
        heard = Heard(judge, ENDLESS)
    assert isinstance(heard.all()[-1], Failed)


def test_what_is_judged_is_what_was_read(given: Given) -> None:
    workspace = AsRead(given.project.workspace, EXERCISE, source("x = 1\n"))
    assert workspace.read(EXERCISE).text == "x = 1\n"
    assert workspace.started(EXERCISE)
