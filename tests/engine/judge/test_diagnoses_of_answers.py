"""The diagnoses of a sample of all answers: those of wrong ones state what is there, and most wrong ones get one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kata.authoring.variants import Variant, judge, variants_of
from kata.project.catalog_reader import load

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3]

EVERY = 11
"""Of so many wrong answers one is judged; all of them take minutes."""

LEAST = 0.6
"""The part of the sample that must get a diagnosis; of all wrong answers it is two thirds."""


@pytest.fixture(scope="module")
def wrong() -> list[Variant]:
    """A sample of the wrong answers that are no predictions, judged."""
    catalog = load(ROOT)
    exercises = [exercise for exercise in catalog.exercises if exercise.kind != "predict"]
    variants = [each for exercise in exercises for each in variants_of(exercise, ROOT) if each.caught_by is not None]
    sample = variants[::EVERY]
    judge(catalog, ROOT, sample, "virtual", 2)
    return sample


@pytest.mark.timeout(300)
def test_most_wrong_answers_are_told_why(wrong) -> None:
    told = [variant for variant in wrong if any(criterion.diagnoses for criterion in variant.criteria)]
    assert len(told) / len(wrong) > LEAST


@pytest.mark.timeout(300)
def test_each_line_that_is_named_is_a_line_of_the_answer(wrong) -> None:
    beyond = [
        f"{variant.exercise.id} {variant.name}: {found.text}"
        for variant in wrong
        for criterion in variant.criteria
        for found in criterion.diagnoses
        for line in (found.line, *map(int, re.findall(r"\blines? (\d+)", found.text)))
        if line > len(variant.text.splitlines())
    ]
    assert beyond == []


@pytest.mark.timeout(300)
def test_each_second_that_is_named_can_have_been(wrong) -> None:
    """No moment is later than the end of the play that a diagnosis speaks of."""
    late = [
        f"{variant.exercise.id} {variant.name}: {found.text}"
        for variant in wrong
        for criterion in variant.criteria
        for found in criterion.diagnoses
        for moment in map(float, re.findall(r"\bat second (\d+(?:\.\d+)?)", found.text))
        if criterion.runs and moment > criterion.runs[0].elapsed + 1e-6 and criterion.runs[0].limit is None
    ]
    assert late == []


@pytest.mark.timeout(300)
def test_a_criterion_that_is_met_has_no_diagnosis(wrong) -> None:
    assert not any(criterion.diagnoses for variant in wrong for criterion in variant.criteria if criterion.passed)
