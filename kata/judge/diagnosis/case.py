"""What a diagnosis is made from: the recording, the exception that ended the test, and the comparison that failed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kata.contract.run import Run
from kata.judge.source import SourceQuery

__all__ = ["Case", "Compared"]


@dataclass(frozen=True)
class Compared:
    """The comparison in an assert that failed: ``left`` is what the submission gave, ``right`` what was expected."""

    op: str
    left: Any
    right: Any


@dataclass(frozen=True)
class Case:
    """One failed criterion.

    Args:
        run: the play that the test was looking at.
        text: the submission.
        error: the exception that ended the test.
        compared: the comparison that failed, if that is what ended it.
        allowed: what the test does not mind; see `kata.judge.clean`.
        folders: where the learner may keep files: that of the exercise first, the clone last.
    """

    run: Run
    text: str = ""
    error: BaseException | None = None
    compared: Compared | None = None
    allowed: Collection[str] = field(default_factory=frozenset)
    folders: Sequence[Path] = ()

    @cached_property
    def source(self) -> SourceQuery:
        """Questions about the submission's text."""
        return SourceQuery(self.text)

    def beside(self, module: str) -> str:
        """The name of the learner's file or folder that holds a module; empty when there is none."""
        names = ((folder, name) for folder in self.folders for name in (f"{module}.py", module))
        return next((name for folder, name in names if (folder / name).exists()), "")

    @property
    def about_time(self) -> bool:
        """True when the comparison that failed was about how long the play took."""
        compared = self.compared
        return (
            compared is not None
            and isinstance(compared.left, float)  # a time always is; a number of things is not
            and _is_number(compared.right)
            and compared.left == self.run.elapsed
        )

    @property
    def took_longer(self) -> bool:
        """True when the play took longer than it should have."""
        return self.about_time and self.compared is not None and self.compared.left > self.compared.right


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
