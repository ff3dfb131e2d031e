"""Diagnoses of stopping others: tasks that nobody asked to cancel, that are asked twice, or only one after another."""

from __future__ import annotations

import ast
from itertools import pairwise

from kata.contract.run import Frame, Span, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at, second_of
from kata.judge.diagnosis.case import Case

__all__ = ["cancelled_again", "cancelled_in_turn", "others_run_on", "taken_back"]

_CLOSE = 1e-9


def cancelled_in_turn(case: Case) -> Diagnosis | None:
    """Tasks are asked to cancel one after another, each when the one before it has ended."""
    if not case.scenes:
        return None
    asked = sorted(
        (
            task
            for task in case.run.tasks
            if task.cancel_requests and (task.created_at is not None or task.coroutine not in case.functions)
        ),
        key=lambda task: task.cancel_requests[0],
    )
    for first, second in pairwise(asked):
        began, moment = first.cancel_requests[0], second.cancel_requests[0]
        if first.ended is None or not began < moment == first.ended:
            continue
        if second.ended_by_cleanup or first.ended_by_cleanup:
            continue
        wait = _wait_between(case, began, moment)
        own = [task.created_at is None for task in (first, second)]
        if any(own) and (wait is None or not all(own)):  # tasks of the test, which may have reasons to cancel them so
            continue
        if first.name == second.name:
            story = (
                f"The first task {first.name} was asked to cancel at {second_of(began)}, and the next one only at "
                f"{second_of(moment)}, when the first had ended"
            )
        else:
            story = (
                f"{second.name} was asked to cancel only at {second_of(moment)}, when {first.name} had ended, which "
                f"was asked at {second_of(began)}"
            )
        return at(
            wait.at if wait is not None else None,
            "cancelled_in_turn",
            f"{story}. Ask all of them first, then wait for all of them{{}}, so that they clean up at the same time.",
        )
    return None


def _wait_between(case: Case, start: float, end: float) -> Span | None:
    """The wait of a function of the submission that lasted from one moment to another."""
    for task in case.run.tasks:
        if task.coroutine in case.functions:
            for span in task.spans:
                if span.kind == "waiting" and span.at is not None and (span.start, span.end) == (start, end):
                    return span
    return None


_NOBODY = {
    "gather": "gather stops nobody by itself, whether one fails or not",
    "asyncio.TaskGroup.__aexit__": "A task group stops the others only when an error leaves one of its tasks: an error "
    "that is caught inside the task, or a return, stops nobody",
    "asyncio.wait": "wait stops nobody by itself; return_when says when it comes back, and then cancel() what is left",
}
"""What is to be said of a wait that went on, by what was waited for."""


def others_run_on(case: Case) -> Diagnosis | None:
    """When the others should have been stopped, the function waited, and nobody was asked to cancel."""
    moment = _moment(case)
    main = next((task for task in case.run.tasks if task.created_at is None and task.coroutine in case.functions), None)
    if moment is None or main is None or any(asked <= moment + _CLOSE for asked in main.cancel_requests):
        return None
    wait = next((span for span in main.spans if _covers(span, moment)), None)
    alive = [task for task in case.run.tasks if task.created_at is not None and _alive(task, moment)]
    asked = [task for task in alive if any(request <= moment + _CLOSE for request in task.cancel_requests)]
    left = [task for task in alive if not task.cancel_requests and task.outcome in ("returned", "raised")]
    later = any(task.parent == main.name and task.created > moment + _CLOSE for task in case.run.tasks)
    if wait is None or wait.at is None or not left or later:  # tasks that are made one after another are another story
        return None
    if len(asked) == 1 and abs(wait.start - moment) < _CLOSE and asked[0].ended == wait.end:
        return at(
            wait.at,
            "cancelled_in_turn",
            f"At {second_of(moment)} {asked[0].name} was asked to cancel, and the function waited for it{{}} until "
            f"{second_of(wait.end)}; meanwhile {_listed(left)} went on to the end. Ask all of them first, then wait "
            "for all of them.",
        )
    if asked:
        return None
    why = _NOBODY.get(wait.what, "An await waits for that one thing and stops nothing else")
    return at(
        wait.at,
        "others_run_on",
        f"At {second_of(moment)} {main.coroutine} waited{{}}, until {second_of(wait.end)}, and nobody cancelled "
        f"{_listed(left)}, which went on to the end. {why}.",
    )


def _moment(case: Case) -> float | None:
    """The second at which the others should have been stopped; None where the test was not about that."""
    if (facts := case.about("others run on")) is not None:
        return _number(facts["moment"])
    if (scene := case.expectation("cancelled_at")) is not None:
        return _number(scene.names["moment"])
    if (scene := case.expectation("ends_when_it_fails")) is not None:
        failed = scene.names["failed"]
        return _number(scene.names["moment"]) if failed and failed[0].start == 0 else None
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _covers(span: Span, moment: float) -> bool:
    return span.kind == "waiting" and span.start <= moment + _CLOSE and span.end > moment + _CLOSE


def _alive(task: TaskRecord, moment: float) -> bool:
    return task.created <= moment and task.ended is not None and task.ended > moment + _CLOSE


def _listed(tasks: list[TaskRecord]) -> str:
    names = [task.name for task in tasks]
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} and {len(names) - 1} more tasks"


def cancelled_again(case: Case) -> Diagnosis | None:
    """A task that was asked to cancel is asked once more, and so its cleaning up is broken off."""
    if case.about("cancelled again") is None:
        return None
    for task in case.run.tasks:
        if len(task.cancel_requests) < 2 or task.outcome != "cancelled" or task.ended is None:
            continue
        first, second = task.cancel_requests[:2]
        if second > task.ended:
            continue
        failed = next(
            (
                other
                for other in case.run.tasks
                if other.parent == task.parent and other.ended == second and other.outcome == "raised" and other.error
            ),
            None,
        )
        group = bool(case.source.calls("asyncio.TaskGroup")) and failed is not None and failed.created_at is not None
        lines = case.source.calls(".cancel")
        place = Frame("", lines[0], "") if len(lines) == 1 else None
        by, mine = "", ""
        if group and failed is not None and failed.error is not None:
            mine = " by the cancel(){}" if place is not None else ""
            by = f" by the task group, since {failed.error.type} left {failed.name}: a group stops the others by itself"
        return at(
            place,
            "cancelled_again",
            f"{task.name} was asked to cancel at {second_of(first)}{mine}, and once more at {second_of(second)}{by}. "
            "Each request breaks off the wait in which a task stands, that of its cleaning up too: ask once, and then "
            "wait.",
        )
    return None


def taken_back(case: Case) -> Diagnosis | None:
    """A task that was cancelled took the request back with ``uncancel`` and went on."""
    lines = case.source.calls(".uncancel")
    if not lines or not case.scenes:
        return None
    for task in case.run.tasks:
        if task.coroutine not in case.functions or task.cancel_requests:
            continue
        for span in task.spans:
            handler = _handler_around(case, span) if span.kind == "waiting" and span.at is not None else None
            if handler is None or not any(later.start >= span.end and later.kind == "waiting" for later in task.spans):
                continue
            inside = [line for line in lines if handler.lineno <= line <= (handler.end_lineno or handler.lineno)]
            if inside and _was_cut_off(case, task, span):
                return at(
                    Frame("", inside[0], ""),
                    "swallowed_cancellation",
                    f"{task.coroutine} was cancelled at {second_of(span.end)} and went on: the uncancel{{}} takes the "
                    "request back. It is made for things like a task group, which cancel their own task. Clean up, "
                    "and raise the CancelledError again.",
                )
    return None


def _handler_around(case: Case, span: Span) -> ast.ExceptHandler | None:
    """The except that gets a cancellation which comes to a wait."""
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.Try) and span.at is not None:
            lines = (range(part.lineno, (part.end_lineno or part.lineno) + 1) for part in node.body)
            if any(span.at.line in each for each in lines):
                return next(
                    (each for each in node.handlers if each.type and "CancelledError" in ast.unparse(each.type)), None
                )
    return None


def _was_cut_off(case: Case, task: TaskRecord, span: Span) -> bool:
    """True when a wait ended before what it was for: a call that was cancelled then, or tasks that went on."""
    calls = [call for calls in case.run.calls.values() for call in calls if call.task == task.name]
    if any(call.end == span.end and call.outcome == "cancelled" for call in calls):
        return True
    children = [other for other in case.run.tasks if other.parent == task.name and other.created <= span.start]
    waits = span.what in ("asyncio.wait", "gather") or span.what.startswith("task ")
    return waits and bool(children) and all(other.ended is not None and other.ended > span.end for other in children)
