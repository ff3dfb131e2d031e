"""Watching without a screen: the same results, line by line."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from kata.contract.scorecard import Criterion
from kata.program import COMMAND
from kata.project.catalog import Exercise
from kata.tui import drawing, status
from kata.tui.given import Given
from kata.tui.judging import Judged, Pictured

__all__ = ["Lines"]


class Lines:
    """Prints what is told.

    Args:
        given: the clone.
        console: where to.
    """

    def __init__(self, given: Given, console: Console) -> None:
        self.given = given
        self.console = console
        self.kind = ""

    def judging(self, exercise: Exercise) -> None:
        """See `Listener`."""
        self.kind = exercise.kind

    def decided(self, criterion: Criterion) -> None:
        """See `Listener`."""

    def judged(self, judged: Judged) -> None:
        """See `Listener`."""
        self.console.rule(characters="-" if self.console.encoding.lower() != "utf-8" else "─", style="dim")
        command = f"{COMMAND} run {judged.exercise.number} --all"
        drawing.verdict(judged, drawn=self.kind != "predict", for_all=f"With {command}")(self.console)
        self.console.file.flush()
        self._last = judged

    def pictured(self, pictured: Pictured) -> None:
        """See `Listener`."""
        for part in pictured.parts:
            part(self.console)
        project, judged = self.given.project, self._last
        exercise = judged.exercise
        self.console.print()
        if judged.untouched or judged.verdict.status == "not_started":
            self._say(status.watching(project.path(exercise)))
            return
        following = project.next_exercise(exercise) or project.next_exercise()
        self._say(status.outcome(judged.verdict, following, keys=False))
        if judged.verdict.status == "passed":
            self._say(f"Compare with a good answer: {COMMAND} solution {exercise.number}")
            if following is not None:
                self._say(f"On to {following.titled}: {COMMAND} watch {following.number}")
        elif judged.verdict.status == "failed":
            self._say(f"A hint: {COMMAND} hint {exercise.number}")

    def problem(self, exercise: Exercise, line: str) -> None:
        """See `Listener`."""
        self._say(line, "yellow")

    def others_changed(self) -> None:
        """See `Listener`."""

    def _say(self, line: str, style: str = "") -> None:
        self.console.print(Text(line, style), soft_wrap=True)
        self.console.file.flush()
