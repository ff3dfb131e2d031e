"""Diagnosis: from a recording and a failed criterion to the reason, in two or three plain sentences.

Each kind has a stable name and a section in ``docs/diagnoses.md``. At most two are given, the root cause first. A rule
that is not sure says nothing: no diagnosis is better than a misleading one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from kata.contract.run import SubmissionFailed
from kata.contract.scorecard import Diagnosis
from kata.judge import clean
from kata.judge.diagnosis import (
    calls,
    early,
    errors,
    groups,
    kept_errors,
    outcome,
    resources,
    state,
    stopping,
    timing,
    values,
)
from kata.judge.diagnosis.case import Case, Compared

__all__ = ["MOST", "NAMES", "OF_ERRORS", "Case", "Compared", "diagnose"]

MOST = 2
"""Diagnoses shown for one failed criterion."""

NAMES = (
    "tampering",
    "unfit",
    "limit",
    "busy_loop",
    "deadlock",
    "no_terminal",
    "stands_alone",
    "not_defined",
    "hidden_limit",
    "asyncio_error",
    "plain_except",
    "except_inside",
    "group_lost",
    "coroutine_returned",
    "never_awaited",
    "blocking",
    "timeout_inside",
    "text_of_error",
    "error_escaped",
    "cancelled_error",
    "error_as_value",
    "error_swallowed",
    "swallowed_cancellation",
    "cancelled_through",
    "cancelled_in_turn",
    "cancelled_again",
    "others_run_on",
    "not_joined",
    "left_running",
    "kept_between_calls",
    "asked_again",
    "equal_once",
    "never_suspends",
    "no_return",
    "falsy_lost",
    "awaited_too_soon",
    "bounded",
    "polled",
    "one_after_another",
    "all_at_once",
    "too_many_in_flight",
    "too_few_in_flight",
    "wrong_order",
    "wrong_time",
    "loop_left_open",
    "second_loop",
    "not_thread_safe",
    "pool_left_open",
    "in_a_thread",
    "made_async",
    "kept_for_ever",
    "leaked",
    "lost_task",
    "unretrieved",
)
"""All kinds, root causes first."""

_RULES: tuple[Callable[[Case], Diagnosis | None], ...] = (
    outcome.busy_loop,
    outcome.stopped,
    errors.no_terminal,
    errors.stands_alone,
    errors.not_defined,
    early.asked_too_soon,
    groups.not_of_the_group,
    errors.asyncio_error,
    errors.plain_except,
    groups.except_inside,
    errors.group_lost,
    outcome.coroutine_returned,
    outcome.timeout_inside,
    values.text_of_error,
    outcome.error_escaped,
    outcome.cancelled_error,
    values.error_as_value,
    kept_errors.error_swallowed,
    outcome.swallowed_cancellation,
    stopping.taken_back,
    calls.cancelled_through,
    calls.hidden_limit,
    stopping.cancelled_in_turn,
    stopping.cancelled_again,
    stopping.others_run_on,
    calls.not_joined,
    calls.left_running,
    state.kept_between_calls,
    calls.asked_again,
    values.equal_once,
    timing.never_suspends,
    values.no_return,
    values.falsy_lost,
    timing.awaited_too_soon,
    calls.bounded,
    calls.polled,
    timing.one_after_another,
    timing.all_at_once,
    timing.in_flight,
    values.wrong_order,
    timing.wrong_time,
    resources.loop_left_open,
    resources.second_loop,
    resources.not_thread_safe,
    resources.pool_left_open,
    resources.in_a_thread,
    resources.made_async,
    resources.kept_for_ever,
)


OF_ERRORS = ("no_terminal", "stands_alone", "not_defined", "asyncio_error", "plain_except", "except_inside")
"""Each says of an error what to do, so nothing is left to say of its way out."""


def diagnose(case: Case) -> list[Diagnosis]:
    """Why a criterion is not met, as far as the recording tells: at most `MOST` reasons, the root cause first."""
    found: dict[str, Diagnosis] = {}
    for diagnosis in _found(case):
        found.setdefault(diagnosis.name, diagnosis)
    if "leaked" in found and (by_gather := groups.left_by_gather(case)) is not None:
        found["leaked"] = by_gather
    if "polled" in found:
        found.pop("busy_loop", None)
        found.pop("limit", None)
    if case.run.unfit is not None:  # what a file leaves behind that does not load is a consequence
        for name in clean.KINDS:
            found.pop(name, None)
    if "busy_loop" in found:
        found.pop("limit", None)
    if "not_thread_safe" in found or case.about("raised in a thread") is not None:
        found.pop("deadlock", None)  # it is what comes of that
    if "made_async" in found:
        found.pop("never_awaited", None)
        found.pop("coroutine_returned", None)
    if {"awaited_too_soon", "blocking", "asked_again"} & found.keys():
        found.pop("one_after_another", None)
    if "falsy_lost" in found:
        found.pop("coroutine_returned", None)  # it was awaited, and its result not used
    if "timeout_inside" in found:
        found.pop("hidden_limit", None)
    if "hidden_limit" in found and case.run.error is not None and case.run.error.is_a("TimeoutError"):
        found.pop("error_escaped", None)
    stopped = isinstance(case.error, SubmissionFailed) and case.run.error is not None
    if stopped or case.about("no error") is not None:
        found.pop("leaked", None)  # the error came first, and left behind what was under way
    if "error_as_value" in found:
        found.pop("error_swallowed", None)
    if {
        "awaited_too_soon",
        "one_after_another",
        "blocking",
        "deadlock",
        "swallowed_cancellation",
        "asked_again",
    } & found.keys():
        found.pop("wrong_time", None)
    if {"deadlock", "coroutine_returned", "limit", "busy_loop", "timeout_inside", *OF_ERRORS} & found.keys():
        found.pop("error_escaped", None)
    if _in_one_line(found.get("never_awaited"), found.get("asyncio_error")):
        found.pop("never_awaited")  # the error came before anybody could await it
    if "swallowed_cancellation" in found and case.run.limit is not None:
        found.pop("busy_loop", None)
        found.pop("limit", None)
    order = list(NAMES)
    error = case.run.error
    if "error_escaped" in found and error is not None and "coroutine" not in error.message.split("asyncio.Future")[0]:
        # The error came first; what was left unawaited behind it is its consequence.
        order.remove("error_escaped")
        order.insert(order.index("never_awaited"), "error_escaped")
    return sorted(found.values(), key=lambda diagnosis: order.index(diagnosis.name))[:MOST]


def _in_one_line(one: Diagnosis | None, other: Diagnosis | None) -> bool:
    return one is not None and other is not None and 0 < one.line == other.line


def _found(case: Case) -> Iterator[Diagnosis]:
    # A hidden test that breaks off early leaves tasks of its own; nobody is told to await those.
    own = {task.name for task in case.run.tasks if task.created_at is not None}
    others = {task.name for task in case.run.tasks if task.created_at is None}
    mine = msgspec.structs.replace(
        case.run,
        leaked=[task for task in case.run.leaked if task.name in own],
        unretrieved=[
            lost
            for lost in case.run.unretrieved
            if not lost.message.startswith("_GatheringFuture")
            if lost.task not in others or not lost.message.startswith("Task exception was never retrieved")
        ],
        never_awaited=[
            missed
            for missed in case.run.never_awaited
            if missed.at is not None or missed.coroutine.partition(".")[0] in case.functions
        ],
    )
    yield from clean.find(mine, case.allowed)
    for rule in _RULES:
        diagnosis = rule(case)
        if diagnosis is not None and diagnosis.name not in case.allowed:
            yield diagnosis
