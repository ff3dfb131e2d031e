"""Diagnoses of calls and tasks: what was asked again, held back, given up, or not waited for."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from kata.contract.run import POLLING, Call, Frame, Span, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.contract.texts import shown
from kata.judge.clean import at, in_seconds, second_of
from kata.judge.diagnosis.case import Case, described

__all__ = [
    "asked_again",
    "bounded",
    "cancelled_through",
    "hidden_limit",
    "left_running",
    "not_joined",
    "polled",
]


def asked_again(case: Case) -> Diagnosis | None:
    """The same call was made once more, though nobody asked for that."""
    if not _too_many_calls(case):
        return None
    for name, calls in case.run.calls.items():
        before: dict[str, list[Call]] = {}
        for later in calls:
            earlier = before.setdefault(described((later.wired, later.wired_kwargs)), [])
            earlier.append(later)
            for first in earlier[:1] if len(earlier) > 1 else ():
                if _root(case, first) != _root(case, later) or _asked_twice(case, later):
                    continue
                how = f"the first call was made at {second_of(first.start)}"
                if first.outcome == "raised" and first.end is not None and later.start >= first.end:
                    how = f"the first call had failed at {second_of(first.end)}"
                called = f"{name}({', '.join(shown(argument, 40) for argument in later.args)})"
                return Diagnosis(
                    "asked_again",
                    f"{called} was called once more at {second_of(later.start)}; {how}. Each call does its work "
                    "again: keep what the first one gave, or let its error go on.",
                )
    return None


def _too_many_calls(case: Case) -> bool:
    if case.took_longer or case.wanted_error is not None:
        return True
    if (scene := case.expectation("called_once_each")) is not None:
        return bool(scene.names.get("extra")) and not scene.names.get("missing")
    return any(
        compared.op == "==" and type(compared.left) is int is type(compared.right) and compared.left > compared.right
        for compared in case.failed
    )


def _asked_twice(case: Case, call: Call) -> bool:
    """True when the test itself has the argument more than once in a list, so that it may be asked for again."""
    argument = described(call.args[0]) if call.args else None
    names = (
        (scene.names["arguments"],) if scene.function == "called_once_each" else scene.names.values()
        for scene in case.scenes
    )
    lists = (value for values in names for value in values if isinstance(value, list | tuple))
    return any(sum(described(each) == argument for each in each_list) > 1 for each_list in lists)


def _root(case: Case, call: Call) -> str | None:
    """The task of the function that the test called, above the task that made a call."""
    by_name = {task.name: task for task in case.run.tasks}
    task = by_name.get(call.task or "")
    while task is not None and task.created_at is not None and task.parent in by_name:
        task = by_name[task.parent]
    return task.name if task is not None else None


def bounded(case: Case) -> Diagnosis | None:
    """A bound that is written in the code holds calls back."""
    limits = {number: line for number, line in _bounds(case)}
    for name, calls in case.run.calls.items():
        peak = case.run.in_flight.get(name, 0)
        if not 1 < peak < len(calls) or peak not in limits:
            continue
        if (_refill(calls, peak) or _batches(calls, peak)) and (
            _all_at_once(case, calls) or _held_back(case, len(calls) - peak)
        ):
            return at(
                Frame("", limits[peak], ""),
                "bounded",
                f"Never more than {peak} of the {len(calls)} calls of {name} were under way at once: the {peak}{{}} "
                f"holds the others back. Call {peak + 1} began only after {in_seconds(calls[peak].start)}.",
            )
    return None


def _refill(calls: list[Call], peak: int) -> bool:
    """True when each call after the first ``peak`` begins at the end of another one, in a place that was full."""
    ends = {call.end for call in calls if call.end is not None}
    for place, call in enumerate(calls[peak:], peak):
        before = sum(1 for other in calls[:place] if other.end is None or other.end >= call.start)
        if call.start not in ends or before < peak:
            return False
    return calls[peak].start > calls[0].start


def _batches(calls: list[Call], peak: int) -> bool:
    """True when the calls are made in batches of ``peak``, each when all of the one before have ended."""
    batches = [calls[place : place + peak] for place in range(0, len(calls), peak)]
    for before, batch in pairwise(batches):
        ends = [call.end for call in before if call.end is not None]
        if len(ends) < len(before) or any(call.start != max(ends) for call in batch):
            return False
    return len(batches) > 1


def _all_at_once(case: Case, calls: list[Call]) -> bool:
    """True when the play should have taken as long as its longest call, and took longer."""
    longest = max((call.end or call.start) - call.start for call in calls)
    return case.took_longer and case.seconds is not None and round(case.seconds[1], 9) == round(longest, 9)


def _held_back(case: Case, number: int) -> bool:
    """True when the assert found just so many things that should not be."""
    last = case.scenes[-1] if case.scenes else None
    asked = last.asked if last is not None else None
    if last is None or not isinstance(asked, ast.UnaryOp) or not isinstance(asked.operand, ast.Name):
        return False
    found = last.names.get(asked.operand.id)
    return isinstance(found, list | dict | set) and len(found) == number


def _bounds(case: Case) -> Iterator[tuple[int, int]]:
    """The numbers in the text that bound how many things happen at once, each with its line."""
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 1:
            yield node.value, node.lineno


def polled(case: Case) -> Diagnosis | None:
    """The code looks again and again instead of waiting for the thing itself."""
    if not case.scenes and case.run.limit is None:
        return None
    if case.seconds is not None and not case.took_longer:
        return None
    for task in case.run.tasks:
        if task.cancel_requests:
            continue
        waits = (span for span in task.spans if span.kind == "waiting")
        for (what, place), again in groupby(waits, key=lambda span: (span.what, span.at)):
            naps = list(again)
            nap = naps[0].end - naps[0].start
            if (
                what not in ("asyncio.sleep", "asyncio.wait")
                or place is None
                or len(naps) < POLLING
                or not nap
                or not _even(naps)
            ):
                continue
            if not (_in_a_loop(case, place.line) and _asks(case, place.line)):
                continue
            return at(
                place,
                "polled",
                f"The {what.removeprefix('asyncio.')}{{}} came back {len(naps)} times in a row, after "
                f"{in_seconds(nap)} each: the loop around it looks again and again, and may notice too late that "
                "something has ended. Await what it is waiting for.",
            )
    return None


def _even(naps: list[Span]) -> bool:
    return len({round(span.end - span.start, 9) for span in naps[:-1]}) == 1


def _loops(case: Case, line: int) -> Iterator[ast.While]:
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.While) and node.lineno <= line <= (node.end_lineno or node.lineno):
            yield node


def _in_a_loop(case: Case, line: int) -> bool:
    return any(True for _ in _loops(case, line))


def _asks(case: Case, line: int) -> bool:
    """True when the loop around a line has a condition, so that it waits for something to become so."""
    return any(not isinstance(loop.test, ast.Constant) for loop in _loops(case, line))


def left_running(case: Case) -> Diagnosis | None:
    """When the function ended, calls that it had made were still under way."""
    main = case.run.tasks[0] if case.run.tasks else None
    if not case.scenes or main is None or main.coroutine not in case.functions or case.run.leaked:
        return None
    if main.cancel_requests:
        return None
    for name, calls in case.run.calls.items():
        late = [call for call in calls if call.end is None or call.end > case.run.elapsed]
        if not late:
            continue
        names = ", ".join(shown(call.args[0], 30) if call.args else "" for call in late[:3])
        more = f" and {len(late) - 3} more" if len(late) > 3 else ""
        thread = (
            " A thread cannot be cancelled: it runs to its end, also when nobody waits for it any more."
            if late[0].thread
            else ""
        )
        end = (
            f"; the call for {shown(late[0].args[0], 30)} went on until {second_of(late[0].end)}"
            if late[0].end and late[0].args
            else ""
        )
        return Diagnosis(
            "left_running",
            f"{main.coroutine} ended after {in_seconds(case.run.elapsed)}, when {name} was still under way for "
            f"{names}{more}{end}.{thread}",
        )
    return None


def not_joined(case: Case) -> Diagnosis | None:
    """A function cancelled tasks and ended before they had ended."""
    if not case.scenes:
        return None
    by_name = {task.name: task for task in case.run.tasks}
    for task in case.run.tasks:
        maker = by_name.get(task.parent or "") if task.created_at is not None else _canceller(case, task)
        if maker is None or maker.created_at is not None or maker.ended is None:
            continue
        if maker.coroutine not in case.functions or maker.cancel_requests or task.ended is None:
            continue
        asked = next((moment for moment in task.cancel_requests if moment <= maker.ended), None)
        if asked is None or task.ended <= maker.ended or task.ended_by_cleanup:
            continue
        return Diagnosis(
            "not_joined",
            f"{task.name} was asked to cancel at {second_of(asked)}, and had not ended yet when {maker.coroutine} "
            f"ended, at {second_of(maker.ended)}. cancel() only asks: await the cancelled tasks, until all of them "
            "have ended.",
        )
    return None


def _canceller(case: Case, task: TaskRecord) -> TaskRecord | None:
    """The only function of the submission that was under way when a task of the test was asked to cancel."""
    if task.coroutine in case.functions or not task.cancel_requests:
        return None
    asked = task.cancel_requests[0]
    found = [
        other
        for other in case.run.tasks
        if other.coroutine in case.functions
        and other.created <= asked
        and (other.ended is None or asked <= other.ended)
    ]
    return found[0] if len(found) == 1 and asked > task.created else None


def cancelled_through(case: Case) -> Diagnosis | None:
    """A cancellation reached a call that should not have been disturbed."""
    stays = any(
        compared.left == "cancelled" and (compared.op, compared.right) in (("==", "returned"), ("!=", "cancelled"))
        for compared in case.failed
    )
    if not stays:
        return None
    by_name = {task.name: task for task in case.run.tasks}
    for name, calls in case.run.calls.items():
        for call in calls:
            task = by_name.get(call.task or "")
            if call.outcome != "cancelled" or task is None or call.end not in task.cancel_requests:
                continue
            root = by_name.get(_root(case, call) or "")
            if root is None or call.end not in root.cancel_requests or task.ended_by_cleanup:
                continue
            wait = next((span for span in task.spans if span.kind == "waiting" and span.end == call.end), None)
            if wait is None or wait.at is None:  # the call is a task of its own, and the function awaits that
                wait = next((span for span in root.spans if span.kind == "waiting" and span.end == call.end), wait)
            whose = f"{task.coroutine} was asked to cancel" if task.created_at is None else f"{task.name} was cancelled"
            return at(
                wait.at if wait else None,
                "cancelled_through",
                f"{whose} at {second_of(call.end)}, and the call of {name} ended there with it: a cancellation goes "
                "through to what is awaited{}, be it a coroutine or a task. Make a task of it, keep that, and await "
                "asyncio.shield(task): then the task goes on.",
            )
    return None


def hidden_limit(case: Case) -> Diagnosis | None:
    """A wait ended after a number of seconds that stands in the code."""
    if case.took_longer or (not case.scenes and not case.run.failed):
        return None
    for seconds, node in _limits(case):
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if (found := _passed(case, seconds, lines)) is not None:
            what, line = found
            there = "is written there" if line == node.lineno else f"is written in line {node.lineno}"
            return Diagnosis(
                "hidden_limit",
                f"The {what} in line {line} was given up after {in_seconds(seconds)}, the limit that {there}. What "
                "takes longer is lost: wait without a limit that nobody asked for.",
                "",
                node.lineno,
            )
    return None


def _passed(case: Case, seconds: float, lines: range) -> tuple[str, int] | None:
    """What was given up after just so long, in these lines, and in which of them."""
    for task in case.run.tasks:
        for span in task.spans:
            if (
                span.kind == "waiting"
                and span.what != "asyncio.sleep"
                and span.at is not None
                and span.at.line in lines
                and round(span.end - span.start, 9) == round(seconds, 9)
                and len(task.spans) < _MANY
                and _was_given_up(case, task, span)
                and _happened(task)[span.what, span.at.line] == 1
            ):
                return span.what.removeprefix("asyncio."), span.at.line
    fired = [
        timer.at.line
        for timer in case.run.timers  # from Python 3.12 on, wait_for waits in the task of what it waits for
        if timer.fired and not timer.calls and timer.at is not None and "wait_for" in timer.at.text
        if timer.at.line in lines and round(timer.due - timer.set, 9) == round(seconds, 9)
    ]
    return ("wait_for", fired[0]) if len(fired) == 1 else None


def _happened(task: TaskRecord) -> Counter[tuple[str, int]]:
    """How often a task waited for each thing in each line."""
    return Counter((span.what, span.at.line) for span in task.spans if span.kind == "waiting" and span.at is not None)


def _was_given_up(case: Case, task: TaskRecord, span: Span) -> bool:
    """True unless what was waited for ended by itself at that very moment."""
    return not any(
        call.end == span.end and call.outcome != "cancelled"
        for calls in case.run.calls.values()
        for call in calls
        if call.task == task.name
    )


_MANY = 500
"""Spans of a task beyond which it goes round in a loop, and no single wait of it is the reason."""


def _limits(case: Case) -> Iterator[tuple[float, ast.stmt | ast.expr]]:
    """The time limits that are written in the text as numbers, each with what it limits."""
    constants = {
        target.id: node.value.value
        for node in case.source.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def number(value: ast.expr | None) -> float | None:
        known: Any = constants.get(value.id) if isinstance(value, ast.Name) else getattr(value, "value", None)
        return float(known) if type(known) in (int, float) and known > 0 else None

    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.AsyncWith):
            for item in node.items:
                call = item.context_expr
                if not isinstance(call, ast.Call) or not case.source.means(call.func, "asyncio.timeout"):
                    continue
                if (seconds := number(call.args[0] if call.args else None)) is not None:
                    yield seconds, node
        elif isinstance(node, ast.Call):
            given = next((each.value for each in node.keywords if each.arg == "timeout"), None)
            if case.source.means(node.func, "asyncio.wait_for") and given is None and len(node.args) > 1:
                given = node.args[1]
            tools = ("asyncio.wait_for", "asyncio.wait", "asyncio.as_completed")
            if any(case.source.means(node.func, tool) for tool in tools) and (seconds := number(given)) is not None:
                yield seconds, node
