"""The clone that a command works on: its catalog, the learner's files, and what was judged before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kata import program
from kata.cli.errors import FAILED, USAGE, Stop
from kata.judge.cache import VerdictCache
from kata.project.catalog import Catalog, CatalogError, Exercise, NoSuchExercise, SeveralExercises, load
from kata.project.workspace import Workspace


@dataclass(frozen=True)
class Project:
    """One clone of the project, opened."""

    root: Path
    catalog: Catalog
    workspace: Workspace
    cache: VerdictCache

    @classmethod
    def here(cls, submission: Path | None = None) -> Project:
        """Open the clone that this program is part of; ``submission`` replaces its ``exercises/``.

        Raises:
            Stop: the catalog cannot be read, or the submission is no directory.
        """
        if submission is not None and not submission.is_dir():
            raise Stop(f"--submission {submission} is no directory; name the one that holds the chapters.", USAGE)
        root = program.ROOT
        if not (root / "exercises").is_dir():
            raise Stop(
                "The exercises are not part of the installed package; clone the asyncio-kata repository, and type "
                "python grader.py there.",
                FAILED,
            )
        try:
            catalog = load(root)
        except CatalogError as error:
            raise Stop(str(error), FAILED) from error
        return cls(root, catalog, Workspace(root, submission), VerdictCache(root / ".kata" / "verdicts"))

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

    def find(self, name: str) -> Exercise:
        """The one exercise that ``name`` means.

        Raises:
            Stop: none, or several.
        """
        try:
            return self.catalog.find(name)
        except (NoSuchExercise, SeveralExercises) as error:
            raise Stop(str(error), USAGE) from error

    def find_all(self, names: Iterable[str]) -> Sequence[Exercise]:
        """The exercises that the names mean, in the order of the catalog; every exercise without names.

        A name may mean a chapter too, when it means no single exercise.

        Raises:
            Stop: a name means nothing, or several exercises and no chapter.
        """
        wanted: set[str] = set()
        for name in names:
            wanted |= {exercise.id for exercise in self._exercises(name)}
        return [each for each in self.catalog.exercises if not wanted or each.id in wanted]

    def _exercises(self, name: str) -> Sequence[Exercise]:
        try:
            return [self.catalog.find(name)]
        except (NoSuchExercise, SeveralExercises) as error:
            with contextlib.suppress(LookupError):
                return self.catalog.chapter(name).exercises
            raise Stop(str(error), USAGE) from error
