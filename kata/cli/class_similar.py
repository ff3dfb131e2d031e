"""`class similar`: pairs of submissions that are alike. What that means is in `kata.classroom.similar`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli import output_files, terminal
from kata.cli.errors import FAILED, USAGE, Stop
from kata.cli.project import Project
from kata.cli.selection import Chapters, Only, selected
from kata.reports import wording

if TYPE_CHECKING:
    from kata.classroom.similar import Pair

SHOWN = 40
"""Pairs that are printed; the JSON has all."""


def similar(
    submissions: Annotated[
        Path, typer.Argument(metavar="SUBMISSIONS", help="A folder, or an export, as for class grade.")
    ],
    roster: Annotated[Path | None, typer.Option("--roster", metavar="FILE", help="The students, as CSV.")] = None,
    json: Annotated[str, typer.Option(metavar="FILE", help="Write all pairs as JSON; - is stdout.")] = "",
    only: Only = "",
    chapters: Chapters = "",
) -> None:
    """List pairs of submissions that are alike."""
    from kata.classroom import submissions as handed_in
    from kata.classroom.cohort import assign
    from kata.classroom.roster import RosterError, read_roster
    from kata.classroom.similar import Fingerprints, ordinary
    from kata.project.workspace import ArchiveError

    output_files.check({"--json": json} if json else {})
    project = Project.here()
    exercises = selected(project, (), only, chapters)
    try:
        students = read_roster(roster) if roster is not None else None
        handed, _, problems = assign(handed_in.entries(submissions), students)
        known = {each.id: ordinary(each, project.root, project.workspace.pristine(each)) for each in exercises}
    except (handed_in.NoSubmissions, RosterError) as error:
        raise Stop(str(error), USAGE) from error
    except (ArchiveError, OSError) as error:
        raise Stop(str(error), FAILED) from error
    found = Fingerprints(known)
    names: dict[str, str] = {}
    for one in handed:
        submitted = handed_in.read(one.entry, exercises)
        names[one.slug] = one.name
        problems += [f"{one.name}: {line}" for line in submitted.problems]
        for exercise, data in submitted.files.items():
            found.add(one.slug, exercise, data.decode("utf-8-sig", "replace"))
    pairs = found.pairs(len(handed))
    for line in problems:
        terminal.error(line)
    if json:
        output_files.write(json, _as_json(pairs, names))
    if json != output_files.STDOUT:
        _show(pairs, names, project)


def _as_json(pairs: list[Pair], names: dict[str, str]) -> str:
    import msgspec

    document = [
        {"first": names[pair.first], "second": names[pair.second], "shared": pair.shared, "exercises": pair.exercises}
        for pair in pairs
    ]
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _show(pairs: list[Pair], names: dict[str, str], project: Project) -> None:
    numbers = {exercise.id: exercise.number for exercise in project.catalog.exercises}
    for pair in pairs[:SHOWN]:
        most = ", ".join(f"{numbers[each.exercise]} ({each.shared} of {each.of})" for each in pair.exercises[:6])
        more = f" and {len(pair.exercises) - 6} more" if len(pair.exercises) > 6 else ""
        terminal.say(f"{names[pair.first]} and {names[pair.second]}: {most}{more}")
    if len(pairs) > SHOWN:
        terminal.say(f"{wording.count(len(pairs) - SHOWN, 'more pair')}; --json FILE has all.")
    if pairs:
        terminal.say("")
    count = wording.count(len(pairs), "pair")
    terminal.say(f"{count} of submissions alike but for names and spacing, beyond what the exercises make alike.")
    if pairs:
        terminal.say("Why is for you to find out.")
