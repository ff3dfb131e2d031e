"""Exceptions of a submission as data: class, text, and the submission's own lines of the traceback."""

from __future__ import annotations

import types

from kata.contract.texts import class_name, describe
from kata.contract.values import Failure, TraceLine

MAX_TEXT = 4_000
MAX_LINES = 40
MAX_CHILDREN = 200


class ExceptionReader:
    """Turns exceptions into `Failure` for one submission, which is read before anything is played.

    >>> failure = ExceptionReader()(OSError("no room"))
    >>> failure.type, failure.message, failure.bases
    ('OSError', 'no room', ['Exception', 'BaseException'])
    """

    def __init__(self) -> None:
        self.file = ""
        self.text: list[str] = []

    def read(self, file: str, source: str) -> None:
        """The submission that is played.

        Args:
            file: the file name in its code objects.
            source: its text.
        """
        self.file = file
        self.text = source.splitlines()

    def __call__(self, error: BaseException, depth: int = 0) -> Failure:
        kind = type(error)
        children: list[Failure] = []
        message = _message(error)
        if isinstance(error, BaseExceptionGroup) and depth < 50:
            children = [self(child, depth + 1) for child in error.exceptions[:MAX_CHILDREN]]
            message = _clean(str(error.message)[:MAX_TEXT])
        cause = error.__cause__
        notes = getattr(error, "__notes__", None)
        return Failure(
            type=_clean(class_name(kind)),
            message=message,
            notes=[_clean(describe(note)) for note in notes[:20]] if type(notes) is list else [],
            children=children,
            traceback=self.lines(error.__traceback__),
            cause=self(cause, depth + 1) if isinstance(cause, BaseException) and depth < 3 else None,
            bases=[_clean(class_name(base)) for base in type.mro(kind)[1:] if base is not object],
        )

    def lines(self, traceback: types.TracebackType | None) -> list[TraceLine]:
        """The submission's own lines of a traceback, outermost first."""
        found: list[TraceLine] = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename == self.file:
                number = traceback.tb_lineno
                text = self.text[number - 1].strip() if 0 < number <= len(self.text) else ""
                found.append(TraceLine(number, _clean(code.co_qualname), _clean(text)[:200]))
            traceback = traceback.tb_next
        return found if len(found) <= MAX_LINES else found[: MAX_LINES // 2] + found[-MAX_LINES // 2 :]


def _message(error: BaseException) -> str:
    try:
        text = str(error)
        text = text if type(text) is str else str.__str__(text)
    except BaseException as broken:
        text = f"<its text could not be made: {type(broken).__name__}>"
    return _clean(text)[:MAX_TEXT]


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
