"""`dev mutate`: play the hidden tests on mutants, and say which of them nobody notices."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kata.authoring.mutation.mutants import Mutant, mutants_of
from kata.authoring.variants import Variant, judge
from kata.project.catalog import Catalog, Exercise

__all__ = ["REASONS", "Measured", "ReasonError", "measure", "reasons_of", "without_a_mutant"]

REASONS = "equivalent.toml"
"""In the folder of an exercise's answers: why a mutant of it is no mistake."""


class ReasonError(ValueError):
    """A file of reasons cannot be read; one line that says which, and why."""


@dataclass(frozen=True)
class Measured:
    """What came of the mutants of one exercise.

    ``explained`` have a reason why they are no mistakes; of the others, ``survivors`` are noticed by no test. ``stale``
    are reasons that explain nothing any more.
    """

    exercise: Exercise
    killed: list[Mutant]
    explained: list[Mutant]
    survivors: list[Mutant]
    stale: list[str]

    @property
    def score(self) -> float:
        """The share of the mutants that are mistakes which the hidden tests notice; 1 where there are none."""
        mistakes = len(self.killed) + len(self.survivors)
        return len(self.killed) / mistakes if mistakes else 1.0


def measure(
    catalog: Catalog,
    root: Path,
    exercises: Sequence[Exercise],
    *,
    jobs: int | None = None,
    chosen: Callable[[Mutant], bool] = lambda mutant: True,
    report: Callable[[str], None] = lambda line: None,
) -> list[Measured]:
    """Play the hidden tests on the mutants of some exercises.

    Args:
        catalog: all exercises.
        root: the clone.
        exercises: which to measure.
        jobs: processes that share the work; as many as there are processors when None.
        chosen: says which mutants to play; those that are not chosen are left out of everything.
        report: told of each stage in a line.

    Raises:
        GraderError: judging itself failed.
        ReasonError: a file of reasons is damaged.
    """
    reasons = {exercise.id: reasons_of(exercise, root) for exercise in exercises}
    mutants = {exercise.id: [each for each in mutants_of(exercise, root) if chosen(each)] for exercise in exercises}
    report(f"{sum(map(len, mutants.values()))} mutants of {len(exercises)} exercises.")
    variants = {
        id(mutant): Variant(mutant.exercise, mutant.name, mutant.text) for each in mutants.values() for mutant in each
    }
    judge(catalog, root, list(variants.values()), "virtual", jobs, hasty=True)
    found = []
    for exercise in exercises:
        told, used = reasons[exercise.id], set[str]()
        killed, explained, survivors = [], [], []
        for mutant in mutants[exercise.id]:
            reason = next((key for key in mutant.keys if key in told), None)
            if variants[id(mutant)].failed:
                killed.append(mutant)
            elif reason is not None:
                explained.append(mutant)
                used.add(reason)
            else:
                survivors.append(mutant)
        found.append(Measured(exercise, killed, explained, survivors, sorted(told.keys() - used)))
    return found


def without_a_mutant(exercise: Exercise, root: Path) -> list[str]:
    """Reasons that explain no mutant that there is any more.

    Raises:
        ReasonError: the file of reasons is damaged.
    """
    told = reasons_of(exercise, root)
    there = {key for mutant in mutants_of(exercise, root) for key in mutant.keys} if told else set()
    return sorted(told.keys() - there)


def reasons_of(exercise: Exercise, root: Path) -> dict[str, str]:
    """Why mutants are no mistakes: by an operator, or by ``operator: place``.

    Raises:
        ReasonError: the file is damaged.
    """
    file = root / "tests" / "answers" / exercise.id / REASONS
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ReasonError(f"{file} cannot be read: {error}") from error
    if not all(type(value) is str and value.strip() for value in read.values()):
        raise ReasonError(f'{file}: each line is "operator: place" = "the reason", in words')
    return read
