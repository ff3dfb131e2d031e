"""What several criteria of one verdict have in common: the causes, each of which is told once.

>>> lost = Diagnosis("never_awaited", "The coroutine sleep(…) was never awaited.", "x.py", 9)
>>> one, two = (Criterion(test, "", False, 0, 5, diagnoses=[lost]) for test in ("test_a", "test_b"))
>>> found = common(ExerciseVerdict("01_a/01_b", "failed", 0, 10, 0.0, [one, two]))
>>> found.diagnosis.name, found.concerns(two)
('never_awaited', True)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict

__all__ = ["Common", "common", "unmet"]


LEFT_BEHIND = ("leaked", "lost_task", "never_awaited", "unretrieved")
"""Diagnoses of what a play left behind: of the same kind they are one cause, how many there were in whichever play."""

BLOCKING = "blocking"

STOPPED = ("cancelled_again", "cancelled_through", "others_run_on")
"""Diagnoses of a cancellation that went wrong: the same, at whichever moment of its play."""


@dataclass(frozen=True)
class Common:
    """What is told above the criteria.

    Args:
        message: what was seen in all of several criteria; empty when they differ.
        diagnosis: why several of them are not met.
        more: further diagnoses of what stopped the whole exercise.
        limit: it stopped at a limit, which may have been another one for each play.
    """

    message: str = ""
    diagnosis: Diagnosis | None = None
    more: tuple[Diagnosis, ...] = ()
    limit: bool = False

    def elsewhere(self, criteria: Iterable[Criterion]) -> list[Diagnosis]:
        """The same in other lines, one for each line, in the order of the lines."""
        alike = (found for criterion in criteria for found in criterion.diagnoses if self.tells(found))
        first = self.diagnosis
        lines = {found.line: found for found in alike if first is not None and found.name == first.name and found.line}
        return [lines[line] for line in sorted(lines) if first is not None and line != first.line]

    def tells(self, found: Diagnosis) -> bool:
        """True for a diagnosis that is the common one, or one of the further ones."""
        return any(_same(found, other) for other in (self.diagnosis, *self.more) if other is not None)

    def concerns(self, criterion: Criterion) -> bool:
        """True when a part of it is a reason of this criterion."""
        if criterion.passed:
            return False
        same = bool(self.message) and criterion.message == self.message
        return same or self._stopped(criterion) or any(map(self.tells, criterion.diagnoses))

    def message_of(self, criterion: Criterion) -> str:
        """What is left to tell of what was seen; empty when it stands above or in a diagnosis."""
        known = {self.message, *(found.text for found in criterion.diagnoses)}
        told = criterion.message in known or self._same_error(criterion) or self._stopped(criterion)
        return "" if told else criterion.message

    def _same_error(self, criterion: Criterion) -> bool:
        """True where the error that stands above is told once more: it took another way, or is told in words."""
        if not any(map(self.tells, criterion.diagnoses)):
            return False
        tracebacks = [text for text in (criterion.message, self.message) if "\n  line " in text]
        kind, _, text = tracebacks[0].partition("\n  line ")[0].partition(": ") if tracebacks else ("", "", "")
        return bool(text) and all(kind in said and text in said for said in (criterion.message, self.message))

    def _stopped(self, criterion: Criterion) -> bool:
        return self.limit and any(run.limit is not None for run in criterion.runs[:1])


def unmet(verdict: ExerciseVerdict) -> list[Criterion]:
    """The criteria that are not met and of which something is known."""
    if verdict.status == "not_started":
        return []
    return [each for each in verdict.criteria if not each.passed and (each.message or each.diagnoses or each.runs)]


def common(verdict: ExerciseVerdict) -> Common:
    """What stopped the exercise; else what two or more of its criteria that are not met have in common.

    Of several common diagnoses it is the one that more of them have, then the one that comes first in them.
    """
    failing = unmet(verdict)
    if verdict.status in ("error", "limit"):
        for criterion in failing:
            if criterion.diagnoses and criterion.message == verdict.message:
                first, *more = criterion.diagnoses
                limit = verdict.status == "limit"
                told = limit or verdict.message in {found.text for found in criterion.diagnoses}
                return Common("" if told else verdict.message, first, tuple(more), limit)
        return Common(verdict.message, limit=verdict.status == "limit")
    messages = Counter(each.message for each in failing if each.message not in {one.text for one in each.diagnoses})
    message = next((text for text, count in messages.most_common(1) if count > 1), "")
    found: list[tuple[int, int, Diagnosis]] = []
    for criterion in failing:
        for place, diagnosis in enumerate(criterion.diagnoses):
            count = sum(any(_same(diagnosis, other) for other in each.diagnoses) for each in failing)
            if count > 1:
                found.append((-count, place, diagnosis))
    return Common(message, min(found, key=lambda each: each[:2])[2] if found else None)


def _same(one: Diagnosis, other: Diagnosis) -> bool:
    """True for two that name one place; their texts may count differently from play to play.

    Calls that block are one cause, wherever they stand: any of them stops everybody.
    """
    if one.name == other.name == BLOCKING:
        return True
    if (one.name, one.file, one.line) != (other.name, other.file, other.line):
        return False
    return one.line > 0 or one.name in (*LEFT_BEHIND, *STOPPED) or one == other
