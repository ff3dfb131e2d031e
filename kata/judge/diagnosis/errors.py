"""Diagnoses of errors whose text says what happened and not what to do: asyncio's own, and those of a play's walls."""

from __future__ import annotations

import ast
import asyncio
import difflib
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from kata.contract.run import Frame
from kata.contract.scorecard import Diagnosis
from kata.contract.values import Failure
from kata.judge.clean import at
from kata.judge.diagnosis.case import Case, described, groups_in, members

__all__ = [
    "SAYINGS",
    "Saying",
    "asyncio_error",
    "group_lost",
    "no_terminal",
    "not_defined",
    "plain_except",
    "stands_alone",
]


@dataclass(frozen=True)
class Saying:
    """What asyncio says, in the words of each Python, and what helps.

    Args:
        error: the class of the exception.
        words: a pattern that its text matches from the beginning.
        advice: one or two sentences; ``{}`` becomes the line, or nothing.
        line: a pattern that is found in the text of the line, where others say the same.
        awaits: it says to await something, and an ordinary function must become a coroutine function for that.
    """

    error: str
    words: str
    advice: str
    line: str = ""
    awaits: bool = False


SAYINGS = (
    Saying(
        "RuntimeError",
        r"(asyncio\.run|Runner\.run)\(\) cannot be called from a running event loop"
        r"|This event loop is already running|Cannot run the event loop while another loop is running",
        "An event loop is started{}, and one is running there already: every coroutine has one around it. Await the "
        "coroutine instead of handing it to asyncio.run, which belongs at the very top of a program.",
        awaits=True,
    ),
    Saying(
        "RuntimeError",
        r"Event loop is closed",
        "The event loop that is used{} has been closed, by close() or at the end of the asyncio.run that made it. Each "
        "asyncio.run makes a new one: make what you need inside it, and use nothing of it afterwards.",
    ),
    Saying(
        "RuntimeError",
        r"no running event loop|There is no current event loop",
        "The event loop is looked up{}, in a thread in which none runs. Look it up where one does, in the coroutine, "
        "and keep it under a name that the other thread can use.",
        r"run_coroutine_threadsafe\(.*get_running_loop\(|get_running_loop\(.*call_soon_threadsafe\(",
    ),
    Saying(
        "RuntimeError",
        r"no running event loop|There is no current event loop",
        "A running event loop is needed{}, and plain code has none, nor has another thread. Do it inside a coroutine "
        "that asyncio.run plays; from a thread, asyncio.run_coroutine_threadsafe hands a coroutine to the loop.",
    ),
    Saying(
        "(RuntimeError|ValueError)",
        r"(?s:.*)(attached to a different loop|is bound to a different event loop|belongs to a different loop than)",
        "What is awaited{} belongs to another event loop: each asyncio.run makes a new one, and a task, future, queue "
        "or lock stays with the one in which it began. Make it in the coroutine that uses it, under one asyncio.run.",
    ),
    Saying(
        "(ValueError|TypeError)",
        r"a coroutine was expected, got <(bound method|function|built-in)",
        "A function is passed{} where a coroutine object is wanted. Call it, with brackets after its name: that makes "
        "the coroutine object.",
    ),
    Saying(
        "(ValueError|TypeError)",
        r"a coroutine was expected, got <(Task|Future|_GatheringFuture)",
        "A task or a future is passed{} where a coroutine object is wanted. It is under way already, so there is "
        "nothing to start; await it.",
    ),
    Saying(
        "(ValueError|TypeError)",
        r"a coroutine was expected, got|A coroutine object is required",
        "What is passed{} is no coroutine object. Calling a function that was made with async def gives one, as long "
        "as there is no await in front of the call.",
    ),
    Saying(
        "TypeError",
        r"'\w+' object does not support the context manager protocol",
        "The with{} needs async in front of it: write async with. A task group, a time-out and a lock of asyncio are "
        "used in this way.",
    ),
    Saying(
        "TypeError",
        r"An asyncio\.Future, a coroutine or an awaitable is required",
        "What is passed{} cannot be awaited: it may be a plain value, the result of an await, or a function that was "
        "not called. Pass the coroutine objects themselves, as in gather(work(1), work(2)).",
    ),
    Saying(
        "TypeError",
        r"unhashable type: '(list|set|dict)'",
        "The gather{} takes the coroutines one by one, and got all of them in one. A star in front unpacks them: "
        "gather(*coroutines).",
        r"\bgather\((?:\[|(?!\*|\s*await\b)[^,]*\)\s*$)",
    ),
    Saying(
        "TypeError",
        r"Passing coroutines is forbidden",
        "asyncio.wait takes tasks, and got coroutines{}. Make a task of each with asyncio.create_task, and keep them "
        "in a list, to know them again in the sets that come back.",
    ),
    Saying(
        "RuntimeError",
        r"await wasn't used with future",
        "What is used{} is a future that nobody awaited; asyncio.gather gives one, too. Put an await in front of the "
        "call that made it: it gives the results.",
    ),
    Saying(
        "ValueError",
        r"Set of Tasks/Futures is empty",
        "asyncio.wait was called{} with nothing to wait for, which is an error to it. Ask first whether there is "
        "anything at all.",
    ),
    Saying(
        "RuntimeError",
        r"cannot reuse already awaited coroutine|coroutine is being awaited already",
        "A coroutine object can be awaited once, and the one{} is awaited a second time. Call the function anew for "
        "each await; or make one task of the object, which can be awaited as often as you like.",
    ),
    Saying(
        "TypeError",
        r"object (list|tuple|set|generator|dict_values|map) can't be used in 'await' expression"
        r"|'(list|tuple|set|generator|dict_values|map)' object can't be awaited",
        "The await{} got many things in one, and it takes one thing to wait for. To wait for all of them at once: "
        "await asyncio.gather(*them).",
    ),
    Saying(
        "TypeError",
        r"object (function|method|type) can't be used in 'await' expression"
        r"|'(function|method|type)' object can't be awaited",
        "The await{} got a function that was not called. Write brackets after its name, with its arguments in them.",
    ),
    Saying(
        "TypeError",
        r"object async_generator can't be used in 'await' expression|'async_generator' object can't be awaited",
        "The await{} got an asynchronous generator, which gives many values. Go through them with async for.",
    ),
    Saying(
        "TypeError",
        r"object \w+ can't be used in 'await' expression|'[\w.]+' object can't be awaited",
        "The await{} got a value, and a value cannot be waited for. What stands behind the await is a plain function, "
        "or was awaited already: leave the await out, or call what was made with async def.",
    ),
    Saying(
        "InvalidStateError",
        r"Result is not (set|ready)|Exception is not set",
        "The result is asked for{} before there is one. Await the task or future first; result() and exception() are "
        "for when it has ended.",
    ),
    Saying(
        "InvalidStateError",
        r"invalid state|(FINISHED|CANCELLED): ",
        "A future takes one result or one error, and the one that is set{} had ended before. See who sets it twice or "
        "cancels it, or ask done() just before you set it.",
    ),
    Saying(
        "RuntimeError",
        r"Cannot change state of (expiring|expired) Timeout",
        "The time-out is moved{} when it has run out already. reschedule takes a moment on the loop's clock, such as "
        "limit.when() + 1 or loop.time() + 1, and not a number of seconds: a moment that is past ends the block at "
        "once.",
    ),
    Saying(
        "RuntimeError",
        r"Timeout should be used inside a task|TaskGroup .* cannot determine the parent task",
        "A time-out or a task group is entered{} outside of any task, and there is nothing that it could cancel. Use "
        "it in a coroutine that asyncio.run, create_task or a task group runs; a callback is none.",
    ),
)
"""The more special ones first. The words are those of CPython 3.11 to 3.14."""


def asyncio_error(case: Case) -> Diagnosis | None:
    """asyncio refused something, in words that explain it to those who know already."""
    for error in _errors(case):
        for saying in SAYINGS:
            if (
                re.fullmatch(saying.error, error.type)
                and re.match(saying.words, error.message)
                and re.search(saying.line, error.traceback[-1].text if error.traceback else "")
            ):
                place = _place(error)
                more = _in_ordinary_function(case, place, error) if saying.awaits else ""
                return at(place, "asyncio_error", saying.advice + more)
    return None


def _in_ordinary_function(case: Case, place: Frame | None, error: Failure) -> str:
    """What to do where nothing can be awaited, as one more sentence; empty for a place in a coroutine.

    asyncio.run asks for a loop in its own thread; a loop that is running already may run in another one.
    """
    inner = case.source.around(place.line) if place is not None else None
    if not isinstance(inner, ast.FunctionDef):
        return ""
    advice = "; with async def, it can await"
    if error.message.startswith("This event loop"):
        advice = ": from another thread, asyncio.run_coroutine_threadsafe hands a coroutine to the loop"
    return f" {inner.name}, in line {inner.lineno}, is an ordinary function{advice}."


def _errors(case: Case) -> Iterator[Failure]:
    """The errors that left the submission, or that nobody looked at; not one that the test waits for."""
    expected = getattr(case.compared, "right", None)
    awaited = expected.type if isinstance(expected, Failure) else type(expected).__name__
    if case.run.error is not None:
        yield from (error for error in case.run.error.leaves() if error.type != awaited)
    yield from case.named_errors
    seen = [described(compared.left) for compared in case.failed]
    if any("InvalidStateError" in text for text in seen) and not any(
        "InvalidStateError" in described(compared.right) for compared in case.failed if compared.op != "not in"
    ):
        failed = (task.error for task in case.run.tasks if task.coroutine in case.functions)
        yield from (error for error in failed if error is not None and error.type == "InvalidStateError")
    for task in case.run.tasks if case.scenes else ():  # the function that a drive of the test's called
        if task.created_at is None and task.coroutine in case.functions and task.error is not None:
            leaves = task.error.leaves() if task.outcome == "raised" else []
            yield from (error for error in leaves if error.traceback and error.type != "InvalidStateError")
    for lost in case.run.unretrieved:
        if lost.error is not None:
            yield from lost.error.leaves()


def _place(error: Failure) -> Frame | None:
    line = error.traceback[-1] if error.traceback else None
    return Frame("", line.line, line.function, line.text) if line else None


def plain_except(case: Case) -> Diagnosis | None:
    """A group of errors passed an ``except`` for what is inside it."""
    error = case.run.error
    if error is None or not error.children:
        return None
    passed = {line.line for group in groups_in(error) for line in group.traceback}
    inside = {name for leaf in error.leaves() for name in (leaf.type, *leaf.bases)} - set(error.bases)
    for node in ast.walk(case.source.tree):
        if not isinstance(node, ast.Try) or not passed & {
            line for part in node.body for line in range(part.lineno, (part.end_lineno or part.lineno) + 1)
        }:
            continue
        for handler in node.handlers:
            names = [name for name in _caught(handler) if name in inside]
            if names:
                return at(
                    Frame("", handler.lineno, ""),
                    "plain_except",
                    f"The except{{}} waits for {names[0]}, and what came is an ExceptionGroup with the {names[0]} "
                    f"inside. A plain except looks at the group alone; except* {names[0]} looks inside.",
                )
    return None


def group_lost(case: Case) -> Diagnosis | None:
    """An error came out alone where the group in which a task group raises it should have."""
    error = case.run.error
    asked = case.scenes[-1].asked if case.scenes else None
    if error is None or error.children or asked is None or error.type == "CancelledError":
        return None
    if not any(f".is_a('{kind}')" in ast.unparse(asked) for kind in ("ExceptionGroup", "BaseExceptionGroup")):
        return None
    known = [value for scene in case.scenes for each in scene.names.values() for value in members(each)]
    if not any(isinstance(value, BaseException | Failure) and error == value for value in known):
        return None
    grouped = bool(case.source.calls("asyncio.TaskGroup"))
    advice = (
        "let the group go on as it is, or raise it again with a plain raise"
        if grouped
        else "here no task group is used"
    )
    return at(
        _place(error),
        "group_lost",
        f"{error.type} came out{{}} by itself, without an exception group. A task group raises its errors in an "
        f"ExceptionGroup, however few they are, so that none is lost: {advice}.",
    )


def _caught(handler: ast.ExceptHandler) -> list[str]:
    """The names of the classes in an ``except``; none for a bare one."""
    if handler.type is None:
        return []
    parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [ast.unparse(part).rpartition(".")[2] for part in parts]


def no_terminal(case: Case) -> Diagnosis | None:
    """The debugger was called, and there is nobody to answer it."""
    unfit = case.run.unfit
    if not (unfit is not None and unfit.message.startswith("BdbQuit")) and not any(
        error.type == "BdbQuit" for error in _errors(case)
    ):
        return None
    lines = sorted((*case.source.calls("breakpoint"), *case.source.calls(".set_trace")))
    return at(
        Frame("", lines[0], "") if lines else None,
        "no_terminal",
        "The debugger is called{}, and in a play there is no terminal where it could ask. Print what you want to see; "
        "or run the file itself with Python, where breakpoint() works.",
    )


_MODULES = {"asyncio": asyncio, "time": time, "threading": threading}
"""Whose names are known well enough to say which one was meant."""


def not_defined(case: Case) -> Diagnosis | None:
    """A name is used that nothing in the file defines."""
    unfit = case.run.unfit
    said: list[tuple[str, Frame | None]] = [(unfit.message, unfit.at)] if unfit is not None else []
    said += [(f"{error.type}: {error.message}", _place(error)) for error in _errors(case)]
    for message, place in said:
        attribute = re.match(r"AttributeError: module '(\w+)' has no attribute '(\w+)'", message)
        if attribute and attribute[1] in _MODULES:
            close = difflib.get_close_matches(attribute[2], dir(_MODULES[attribute[1]]), 1, 0.7)
            advice = f" Did you mean {attribute[1]}.{close[0]}?" if close else ""
            return at(place, "not_defined", f"{attribute[1]} has no {attribute[2]}, which is used{{}}.{advice}")
        found = re.match(r"NameError: name '(\w+)' is not defined", message)
        if not found:
            continue
        name = found[1]
        known = {node.id for node in ast.walk(case.source.tree) if isinstance(node, ast.Name) and node.id != name}
        known |= case.functions | set(case.source.aliases)
        near = difflib.get_close_matches(name, sorted(known), 1, 0.8)
        advice = f" Did you mean {near[0]}?" if near else ""
        if name in sys.stdlib_module_names:
            advice = f" It is a module of the standard library: write import {name} at the top of the file."
        elif name in asyncio.__all__:
            advice = f" asyncio has it: write asyncio.{name}."
        return at(place, "not_defined", f"{name} is used{{}}, and nothing in the file defines it.{advice}")
    return None


def stands_alone(case: Case) -> Diagnosis | None:
    """A module of the learner's own is imported, and a play has nothing but the one file."""
    unfit = case.run.unfit
    said = [unfit.message.partition(": ")[2]] if unfit is not None and unfit.kind == "import" else []
    said += [error.message for error in _errors(case) if error.is_a("ImportError")]
    for message in said:
        if message.startswith("attempted relative import"):
            return Diagnosis(
                "stands_alone",
                "Each exercise is played as one file that stands alone, so there is nothing that it could import from "
                "its own folder. Write what it needs into the file itself.",
            )
        found = re.match(r"No module named '(\w+)", message)
        if found and (name := case.beside(found[1])):
            return Diagnosis(
                "stands_alone",
                f"There is a {name}, and still it cannot be imported: each exercise is played as one file that stands "
                f"alone. Write what it needs of {name} into the file itself.",
            )
    return None
