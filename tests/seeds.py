"""Proof that the seed changes inputs and not verdicts: each answer is judged with several seeds, and compared.

    python -m tests.seeds [SEEDS]

A right answer that one seed refuses is a fault of its hidden test; so is a wrong answer whose points hang on the seed.
About a minute a seed. Exits with 1 when something differs.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from kata.authoring.variants import judge, variants_of
from kata.program import ROOT
from kata.project.catalog_reader import load

SEEDS = 5


def main() -> int:
    """Judge and compare; prints what differs."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    catalog = load(ROOT)
    verdicts: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for seed in range(seeds):
        variants = [variant for exercise in catalog.exercises for variant in variants_of(exercise, ROOT)]
        judge(catalog, ROOT, variants, "virtual", None, seed=seed)
        for variant in variants:
            for criterion in variant.criteria:
                verdicts[variant.exercise.id, variant.name, criterion.test].append(criterion.passed)
        print(f"seed {seed}: {len(variants)} answers judged", flush=True)
    differ = {names: passed for names, passed in verdicts.items() if len(set(passed)) > 1}
    for (exercise, answer, test), passed in differ.items():
        print(f"{exercise}: {answer} is accepted by {test} for {sum(passed)} of {seeds} seeds")
    print(f"{len(differ)} of {len(verdicts)} verdicts differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
