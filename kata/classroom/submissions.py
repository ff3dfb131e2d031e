"""What a class handed in: a folder, or a zip as a learning platform exports it, with clones, folders or zips in it.

Nothing is unpacked to disk and nothing is followed: of each submission only the files of exercises are read, by their
names, and no more of each than an exercise may be long.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from kata.project.catalog import Exercise
from kata.project.safe_files import NotPlain, read_plain
from kata.project.workspace import MAX_BYTES

__all__ = ["Entry", "NoSubmissions", "Submitted", "entries", "read"]

MAX_INNER = 64 * 1024 * 1024
"""Bytes of a zip inside a zip; it is held in memory."""

MAX_OUTER = 8 * 1024**3
"""Bytes of a zip on disk."""

MAX_NAMES = 100_000
"""Names in a zip or in a folder that are looked at."""

DEEPEST = 5
"""Folders above a chapter that are looked into."""

_ANSWERS = frozenset({"solutions", "hidden", "answers", "node_modules", "venv"})
"""Folders of a clone that hold files of the same names, and are no submission."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class NoSubmissions(Exception):
    """There is nothing to grade. One line that says why, and what to do."""


@dataclass(frozen=True)
class Entry:
    """Where one student's submission is, before anything of it is read."""

    name: str
    """Of the folder or the zip, without ``.zip``."""
    path: Path
    """The folder or the file; of an export, the export."""
    inside: str = ""
    """Of an export: the folder, with a ``/`` at its end, or the file in it."""

    @property
    def shown(self) -> str:
        """What messages call it."""
        return (self.inside or self.path.name).rstrip("/")


@dataclass
class Submitted:
    """The files of a submission, by the ids of their exercises."""

    files: dict[str, bytes] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    """Why a file that is there was not read."""
    problems: list[str] = field(default_factory=list)
    """One line each, of the submission as a whole."""


def entries(place: Path) -> list[Entry]:
    """The submissions in a folder or in an export, in the order of their names.

    Raises:
        NoSubmissions: it cannot be read, or there is none.
    """
    try:
        found = _in_folder(place) if place.is_dir() else _in_export(place)
    except FileNotFoundError:
        raise NoSubmissions(f"{place} is not there; name the folder, or the zip, that holds the submissions.") from None
    except _DAMAGED as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NoSubmissions(f"{place} cannot be read ({reason}); name a folder or a zip with submissions.") from None
    if not found:
        raise NoSubmissions(f"{place} is empty; put a folder, a clone or a zip for each student into it.")
    return sorted(found, key=lambda entry: (entry.name.casefold(), entry.name, entry.shown))


def _in_folder(place: Path) -> list[Entry]:
    names = [name for name in os.listdir(place) if not _is_hidden(name)]
    return [Entry(_stem(name), place / name) for name in names]


def _in_export(place: Path) -> list[Entry]:
    with zipfile.ZipFile(place) as archive:
        tops: dict[str, None] = {}
        for info in archive.infolist()[:MAX_NAMES]:
            parts = _parts(info.filename)
            if parts and not _is_hidden(parts[0]):
                tops[f"{parts[0]}/" if len(parts) > 1 or info.is_dir() else parts[0]] = None
    return [Entry(_stem(top.rstrip("/")), place, top) for top in tops]


def read(entry: Entry, exercises: Sequence[Exercise]) -> Submitted:
    """What is there of these exercises. Never raises for what a student handed in; the answer says what was wrong."""
    wanted = {(exercise.chapter, f"{exercise.stem}.py"): exercise.id for exercise in exercises}
    submitted = Submitted()
    try:
        if entry.inside:
            with zipfile.ZipFile(entry.path) as archive:
                _read_part(archive, entry.inside, wanted, submitted)
        elif entry.path.is_symlink():
            submitted.problems.append("it is a link; put the submission itself there")
        elif entry.path.is_dir():
            _read_folder(entry.path, wanted, submitted)
        elif entry.path.suffix.lower() == ".zip":
            if not stat.S_ISREG(entry.path.stat().st_mode) or entry.path.stat().st_size > MAX_OUTER:
                raise NotPlain("it is no plain file, or larger than 8 GiB")
            with zipfile.ZipFile(entry.path) as archive:
                _read_zip(archive, "", wanted, submitted, nested=True)
        else:
            submitted.problems.append("it is a file, and neither a folder nor a zip; ask for a folder or a zip")
    except _DAMAGED as error:
        submitted.problems.append(f"it cannot be read ({_reason(error)}); ask for it again")
    return submitted


def _read_part(archive: zipfile.ZipFile, inside: str, wanted: dict[tuple[str, str], str], submitted: Submitted) -> None:
    if inside.endswith("/"):
        _read_zip(archive, inside, wanted, submitted, nested=True)
    elif inside.lower().endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(_bounded(archive, archive.getinfo(inside), MAX_INNER))) as inner:
            _read_zip(inner, "", wanted, submitted, nested=True)
    else:
        submitted.problems.append("it is a file, and neither a folder nor a zip; ask for a folder or a zip")


# A folder on disk


def _read_folder(folder: Path, wanted: dict[tuple[str, str], str], submitted: Submitted) -> None:
    chapters = {chapter for chapter, _ in wanted}
    base = next((base for base in _bases(folder) if any(os.path.isdir(base / each) for each in chapters)), None)
    if base is None:
        _read_only_zip(folder, wanted, submitted)
        return
    real = Path(os.path.realpath(base))
    for (chapter, name), exercise in wanted.items():
        path = base / chapter / name
        try:
            if not Path(os.path.realpath(path)).is_relative_to(real):
                raise NotPlain("a link leads out of the submission")
            submitted.files[exercise] = read_plain(path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            submitted.unreadable[exercise] = _reason(error)


def _bases(folder: Path) -> Iterator[Path]:
    """Where the chapters may be, the likeliest place first."""
    yield folder / "exercises"
    yield folder
    seen = 0
    for place, folders, _ in os.walk(folder):
        path = Path(place)
        seen += len(folders)
        deep = len(path.relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and name not in _ANSWERS)
        if deep >= DEEPEST or seen > MAX_NAMES:
            folders.clear()
        yield from (path / name for name in folders if name == "exercises")
        yield from (path / name for name in folders if name != "exercises")


def _read_only_zip(folder: Path, wanted: dict[tuple[str, str], str], submitted: Submitted) -> None:
    zips = sorted(path for path in folder.rglob("*.[zZ][iI][pP]") if path.is_file() and not path.is_symlink())
    if len(zips) == 1:
        with zipfile.ZipFile(zips[0]) as archive:
            _read_zip(archive, "", wanted, submitted, nested=False)
    elif zips:
        submitted.problems.append(f"it holds {len(zips)} zips and no chapter; leave the one that counts")
    elif not any(folder.iterdir()):
        submitted.problems.append("it is empty; ask for it again")
    else:
        submitted.problems.append(_no_chapter(wanted))


# A zip, or a folder in one


def _read_zip(
    archive: zipfile.ZipFile, prefix: str, wanted: dict[tuple[str, str], str], submitted: Submitted, *, nested: bool
) -> None:
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    zips: list[zipfile.ZipInfo] = []
    outside = 0
    infos = archive.infolist()
    for info in infos[:MAX_NAMES]:
        if not info.filename.startswith(prefix):
            continue
        parts = _parts(info.filename[len(prefix) :])
        if parts is None:
            outside += 1
        elif parts and parts[-1].lower().endswith(".zip") and not any(map(_is_hidden, parts)):
            zips.append(info)
        elif len(parts) > 1 and (exercise := wanted.get((parts[-2], parts[-1]))):
            above = parts[:-2]
            if len(above) <= DEEPEST and not any(_is_hidden(part) or part in _ANSWERS for part in above):
                found.setdefault("/".join(above), {})[exercise] = info
    if outside:
        submitted.problems.append(f"{outside} of its names lead out of it, such as ../name; those were not read")
    if sum(info.file_size for info in infos) > 1024**3:
        submitted.problems.append("it would unpack to more than 1 GiB; only its exercises were read")
    if found:
        base = min(found, key=lambda above: (above.split("/")[-1] != "exercises", above.count("/"), above))
        for exercise, info in found[base].items():
            _take(archive, info, exercise, submitted)
    elif len(zips) == 1 and nested:
        with zipfile.ZipFile(io.BytesIO(_bounded(archive, zips[0], MAX_INNER))) as inner:
            _read_zip(inner, "", wanted, submitted, nested=False)
    elif zips:
        what = f"{len(zips)} zips" if len(zips) > 1 else "a zip in a zip in a zip"
        submitted.problems.append(f"it holds {what} and no chapter; ask for one zip with the exercises")
    else:
        submitted.problems.append(_no_chapter(wanted) if infos else "it is empty; ask for it again")


def _take(archive: zipfile.ZipFile, info: zipfile.ZipInfo, exercise: str, submitted: Submitted) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        submitted.unreadable[exercise] = "it is a link" if kind == stat.S_IFLNK else "it is not a file"
        return
    try:
        submitted.files[exercise] = _bounded(archive, info, MAX_BYTES)
    except _DAMAGED as error:
        submitted.unreadable[exercise] = _reason(error)


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """What a member holds, however large it says it is.

    Raises:
        NotPlain: it is larger than ``limit`` bytes.
    """
    stream: IO[bytes]
    with archive.open(info) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise NotPlain(f"it is larger than {limit // 1024:,} KiB")
    return data


# Names


def _parts(name: str) -> list[str] | None:
    """The folders and the file of a member's name; None when it leads out."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", name):
        return None
    return list(path.parts)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX" or name.lower() in ("thumbs.db", "desktop.ini")


def _stem(name: str) -> str:
    return name[:-4] if name.lower().endswith(".zip") else name


def _no_chapter(wanted: dict[tuple[str, str], str]) -> str:
    return f"it holds no chapter such as {next(iter(wanted))[0]}; ask for the folder exercises"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
