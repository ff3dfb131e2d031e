"""Which exercises a command is about: names as arguments, ``--only`` and ``--chapters``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kata.cli.errors import FAILED, USAGE, Stop
from kata.cli.project import Project

if TYPE_CHECKING:
    from kata.project.catalog import Exercise

Only = Annotated[str, typer.Option("--only", metavar="NAMES", help="These exercises alone: 05.01,wait_to_gather")]
Chapters = Annotated[str, typer.Option("--chapters", metavar="NUMBERS", help="These chapters alone: 1-3,5")]

_RANGE = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})")


def selected(project: Project, names: Iterable[str] = (), only: str = "", chapters: str = "") -> Sequence[Exercise]:
    """The exercises that are meant by any of these, in the order of the catalog; all where nothing is said.

    Args:
        project: whose catalog.
        names: of exercises or chapters, one each.
        only: the same in one text, with commas.
        chapters: numbers or names of chapters and ranges of numbers, with commas.

    Raises:
        Stop: a name means nothing, or the catalog has no exercises.
    """
    if not project.catalog.exercises:
        raise Stop("The catalog has no exercises; restore exercises/catalog.toml with git.", FAILED)
    wanted = [*names, *_parts(only)]
    found = {exercise.id for exercise in project.find_all(wanted)} if wanted else set()
    for part in _parts(chapters):
        found |= {exercise.id for exercise in _of_chapters(project, part)}
    if not found and (wanted or _parts(chapters) or only.strip() or chapters.strip()):
        raise Stop("No exercise is selected; name one, or leave --only and --chapters out.", USAGE)
    return [each for each in project.catalog.exercises if not found or each.id in found]


def _of_chapters(project: Project, part: str) -> Sequence[Exercise]:
    numbers = _RANGE.fullmatch(part)
    if numbers is None:
        try:
            return project.catalog.chapter(part).exercises
        except LookupError as error:
            raise Stop(str(error), USAGE) from error
    first, last = int(numbers[1]), int(numbers[2])
    found = [chapter for chapter in project.catalog.chapters if first <= int(chapter.number) <= last]
    if not found:
        raise Stop(f"No chapter has a number from {first} to {last}.", USAGE)
    return [exercise for chapter in found for exercise in chapter.exercises]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
