"""Points: shared out by weight, whole when all is met, and nothing for what the stub meets by itself."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from kata.contract.run import Limit, Run, Unfit
from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.judge.rubric import RubricError, RubricItem, read_rubric, shared_out
from kata.judge.scoring import not_judged, score
from kata.program import ROOT
from kata.project.catalog import Exercise
from kata.project.catalog_reader import load

EXERCISE = Exercise(
    id="05_gather/02_x", chapter="05_gather", name="x", stem="02_x", number="05.02", title="X", kind="fix", points=10,
    difficulty=1, minutes=5, requires=(), hints=("a", "b", "c"), python=None,
)  # fmt: skip


def _score(*passed: bool, weights: tuple[float, ...] = (), free: Collection[str] = ()) -> ExerciseVerdict:
    return score(EXERCISE, *_judged(*passed, weights=weights), free, 0.1)


def _judged(*passed: bool, weights: tuple[float, ...] = ()) -> tuple[list[RubricItem], dict[str, Criterion]]:
    weights = weights or (1.0,) * len(passed)
    shares = shared_out(EXERCISE.points, weights)
    rubric = [
        RubricItem(f"test_{number}", "", weight, share)
        for number, (weight, share) in enumerate(zip(weights, shares, strict=True))
    ]
    decided = [Criterion(item.test, "", good, 0.0, 0.0) for item, good in zip(rubric, passed, strict=True)]
    return rubric, {criterion.test: criterion for criterion in reversed(decided)}


def test_all_met_gives_all_points_without_rounding() -> None:
    verdict = _score(True, True, True)
    assert (verdict.status, verdict.points) == ("passed", 10)


def test_points_are_shared_out_by_weight_in_the_order_of_the_rubric() -> None:
    verdict = _score(True, False, weights=(3, 2))
    assert (verdict.status, verdict.points) == ("failed", 6)
    assert [criterion.max_points for criterion in verdict.criteria] == [6, 4]


def test_what_the_stub_meets_counts_for_nothing_alone() -> None:
    assert _score(True, False, free={"test_0"}).points == 0


def test_what_the_stub_meets_counts_once_something_else_is_met() -> None:
    assert _score(True, True, False, weights=(1, 3, 1), free={"test_0"}).points == 8


def test_what_only_the_stub_meets_holds_and_does_not_count() -> None:
    verdict = _score(True, False, free={"test_0"})
    assert [criterion.holds for criterion in verdict.criteria] == [True, False]
    assert not any(criterion.holds for criterion in _score(True, True, free={"test_0"}).criteria)


@pytest.mark.parametrize("points", [10, 20, 30])
@pytest.mark.parametrize("weights", [(1, 1, 1), (1, 2, 2, 2), (1, 1, 2, 2, 1, 1, 3), (0.5, 0.25), (2,) * 7])
def test_points_are_whole_and_none_is_lost(points: int, weights: tuple[float, ...]) -> None:
    shares = shared_out(points, weights)
    exact = [points * weight / sum(weights) for weight in weights]
    assert sum(shares) == points
    assert all(type(share) is int and abs(share - each) < 1 for share, each in zip(shares, exact, strict=True))


def test_no_criterion_of_the_catalog_is_worth_nothing() -> None:
    for exercise in load(ROOT).exercises:
        assert all(item.points >= 1 for item in read_rubric(exercise.hidden(ROOT), exercise.points)), exercise.id


def test_nothing_met_gives_nothing() -> None:
    assert _score(False, False).points == 0


def test_no_criteria_at_all_is_not_passed() -> None:
    assert _score().status == "failed"


@pytest.mark.parametrize(
    ("run", "status"), [(Run(limit=Limit("cpu", "")), "limit"), (Run(unfit=Unfit("not_async", "")), "error")]
)
def test_what_stopped_the_submission_is_its_status(run: Run, status: str) -> None:
    rubric, decided = _judged(False, True)
    decided["test_0"].runs = [run]
    decided["test_0"].message = "what stopped it"
    verdict = score(EXERCISE, rubric, decided, (), 0.1)
    assert (verdict.status, verdict.message, verdict.points) == (status, "what stopped it", 5)


@pytest.mark.parametrize("kind", ["syntax", "import", "missing", "not_callable"])
def test_a_file_that_cannot_be_played_earns_nothing_and_is_told_why_in_each_criterion(kind) -> None:
    rubric, decided = _judged(True, False)
    decided["test_1"].runs = [Run(unfit=Unfit(kind, ""))]
    decided["test_1"].message = "why"
    verdict = score(EXERCISE, rubric, decided, (), 0.1)
    assert (verdict.status, verdict.message, verdict.points) == ("error", "why", 0)
    assert [(each.passed, each.points, each.message) for each in verdict.criteria] == [(False, 0, "why")] * 2


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


def test_a_rubric_that_is_not_there_says_what_to_do(tmp_path) -> None:
    with pytest.raises(RubricError, match="restore it with git"):
        read_rubric(tmp_path / "gone.py", 1)


@pytest.mark.parametrize("mark", ["points", "points()", "points(WEIGHT)", "points('2')", "points(0)"])
def test_a_weight_that_cannot_be_read_is_not_taken_for_one(tmp_path, mark) -> None:
    hidden = tmp_path / "test_x.py"
    hidden.write_text(f"import pytest\n@pytest.mark.{mark}\nasync def test_a(exercise): pass\n")
    with pytest.raises(RubricError, match="of test_a is no weight"):
        read_rubric(hidden, 1)


def test_an_exercise_that_was_not_started_costs_nothing_and_lists_its_criteria(tmp_path) -> None:
    hidden = tmp_path / "test_x.py"
    hidden.write_text("async def test_a(exercise): 'It works.'\n")
    verdict = not_judged(EXERCISE, hidden, "not_started")
    assert (verdict.points, verdict.max_points, verdict.criteria[0].text) == (0, 10, "It works.")
