"""Pages of replays: of an exercise's play beside the solution's, and of a script."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kata.cli.errors import FAILED, NOT_PASSED, USAGE, Stop
from kata.cli.output_files import STDOUT, write
from kata.cli.project import Project
from kata.program import COMMAND

if TYPE_CHECKING:
    from kata.contract.run import Run
    from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard
    from kata.judge.workers import Workers
    from kata.project.catalog import Exercise

__all__ = ["beside", "document_of_exercise", "page_of", "page_of_script", "refuse_to_tell"]


def page_of(document: dict[str, Any]) -> str:
    """The page of a document, see `kata.reports.page.document`."""
    from kata.reports.page.html import page

    text: str = page(document)
    return text


def page_of_script(run: Run, name: str, source: str, problem: str = "") -> str:
    """The page of a script that was played with ``detail``.

    Args:
        run: the recording.
        name: what the user calls the script.
        source: its text.
        problem: why it did not end well; empty when it did.
    """
    from kata.reports.page.document import Replayed, document

    title = os.path.basename(name)
    return page_of(document(title, [Replayed(title, name, source, run, problem)]))


def document_of_exercise(
    project: Project, exercise: Exercise, verdict: ExerciseVerdict, workers: Workers, *, solution: bool = False
) -> dict[str, Any]:
    """The play behind the failing criterion, and the solution's under it; or that of a passed exercise alone.

    Args:
        project: whose files are judged.
        exercise: not one that asks for a prediction.
        verdict: on it.
        workers: those that judged it, or new ones of the same seed.
        solution: whether the solution's code is shown, too.

    Raises:
        Stop: there is nothing to replay.
    """
    refuse_to_tell(exercise)
    from kata.judge.solution import replayed, solution_run, solution_text
    from kata.reports.page.document import Replayed, document

    criterion = _criterion(verdict)
    workspace = project.workspace
    run = replayed(workers, workspace, exercise, criterion) if criterion is not None else None
    if criterion is None or run is None or not run.turns:
        raise Stop(_nothing_to_replay(exercise, verdict, criterion), NOT_PASSED)
    source = workspace.read(exercise).text
    message = criterion.message or next((found.text for found in criterion.diagnoses), "")
    plays = [Replayed("Yours", project.path(exercise), source, run, message)]
    if not criterion.passed:
        good = solution_run(workers, workspace, exercise, criterion, detail=True)
        if good is not None:
            file, text = f"{Path(workspace.path(exercise)).name} of the solution", solution_text(workspace, exercise)
            plays.append(Replayed("The solution", file, text, good, hidden=not solution))
    return document(exercise.titled, plays, criterion.text or criterion.test)


def beside(target: str, project: Project, card: Scorecard) -> dict[str, str]:
    """Write pages with the replays of what failed into a folder beside a report.

    Args:
        target: the report; beside ``report.html`` the folder is ``report-replays``. On the real clock, and where the
            report is no file, there are none.
        project: whose files were judged.
        card: what the report shows.

    Returns:
        Where each page is, from the report, by the id of its exercise.

    Raises:
        Stop: the folder cannot be written.
    """
    from kata.judge.workers import Workers

    path = Path(target)
    failed = [verdict for verdict in card.exercises if verdict.status == "failed" and verdict.criteria]
    if not failed or target == STDOUT or card.clock != "virtual" or (path.exists() and not path.is_file()):
        return {}
    folder = path.with_name(f"{path.stem}-replays")
    exercises = {exercise.id: exercise for exercise in project.catalog.exercises}
    links: dict[str, str] = {}
    with Workers(project.root, seed=card.seed) as workers:
        for verdict in failed:
            exercise = exercises[verdict.id]
            try:
                document = document_of_exercise(project, exercise, verdict, workers)
            except Stop:  # it has no play to be replayed
                continue
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise Stop(f"The replays cannot be written into {folder} ({error.strerror}).", FAILED) from error
            name = f"{exercise.number}.html"
            write(str(folder / name), page_of(document))
            links[verdict.id] = f"{quote(folder.name)}/{name}"
    return links


def refuse_to_tell(exercise: Exercise) -> None:
    """End a command that would give away what a *predict* exercise asks.

    Raises:
        Stop: it is one.
    """
    if exercise.kind == "predict":
        raise Stop(
            f"{exercise.number} asks what a program does, so it is not replayed; once you have thought it through, put "
            f"the program into a file of its own: {COMMAND} replay FILE",
            USAGE,
        )


def _criterion(verdict: ExerciseVerdict) -> Criterion | None:
    """Whose play is shown: the first failing one that was played; where none was, the first that was."""
    from kata.reports import plays

    failed = None if verdict.status == "passed" else plays.recorded(verdict) or next(iter(plays.failing(verdict)), None)
    return failed or next((each for each in verdict.criteria if each.runs and each.runs[0].tasks), None)


def _nothing_to_replay(exercise: Exercise, verdict: ExerciseVerdict, criterion: Criterion | None) -> str:
    why = verdict.message or (criterion.message if criterion is not None else "")
    reason = f" ({why.splitlines()[0]})" if why else ""
    return (
        f"{exercise.number} has no play of an event loop to step through{reason}; see {COMMAND} run {exercise.number}"
    )
