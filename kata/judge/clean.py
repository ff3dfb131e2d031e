"""The clean-run rule: what a play must not leave behind, whatever its result.

A test allows an exception with ``@pytest.mark.allows("blocking", …)``. Each kind has a stable name, which is also the
name of its diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kata.contract.run import Block, Frame, Run, StuckTask, Unretrieved
from kata.contract.scorecard import Diagnosis

__all__ = ["KINDS", "at", "find", "in_seconds", "second_of", "stopped"]

KINDS = ("blocking", "never_awaited", "leaked", "unretrieved", "deadlock")
"""What a play can leave behind."""


def find(run: Run, allowed: Collection[str]) -> list[Diagnosis]:
    """What is unclean about a run, the root cause first; nothing for a clean one.

    Args:
        run: a play of the submission.
        allowed: kinds that the test does not mind. ``unretrieved`` stands for tasks that were thrown away, too.
    """
    found = []
    if run.tampered:
        names = ", ".join(run.tampered[:4])
        found.append(
            Diagnosis(
                "tampering",
                f"The code replaced or reached into what it is judged with: {names}. Leave it as it is.",
            )
        )
    if run.deadlock and "deadlock" not in allowed:
        found.append(_deadlock(run))
    if run.never_awaited and "never_awaited" not in allowed:
        missed = run.never_awaited[0]
        more = f" (and {len(run.never_awaited) - 1} more)" if len(run.never_awaited) > 1 else ""
        if more and {(each.coroutine, each.at) for each in run.never_awaited} == {(missed.coroutine, missed.at)}:
            more = f" ({len(run.never_awaited)} times)"
        name = missed.coroutine.rpartition(".<locals>.")[2]
        found.append(
            at(
                missed.at,
                "never_awaited",
                f"The coroutine {name}(…) was made{{}} and never awaited{more}, so its body never ran.",
            )
        )
    if run.blocks and "blocking" not in allowed:
        found.append(_blocking(run.blocks))
    if run.leaked and not run.deadlock and "leaked" not in allowed:
        found.append(_leaked(run.leaked))
    if "unretrieved" not in allowed:
        thrown_away = [lost for lost in run.unretrieved if lost.message == _DESTROYED]
        if not (run.deadlock and "deadlock" not in allowed):  # that is how it ends for those who are stuck
            found += [_lost(run, lost.task) for lost in thrown_away[:1]]
        found += [_of_callback(lost) or _unretrieved(lost) for lost in run.unretrieved if lost not in thrown_away][:1]
    return found


def _blocking(blocks: Sequence[Block]) -> Diagnosis:
    """The call that blocked longest, in every line where it did; at the first of them, the same in each play."""
    worst = max(blocks, key=lambda block: block.seconds)
    same = [block for block in blocks if block.call == worst.call]
    lines = sorted({block.at.line for block in same if block.at is not None})
    total = sum(block.seconds for block in blocks)
    place = worst.at
    story = f"{worst.call.partition('.<locals>')[0]} blocked the event loop"
    if 1 < len(lines) < 5:
        where = f" in the lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}, for {in_seconds(total)} in all"
        place = next(block.at for block in same if block.at is not None and block.at.line == lines[0])
    else:
        times = f", {len(blocks)} times, for {in_seconds(total)} in all" if len(blocks) > 1 else ""
        where = f"{{}}{times}" if times else f"{{}} for {in_seconds(total)}"
    return at(place, "blocking", f"{story}{where}; meanwhile no other task could run.")


_DESTROYED = "Task was destroyed but it is pending!"


def _leaked(left: Sequence[StuckTask]) -> Diagnosis:
    """Tasks were left behind; those that are cancelled were, as a rule, believed to have ended by that."""
    task, several = left[0], len(left) > 1
    story = f"The task {task.name} was still alive when the function ended; it waited for {task.what}{{}}. "
    if several:
        story = (
            f"The tasks {task.name} and {len(left) - 1} more were still alive when the function ended; {task.name} "
            f"waited for {task.what}{{}}. "
        )
    if all(each.cancelled for each in left):
        advice = (
            "They had been asked to cancel, and end only later, when they have cleaned up: await them after that."
            if several
            else "It had been asked to cancel, and ends only later, when it has cleaned up: await it after that."
        )
    else:
        them, are = ("them", "they are") if several else ("it", "it is")
        advice = f"Await {them} before the function ends; cancel {them} first if {are} no longer wanted."
    return at(task.at, "leaked", story + advice)


def _lost(run: Run, name: str | None) -> Diagnosis:
    """A task was thrown away before it had ended: nobody held it, or its loop was over."""
    task = f"the task {name}" if name else "a task"
    told = next((line for line in run.lines if line.text == _DESTROYED), None)
    main = run.tasks[0].ended if run.tasks else None
    if told is not None and told.task is None and main is not None and told.at >= main:
        text = (
            f"The event loop of {task} was over before it had ended, so it was thrown away. Await it while the loop "
            "runs, or cancel it and then await it; asyncio.run does the latter for all that is left."
        )
    else:
        text = (
            f"Nobody kept a reference to {task}, so Python threw it away before it had ended: the event loop itself "
            "does not hold on to its tasks. Keep it in a set until it has ended, and await it; a task group does both."
        )
    return Diagnosis("lost_task", text)


def _of_callback(lost: Unretrieved) -> Diagnosis | None:
    """An error of a callback, in the line of the submission where it came; None where there is no such line."""
    called = re.match(r"Exception in callback (?:\S*<locals>\.)?([\w.]+)\(", lost.message)
    if called is None or lost.error is None or not lost.error.traceback:
        return None
    line = lost.error.traceback[-1]
    return at(
        Frame("", line.line, line.function, line.text),
        "unretrieved",
        f"{called[1]}, which the event loop called, raised {lost.error.type}({lost.error.message!r}){{}}. The loop "
        "only logs that, and goes on: what can go wrong in a callback must be caught inside it.",
    )


def _unretrieved(lost: Unretrieved) -> Diagnosis:
    error = f"{lost.error.type}({lost.error.message!r})" if lost.error else "an error"
    whose = f" of task {lost.task}" if lost.task else ""
    text = f"Nobody looked at {error}{whose}: {lost.message}."
    if lost.message.startswith("_GatheringFuture"):
        text = f"Nobody looked at {error}, which came out of a gather when nobody awaited it any more."
    if lost.message.startswith("Exception in callback"):
        text = f"A callback that the event loop called raised {error}, where nobody can catch it: {lost.message}."
        if lost.error is not None and lost.error.message == "'NoneType' object is not callable":
            text = (
                "The event loop was given None to call: the function was called at once, in brackets, and what it gave "
                "was handed over. Hand over the function itself, and its arguments after it: call_soon(print, 1)."
            )
    return Diagnosis("unretrieved", text.replace("..", "."))


def stopped(run: Run) -> Diagnosis | None:
    """Why a run has no result although it raised nothing: a limit, or a file that cannot be played."""
    if run.limit is not None:
        return at(run.limit.at, "limit", _limit_text(run.limit.kind, run.limit.message))
    if run.unfit is not None:
        unfit = run.unfit
        texts = {
            "syntax": f"The file is not valid Python{{}}: {unfit.message}.",
            "import": f"The file cannot be loaded; it stops{{}} with {unfit.message}."
            if ": " in unfit.message or unfit.message.isidentifier()
            else f"The file cannot be loaded{{}}: {unfit.message}.",
            "missing": f"The file has no {unfit.message} any more; the tests look for that name.",
            "not_async": f"{unfit.message} must be a coroutine function: write async def {unfit.message}(…).",
            "not_callable": f"{unfit.message} is not a function any more.",
        }
        what_helps = advice(unfit.message) if unfit.kind == "syntax" else ""
        return at(unfit.at, "unfit", texts[unfit.kind].rstrip(".") + what_helps)
    return _deadlock(run) if run.deadlock else None


_ADVICE = (
    ("'await' outside", "await works only inside a coroutine function: write async def in place of def."),
    ("outside async function", "async with and async for work only inside async def."),
    ("asynchronous comprehension outside", "async for works only inside async def."),
    ("expected ':'", "A colon belongs at the end of that line."),
    ("was never closed", "The bracket that is opened there needs its partner."),
    ("unterminated string", "The quotation mark that begins the text needs its partner in the same line."),
    ("expected an indented block", "What belongs to the line before is indented by four spaces."),
    ("unexpected indent", "That line is indented further than those around it; begin it where they begin."),
    ("unindent does not match", "That line must begin where another line above begins; do not mix tabs and spaces."),
    ("inconsistent use of tabs", "Indent with spaces alone, or with tabs alone."),
    ("Perhaps you forgot a comma", "Two things stand side by side there; a comma or an operator belongs between them."),
)
"""What helps for the commonest errors of Python's grammar, by a part of what Python says."""


def advice(message: str) -> str:
    """One sentence on what to do about an error of the grammar, with a space in front; empty where none is sure."""
    return next((f". {advice}" for part, advice in _ADVICE if part in message), "")


def _limit_text(kind: str, message: str) -> str:
    if kind in ("exited", "unreadable", "fault"):
        return f"There is no result: {message}"
    if kind in ("seconds", "cpu"):
        return f"The code was stopped{{}} after {message}; it had not come to an end by then"
    return f"The code was stopped{{}}: it used more than {message}"


_STOPS = ("threading.", "queue.", "Thread.", "Future.", "concurrent.")
"""How the names of calls begin that stop a whole thread; what a task awaits is called after asyncio, or a function."""


def _deadlock(run: Run) -> Diagnosis:
    assert run.deadlock is not None
    stuck = [task for task in run.deadlock.tasks if task.what != "the test"] or run.deadlock.tasks
    stuck = sorted(stuck, key=lambda task: task.what.startswith(_FOR_TASKS))
    waits = [f"{task.name} waits for {task.what}" + (f" in line {task.at.line}" if task.at else "") for task in stuck]
    shown = "; ".join(waits[:4]) + (f"; and {len(waits) - 4} more" if len(waits) > 4 else "")
    text = f"Deadlock after {in_seconds(run.deadlock.at)}: nothing is left that could wake anybody ({shown})."
    stop = next((task for task in stuck if task.what.startswith(_STOPS)), None)
    if stop is not None:
        text = (
            f"{stop.what}{{}} blocks the event loop's own thread for ever: what it waits for could only come from that "
            f"loop, and while it is blocked nothing runs there. So there is a deadlock after "
            f"{in_seconds(run.deadlock.at)}."
        )
        return at(stop.at, "deadlock", text)
    return at(next((task.at for task in stuck if task.at), None), "deadlock", text)


_FOR_TASKS = ("task ", "gather", "asyncio.wait", "asyncio.TaskGroup", "asyncio.as_completed")
"""How waits for other tasks begin: where those are stuck, too, they are what it comes from."""


def in_seconds(seconds: float) -> str:
    """``1 second``, ``2.5 seconds``, ``3,600.0001 seconds``: rounded to microseconds."""
    text = f"{round(seconds, 6):,.12g}"
    return f"{text} second" if text == "1" else f"{text} seconds"


def second_of(moment: float) -> str:
    """A moment of a play: ``second 1.5``, ``second 3,600.37``."""
    return f"second {moment:,.12g}"


def at(place: Frame | None, name: str, text: str) -> Diagnosis:
    """A diagnosis at a place; ``{}`` in the text becomes "in line N", or nothing."""
    before, braces, after = text.partition("{}")
    where = f" in line {place.line}" if place is not None and braces else ""
    return Diagnosis(name, f"{before}{where}{after}", place.file if place else "", place.line if place else 0)
