"""The learner's files: read safely, compared with the pristine stubs, set back on request.

The pristine stubs come from ``kata/pristine.zip``: one member ``<exercise id>.py`` each, and
``manifest.json`` with ``{"free": {exercise id: [names of tests]}}``, the criteria that an untouched stub
already meets. Verdicts on the files are not its business.
"""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from kata.program import COMMAND
from kata.project.catalog import Exercise
from kata.project.safe_files import NotPlain, read_plain, write_new, write_whole

__all__ = ["ArchiveError", "NotReset", "Source", "Unreadable", "Workspace", "member", "source_of"]

ARCHIVE = "kata/pristine.zip"
MANIFEST = "manifest.json"
MAX_BYTES = 1024 * 1024
"""The largest submission that is read."""


class Unreadable(Exception):
    """The submission is no text that could be played. One line: which file, why, what to do."""


class ArchiveError(Exception):
    """The archive of pristine stubs is missing, damaged or out of date. One line that says what to do."""


class NotReset(Exception):
    """The exercise could not be set back, and is as it was. One line that says why."""


@dataclass(frozen=True)
class Source:
    """A submission: its text (without a byte order mark), the digest of its bytes, where it is."""

    text: str
    sha256: str
    path: Path


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What `zipfile` raises for an archive that is not whole."""

_AGAIN = f'get it again with "git checkout {ARCHIVE}"'
"""Not by packing: that would make the learner's own files the originals."""


class _Manifest(msgspec.Struct):
    free: dict[str, list[str]] = {}


def member(exercise: Exercise) -> str:
    """The name of the exercise's stub inside the archive."""
    return f"{exercise.id}.py"


class Workspace:
    """The files of one learner.

    >>> from kata.program import ROOT
    >>> from kata.project.catalog_reader import load
    >>> exercise = load(ROOT).find("5.2")
    >>> Workspace(ROOT, ROOT / "solutions").started(exercise)
    True

    Args:
        root: the clone: where the archive and the backups are.
        submission: the directory with the learner's chapters; ``root/exercises`` unless given.
    """

    def __init__(self, root: Path, submission: Path | None = None) -> None:
        self.root = root
        self.submission = submission if submission is not None else root / "exercises"

    def path(self, exercise: Exercise) -> Path:
        """Where the learner's file is."""
        return self.submission / f"{exercise.id}.py"

    def read(self, exercise: Exercise) -> Source:
        """The learner's file. Never blocks and never leaves the submission.

        Raises:
            Unreadable: missing, no plain file, a link that leads out, over 1 MiB, not UTF-8, or with a NUL.
        """
        path = self.path(exercise)
        shown = self._shown(path)
        try:
            data = read_plain(self._inside(path), MAX_BYTES)
        except FileNotFoundError:
            raise Unreadable(f"{shown} is missing; {self._advice(exercise)}.") from None
        except NotADirectoryError:
            raise Unreadable(f"{shown} is missing: a file is in the way of its directory.") from None
        except NotPlain as error:
            raise Unreadable(f"{shown} cannot be used: {error}; {self._advice(exercise)}.") from None
        except OSError as error:
            raise Unreadable(f"{shown} cannot be read: {error.strerror}; make it readable first.") from None
        return source_of(data, path, shown)

    def pristine(self, exercise: Exercise) -> str:
        """The stub as it was handed out.

        Raises:
            ArchiveError: the archive does not hold it.
        """
        try:
            return self._archive[member(exercise)].decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            raise ArchiveError(
                f'{ARCHIVE} does not hold {exercise.id}; make it anew with "{COMMAND} dev pack".'
            ) from None

    def started(self, exercise: Exercise, source: Source | None = None) -> bool:
        """True when the learner changed more than white space at line ends.

        Args:
            exercise: whose file.
            source: what it holds, where it was read already.

        Raises:
            Unreadable, ArchiveError: as for ``read`` and ``pristine``.
        """
        return _bare((source or self.read(exercise)).text) != _bare(self.pristine(exercise))

    def free_criteria(self, exercise: Exercise) -> frozenset[str]:
        """Names of the hidden tests that the untouched stub passes.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        return frozenset(self._manifest.free.get(exercise.id, ()))

    def reset(self, exercise: Exercise) -> Path | None:
        """Put the pristine stub in place.

        Returns:
            The copy of what was replaced, or None when there was nothing to keep.

        Raises:
            ArchiveError: there is no pristine stub.
            NotReset: the file or its copy cannot be written.
        """
        pristine = self.pristine(exercise)
        path = self.path(exercise)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._inside(path.parent)
            if path.is_dir() and not path.is_symlink():
                raise NotPlain("it is a directory; move it away")
            backup = self._keep(exercise, path, pristine)
            write_whole(path, pristine.encode("utf-8"))
        except OSError as error:
            reason = str(error) if isinstance(error, NotPlain) else error.strerror
            where = error.filename if isinstance(error.filename, str) else path
            raise NotReset(
                f"{self._shown(path)} was not reset and is as it was: {reason} ({self._shown(Path(where))})."
            ) from None
        return backup

    def _keep(self, exercise: Exercise, path: Path, pristine: str) -> Path | None:
        """Copy what is at ``path`` into a backup of its own, unless it is the pristine stub or nothing."""
        if not path.is_file():
            return None
        data = path.read_bytes()
        if _bare(data.decode("utf-8-sig", errors="surrogateescape")) == _bare(pristine):
            return None
        stamp = time.strftime("%Y%m%d-%H%M%S")
        folder = self.root / ".kata" / "backups" / exercise.chapter
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            again = f"-{number}" if number > 1 else ""
            backup = folder / f"{exercise.stem}.{stamp}{again}.py"
            try:
                write_new(backup, data)
            except FileExistsError:
                number += 1
            else:
                return backup

    def _inside(self, path: Path) -> Path:
        """The real path, which must lie in the submission.

        Raises:
            NotPlain: a link leads out of it, or in a circle.
        """
        real = Path(os.path.realpath(path))
        base = Path(os.path.realpath(self.submission))
        if not real.is_relative_to(base):
            raise NotPlain("a link leads out of the submission")
        return real

    def _advice(self, exercise: Exercise) -> str:
        if self.submission == self.root / "exercises":
            return f'"{COMMAND} reset {exercise.number}" brings the original back'
        return "put the file there"

    def _shown(self, path: Path) -> str:
        text = str(path.relative_to(self.root) if path.is_relative_to(self.root) else path)
        return "".join(char if char.isprintable() else "?" for char in text)

    @cached_property
    def _archive(self) -> dict[str, bytes]:
        try:
            with zipfile.ZipFile(self.root / ARCHIVE) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        except FileNotFoundError:
            raise ArchiveError(f"{ARCHIVE} is missing; {_AGAIN}.") from None
        except _DAMAGED as error:
            raise ArchiveError(f"{ARCHIVE} is damaged ({error}); {_AGAIN}.") from None

    @cached_property
    def _manifest(self) -> _Manifest:
        try:
            return msgspec.json.decode(self._archive[MANIFEST], type=_Manifest)
        except KeyError:
            return _Manifest()
        except msgspec.DecodeError as error:
            raise ArchiveError(f"{ARCHIVE} is damaged ({MANIFEST}: {error}); {_AGAIN}.") from None


def source_of(data: bytes, path: Path, shown: str) -> Source:
    """The submission that these bytes are.

    Args:
        data: what the file holds.
        path: where it is.
        shown: what messages call it.

    Raises:
        Unreadable: not UTF-8, or with a NUL.
    """
    if b"\0" in data:
        raise Unreadable(f"{shown} holds a NUL character, so it is no Python text; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"{shown}, line {line}: the text is not UTF-8; save it as UTF-8.") from None
    return Source(text, hashlib.sha256(data).hexdigest(), path)


def _bare(text: str) -> list[str]:
    """The lines without white space at their ends, and without empty lines at the end of the file."""
    lines = text.rstrip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.rstrip() for line in lines]
