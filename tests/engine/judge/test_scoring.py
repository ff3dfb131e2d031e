"""Points: shared out by weight, whole when all is met, and nothing for what the stub meets by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kata.contract.run import Limit, Run, Unfit
from kata.contract.scorecard import Criterion
from kata.judge.rubric import RubricError, read_rubric, read_tests
from kata.judge.scoring import not_judged, score
from kata.project.catalog import Exercise

HIDDEN = sorted((Path(__file__).parents[2] / "hidden").glob("*/test_*.py"))

EXERCISE = Exercise(
    id="05_gather/02_x", chapter="05_gather", name="x", stem="02_x", number="05.02", title="X", kind="fix", points=10,
    difficulty=1, minutes=5, requires=(), hints=("a", "b", "c"), python=None,
)  # fmt: skip


def _criteria(*passed: bool, weights: tuple[float, ...] = ()) -> list[tuple[Criterion, float]]:
    weights = weights or (1.0,) * len(passed)
    return [
        (Criterion(f"test_{number}", "", good, 0.0, 0.0), weight)
        for number, (good, weight) in enumerate(zip(passed, weights, strict=True))
    ]


def test_all_met_gives_all_points_without_rounding() -> None:
    verdict = score(EXERCISE, _criteria(True, True, True), (), 0.1)
    assert (verdict.status, verdict.points) == ("passed", 10)


def test_points_are_shared_out_by_weight() -> None:
    verdict = score(EXERCISE, _criteria(True, False, weights=(3, 2)), (), 0.1)
    assert (verdict.status, verdict.points) == ("failed", 6)
    assert [criterion.max_points for criterion in verdict.criteria] == [6, 4]


def test_what_the_stub_meets_counts_for_nothing_alone() -> None:
    assert score(EXERCISE, _criteria(True, False), {"test_0"}, 0.1).points == 0


def test_what_the_stub_meets_counts_once_something_else_is_met() -> None:
    verdict = score(EXERCISE, _criteria(True, True, False, weights=(1, 2, 1)), {"test_0"}, 0.1)
    assert verdict.points == 7.5


def test_nothing_met_gives_nothing() -> None:
    assert score(EXERCISE, _criteria(False, False), (), 0.1).points == 0


def test_no_criteria_at_all_is_not_passed() -> None:
    assert score(EXERCISE, [], (), 0.1).status == "failed"


@pytest.mark.parametrize(
    ("run", "status"), [(Run(limit=Limit("cpu", "")), "limit"), (Run(unfit=Unfit("syntax", "")), "error")]
)
def test_what_stopped_the_submission_is_its_status(run, status) -> None:
    criteria = _criteria(False, True)
    criteria[0][0].runs = [run]
    criteria[0][0].message = "what stopped it"
    verdict = score(EXERCISE, criteria, (), 0.1)
    assert (verdict.status, verdict.message) == (status, "what stopped it")


def test_a_rubric_is_read_without_running_the_tests(tmp_path) -> None:
    hidden = tmp_path / "test_x.py"
    hidden.write_text(
        "import pytest\nraise SystemExit\n"
        "@pytest.mark.points(3)\nasync def test_first(exercise):\n    '''The first\n    holds.\n\n    More.'''\n"
        "async def test_second_thing(exercise): pass\n"
        "def helper(): pass\n"
    )
    assert [(item.text, item.points) for item in read_rubric(hidden, 8)] == [
        ("The first holds.", 6),
        ("second thing", 2),
    ]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: hidden.stem)
def test_the_names_of_the_tests_are_those_of_the_rubric(hidden: Path) -> None:
    assert list(read_tests(hidden)) == [item.test for item in read_rubric(hidden, 1)] != []


@pytest.mark.parametrize("read", [lambda hidden: read_rubric(hidden, 1), read_tests], ids=["rubric", "names"])
def test_a_rubric_that_is_not_there_says_what_to_do(tmp_path, read) -> None:
    with pytest.raises(RubricError, match="restore it with git"):
        read(tmp_path / "gone.py")


def test_an_exercise_that_was_not_started_costs_nothing_and_lists_its_criteria(tmp_path) -> None:
    hidden = tmp_path / "test_x.py"
    hidden.write_text("async def test_a(exercise): 'It works.'\n")
    verdict = not_judged(EXERCISE, hidden, "not_started")
    assert (verdict.points, verdict.max_points, verdict.criteria[0].text) == (0, 10, "It works.")
