"""Diagnoses of time and concurrency: what waited for what, and how much was under way at once."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kata.contract.run import Call, Frame, InFlight, Run, Span
from kata.contract.scorecard import Diagnosis
from kata.contract.texts import shown
from kata.judge.clean import at, in_seconds, second_of
from kata.judge.diagnosis.case import Case

__all__ = ["all_at_once", "awaited_too_soon", "in_flight", "never_suspends", "one_after_another", "wrong_time"]


def awaited_too_soon(case: Case) -> Diagnosis | None:
    """Tasks are made, but each is awaited before the next one is made."""
    if not _too_slow(case) or any(peak > 1 for peak in case.run.in_flight.values()):
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
            made = other.created_at.line if other.created_at is not None else 0
            if _in_generator(case, made):
                return at(
                    other.created_at,
                    "awaited_too_soon",
                    f"The task {other.name} is made{{}}, in a generator expression, which makes each task only when "
                    "it is asked for the next one. So there is never more than one at a time; a list, in square "
                    "brackets, makes all of them at once.",
                )
            where = f", made in line {made}," if span.at is not None and made not in (0, span.at.line) else ""
            return at(
                span.at,
                "awaited_too_soon",
                f"The task {other.name}{where} is awaited{{}} right after it was made, before the next one exists. "
                "So there is never more than one at a time; make all of them first, then await them.",
            )
    return None


def _in_generator(case: Case, line: int) -> bool:
    """True when a generator expression that has a name makes a task in this line."""
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.GeneratorExp)
        and any(isinstance(part, ast.Call) and part.lineno == line for part in ast.walk(node.value.elt))
        for node in ast.walk(case.source.tree)
    )


def one_after_another(case: Case) -> Diagnosis | None:
    """Calls that could wait together wait in turn."""
    if not _too_slow(case):
        return None
    for name, calls in case.run.calls.items():
        if len(calls) > 1 and case.run.peak.get(name, 0) == 1 and _in_turn(calls):
            place = _serial_wait(case.run, calls)
            total = sum((call.end or call.start) - call.start for call in calls)
            if _in_one_thread(case.run, calls):
                return at(
                    place,
                    "one_after_another",
                    f"The {len(calls)} calls of {name} follow one another, {in_seconds(total)} in a row: one thread "
                    "makes all of them, and the wait{} is for that thread. Let each call have a thread of its own.",
                )
            return at(
                place,
                "one_after_another",
                f"The {len(calls)} calls of {name} wait one after another: each begins only when the one before it "
                f"has ended, {in_seconds(total)} in a row. The wait{{}} lets nothing else of this function go on: "
                "start all of them first, as gather, a task group or create_task do.",
            )
    return _tasks_in_turn(case) or _in_a_row(case)


def _in_one_thread(run: Run, calls: list[Call]) -> bool:
    """True when one wait for a thread goes on during all these calls, which were made in a thread."""
    first, last = calls[0].start, calls[-1].end
    return all(call.thread for call in calls) and any(
        span.what == "asyncio.to_thread" and span.start <= first and last is not None and last <= span.end
        for task in run.tasks
        for span in task.spans
    )


def _tasks_in_turn(case: Case) -> Diagnosis | None:
    """A function makes each task when the one before it has ended, and never has two of them."""
    if case.took_longer:
        return None
    for main in case.run.tasks:
        made = [task for task in case.run.tasks if task.parent == main.name and task.created_at is not None]
        if main.created_at is not None or main.coroutine not in case.functions or len(made) < 2:
            continue
        if len({(task.coroutine, task.created_at) for task in made}) > 1 or any(
            first.ended is None or not first.created < first.ended <= second.created for first, second in pairwise(made)
        ):
            continue
        place = next((span.at for span in main.spans if span.kind == "waiting" and span.end > span.start), None)
        return at(
            place,
            "one_after_another",
            f"The {len(made)} tasks that {main.coroutine} makes wait one after another: each is made only when the one "
            "before it has ended. The wait{} holds up the next one: make all of them first, then wait.",
        )
    return None


def all_at_once(case: Case) -> Diagnosis | None:
    """Tasks wait at the same time, and should follow one another."""
    facts = case.about("in turn")
    if facts is None:
        return None
    overlap = [call.task for call in facts.get("calls", ())]
    for main in case.run.tasks:
        if main.created_at is not None or main.coroutine not in case.functions:
            continue
        for span in main.spans:
            if span.kind != "waiting" or span.at is None or span.what not in ("gather", "asyncio.TaskGroup.__aexit__"):
                continue
            under_way = [
                task
                for task in case.run.tasks
                if task.parent == main.name and task.created == span.start and (task.ended or span.end) > span.start
            ]
            if len(under_way) < 2 or not set(overlap) <= {task.name for task in under_way} or len(set(overlap)) == 1:
                continue
            what = "gather" if span.what == "gather" else "task group"
            return at(
                span.at,
                "all_at_once",
                f"At {second_of(span.start)} {main.coroutine} started {len(under_way)} tasks, and the {what}{{}} lets "
                "all of them go on at the same time. What must follow one another is awaited one by one.",
            )
    return None


def _in_a_row(case: Case) -> Diagnosis | None:
    """All waits of the play follow one another, whoever waits."""
    if case.seconds is None:
        return None
    took, wanted = case.seconds
    waits = sorted(_leaves(case), key=lambda span: (span.start, span.end))
    lengths = [span.end - span.start for span in waits]
    if len(waits) < 2 or max(lengths) > wanted + 1e-6 or round(sum(lengths), 6) != round(took, 6):
        return None
    if any(second.start < first.end for first, second in pairwise(waits)):
        return None
    lines = sorted({span.at.line for span in waits if span.at is not None})
    where = (
        f" in line {lines[0]}" if len(lines) == 1 else f" in the lines {_listed(lines)}" if 1 < len(lines) < 5 else ""
    )
    # A line that no loop is around waits once in each call; what holds the calls up is where they are made.
    holds_up = len(lines) == 1 and _repeats(case, lines[0])
    return Diagnosis(
        "one_after_another",
        f"The {len(waits)} waits{where} follow one another, {in_seconds(took)} in a row: each begins only when the one "
        f"before it has ended. It can be done in {in_seconds(wanted)}, if what can wait at the same time does.",
        "",
        lines[0] if holds_up else 0,
    )


def _repeats(case: Case, line: int) -> bool:
    """True when a loop or a comprehension is around a line."""
    loops = ast.For | ast.AsyncFor | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    return any(
        isinstance(node, loops) and node.lineno <= line <= (node.end_lineno or node.lineno)
        for node in ast.walk(case.source.tree)
    )


def _listed(lines: list[int]) -> str:
    return f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _too_slow(case: Case) -> bool:
    if case.took_longer or case.about("together") is not None:
        return True
    if (scene := case.expectation("together")) is not None:
        return bool(scene.names["number"] > scene.names["peak"])
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
    makers = {call.task for call in calls}
    for task in run.tasks:
        if len(makers) == 1 and task.name not in makers and None not in makers:
            continue
        for span in task.spans:
            if span.kind == "waiting" and span.at is not None and span.end > span.start:
                key = (task.name, span.at.line)
                waits[key] += _overlap(span, calls)
                places[key] = span.at
    best = max(waits, key=lambda key: waits[key], default=None)
    return places[best] if best is not None and waits[best] > 1 else None


def _overlap(span: Span, calls: list[Call]) -> int:
    return sum(1 for call in calls if call.end is not None and span.start < call.end and call.start < span.end)


def never_suspends(case: Case) -> Diagnosis | None:
    """A coroutine runs from its beginning to its end without a break, though it has awaits."""
    main = case.run.tasks[0] if case.run.tasks else None
    if main is None or not case.scenes or not case.plain_call or not case.run.elapsed or len(case.run.tasks) > 1:
        return None
    steps = [span for span in main.spans if span.kind == "running"]
    if any(span.kind == "waiting" for span in main.spans) or len(steps) != 1 or main.outcome != "returned":
        return None
    awaits = [line for line in case.source.uses("Await") if case.source.is_async(main.coroutine)]
    if len(awaits) != 1:
        return None
    return at(
        Frame("", awaits[0], ""),
        "never_suspends",
        f"{main.coroutine} ran for {in_seconds(case.run.elapsed)} without a break: the await{{}} gave control back "
        "not once. An await suspends only where there is something to wait for; asyncio.sleep(0) always does.",
    )


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
    """The play took longer or shorter than it should, by what can be found in it."""
    if case.seconds is None:
        return None
    took, wanted = case.seconds
    return _too_long(case, took, wanted) if took > wanted else _too_short(case, took, wanted)


def _too_long(case: Case, took: float, wanted: float) -> Diagnosis | None:
    sleeps: dict[int, list[Span]] = {}
    for span in _leaves(case):
        if span.what == "asyncio.sleep" and span.at is not None:
            sleeps.setdefault(span.at.line, []).append(span)
    for line, spans in sleeps.items():
        lost = sum(span.end - span.start for span in spans)
        if round(lost, 6) == round(took - wanted, 6):
            times = f" in all, {len(spans)} times together" if len(spans) > 1 else ""
            return at(
                Frame("", line, ""),
                "wrong_time",
                f"It took {in_seconds(took)} instead of {in_seconds(wanted)}. The sleep{{}} lasts "
                f"{in_seconds(lost)}{times}, which is all that it takes too long.",
            )
        ends = [took if call.end is None else call.end for calls in case.run.calls.values() for call in calls]
        if (spans[0].start, spans[0].end) == (0, took) and max(ends, default=took) == wanted:
            return at(
                Frame("", line, ""),
                "wrong_time",
                f"It took {in_seconds(took)} instead of {in_seconds(wanted)}: the sleep{{}} went on until then, though "
                f"all calls had ended after {in_seconds(wanted)}. How long they take is not known beforehand: wait for "
                "the things themselves.",
            )
    return _two_parts(case, took, wanted)


def _two_parts(case: Case, took: float, wanted: float) -> Diagnosis | None:
    """One part of the calls begins only when all of the other has ended, and they could go on at the same time."""
    for name, calls in case.run.calls.items():
        if _bound(case, case.run.in_flight.get(name, 0)):
            continue
        for cut in sorted({call.start for call in calls if call.start > 0}):
            first = [call for call in calls if call.start < cut]
            if not first or any(call.end is None or call.end > cut for call in first):
                continue
            if round(max(cut, took - cut), 6) != round(wanted, 6):
                continue
            later = next(call for call in calls if call.start >= cut)
            told = f"{name}({', '.join(shown(argument, 30) for argument in later.args)})"
            task = next((task for task in case.run.tasks if task.name == later.task), None)
            waits = [span for span in task.spans if span.kind == "waiting" and span.end == cut] if task else []
            place = next((span.at for span in waits if span.start < cut), None)
            return at(
                place,
                "wrong_time",
                f"It took {in_seconds(took)} instead of {in_seconds(wanted)}: {told} and what follows began only "
                f"at {second_of(cut)}, when all calls before had ended. The wait{{}} holds them up, though they could "
                "go on at the same time."
                if place
                else f"It took {in_seconds(took)} instead of {in_seconds(wanted)}: {told} and what follows began "
                f"only at {second_of(cut)}, when all calls before had ended. They could go on at the same time.",
            )
    return None


def _bound(case: Case, number: int) -> bool:
    """True when a number greater than one stands in the text, so that it may bound how much goes on at once."""
    return number > 1 and any(
        isinstance(node, ast.Constant) and node.value == number for node in ast.walk(case.source.tree)
    )


def _too_short(case: Case, took: float, wanted: float) -> Diagnosis | None:
    waits = list(_leaves(case))
    story = f"It took {in_seconds(took)} instead of {in_seconds(wanted)}"
    if not waits and not took:
        return Diagnosis("wrong_time", f"{story}: nothing in it took any time, no sleep and no other wait.")
    lengths = [span.end - span.start for span in waits]
    if len(waits) > 1 and round(sum(lengths), 6) == round(wanted, 6) and round(max(lengths), 6) == round(took, 6):
        return Diagnosis(
            "wrong_time",
            f"{story}: {len(waits)} waits went on at the same time. One after another they take {in_seconds(wanted)}: "
            "here the next one should begin when the one before it has ended.",
        )
    cuts = [line for tool in ("int", "round", "math.floor") for line in case.source.calls(tool)]
    if took == int(wanted) != wanted and len(cuts) == 1:
        return at(
            Frame("", cuts[0], ""),
            "wrong_time",
            f"{story}: only the fraction of a second is missing, and what is done{{}} cuts it off.",
        )
    return None


_WAITS_FOR_OTHERS = ("task ", "a future", "gather", "the test", "Lock", "Semaphore", "Event", "Condition", "Queue")


def _leaves(case: Case) -> Iterator[Span]:
    """The waits of the submission that are for no other task: sleeps, and calls of what the test handed over."""
    for task in case.run.tasks:
        for span in task.spans:
            name = span.what.removeprefix("asyncio.")
            others = name != "sleep" and (span.what.startswith("asyncio.") or name.startswith(_WAITS_FOR_OTHERS))
            if span.kind == "waiting" and span.end > span.start and not others and "." not in name:
                yield span
