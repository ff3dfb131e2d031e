"""The clone that a command works on: its catalog, the learner's files, and how far the learner is with each."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kata import program
from kata.cli.errors import FAILED, USAGE, Stop
from kata.contract.scorecard import Status
from kata.judge.cache import VerdictCache
from kata.project.catalog import Catalog, CatalogError, Exercise, NoSuchExercise, SeveralExercises
from kata.project.catalog_reader import load
from kata.project.hints import HintsGiven
from kata.project.names import quoted
from kata.project.submission import find_chapters
from kata.project.workspace import ArchiveError, Unreadable, Workspace


@dataclass(frozen=True)
class State:
    """How far the learner is with an exercise, as far as it is known without judging anything."""

    status: Status | Literal["unjudged"]
    """``unjudged``: the file as it is now was never judged."""
    points: float | None = None
    """Of the verdict on the file as it is now."""
    was_passed: bool = False
    """True when the last verdict, perhaps on an earlier text, was that it is passed."""


@dataclass(frozen=True)
class Project:
    """One clone of the project, opened."""

    root: Path
    catalog: Catalog
    workspace: Workspace
    cache: VerdictCache | None
    """Verdicts on the learner's own files; None for another submission, whose verdicts would push those out."""

    @classmethod
    def here(cls, submission: Path | None = None) -> Project:
        """Open the clone that this program is part of.

        Args:
            submission: what is judged instead of its ``exercises/``: a directory of chapters, or another clone.

        Raises:
            Stop: the catalog cannot be read, or the submission holds no chapter.
        """
        root = program.ROOT
        if not (root / "exercises").is_dir():
            raise Stop("The exercises are in no folder here; make one of your own with: asyncio-kata init DIR", FAILED)
        try:
            catalog = load(root)
        except CatalogError as error:
            raise Stop(str(error), FAILED) from error
        if submission is None:
            return cls(root, catalog, Workspace(root), VerdictCache(root / ".kata" / "verdicts"))
        return cls(root, catalog, Workspace(root, _chapters_of(submission, catalog)), None)

    @property
    def hints(self) -> HintsGiven:
        """Which hints the learner has had."""
        return HintsGiven(self.root / ".kata" / "hints.json")

    def path(self, exercise: Exercise) -> str:
        """The learner's file, as short as it can be typed from the current directory."""
        return self.shown(self.workspace.path(exercise))

    @staticmethod
    def shown(path: Path) -> str:
        """``path`` from the current directory when it lies below it, else in full."""
        try:
            return str(path.relative_to(Path.cwd()))
        except (ValueError, OSError):
            return str(path)

    def state(self, exercise: Exercise) -> State:
        """How far the learner is: not started while the file is as it came, else what its verdict says.

        Raises:
            Stop: the archive of pristine stubs cannot be read.
        """
        try:
            if not self.workspace.started(exercise):
                return State("not_started")
            source = self.workspace.read(exercise)
        except Unreadable:
            return State("error")
        except ArchiveError as error:
            raise Stop(str(error), FAILED) from error
        saved = self.cache.last(exercise.id) if self.cache else None
        if saved is None or saved.verdict.status == "not_started":
            return State("unjudged")
        verdict = saved.verdict
        if saved.submission != source.sha256:
            return State("unjudged", was_passed=verdict.status == "passed")
        return State(verdict.status, verdict.points, verdict.status == "passed")

    def next_exercise(self, after: Exercise | None = None) -> Exercise | None:
        """The first exercise of the catalog, or of those ``after`` one, that is not known to be passed."""
        exercises = self.catalog.exercises
        first = 0 if after is None else exercises.index(after) + 1
        return next((each for each in exercises[first:] if self.state(each).status != "passed"), None)

    def find(self, name: str) -> Exercise:
        """The one exercise that ``name`` means.

        Raises:
            Stop: none, or several.
        """
        try:
            if name.strip().lower() != "all":
                return self.catalog.find(name)
            raise Stop(f"Name one exercise here; to judge all, type: {program.COMMAND}", USAGE)
        except (NoSuchExercise, SeveralExercises) as error:
            raise Stop(self._of_a_chapter(name) or self._of_several(name.split()) or str(error), USAGE) from error

    def knows(self, words: Sequence[str]) -> bool:
        """True when these words are the name of one exercise."""
        try:
            self.catalog.find(" ".join(words))
        except LookupError:
            return False
        return True

    def find_or_next(self, words: Sequence[str] | None) -> Exercise:
        """The exercise that is named, or the next one where none is.

        Args:
            words: a name as a shell takes it apart: ``From wait to gather`` needs no quotes.

        Raises:
            Stop: none, or several; or nothing is left to do.
        """
        if words:
            return self.find(" ".join(words))
        exercise = self.next_exercise()
        if exercise is None:
            raise Stop(f"All {len(self.catalog.exercises)} exercises are done; name the one that you mean.", USAGE)
        return exercise

    def find_all(self, names: Iterable[str], *, whole_chapters: bool = False) -> Sequence[Exercise]:
        """The exercises that the names mean, in the order of the catalog; every exercise without names.

        Args:
            names: each of an exercise, or of a chapter when it means no single exercise; or the words of one name.
            whole_chapters: True where a part of a chapter's name is not enough, since much would follow from it.

        Raises:
            Stop: a name means nothing, or several exercises and no chapter.
        """
        names = list(names)
        whole = " ".join(names)
        if len(names) > 1 and self.catalog.has_exactly(whole):
            names = [whole]
        try:
            wanted = {exercise.id for name in names for exercise in self._exercises(name, whole_chapters)}
        except Stop:
            if not self.knows(names):
                raise
            wanted = {self.catalog.find(whole).id}
        return [each for each in self.catalog.exercises if not wanted or each.id in wanted]

    def _of_a_chapter(self, name: str) -> str:
        """What to say of a chapter's name where one exercise is meant; nothing of any other name."""
        try:
            chapter = self.catalog.chapter(name, whole=True)
        except LookupError:
            return ""
        following = next((one for one in chapter.exercises if self.state(one).status != "passed"), chapter.exercises[0])
        return (
            f"{quoted(name)} is a chapter of {len(chapter.exercises)} exercises; name one of them, "
            f"such as {following.number} ({following.title})."
        )

    def _of_several(self, names: Sequence[str]) -> str:
        """What to say of several names where one exercise is meant; nothing of any other words."""
        try:
            numbers = [self.catalog.find(name).number for name in names]
        except LookupError:
            return ""
        if len(numbers) < 2:
            return ""
        return f"Name one exercise here; to judge several, type: {program.COMMAND} grade {' '.join(numbers)}"

    def _exercises(self, name: str, whole_chapters: bool) -> Sequence[Exercise]:
        if name.strip().lower() == "all":
            if whole_chapters:
                raise Stop("Every exercise is meant by --all, with two dashes; type it in place of the name.", USAGE)
            return self.catalog.exercises
        try:
            return [self.catalog.find(name)]
        except (NoSuchExercise, SeveralExercises) as error:
            with contextlib.suppress(LookupError):
                return self.catalog.chapter(name, whole=whole_chapters).exercises
            raise Stop(str(error), USAGE) from error


def _chapters_of(submission: Path, catalog: Catalog) -> Path:
    if not os.path.isdir(submission):
        raise Stop(f"--submission {submission} is no directory; name the one that holds the chapters.", USAGE)
    found = find_chapters(submission, catalog)
    if found is None:
        raise Stop(
            f"--submission {submission} holds no chapter such as {catalog.chapters[0].id}; "
            "name a directory that holds chapters, or a clone that has them in its exercises/.",
            USAGE,
        )
    return found


def not_installed(what: str, command: str) -> Stop:
    """The end of a command that needs the whole clone, for one who has the package only."""
    return Stop(
        f"The {what} are not part of the installed package; "
        f"clone the asyncio-kata repository, and type {command} there.",
        FAILED,
    )
