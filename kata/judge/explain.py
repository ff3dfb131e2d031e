"""From the exception that ended a hidden test to the message that the learner reads."""

from __future__ import annotations

import ast
import types
from typing import Any

import msgspec

from kata.contract.run import Run, SubmissionFailed, Unfit
from kata.contract.scorecard import Diagnosis
from kata.contract.texts import class_name, clean, message_of, shown
from kata.contract.values import Failure
from kata.judge import clean as cleanliness
from kata.judge.diagnosis.scene import OPERATORS, Compared, asserts

__all__ = ["NotClean", "compared", "message", "with_its_line"]

MAX_MESSAGE = 2_000

MAX_SOURCE = 200
"""Characters of a line of the submission that a diagnosis quotes."""

NO_WORDS = "The check does not hold."
"""The message of an assert that says nothing itself."""


class NotClean(Exception):
    """The asserts of a test hold, but a play left something behind that it must not."""

    def __init__(self, run: Run, text: str) -> None:
        super().__init__(text)
        self.run = run


def message(error: BaseException, comparison: Compared | None = None) -> str:
    """What to tell the learner about the exception that ended a test.

    Args:
        error: that exception.
        comparison: what the failed assert compared, for asserts without words of their own.
    """
    if isinstance(error, SubmissionFailed):
        text = of_failure(error.run)
    elif isinstance(error, AssertionError):
        text = _of_assertion(message_of(error), comparison)
    elif isinstance(error, NotClean):
        text = str(error)
    else:
        text = f"The check could not be carried out on this result: {class_name(type(error))}: {message_of(error)}"
    return clean(text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 1] + "…")


def of_failure(run: Run) -> str:
    """Why a run has no result: the learner's own traceback, a limit, a deadlock."""
    stopped = cleanliness.stopped(run)
    if run.error is None or (run.limit and run.limit.kind != "memory") or run.unfit:
        return stopped.text if stopped else "There is no result."
    lines = [_headline(run.error)]
    lines += [f"  line {line.line}, in {line.function}: {line.text}" for line in run.error.traceback[-6:]]
    lines += [f"  {note}" for note in run.error.notes[:3]]
    for child in run.error.leaves()[:5] if run.error.children else []:
        where = f" (line {child.traceback[-1].line})" if child.traceback else ""
        lines.append(f"  - {_headline(child)}{where}")
    if stopped is not None:
        lines.append(stopped.text)
    return "\n".join(lines)


def _headline(error: Failure) -> str:
    return f"{error.type}: {error.message}" if error.message else error.type


def _of_assertion(text: str, comparison: Compared | None) -> str:
    """The author's own words, or what was compared."""
    own = text.partition("\nassert ")[0].strip()
    if own and not own.startswith("assert "):
        return own
    if comparison is None or comparison.op != "==":
        return NO_WORDS
    return f"expected {_short(comparison.right)}\ngot {_short(comparison.left)}"


def compared(error: BaseException) -> Compared | None:
    """The comparison of the assert that failed, or None when it was another kind of assert.

    Its two sides are looked up once more in the frame of the assert: they are names, attributes and plain
    calculations on a recording, which do not change.
    """
    traceback = error.__traceback__
    if not isinstance(error, AssertionError) or traceback is None:
        return None
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    frame = traceback.tb_frame
    for node in reversed(asserts(frame.f_code.co_filename)):
        test = node.test
        if node.lineno <= traceback.tb_lineno <= (node.end_lineno or node.lineno):
            if isinstance(test, ast.Compare) and len(test.ops) == 1:
                try:
                    return Compared(
                        OPERATORS[type(test.ops[0])], _value(test.left, frame), _value(test.comparators[0], frame)
                    )
                except Exception:  # a side that needs more than the frame's names
                    return None
            return None
    return None


def _value(node: ast.expr, frame: types.FrameType) -> Any:
    code = compile(ast.Expression(node), frame.f_code.co_filename, "eval")
    return eval(code, frame.f_globals, frame.f_locals)


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return shown(value, 300)


def with_its_line(found: Diagnosis, text: str, file: str, unfit: Unfit | None = None) -> Diagnosis:
    """A diagnosis with the line that it names.

    Args:
        found: the diagnosis.
        text: the submission.
        file: its name.
        unfit: what kept the submission from being played; says where in the line Python stopped reading.
    """
    lines = text.splitlines()
    if not 0 < found.line <= len(lines):
        return found
    column = unfit.column if unfit is not None and unfit.at is not None and unfit.at.line == found.line else 0
    source = lines[found.line - 1].strip()[:MAX_SOURCE]
    return msgspec.structs.replace(found, file=found.file or file, source=source, column=column)
