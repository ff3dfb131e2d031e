"""The archive of pristine stubs: making it, and whether it holds what is in the tree.

`kata.project.workspace` reads it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kata.authoring.variants import Variant, judge, stub_of
from kata.project.catalog_reader import load
from kata.project.safe_files import write_whole
from kata.project.workspace import ARCHIVE, MANIFEST, member

__all__ = ["differences", "pack"]

DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3
RIGHTS = 0o644 << 16
"""The same for each member, so that the archive depends on the stubs and on nothing else."""


def pack(root: Path) -> Path:
    """Write the archive of pristine stubs anew, byte for byte the same for the same stubs.

    Returns:
        Where it is.

    Raises:
        GraderError: the stubs could not be judged.
    """
    catalog = load(root)
    stubs = [stub_of(exercise, root) for exercise in catalog.exercises if exercise.stub(root).is_file()]
    judge(catalog, root, stubs, "virtual", None)
    path = root / ARCHIVE
    write_whole(path, _packed(stubs))
    return path


def _packed(stubs: Sequence[Variant]) -> bytes:
    free = {stub.exercise.id: stub.passed for stub in stubs if stub.passed}
    members = {member(stub.exercise): stub.text for stub in stubs}
    members[MANIFEST] = json.dumps({"free": free}, indent=1, sort_keys=True) + "\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, DATE)
            info.create_system = UNIX
            info.external_attr = RIGHTS
            archive.writestr(info, members[name].encode("utf-8"))
    return buffer.getvalue()


def differences(root: Path, stubs: Sequence[Variant]) -> Iterator[tuple[str, str]]:
    """Where the archive differs from stubs that were judged: an exercise's id ("" for the whole), and a line.

    Args:
        root: the clone.
        stubs: each with its criteria.
    """
    try:
        with zipfile.ZipFile(root / ARCHIVE) as archive:
            packed = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
        free = json.loads(packed[MANIFEST])["free"]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        yield "", f"{ARCHIVE} is missing or damaged; renew it with dev pack"
        return
    for stub in stubs:
        if packed.get(member(stub.exercise)) != stub.text:
            yield stub.exercise.id, f"{ARCHIVE} does not hold this stub; renew it with dev pack"
        if free.get(stub.exercise.id, []) != stub.passed:
            yield stub.exercise.id, f"{ARCHIVE} lists other free criteria; renew it with dev pack"
