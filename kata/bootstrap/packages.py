"""The packages that the program needs: which they are, and whether an interpreter has them all, whole and working.

Standard library only, and alone: run as a script, it looks at the interpreter that runs it (see `look`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import Distribution

DISTRIBUTION = "asyncio-kata"
HEADER_OF_COMPILED = 16
NO_EXTRA = {"extra": ""}


class SetupError(Exception):
    """The packages cannot be had. The text is one line that says what to do next."""


def digest(root: str) -> str:
    """Changes whenever ``pyproject.toml`` or ``constraints.txt`` does.

    Raises:
        SetupError: one of the two cannot be read.
    """
    import hashlib

    found = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        try:
            with open(os.path.join(root, name), "rb") as file:
                found.update(file.read() + b"\0")
        except OSError as error:
            raise SetupError(
                f"{name} cannot be read ({error.strerror}); this clone is incomplete, so clone it again."
            ) from None
    return found.hexdigest()


def requirements(root: str, dev: bool) -> list[str]:
    """The packages that ``pyproject.toml`` asks for, with the ``dev`` extra when wanted.

    Raises:
        SetupError: the file is missing or broken.
    """
    import tomllib

    try:
        with open(os.path.join(root, "pyproject.toml"), "rb") as file:
            project = tomllib.load(file)["project"]
        extra = project["optional-dependencies"]["dev"] if dev else []
        return [*project["dependencies"], *extra]
    except (OSError, ValueError, KeyError) as error:
        raise SetupError(
            f"pyproject.toml does not say which packages are needed ({error}); clone the repository again."
        ) from None


def installed_requirements() -> list[str]:
    """The packages that the installed program asks for, as its metadata says; none when it has no metadata."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        return requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []


def are_installed(wanted: Sequence[str]) -> bool:
    """True when the metadata of the running interpreter names every package in a version that is allowed."""
    if not wanted:
        return True
    try:
        from importlib.metadata import version

        from packaging.requirements import Requirement

        needed = [entry for entry in map(Requirement, wanted) if not entry.marker or entry.marker.evaluate(NO_EXTRA)]
        return all(entry.specifier.contains(version(entry.name), prereleases=True) for entry in needed)
    except Exception:  # one is missing, or they are too broken to be asked
        return False


def look(python: Sequence[str], wanted: Sequence[str], *, keep_open: Sequence[int] = ()) -> str:
    """What is wrong with the packages of an interpreter, in a few words; nothing when all is well.

    They and what they need in turn are looked for, compared with what was installed and imported, in a new process of
    that interpreter: 0.5 s.

    Args:
        python: how the interpreter is started, with its options.
        wanted: requirements such as ``rich>=13.9``.
        keep_open: descriptors that the process inherits.
    """
    import subprocess

    command = [*python, "-X", "utf8", os.path.realpath(__file__), *wanted]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            pass_fds=tuple(keep_open),
            check=False,
        )
    except OSError as error:
        return f"{python[0]} cannot be started, {error.strerror}"
    if done.returncode == 0:
        return ""
    said = done.stdout.splitlines()
    return said[-1] if said else f"its packages end Python with exit code {done.returncode} when they are imported"


def fault(wanted: Sequence[str]) -> str:
    """What is wrong with the packages of the running interpreter; nothing when all is well. Imports them all."""
    try:
        from packaging.requirements import Requirement
    except Exception as error:
        return f"packaging cannot be imported, {_named(error)}"
    names: list[str] = []
    waiting, seen = list(wanted), set()
    while waiting:
        requirement = Requirement(waiting.pop(0))
        if requirement.marker and not requirement.marker.evaluate(NO_EXTRA):
            continue
        try:
            found = _distribution(requirement.name)
            if found is None:
                return f"{requirement.name} is missing"
            if not requirement.specifier.contains(found.version, prereleases=True):
                return f"{requirement.name} {found.version} is installed where {requirement} is needed"
            if requirement.name in seen:
                continue
            seen.add(requirement.name)
            waiting += found.requires or []
            for file in _changed(found):
                return f"{file} is not as it was installed"
            names += _modules(found)
        except Exception as error:
            return f"{requirement.name} cannot be read, {_named(error)}"
    return next(_not_imported(names), "")


def _distribution(name: str) -> Distribution | None:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _files(found: Distribution) -> Iterator[tuple[str, str]]:
    """Its files, as the installer noted them, and their digests such as ``sha256=…``; many a system's packages note
    none. Not ``Distribution.files``, which from Python 3.12 on leaves out those that are gone."""
    import csv

    for row in csv.reader((found.read_text("RECORD") or "").splitlines()):
        if len(row) == 3 and not row[0].startswith(".."):  # there are scripts, which the installer may rewrite
            yield row[0], row[1]


def _changed(found: Distribution) -> Iterator[str]:
    """Its files that are not what the installer noted."""
    import base64
    import hashlib

    if found.read_text("RECORD") == "":
        yield f"the list of files of {found.metadata['Name']}"
    for file, noted in _files(found):
        kind, _, wanted = noted.partition("=")
        if not wanted:
            continue
        try:
            with open(str(found.locate_file(file)), "rb") as opened:
                digest = hashlib.new(kind, opened.read()).digest()
        except OSError:
            yield file
            continue
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != wanted:
            yield file
        elif file.endswith(".py") and (compiled := cut_off(str(found.locate_file(file)))):
            yield os.path.basename(compiled)


def cut_off(module: str) -> str:
    """The compiled file of a module, when Python cannot read it and would fail at each import; else nothing.

    Python writes such files where the disk is full.

    Args:
        module: the path of its source.
    """
    import marshal
    from importlib.util import cache_from_source

    compiled = cache_from_source(module)
    try:
        with open(compiled, "rb") as file:
            data = file.read()
    except OSError:
        return ""
    try:
        marshal.loads(data[HEADER_OF_COMPILED:])
    except (EOFError, ValueError, TypeError):
        return compiled if len(data) >= HEADER_OF_COMPILED else ""  # it compiles a module again that has no header
    return ""


def _modules(found: Distribution) -> Iterator[str]:
    """The names of its top-level modules and packages."""
    from importlib.machinery import all_suffixes

    for file, _ in _files(found):
        parts = file.split("/")
        top = parts[0].partition(".")[0]
        is_top = len(parts) == 1 or parts[1:] == ["__init__.py"]
        if is_top and top.isidentifier() and file.endswith(tuple(all_suffixes())):
            yield top


def _not_imported(names: Sequence[str]) -> Iterator[str]:
    import importlib

    for name in names:
        try:
            importlib.import_module(name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            yield f"{name} cannot be imported, {_named(error)}"


def _named(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


if __name__ == "__main__":
    found = fault(sys.argv[1:])
    print(found)
    sys.stdout.flush()
    os._exit(1 if found else 0)  # what the imported packages would still do at the end is not of interest
