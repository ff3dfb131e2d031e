"""Proof that what a learner reads is in the recording: claims of messages and diagnoses, looked up one by one.

    python -m tests.claims [EXERCISE …]

All answers are judged. Of each sentence that says how it was ("took 2 seconds", "began at second 1.5", "ended after …",
"raised KeyError(…)", "in line 12") the moment is looked up among the moments of the plays, the error among the errors
that were raised or noted, the line in the submission. Sentences about how it should be ("should take 2 seconds") claim
nothing of the play. Right answers must have no diagnosis. Some three minutes on two cores; exits with 1 when a claim is
false.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from kata.authoring.variants import STUB, Variant, judge, variants_of
from kata.contract.run import Run
from kata.contract.scorecard import Criterion
from kata.program import ROOT
from kata.project.catalog_reader import load

__all__ = ["false_claims", "main"]

NUMBER = r"(\d[\d,_]*(?:\.\d+)?(?:e[-+]?\d+)?)"

WAS = re.compile(
    rf"\b(?:it|which|that|and|but|play|\S+) (?:took|lasted) (?:only )?{NUMBER}(?: seconds?)?\b"
    rf"|\b(?:began|started|ended|returned|raised|cancelled|was|were|over|came|got|printed|closed|opened|done|given|seen)"
    rf" (?:it |there )?(?:at second|after) {NUMBER}\b"
)
"""A moment or a length that is said to have been."""

WISHED = re.compile(
    r"\b(?:can|should|could|would|must|may|ought|expected|asked for)\b.*?(?= and | but |;|, (?:it|which|and)\b|$)"
)
"""What is said of how it should be."""

ERROR = re.compile(
    r"\b(?:raised|failed with|ended with|got|came|it is|was) (?:an? )?([A-Z]\w*(?:Error|Exception|Group))\b"
)
LINE = re.compile(r"\bin line (\d+)\b")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
CLOSE = 0.006
"""Seconds; messages round to microseconds, and drives note to hundredths."""


def false_claims(criterion: Criterion, text: str, test: str) -> Iterator[str]:
    """What a criterion's message and diagnoses claim and its recordings do not hold.

    Args:
        criterion: one that is not met, with its recordings.
        text: the submission.
        test: the hidden tests; what they do themselves, at a moment that stands there, is no claim about the play.
    """
    moments = sorted({moment for run in criterion.runs for moment in _moments(run)} | set(_numbers(_in_text(test))))
    known = " ".join(str(msgspec.to_builtins(run)) for run in criterion.runs)
    lines = len(text.splitlines()) + 1
    for said in [criterion.message, *(found.text for found in criterion.diagnoses)]:
        for sentence in re.split(r"(?<=[.;])\s+|\n", said):
            claimed = WISHED.sub("", sentence)
            for groups in WAS.findall(claimed):
                number = float(next(filter(None, groups)).replace(",", "").replace("_", ""))
                if not _among(number, moments):
                    yield f"no moment or length {number:g} was recorded: {sentence}"
            for name in ERROR.findall(claimed):
                if name not in known and name not in text and not re.search(r"\braise \w", test):
                    yield f"no {name} was recorded: {sentence}"
            for line in LINE.findall(QUOTED.sub("", sentence)):
                if int(line) > lines:
                    yield f"there is no line {line}: {sentence}"
    for found in criterion.diagnoses:
        if found.line > lines:
            yield f"there is no line {found.line}: {found.text}"


def _moments(run: Run) -> Iterator[float]:
    """All moments of a play, and the lengths of what has a beginning and an end."""
    yield from _numbers(msgspec.to_builtins(run))
    for calls in run.calls.values():
        yield from (call.end - call.start for call in calls if call.end is not None)
        yield sum(call.end - call.start for call in calls if call.end is not None)
    yield from (span.end - span.start for task in run.tasks for span in task.spans)
    yield sum(block.seconds for block in run.blocks)
    for task in run.tasks:
        if task.ended is not None:
            yield task.ended - task.created
            yield from (task.ended - asked for asked in task.cancel_requests)


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, str):
        yield from (float(number) for number in re.findall(r"\d+(?:\.\d+)?", value)[:50])
    elif isinstance(value, dict):
        for each in value.values():
            yield from _numbers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _numbers(each)


def _in_text(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\b\d+(?:\.\d+)?\b", text)]


def _among(number: float, moments: Sequence[float]) -> bool:
    """True when a moment, or the time between two of the play, is this number."""
    if any(abs(number - moment) < CLOSE for moment in moments):
        return True
    few = moments[:400]
    return any(abs(later - earlier - number) < CLOSE for earlier in few for later in few)


def _told(variants: Iterable[Variant]) -> Iterator[str]:
    for variant in variants:
        name = f"{variant.exercise.number} {variant.name}"
        for criterion in variant.criteria:
            if variant.is_right and criterion.diagnoses:
                yield f"{name}: a right answer has the diagnosis {criterion.diagnoses[0].name}"
            if not criterion.passed and variant.name != STUB:
                test = variant.exercise.hidden(ROOT).read_text(encoding="utf-8")
                claims = false_claims(criterion, variant.text, test)
                yield from (f"{name} {criterion.test}: {claim}" for claim in claims)


def main(names: Sequence[str]) -> int:
    """Judge the answers of these exercises, of all without a name, and print the false claims."""
    catalog = load(ROOT)
    exercises = [catalog.find(name) for name in names] or list(catalog.exercises)
    variants = [variant for exercise in exercises for variant in variants_of(exercise, ROOT)]
    judge(catalog, ROOT, variants, "virtual", None)
    found = list(_told(variants))
    for line in found:
        print(line)
    print(f"{len(found)} false claims in {len(variants)} answers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
