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
    from rich.progress import Progress

    from kata.contract.scorecard import ExerciseVerdict, Scorecard
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise


def judge(
    project: Project,
    exercises: Sequence[Exercise],
    *,
    no_cache: bool,
    clock: Clock,
    jobs: int | None,
    seed: int,
    workers: Workers | None = None,
) -> Scorecard:
    """Judge exercises with a bar on standard error, when that is a terminal; by ``workers``, or by some of its own.

    Raises:
        Stop: the judge itself failed.
    """
    from kata.judge.grading import GraderError, grade

    with _Bar(len(exercises)) as bar:
        try:
            return grade(
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
            )
        except GraderError as error:
            raise Stop(str(error), FAILED) from error


class _Bar:
    """A progress bar that leaves no trace, and that is not there at all outside a terminal."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> _Bar:
        self._progress: Progress | None = None
        if self.total > 1 and sys.stderr.isatty():
            from rich import progress

            columns = (
                progress.TextColumn("Judging"),
                progress.BarColumn(bar_width=None),
                progress.MofNCompleteColumn(),
            )
            self._progress = progress.Progress(
                *columns,
                console=terminal.console(stderr=True),
                transient=True,
                expand=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._progress.add_task("", total=self.total)
            self._progress.start()
        return self

    def advance(self, verdict: ExerciseVerdict) -> None:
        """One more exercise is judged."""
        if self._progress is not None:
            self._progress.advance(self._task)

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
