"""The catalog: chapters, exercises, their points, hints and prerequisites; and which one a name means.

The file itself is read and checked by `catalog_reader`, and `names` knows what is the same name; the learner's files
are not its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from kata.program import COMMAND
from kata.project.names import is_path_of, near, number, plain, quoted, tidy

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

        It may be a number (``05.02``, ``5.2``, ``502``), a name with or without its number, a title, number and title
        as they are shown, an id, the path of any file of the exercise, or a part that only one id or title has. An
        exact match beats a partial one.

        Raises:
            NoSuchExercise: nothing fits.
            SeveralExercises: more than one fits.
        """
        wanted = tidy(text := _without_kind(text))
        given, rest = number(text)
        exercises = self.exercises
        found = (
            [one for one in exercises if wanted in _names(one)]
            or [one for one in exercises if one.number == given and (not rest or rest in _names(one))]
            or [one for one in exercises if is_path_of(wanted, one.chapter, one.stem)]
            or [one for one in exercises if wanted and (wanted in one.id or wanted in plain(one.title))]
        )
        if len(found) > 1:
            raise SeveralExercises(text, found)
        if not found:
            raise NoSuchExercise(text, self._nearest(wanted, given))
        return found[0]

    def chapter(self, text: str, *, whole: bool = False) -> Chapter:
        """The chapter that ``text`` means: its id, number (``05``, ``5``), name, title, path, or a unique part.

        Args:
            text: what was typed.
            whole: True where a part is not enough.

        Raises:
            NoSuchChapter: nothing fits.
            SeveralChapters: more than one fits.
        """
        wanted = tidy(text := _without_kind(text))
        called = wanted.zfill(2) if wanted.isdigit() else wanted
        parts = wanted.split("/")
        found = [one for one in self.chapters if called in _chapter_names(one) or one.id in parts[-2:]]
        if not found and not whole:
            found = [one for one in self.chapters if wanted and (wanted in one.id or wanted in plain(one.title))]
        if len(found) > 1:
            raise SeveralChapters(text, found)
        if not found:
            raise NoSuchChapter(text, near(wanted, {one: _chapter_names(one)[:2] for one in self.chapters}))
        return found[0]

    def has_exactly(self, text: str) -> bool:
        """True when an exercise or a chapter is called just so; a part of a name is not enough."""
        wanted = tidy(text)
        given, rest = number(text)
        return any(
            wanted in _names(one) or (rest in _names(one) and one.number == given) for one in self.exercises
        ) or (any(wanted in _chapter_names(one) for one in self.chapters))

    def _nearest(self, wanted: str, given: str) -> list[Exercise]:
        if given:
            chapter, _, place = given.partition(".")
            there = [one for one in self.exercises if one.number.startswith(f"{chapter}.")]
            nearest = sorted(there, key=lambda one: abs(int(one.number[3:]) - int(place)))[:3]
            return sorted(nearest, key=lambda one: one.number)
        last = wanted.removesuffix(".py").rpartition("/")[2]
        names = {one: (one.name, one.stem, one.id, plain(one.title)) for one in self.exercises}
        return near(last, names) or near(wanted, names)


def _without_kind(text: str) -> str:
    """A name without the word for what it is the name of: ``chapter 5`` is ``5``."""
    kind, _, name = text.strip().partition(" ")
    return name if name.strip() and kind.lower() in ("chapter", "exercise") else text


def _names(exercise: Exercise) -> tuple[str, ...]:
    """What it is called in full."""
    return exercise.name, exercise.stem, exercise.id, plain(exercise.title)


def _chapter_names(chapter: Chapter) -> tuple[str, ...]:
    title = plain(chapter.title)
    return chapter.id, chapter.name, chapter.number, title, f"{chapter.number}_{title}"


def _nothing_found(kind: str, text: str, nearest: Sequence[Exercise | Chapter]) -> str:
    if nearest:
        return f"No {kind} is called {quoted(text)}; the nearest: {_listed(nearest)}."
    return f'No {kind} is called {quoted(text)}; "{COMMAND} list" shows all.'


def _several_found(kinds: str, text: str, matches: Sequence[Exercise | Chapter]) -> str:
    return f"{quoted(text)} fits {len(matches)} {kinds}: {_listed(matches)}; type more of the name."


def _listed(items: Sequence[Exercise | Chapter]) -> str:
    names = [str(item) for item in items[:_SHOWN]]
    more = len(items) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")
