"""Diagnoses of time and concurrency: what waited for what, and how much was under way at once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from kata.contract.run import Call, Frame, InFlight, Run, Span, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at, in_seconds
from kata.judge.diagnosis.case import Case

__all__ = ["awaited_too_soon", "in_flight", "one_after_another", "wrong_time"]


def awaited_too_soon(case: Case) -> Diagnosis | None:
    """Tasks are made, but each is awaited before the next one is made."""
    if not _too_slow(case):
        return None
    by_name = {task.name: task for task in case.run.tasks}
    for task in case.run.tasks:
        waits = [
            (span, by_name[span.what.removeprefix("task ")])
            for span in task.spans
            if span.kind == "waiting" and span.what.removeprefix("task ") in by_name and span.end > span.start
        ]
        soon = [(span, other) for span, other in waits if other.parent == task.name and other.created == span.start]
        if any(second.created >= first.end for (first, _), (_, second) in pairwise(soon)):
            span, other = soon[0]
            return at(
                span.at,
                "awaited_too_soon",
                f"The task {other.name} is awaited{{}} right after it was made, before the next one exists. "
                "So there is never more than one at a time; make all of them first, then await them.",
            )
    return None


def one_after_another(case: Case) -> Diagnosis | None:
    """Calls that could wait together wait in turn."""
    if not _too_slow(case):
        return None
    for name, calls in case.run.calls.items():
        if len(calls) > 1 and case.run.peak.get(name, 0) == 1 and _in_turn(calls):
            place = _serial_wait(case.run, calls)
            total = sum((call.end or call.start) - call.start for call in calls)
            return at(
                place,
                "one_after_another",
                f"The {len(calls)} calls of {name} wait one after another: each begins only when the one before it "
                f"has ended, {in_seconds(total)} in a row. The wait{{}} lets nothing else of this function go on.",
            )
    return None


def _too_slow(case: Case) -> bool:
    if case.took_longer:
        return True
    compared = case.compared
    return (
        compared is not None
        and isinstance(compared.left, InFlight)
        and compared.left == 1
        and isinstance(compared.right, int)
        and compared.right > 1
    )


def _in_turn(calls: list[Call]) -> bool:
    if not all(call.end is not None and call.end > call.start for call in calls[:-1]):
        return False
    return all(second.start >= (first.end or 0.0) for first, second in pairwise(calls))


def _serial_wait(run: Run, calls: list[Call]) -> Frame | None:
    """The line in which most of the time was waited by one task, in the task that makes the calls or waits for them."""
    waits: Counter[tuple[str, int]] = Counter()
    places: dict[tuple[str, int], Frame] = {}
    for task in run.tasks:
        for span in task.spans:
            if span.kind == "waiting" and span.at is not None and span.end > span.start:
                key = (task.name, span.at.line)
                waits[key] += _overlap(span, calls)
                places[key] = span.at
    best = max(waits, key=lambda key: waits[key], default=None)
    return places[best] if best is not None and waits[best] > 1 else None


def _overlap(span: Span, calls: list[Call]) -> int:
    return sum(1 for call in calls if call.end is not None and span.start < call.end and call.start < span.end)


def in_flight(case: Case) -> Diagnosis | None:
    """More or fewer calls are under way at once than there should be."""
    compared = case.compared
    if compared is None or not isinstance(compared.left, InFlight) or not isinstance(compared.right, int):
        return None
    names = [name for name, peak in case.run.peak.items() if peak == compared.left]
    if compared.op not in ("==", "<=", ">=", "<", ">"):
        return None
    if compared.left > compared.right:
        return Diagnosis(
            "too_many_in_flight",
            f"Up to {compared.left} calls of {names[0]} are under way at once; {compared.right} are allowed.",
        )
    if compared.left < compared.right:
        return Diagnosis(
            "too_few_in_flight",
            f"At most {compared.left} {'call' if compared.left == 1 else 'calls'} of {names[0]} "
            f"{'is' if compared.left == 1 else 'are'} under way at once; {compared.right} should be.",
        )
    return None


def wrong_time(case: Case) -> Diagnosis | None:
    """The play took longer or shorter than it should, and nothing else explains it."""
    compared = case.compared
    if compared is None or case.seconds is None or compared.op != "==":
        return None
    if not case.took_longer:
        return Diagnosis(
            "wrong_time",
            f"The play took {in_seconds(compared.left)}, and {compared.right:g} were expected: something that should "
            "be waited for is not waited for, or waits overlap that should follow one another.",
        )
    main = _main(case.run)
    longest = (
        max(
            (span for span in main.spans if span.kind == "waiting" and span.at is not None),
            key=lambda span: span.end - span.start,
            default=None,
        )
        if main is not None
        else None
    )
    where = (
        f" The longest wait is{{}}, {in_seconds(longest.end - longest.start)} for {longest.what}." if longest else ""
    )
    return at(
        longest.at if longest else None,
        "wrong_time",
        f"The play took {in_seconds(compared.left)} instead of {compared.right:g}.{where}",
    )


def _main(run: Run) -> TaskRecord | None:
    """The task that runs the submission's function: the first one that waits in a line of the submission."""
    return next((task for task in run.tasks if any(span.at is not None for span in task.spans)), None)
