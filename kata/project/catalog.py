"""The catalog: chapters, exercises, their points, hints and prerequisites; and how one is found by name.

The file itself is read and checked by `catalog_reader`; the learner's files are not its business.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from kata.program import COMMAND

__all__ = [
    "Catalog",
    "CatalogError",
    "Chapter",
    "Exercise",
    "Kind",
    "NoSuchChapter",
    "NoSuchExercise",
    "SeveralChapters",
    "SeveralExercises",
]

Kind = Literal["fix", "predict", "convert", "build", "test"]

_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,2})")
_ALIKE = 0.55
"""How like a name, or a word of it, something must be to count as near; 1 is the same."""

_SHOWN = 4
"""How many names a message lists before it says how many more there are."""


class Exercise(msgspec.Struct, frozen=True):
    """One exercise, as the catalog describes it."""

    id: str
    """``05_gather_and_wait/02_wait_to_gather``."""
    chapter: str
    """The id of its chapter."""
    name: str
    """``wait_to_gather``."""
    stem: str
    """``02_wait_to_gather``."""
    number: str
    """``05.02``."""
    title: str
    kind: Kind
    points: int
    difficulty: int
    """1 to 3."""
    minutes: int
    """How long a newcomer needs."""
    requires: tuple[str, ...]
    """Ids of exercises that come earlier and should be done first."""
    hints: tuple[str, str, str]
    """A nudge, a direction, nearly there."""
    python: str | None = None
    """The lowest Python version on which it can be done, such as ``3.12``."""

    def stub(self, root: Path) -> Path:
        """What the learner edits."""
        return root / "exercises" / f"{self.id}.py"

    def solution(self, root: Path) -> Path:
        """One good answer."""
        return root / "solutions" / f"{self.id}.py"

    def hidden(self, root: Path) -> Path:
        """The hidden tests."""
        return root / "tests" / "hidden" / self.chapter / f"test_{self.stem}.py"

    def answers(self, root: Path) -> Path:
        """The directory of answers that must be accepted or refused."""
        return root / "tests" / "answers" / self.id

    @property
    def titled(self) -> str:
        """How learners read it: ``05.02 From wait to gather``."""
        return f"{self.number} {self.title}"

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Chapter(msgspec.Struct, frozen=True):
    """One chapter and its exercises, in order."""

    id: str
    number: str
    title: str
    summary: str
    exercises: tuple[Exercise, ...]

    @property
    def name(self) -> str:
        """The id without its number."""
        return self.id[3:]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CatalogError(Exception):
    """The catalog has a mistake. The text is one line: where, what, and what to do."""


class NoSuchExercise(LookupError):
    """No exercise goes by that name; ``nearest`` holds those whose names are close."""

    def __init__(self, text: str, nearest: Sequence[Exercise]) -> None:
        self.nearest = list(nearest)
        super().__init__(_nothing_found("exercise", text, self.nearest))


class SeveralExercises(LookupError):
    """Several exercises go by that name; ``matches`` holds them."""

    def __init__(self, text: str, matches: Sequence[Exercise]) -> None:
        self.matches = list(matches)
        super().__init__(_several_found("exercises", text, self.matches))


class NoSuchChapter(LookupError):
    """No chapter goes by that name; ``nearest`` holds those whose names are close."""

    def __init__(self, text: str, nearest: Sequence[Chapter]) -> None:
        self.nearest = list(nearest)
        super().__init__(_nothing_found("chapter", text, self.nearest))


class SeveralChapters(LookupError):
    """Several chapters go by that name; ``matches`` holds them."""

    def __init__(self, text: str, matches: Sequence[Chapter]) -> None:
        self.matches = list(matches)
        super().__init__(_several_found("chapters", text, self.matches))


class Catalog(msgspec.Struct, frozen=True):
    """All chapters, in order.

    >>> from kata.program import ROOT
    >>> from kata.project.catalog_reader import load
    >>> load(ROOT).find("5.2").name
    'wait_to_gather'
    """

    chapters: tuple[Chapter, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in the order in which they are met."""
        return tuple(exercise for chapter in self.chapters for exercise in chapter.exercises)

    def find(self, text: str) -> Exercise:
        """The exercise that ``text`` means.

        It may be a number (``05.02``, ``5.2``), a name with or without its number, an id, the path of any
        file of the exercise, or a part that only one id has. An exact match beats a partial one.

        Raises:
            NoSuchExercise: nothing fits.
            SeveralExercises: more than one fits.
        """
        wanted = _tidy(text)
        exercises = self.exercises
        found = (
            [one for one in exercises if wanted in (one.id, one.name, one.stem)]
            or [one for one in exercises if _same_number(wanted, one.number)]
            or [one for one in exercises if _is_path_of(wanted, one)]
            or [one for one in exercises if wanted and wanted in one.id]
        )
        if len(found) > 1:
            raise SeveralExercises(text, found)
        if not found:
            raise NoSuchExercise(text, self._nearest(wanted))
        return found[0]

    def chapter(self, text: str, *, whole: bool = False) -> Chapter:
        """The chapter that ``text`` means: its id, number (``05``, ``5``), name, path, or a unique part.

        Args:
            text: what was typed.
            whole: True where a part is not enough.

        Raises:
            NoSuchChapter: nothing fits.
            SeveralChapters: more than one fits.
        """
        wanted = _tidy(text)
        last = wanted.rpartition("/")[2]
        number = wanted.zfill(2) if wanted.isdigit() else ""
        found = [one for one in self.chapters if wanted == one.name or last == one.id or number == one.number]
        if not found and not whole:
            found = [one for one in self.chapters if wanted and wanted in one.id]
        if len(found) > 1:
            raise SeveralChapters(text, found)
        if not found:
            raise NoSuchChapter(text, _close(wanted, {one: (one.id, one.name) for one in self.chapters}))
        return found[0]

    def _nearest(self, wanted: str) -> list[Exercise]:
        number = _NUMBER.fullmatch(wanted)
        if number:
            chapter = number[1].zfill(2)
            return [one for one in self.exercises if one.number.startswith(f"{chapter}.")][:3]
        last = wanted.removesuffix(".py").rpartition("/")[2]
        names = {one: (one.name, one.stem, one.id) for one in self.exercises}
        return _close(last, names) or _close(wanted, names)


def _tidy(text: str) -> str:
    """What was typed, as it would be written in an id."""
    tidied = text.strip().replace("\\", "/").rstrip("/").removeprefix("./").lower()
    return re.sub(r"[\s-]+", "_", tidied) if "/" not in tidied else tidied


def _same_number(wanted: str, number: str) -> bool:
    match = _NUMBER.fullmatch(wanted)
    return match is not None and f"{match[1].zfill(2)}.{match[2].zfill(2)}" == number


def _is_path_of(wanted: str, exercise: Exercise) -> bool:
    """True when ``wanted`` is a path of one of the exercise's files, in whatever tree."""
    parts = [part.removesuffix(".py").removeprefix("test_") for part in wanted.split("/")]
    if len(parts) == 1:
        return wanted.endswith(".py") and parts[0] in (exercise.stem, exercise.name)
    return (exercise.chapter, exercise.stem) in pairwise(parts)


_Found = TypeVar("_Found", Exercise, Chapter)


def _close(wanted: str, names: Mapping[_Found, tuple[str, ...]]) -> list[_Found]:
    """Up to three whose names are nearest to ``wanted``, nearest first."""
    owner = {name: one for one, all_names in names.items() for name in all_names}
    close = difflib.get_close_matches(wanted, list(owner), n=9, cutoff=_ALIKE)
    if not close:  # perhaps a word of the name
        owner = {
            f"{word} {name}": one
            for one, all_names in names.items()
            for name in all_names[:1]
            for word in name.split("_")
        }
        likeness = {name: difflib.SequenceMatcher(None, wanted, name.split()[0]).ratio() for name in owner}
        close = sorted((name for name in owner if likeness[name] >= _ALIKE), key=lambda name: -likeness[name])
    return list(dict.fromkeys(owner[name] for name in close))[:3]


def _nothing_found(kind: str, text: str, nearest: Sequence[Exercise | Chapter]) -> str:
    if nearest:
        return f"No {kind} is called {_quoted(text)}; the nearest: {_listed(nearest)}."
    return f'No {kind} is called {_quoted(text)}; "{COMMAND} list" shows all.'


def _several_found(kinds: str, text: str, matches: Sequence[Exercise | Chapter]) -> str:
    return f"{_quoted(text)} fits {len(matches)} {kinds}: {_listed(matches)}; type more of the name."


def _listed(items: Sequence[Exercise | Chapter]) -> str:
    names = [str(item) for item in items[:_SHOWN]]
    more = len(items) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _quoted(text: str) -> str:
    shown = one_line(text)
    return f'"{shown if len(shown) <= 60 else shown[:59] + "…"}"'


def one_line(text: str) -> str:
    """The text without line ends and other characters that a terminal would act upon."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
