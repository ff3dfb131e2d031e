"""Bringing a newer version into a folder that was handed out: what its owner changed is left as it is."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kata.classroom.template import HANDOUT, MANIFEST, Manifest, NotExported, students_files
from kata.judge.rubric import has_tests
from kata.project.catalog_reader import load
from kata.project.safe_files import write_whole
from kata.project.workspace import Workspace

__all__ = ["Renewed", "handed_out", "newest", "renew"]

MAX_FILES = 20_000
MAX_BYTES = 256 * 1024 * 1024

OURS = ("kata/", "tests/hidden/")
"""Where a file that is no part of the newer version any more is taken away, unless it was changed."""


@dataclass
class Renewed:
    """What was done, by the paths of files."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Edited by their owner, and different in the newer version."""


def handed_out(root: Path, *, tests: bool = True) -> dict[str, bytes]:
    """The files of a folder without workflows, from a clone, a handed-out folder or an installed package.

    Raises:
        NotExported: something is not there.
        CatalogError, ArchiveError, RubricError: see there.
    """
    catalog = load(root / HANDOUT if (root / HANDOUT).is_dir() else root)
    return students_files(catalog, Workspace(root), None, tests=tests)


def renew(folder: Path, files: Mapping[str, bytes]) -> Renewed:
    """Bring ``files`` into a folder. Interrupted, it can be done again.

    Raises:
        NotExported: the folder was not handed out by ``init`` or ``class export``.
        OSError: it cannot be written.
    """
    before = _manifest(folder)
    done = Renewed()
    for name, data in files.items():
        path = folder / name
        if name == MANIFEST:
            continue
        digest, wanted = _digest(path), hashlib.sha256(data).hexdigest()
        if wanted in (digest, before.files.get(name)) and digest != _NO_FILE:
            continue  # there already, or not newer than what was edited or taken away
        if digest is None and name in before.files:
            continue  # its owner took it away
        if digest not in (None, before.files.get(name)):
            done.kept.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        (done.new if digest is None else done.changed).append(name)
    for name, known in before.files.items():
        if name not in files and name.startswith(OURS) and _digest(folder / name) == known:
            (folder / name).unlink()
            done.removed.append(name)
    after = msgspec.json.decode(files[MANIFEST], type=Manifest)
    others = {name: digest for name, digest in before.files.items() if name not in after.files}
    after.files = dict(sorted((others | after.files).items()))
    for name in done.removed:
        after.files.pop(name, None)
    write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(after), indent=1) + b"\n")
    return done


@contextmanager
def newest(source: Path) -> Iterator[Path]:
    """The root of a newer version: a folder as it is, the inside of a zip or a wheel as long as the block lasts.

    Raises:
        NotExported: it is none of these.
    """
    if source.is_dir():
        yield _root(source)
        return
    with tempfile.TemporaryDirectory(prefix="kata-update-") as folder:
        try:
            with zipfile.ZipFile(source) as archive:
                infos = archive.infolist()
                if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_BYTES:
                    raise NotExported(f"{source} is too large for a newer version; name another one.")
                archive.extractall(folder)  # which keeps every name inside
        except (OSError, zipfile.BadZipFile, RuntimeError) as error:
            raise NotExported(f"{source} cannot be read ({error}); name a folder, a zip or a wheel.") from None
        inside = [path for path in Path(folder).iterdir() if path.is_dir()]
        yield _root(inside[0] if len(inside) == 1 and inside[0].name != "kata" else Path(folder))


def keeps_tests(folder: Path) -> bool:
    """Whether a folder was handed out with its hidden tests."""
    return has_tests(folder)


def _root(folder: Path) -> Path:
    if not (folder / "kata" / "pristine.zip").is_file():
        raise NotExported(f"{folder} holds no version of these exercises; name a folder, a zip or a wheel that does.")
    return folder


def _manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise NotExported(
            f"{folder} was not made by init or class export; a clone is brought up to date with git."
        ) from None
    except msgspec.MsgspecError as error:
        raise NotExported(f"{folder / MANIFEST} is damaged ({error}); restore it with git.") from None


_NO_FILE = "no file"


def _digest(path: Path) -> str | None:
    """Of a file's bytes; None when there is none. What is no file counts as edited."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return _NO_FILE
