"""What `dev mutate` shows: a table of the exercises, the survivors as diffs, the reasons that explain nothing."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kata.authoring.mutation.measure import REASONS, Measured
from kata.authoring.mutation.mutants import Mutant

__all__ = ["as_json", "every", "lines"]


def every(nth: int) -> Callable[[Mutant], bool]:
    """Chooses one mutant of so many, always the same ones."""
    return lambda mutant: zlib.crc32(mutant.text.encode()) % nth == 0


def lines(found: Sequence[Measured]) -> Iterator[str]:
    """The table, line by line."""
    for each in found:
        for mutant in each.survivors:
            yield f"{each.exercise.id}: nobody notices: {mutant.name}"
            yield from (f"    {line}" for line in mutant.diff.splitlines()[:30])
        for reason in each.stale:
            yield f"{each.exercise.id}: {REASONS} explains {reason!r}, and no survivor is that"
    yield ""
    width = max((len(each.exercise.id) for each in found), default=0)
    yield f"{'':{width}}  killed  survive  explained  score"
    for each in found:
        yield (
            f"{each.exercise.id:{width}}  {len(each.killed):6}  {len(each.survivors):7}  {len(each.explained):9}  "
            f"{each.score:5.1%}"
        )
    killed, survive = sum(len(each.killed) for each in found), sum(len(each.survivors) for each in found)
    explained = sum(len(each.explained) for each in found)
    score = killed / (killed + survive) if killed + survive else 1.0
    yield f"{'all':{width}}  {killed:6}  {survive:7}  {explained:9}  {score:5.1%}"


def as_json(found: Sequence[Measured]) -> str:
    """The same for programs, with a count for each operator."""
    operators: dict[str, Counter[str]] = {}
    for each in found:
        for state in ("killed", "survivors", "explained"):
            for mutant in getattr(each, state):
                operators.setdefault(mutant.operator, Counter())[state] += 1
    exercises = [
        {
            "id": each.exercise.id,
            "killed": len(each.killed),
            "explained": len(each.explained),
            "score": each.score,
            "survivors": [{"name": mutant.name, "diff": mutant.diff} for mutant in each.survivors],
            "stale": each.stale,
        }
        for each in found
    ]
    return json.dumps({"version": 1, "operators": operators, "exercises": exercises}, indent=1) + "\n"
