"""`dev check`: proof that each exercise accepts what is right and refuses what is wrong, and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kata.authoring import pack, structure
from kata.authoring.mutation import table
from kata.authoring.mutation.measure import REASONS, ReasonError, measure, without_a_mutant
from kata.authoring.variants import SOLUTION, STUB, Variant, judge, variants_of
from kata.judge.clean import KINDS
from kata.judge.diagnosis import Case, diagnose
from kata.judge.explain import NO_WORDS
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import Workspace

__all__ = ["Problem", "check"]

REAL_SECONDS = 3.0
"""Virtual seconds up to which a test's plays are repeated on the real clock."""

REAL_TRIES = 3
"""A machine that is busy may be late; only a verdict that differs this often differs."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with an exercise, in one line."""

    exercise: str
    text: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.text}" if self.exercise else self.text


def check(
    catalog: Catalog,
    workspace: Workspace,
    exercises: Sequence[Exercise],
    *,
    jobs: int | None = None,
    real: Literal["none", "solutions", "all"] = "all",
    mutants: int = 0,
    report: Callable[[object], None] = lambda line: None,
) -> list[Problem]:
    """Check ``exercises``.

    Args:
        catalog: all exercises.
        workspace: only its root matters: the texts are those in the tree.
        exercises: which to check.
        jobs: processes that share the work; `default_jobs` when None.
        real: which right answers to play on the real clock too, where a play takes at most `REAL_SECONDS` seconds.
        mutants: play every so many of the mutants, too; 0 plays none.
        report: told of each stage in a line.

    Returns:
        The problems found; none when all is well.

    Raises:
        GraderError: judging itself failed.
    """
    root = workspace.root
    problems = [Problem("", text) for text in structure.in_repository(catalog, root)]
    variants: list[Variant] = []
    for exercise in exercises:
        problems += [Problem(exercise.id, text) for text in structure.in_exercise(exercise, root)]
        if structure.can_be_judged(exercise, root):
            variants += variants_of(exercise, root)
            problems += _reasons(exercise, root)
    report(f"Virtual clock: {len(variants)} answers of {len(exercises)} exercises.")
    judge(catalog, root, variants, "virtual", jobs)
    for variant in variants:
        problems += _verdict(variant)
        problems += _words(variant)
    if told := _told(variants):
        report(f"Wrong answers are told: {told}.")
    if real != "none":
        right = [variant for variant in variants if variant.is_right and (real == "all" or variant.name == SOLUTION)]
        problems += _on_the_real_clock(catalog, root, right, report)
    if mutants:
        problems += _mutants(catalog, root, exercises, jobs, mutants, report)
    stubs = [variant for variant in variants if variant.name == STUB]
    problems += [Problem(exercise, text) for exercise, text in pack.differences(root, stubs)]
    return problems


def _verdict(variant: Variant) -> Iterator[Problem]:
    """Is the variant accepted, or refused by the test that it names?"""
    name = variant.exercise.id
    if not variant.criteria:
        yield Problem(name, f"{variant.name} was not judged")
    elif variant.name == STUB:
        if not variant.failed:
            yield Problem(name, "the untouched stub passes everything")
    elif variant.is_right:
        for criterion in variant.criteria:
            if not criterion.passed:
                yield Problem(name, f"{variant.name} is refused by {criterion.test}: {_first_line(criterion.message)}")
    elif variant.caught_by not in variant.failed:
        by = f"only by {', '.join(variant.failed)}" if variant.failed else "by no test at all"
        yield Problem(name, f"{variant.name} should be refused by {variant.caught_by} and is refused {by}")


def _reasons(exercise: Exercise, root: Path) -> Iterator[Problem]:
    """Does everything that explains a mutant explain one that there is?"""
    try:
        for key in without_a_mutant(exercise, root):
            yield Problem(exercise.id, f"{REASONS} explains {key!r}, and there is no such mutant")
    except ReasonError as error:
        yield Problem(exercise.id, str(error))


def _mutants(
    catalog: Catalog,
    root: Path,
    exercises: Sequence[Exercise],
    jobs: int | None,
    nth: int,
    report: Callable[[object], None],
) -> Iterator[Problem]:
    """Do the hidden tests notice every mistake that is made in a right answer?"""
    sound = [exercise for exercise in exercises if structure.can_be_judged(exercise, root)]
    try:
        found = measure(catalog, root, sound, jobs=jobs, chosen=table.every(nth), report=report)
    except ReasonError:
        return  # told already
    for each in found:
        for mutant in each.survivors:
            yield Problem(each.exercise.id, f"nobody notices the mutant {mutant.name}; dev mutate shows it")


def _words(variant: Variant) -> Iterator[Problem]:
    """Is a wrong answer told why, by a diagnosis or by the criterion's own words, and a right one nothing?"""
    name = variant.exercise.id
    for criterion in variant.criteria:
        if criterion.passed and variant.is_right:
            for run in criterion.runs:
                for diagnosis in diagnose(Case(run, variant.text, allowed=KINDS)):
                    yield Problem(name, f"{variant.name} is right and gets the diagnosis {diagnosis.name}")
        mute = not criterion.diagnoses and criterion.message in ("", NO_WORDS)
        if not criterion.passed and criterion.test == variant.caught_by and mute:
            yield Problem(name, f"{variant.name} is refused by {criterion.test} without a word why")


def _told(variants: Sequence[Variant]) -> str:
    """How often each diagnosis is the first that a wrong answer gets."""
    counts = Counter(
        criterion.diagnoses[0].name if criterion.diagnoses else "its own words"
        for variant in variants
        for criterion in variant.criteria
        if not criterion.passed and criterion.test == variant.caught_by
    )
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _on_the_real_clock(
    catalog: Catalog, root: Path, right: Sequence[Variant], report: Callable[[object], None]
) -> Iterator[Problem]:
    """Play again what is right and short, on the stock loop: the verdicts must be the same."""
    short = {
        (variant.exercise.id, variant.name): {
            criterion.test for criterion in variant.criteria if criterion.passed and criterion.played <= REAL_SECONDS
        }
        for variant in right
    }
    left = [variant for variant in right if short[variant.exercise.id, variant.name]]
    report(f"Real clock: {len(left)} right answers.")
    for attempt in range(REAL_TRIES):
        again = [Variant(variant.exercise, variant.name, variant.text) for variant in left]
        judge(
            catalog,
            root,
            again,
            "real",
            None if attempt == 0 else 1,
            only=lambda variant, test: test in short[variant.exercise.id, variant.name],
        )
        left = [variant for variant in again if variant.failed]
        for variant in left:
            short[variant.exercise.id, variant.name] = set(variant.failed)
        if not left:
            return
    for variant in left:
        for criterion in variant.criteria:
            if not criterion.passed:
                yield Problem(
                    variant.exercise.id,
                    f"{variant.name} fails {criterion.test} on the real clock: {_first_line(criterion.message)}",
                )


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0][:200]
