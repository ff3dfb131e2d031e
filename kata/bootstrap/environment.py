"""The environment that the program runs in: what it is, which one it is, and what the running interpreter has.

Standard library only, and quick to import, since every start passes here before anything else. Making an
environment is the business of `kata.bootstrap.installer`.

Which one is used, in this order: the directory that ``KATA_VENV`` names (relative to the clone); an
activated virtual environment that has the packages; ``.venv`` in the clone; any other interpreter that has
the packages; else ``.venv`` is made. A ``.venv`` of another Python version is left alone: ``python3.13
grader.py`` then uses ``.venv-3.13``, so that the Python that was asked for is the one that judges.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping

from kata.bootstrap.packages import are_installed, digest, requirements

STAMP = "asyncio-kata.stamp"
OWNED = "asyncio-kata.made"
LOCK = "asyncio-kata.lock"
BEGUN = "asyncio-kata.begun"


class Environment:
    """A virtual environment: where its parts are, and whether it is complete.

    It is complete when its stamp, which is written last, names the wanted packages. The ``made`` marker is
    written first, and only into a directory that was new or empty: in any other, nothing is ever deleted.

    Args:
        root: the clone, as a real path without links.
        folder: where the environment is or shall be; a link to a directory is followed.
    """

    def __init__(self, root: str, folder: str) -> None:
        self.root = root
        inside = folder.startswith(root + os.sep)
        self.name = folder[len(root) + 1 :] if inside else folder
        """How messages call it: relative to the clone where it lies inside."""
        self.folder = os.path.realpath(folder)
        self.stamp = os.path.join(self.folder, STAMP)
        self.owned = os.path.join(self.folder, OWNED)
        self.lock = os.path.join(self.folder, LOCK)
        self.begun = os.path.join(self.folder, BEGUN)
        self.config_file = os.path.join(self.folder, "pyvenv.cfg")
        windows = os.name == "nt"
        self.python = os.path.join(self.folder, "Scripts", "python.exe") if windows else f"{self.folder}/bin/python"

    @property
    def is_running(self) -> bool:
        """True when this very process runs in it."""
        return os.path.realpath(sys.prefix) == self.folder

    def is_ready(self, dev: bool) -> bool:
        """True when the stamp names the wanted packages, and the interpreter it was made from still exists.

        A changed pin, a missing extra, an interrupted set-up, a ``pyvenv.cfg`` that is gone and a base interpreter
        that was removed all give False.
        """
        stamped = self.stamped()
        base = stamped.get("base", "")
        return (
            stamped.get("packages") == digest(self.root)
            and (not dev or stamped.get("extra") == "dev")
            and self.config().get("home") == base
            and os.path.exists(base)
            and os.path.exists(self.python)
        )

    def stamped(self) -> dict[str, str]:
        """What the stamp says, by key; nothing when there is no stamp that can be read."""
        return dict(_pairs(self.stamp))

    def forget(self) -> bool:
        """Remove the stamp, so that the next start sets this up anew; False when it cannot be removed."""
        try:
            os.unlink(self.stamp)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True

    def begin(self) -> None:
        """Note that a start begins in it, as far as it can be written."""
        with contextlib.suppress(OSError):
            os.close(os.open(self.begun, os.O_WRONLY | os.O_CREAT, 0o666))

    def come_up(self) -> bool:
        """Note that a start came as far as the program; False when none had begun."""
        try:
            os.unlink(self.begun)
        except OSError:
            return False
        return True

    def config(self) -> dict[str, str]:
        """Its ``pyvenv.cfg``, by key; nothing when it cannot be read."""
        return dict(_pairs(self.config_file))

    def version(self) -> str | None:
        """Its Python version such as ``3.12``, or None when it is no environment that could start."""
        if not os.path.exists(self.python):
            return None
        config = self.config()
        full = config.get("version") or config.get("version_info")
        return ".".join(full.split(".")[:2]) if full else None


def chosen(root: str, environ: Mapping[str, str]) -> Environment:
    """The environment that belongs to this clone and, unless ``KATA_VENV`` names one, to this Python."""
    named = environ.get("KATA_VENV")
    if named:
        return Environment(root, os.path.normpath(os.path.join(root, os.path.expanduser(named))))
    usual = Environment(root, os.path.join(root, ".venv"))
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    if usual.version() in (None, mine):
        return usual
    return Environment(root, os.path.join(root, f".venv-{mine}"))


def has_packages(root: str, dev: bool) -> bool:
    """True when the running interpreter has every package in a version that ``pyproject.toml`` allows.

    Looking takes 50 ms, so a yes is noted in ``.kata`` and holds until a package comes or goes, as does the word of
    `distrust`.
    """
    state = _state(root, dev)
    noted = dict(_pairs(_note(root)))
    trusted = noted.pop("trusted", "")
    if noted == state:
        return trusted != "no"
    if not are_installed(requirements(root, dev)):
        return False
    _write_note(root, {**state, "trusted": "yes"})
    return True


def distrust(root: str, dev: bool) -> bool:
    """Note that the packages of the running interpreter do not work; False when that cannot be noted."""
    return _write_note(root, {**_state(root, dev), "trusted": "no"})


def _state(root: str, dev: bool) -> dict[str, str]:
    """Changes whenever a package of the running interpreter comes or goes, or others are wanted."""
    folders = [entry for entry in sys.path if os.path.isdir(entry) and entry != root]
    return {
        "packages": digest(root),
        "extra": "dev" if dev else "",
        "prefix": sys.prefix,
        "changed": " ".join(str(os.stat(folder).st_mtime_ns) for folder in folders),
    }


def _note(root: str) -> str:
    return os.path.join(root, ".kata", "interpreter")


def _write_note(root: str, lines: Mapping[str, str]) -> bool:
    try:
        os.makedirs(os.path.dirname(_note(root)), exist_ok=True)
        with open(_note(root), "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("".join(f"{key} = {value}\n" for key, value in lines.items()))
    except OSError:
        return False  # a clone that cannot be written is looked through at every start
    return True


def _pairs(path: str) -> Iterator[tuple[str, str]]:
    """The ``key = value`` lines of a small file; none when it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    for line in lines:
        key, found, value = line.partition("=")
        if found:
            yield key.strip(), value.strip()
