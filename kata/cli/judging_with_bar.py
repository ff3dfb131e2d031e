"""Judging for `grade` and `run`, with a bar on the terminal while it lasts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kata.cli import terminal
from kata.cli.arguments import Clock
from kata.cli.errors import FAILED, Stop
from kata.cli.project import Project

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

    from kata.contract.scorecard import ExerciseVerdict, Scorecard
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise

PATIENCE = 2
"""Real seconds after which one waits for a reason."""


def judge(
    project: Project,
    exercises: Sequence[Exercise],
    *,
    no_cache: bool,
    clock: Clock,
    jobs: int | None,
    seed: int,
    workers: Workers | None = None,
    untouched: bool = False,
) -> Scorecard:
    """Judge exercises as `kata.judge.grading.grade` does, with a line that moves on standard error while it lasts.

    That line is there on a terminal only.

    Raises:
        Stop: the judge itself failed.
    """
    from kata.judge.grading import GraderError, grade

    with _Bar(exercises) as bar:
        try:
            card = grade(
                project.catalog,
                project.workspace,
                exercises,
                seed=seed,
                clock=clock.value,
                jobs=jobs,
                cache=None if no_cache else project.cache,
                progress=bar.advance,
                warn=terminal.error,
                workers=workers,
                untouched=untouched,
            )
        except GraderError as error:
            raise Stop(str(error), FAILED) from error
    if project.cache is not None:  # the learner's own files
        project.hints.forget(verdict.id for verdict in card.exercises if verdict.status == "passed")
    return card


class _Bar:
    """A line that moves and leaves no trace, and that is not there at all outside a terminal.

    It is a bar for several exercises, and counts the seconds for one.
    """

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.exercises = exercises

    def __enter__(self) -> _Bar:
        self._progress: Progress | None = None
        if self.exercises and sys.stderr.isatty():
            from rich import progress

            columns: Sequence[progress.ProgressColumn] = (
                progress.TextColumn("Judging"),
                progress.BarColumn(bar_width=None),
                progress.MofNCompleteColumn(),
            )
            if len(self.exercises) == 1:
                columns = progress.SpinnerColumn("line"), _seconds_so_far()
            self._progress = progress.Progress(
                *columns,
                console=terminal.console(stderr=True),
                transient=True,
                expand=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._progress.add_task(self.exercises[0].titled, total=len(self.exercises))
            self._progress.start()
        return self

    def advance(self, verdict: ExerciseVerdict) -> None:
        """One more exercise is judged."""
        if self._progress is not None:
            self._progress.advance(self._task)

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()


def _seconds_so_far() -> ProgressColumn:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Seconds(ProgressColumn):
        """What is judged and since when; after `PATIENCE` seconds also that it will end."""

        def render(self, task: Task) -> Text:
            seconds = int(task.elapsed or 0)
            known = "; code without an end is stopped after some seconds" if seconds >= PATIENCE else ""
            return Text(f"Judging {task.description}: {seconds} s{known}", no_wrap=True, overflow="ellipsis")

    return Seconds()
