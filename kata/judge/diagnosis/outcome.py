"""Diagnoses of results and errors: what came out, what should not have, and what never did."""

from __future__ import annotations

import ast
import difflib
import re
from typing import Any

import msgspec

from kata.contract.run import Frame, Run, SubmissionFailed, TaskRecord
from kata.contract.scorecard import Diagnosis
from kata.contract.values import Failure, Opaque, PlainValueError, Record, from_wire
from kata.judge import clean
from kata.judge.clean import at, second_of
from kata.judge.diagnosis.case import Case

__all__ = [
    "busy_loop",
    "cancelled_error",
    "coroutine_returned",
    "error_escaped",
    "stopped",
    "swallowed_cancellation",
    "timeout_inside",
]

FEW_STEPS = 60


def stopped(case: Case) -> Diagnosis | None:
    """A limit was passed, or the file cannot be played."""
    found = clean.stopped(case.run)
    unfit = case.run.unfit
    if found is not None and unfit is not None and unfit.kind == "missing":
        there = [node.name for node in case.source.tree.body if hasattr(node, "name")]
        near = difflib.get_close_matches(unfit.message, there, 1)
        if near:
            text = f"{found.text.rstrip('.')}. There is {near[0]}: give it its old name back."
            return msgspec.structs.replace(found, text=text)
    return found


def busy_loop(case: Case) -> Diagnosis | None:
    """The code computes on and on and never gives control back."""
    limit = case.run.limit
    if limit is None or limit.kind not in ("cpu", "seconds"):
        return None
    steps = _steps(case.run)
    last = [task.spans[-1] for task in case.run.tasks if task.outcome == "pending" and task.spans]
    # When a thread computes, no code on the main thread is stopped, and the limit names where a task waits.
    waiting = all(span.kind == "waiting" for span in last) and limit.at in (None, *(span.at for span in last))
    if steps < FEW_STEPS and last and waiting:
        if limit.kind == "seconds":  # perhaps they wait for another process, which nobody here knows of
            return None
        return Diagnosis(
            "busy_loop",
            f"The code was stopped after {limit.message}: every task waited, and a thread went round in a loop that "
            "nothing ends. Only call_soon_threadsafe and run_coroutine_threadsafe wake the event loop from a thread.",
        )
    loop = _loop_around(case, limit.at)
    where = f" in the loop that begins in line {loop}" if loop else f" in {limit.at.function}" if limit.at else ""
    if steps >= FEW_STEPS:
        text = (
            f"The code was stopped{where} at {second_of(case.run.elapsed)}: it suspends and comes back again and "
            "again, thousands of times. Await what should end it."
        )
    elif loop and _asks_the_clock(case, loop) and not _blocks_in(case, loop):
        text = (
            f"The code was stopped{where}, which asks the clock and never suspends. Virtual time stands still while "
            "code computes, so the loop cannot end here. To play it in real time: --clock real."
        )
    elif loop:
        text = (
            f"The code was stopped{where}: nothing in it suspended, so nothing else could run, and nothing could end "
            "it from outside. Await what it waits for, or give it an end."
        )
    else:
        text = f"The code was stopped while it computed{where}, for longer than a play may take, and did not suspend."
    return Diagnosis("busy_loop", text, limit.at.file if limit.at else "", loop or (limit.at.line if limit.at else 0))


def _loop_around(case: Case, place: Frame | None) -> int:
    """The line in which the innermost loop around a place begins; 0 when there is none."""
    found = 0
    for node in ast.walk(case.source.tree):
        if not isinstance(node, ast.While | ast.For | ast.AsyncFor) or place is None:
            continue
        if node.lineno <= place.line <= (node.end_lineno or node.lineno):
            found = max(found, node.lineno)
    return found


def _blocks_in(case: Case, loop: int) -> bool:
    """True when something in the loop blocked, so that virtual time went on there."""
    return any(block.at is not None and _loop_around(case, block.at) == loop for block in case.run.blocks)


def _asks_the_clock(case: Case, line: int) -> bool:
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.While) and node.lineno == line:
            names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
            names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            return bool(names & {"time", "monotonic", "perf_counter", "time_ns", "monotonic_ns", "perf_counter_ns"})
    return False


def _steps(run: Run) -> int:
    return sum(1 for task in run.tasks for span in task.spans if span.kind == "running")


def coroutine_returned(case: Case) -> Diagnosis | None:
    """A coroutine object stands where its result should be."""
    if case.run.failed:
        return None
    try:
        result = from_wire(case.run.returned)
    except PlainValueError:
        return None
    found = _opaque(result, ("coroutine", "Task", "Future", "_GatheringFuture", "generator", "async_generator"))
    if found is None and case.compared is not None:
        found = _opaque(case.compared.left, ("coroutine", "Task", "Future", "_GatheringFuture"))
    if found is None:
        return None
    if found.type == "coroutine":
        place = _returned_unawaited(case, found)
        returned = " returned{}," if place else ""
        return at(
            place,
            "coroutine_returned",
            f"The result holds a coroutine object,{returned} and not the value that awaiting it gives. Only awaiting "
            "it runs its body.",
        )
    name = found.type.strip("_").replace("async_generator", "asynchronous generator")
    if name.endswith("generator"):
        return Diagnosis(
            "coroutine_returned",
            f"The result holds {'an' if name[0] == 'a' else 'a'} {name}, which has not made any value yet; go through "
            "it, and return what it gives.",
        )
    return Diagnosis(
        "coroutine_returned",
        f"The result holds a {name}, and not the value that awaiting it gives.",
    )


def _returned_unawaited(case: Case, found: Opaque) -> Frame | None:
    """The only line that returns what a call gives that makes such a coroutine object."""
    made = re.match(r"<coroutine object (?:[\w.<>]+\.)?(\w+)", found.repr)
    lines = [
        node.lineno
        for node in ast.walk(case.source.tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call)
        if made is not None and ast.unparse(node.value.func).rpartition(".")[2] == made[1]
    ]
    return Frame("", lines[0], "") if len(lines) == 1 else None


def _opaque(value: Any, kinds: tuple[str, ...]) -> Opaque | None:
    if isinstance(value, Opaque):
        return value if value.type in kinds else None
    inner: list[Any] = []
    if isinstance(value, list | tuple | set | frozenset):
        inner = list(value)
    elif isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, Record):
        inner = list(value.fields.values())
    return next((found for item in inner if (found := _opaque(item, kinds)) is not None), None)


def timeout_inside(case: Case) -> Diagnosis | None:
    """A handler for TimeoutError stands inside the block whose time-out it should catch."""
    error = case.run.error
    if error is None or not error.is_a("TimeoutError"):
        return None
    for block in ast.walk(case.source.tree):
        if not isinstance(block, ast.AsyncWith) or not any(
            _is_timeout(case, item.context_expr) for item in block.items
        ):
            continue
        for inner in ast.walk(block):
            if isinstance(inner, ast.Try) and any(_catches_timeout(handler) for handler in inner.handlers):
                handler = next(handler for handler in inner.handlers if _catches_timeout(handler))
                return Diagnosis(
                    "timeout_inside",
                    f"The except in line {handler.lineno} stands inside the time-out block that begins in line "
                    f"{block.lineno}. Inside, a time-out shows as a cancellation; it becomes a TimeoutError only when "
                    "the block ends, so it must be caught outside.",
                    "",
                    handler.lineno,
                )
    return None


def _is_timeout(case: Case, node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and case.source.dotted(node.func) in ("asyncio.timeout", "asyncio.timeout_at")


def _catches_timeout(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and "TimeoutError" in ast.unparse(handler.type)


def error_escaped(case: Case) -> Diagnosis | None:
    """An error left the function although the test expected a result."""
    if (error := _came_out(case)) is None:
        return None
    inner = f" with {', '.join(sorted({leaf.type for leaf in error.leaves()}))} inside" if error.children else ""
    line = error.traceback[-1] if error.traceback else None
    place = Frame("", line.line, line.function, line.text) if line else None
    where = "; the last line of yours that it passed is{}." if place else "."
    return at(place, "error_escaped", f"{error.type}{inner} left the function{where}")


def _came_out(case: Case) -> Failure | None:
    """The error that left the function, and should not."""
    error = case.run.error
    if error is not None and (isinstance(case.error, SubmissionFailed) or _should_not_leave(case, error)):
        return error
    if (facts := case.about("no error")) is None:
        return None
    left = (task.error for task in case.run.tasks if task.created_at is None and task.coroutine in case.functions)
    found = (error for error in left if error is not None and error.traceback)
    return next((error for error in found if any(_is(part, facts["error"]) for part in (error, *error.leaves()))), None)


def _is(error: Failure, named: Any) -> bool:
    """True for the error that a hidden test names: the error itself, its ``repr``, or its class and its text."""
    return error == named or named in (repr(error), [error.type, error.message])


def _should_not_leave(case: Case, error: Failure) -> bool:
    """True when the failed assert asked for no error, and this one came."""
    if error.type == "CancelledError":
        return False
    return any((compared.op, compared.right) == ("is", None) and compared.left == error for compared in case.failed)


def cancelled_error(case: Case) -> Diagnosis | None:
    """A CancelledError came out of a function that nobody had cancelled."""
    came = case.run.error if case.run.error is not None and case.run.error.type == "CancelledError" else None
    for task in case.run.tasks:
        error = task.error
        # In a task of the test's own, the traceback says that the function which it called let the error out.
        inside = task is case.run.tasks[0] and came is not None and len(came.traceback) > 0
        known = task.coroutine in case.functions
        if task.created_at is not None or not (known or inside) or task.outcome != "cancelled":
            continue
        seen_out = case.about("no error") is not None or any(_is_cancelled(part) for part in _came(case))
        if task.cancel_requests or not case.scenes or not seen_out:
            continue
        seen = came or error
        line = seen.traceback[-1] if seen is not None and seen.traceback else None
        who = task.coroutine if known or came is None else came.traceback[0].function
        ended = {f"task {other.name}" for other in case.run.tasks if other.outcome == "cancelled"}
        wait = next((span.at for span in task.spans if span.end == task.ended and span.what in ended), None)
        return at(
            Frame("", line.line, line.function, line.text) if line else wait,
            "cancelled_error",
            f"A CancelledError came out of {who}{{}}, and nobody had cancelled {who}: awaiting a "
            "task that was cancelled, or asking for its result, raises it. Ask cancelled() first, or join such tasks "
            "with gather and return_exceptions=True.",
        )
    return None


def _came(case: Case) -> list[Any]:
    return [case.run.error, *(compared.left for compared in case.failed)]


def _is_cancelled(value: Any) -> bool:
    return isinstance(value, Failure) and value.type == "CancelledError"


def swallowed_cancellation(case: Case) -> Diagnosis | None:
    """A task that was asked to cancel went on."""
    for task in case.run.tasks:
        if not task.cancel_requests:
            continue
        asked = task.cancel_requests[0]
        if any(other.parent == task.name and other.ended == asked and other.error for other in case.run.tasks):
            continue  # a task group tells the task around it to stop, and takes that back
        if task.outcome == "pending" and _goes_on(case.run, task):
            return at(
                next((span.at for span in reversed(task.spans) if span.at is not None), None),
                "swallowed_cancellation",
                f"{task.name} was asked to cancel after {clean.in_seconds(asked)} and went on{{}} without an end, "
                "until the code was stopped: something caught CancelledError and kept it.",
            )
        if task.outcome != "returned" or task.ended is None:
            continue
        if task.ended == asked and (found := _caught_and_ended(case, task)) is not None:
            return found
        later = [
            span for span in task.spans if span.kind == "waiting" and span.start >= asked and span.end > span.start
        ]
        # A wait outside the submission belongs to the test's own tasks, which may end late on purpose.
        if task.ended > asked and later and later[0].at is not None:
            keeper = _keeper(case, task, asked)
            if keeper is None and _group_had_failed(case, task, asked):
                continue  # an error came first, and is what the group raises
            what = f"{keeper[0]} keeps the CancelledError" if keeper else "something caught CancelledError and kept it"
            return Diagnosis(
                "swallowed_cancellation",
                f"{task.name} was asked to cancel after {clean.in_seconds(asked)} and went on for "
                f"{clean.in_seconds(task.ended - asked)} more: {what}. Clean up, and raise it again.",
                later[0].at.file if keeper and later[0].at is not None else "",
                keeper[1] if keeper else 0,
            )
    return None


def _caught_and_ended(case: Case, task: TaskRecord) -> Diagnosis | None:
    """A task that caught its cancellation and returned at once, in code that shows where."""
    asked = task.cancel_requests[0]
    wait = next((span for span in reversed(task.spans) if span.kind == "waiting"), None)
    if wait is None or wait.at is None or wait.end != asked or wait.start == asked or not case.scenes:
        return None
    if task.coroutine not in case.functions:
        return None
    keeper = _keeper(case, task, asked)
    return _kept(task, asked, *keeper) if keeper is not None else None


def _keeper(case: Case, task: TaskRecord, asked: float) -> tuple[str, int] | None:
    """What in the code keeps the cancellation that came to a task in a wait at that second, in words, and its line."""
    wait = next(
        (span for span in reversed(task.spans) if span.kind == "waiting" and span.start < asked == span.end), None
    )
    if wait is None or wait.at is None:
        return None
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.With) and any(_is_around(part, wait.at.line) for part in node.body):
            kept = next((item for item in node.items if _suppresses(item.context_expr)), None)
            if kept is not None:
                return f"the suppress in line {kept.context_expr.lineno}", kept.context_expr.lineno
        if not isinstance(node, ast.Try | ast.TryStar) or not any(_is_around(part, wait.at.line) for part in node.body):
            continue
        for handler in node.handlers:
            kinds = ast.unparse(handler.type) if handler.type is not None else "BaseException"
            keeps = not any(isinstance(part, ast.Raise) for part in ast.walk(handler))
            if keeps and ("CancelledError" in kinds or "BaseException" in kinds):
                return f"the except in line {handler.lineno}", handler.lineno
        for part in node.finalbody:
            for inner in ast.walk(part):
                if isinstance(inner, ast.Return | ast.Break | ast.Continue):
                    word = type(inner).__name__.lower()
                    return f"the {word} in line {inner.lineno}, in a finally,", inner.lineno
    return None


def _group_had_failed(case: Case, task: TaskRecord, asked: float) -> bool:
    """True when a task waited at that second for a group of which a member had failed before."""
    in_group = any(
        span.what == "asyncio.TaskGroup.__aexit__" and span.start <= asked <= span.end for span in task.spans
    )
    return in_group and any(
        other.parent == task.name and other.outcome == "raised" and other.ended is not None and other.ended < asked
        for other in case.run.tasks
    )


def _is_around(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _suppresses(node: ast.expr) -> bool:
    """True for a ``suppress`` that keeps a CancelledError."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "suppress"
        and any(ast.unparse(kind).rpartition(".")[2] in ("CancelledError", "BaseException") for kind in node.args)
    )


def _kept(task: TaskRecord, asked: float, what: str, line: int) -> Diagnosis:
    return Diagnosis(
        "swallowed_cancellation",
        f"{task.name} was asked to cancel at {second_of(asked)} and returned as if nothing had happened: {what} keeps "
        "the CancelledError. Whoever cancels counts on it: clean up, and raise it again.",
        "",
        line,
    )


def _goes_on(run: Run, task: TaskRecord) -> bool:
    """True for a task on whose account a play was stopped: it took turn after turn when it should have ended."""
    stopped = run.limit is not None and run.limit.kind in ("cpu", "seconds")
    later = bool(task.spans) and task.spans[-1].start > task.cancel_requests[0]
    return stopped and later and _steps(run) >= FEW_STEPS
