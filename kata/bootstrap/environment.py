"""The environment that the program runs in: finds one that has the packages, and hands over to it.

Standard library only, and quick to import, since every start passes here before anything else. Making an
environment is the business of `kata.bootstrap.installer`.

Which one is used, in this order: the directory that ``KATA_VENV`` names (relative to the clone); an
activated virtual environment that has the packages; ``.venv`` in the clone; any other interpreter that has
the packages; else ``.venv`` is made. A ``.venv`` of another Python version is left alone: ``python3.13
grader.py`` then uses ``.venv-3.13``, so that the Python that was asked for is the one that judges.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from typing import NoReturn

EXIT_FAILED = 3
"""The exit code for "the grader itself could not do its work"."""

DEV_COMMANDS = frozenset({"dev", "selftest"})
"""Commands that need the ``dev`` extra too."""

STAMP = "asyncio-kata.stamp"
OWNED = "asyncio-kata.made"


class SetupError(Exception):
    """No environment can be had. The text is one line that says what to do next."""


class Environment:
    """A virtual environment: where its parts are, and whether it is complete.

    It is complete when its stamp, which is written last, names the wanted packages. The ``made`` marker is
    written first, and only where `kata.bootstrap.installer` created the directory: what it did not create, it never
    deletes.
    """

    def __init__(self, root: str, folder: str) -> None:
        self.root = root
        self.folder = folder
        self.stamp = os.path.join(folder, STAMP)
        self.owned = os.path.join(folder, OWNED)
        windows = os.name == "nt"
        self.python = os.path.join(folder, "Scripts", "python.exe") if windows else f"{folder}/bin/python"

    @property
    def name(self) -> str:
        """How messages call it: relative to the clone where it lies inside."""
        inside = self.folder.startswith(self.root + os.sep)
        return self.folder[len(self.root) + 1 :] if inside else self.folder

    @property
    def is_running(self) -> bool:
        """True when this very process runs in it."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def is_ready(self, dev: bool) -> bool:
        """True when the stamp names the wanted packages, and the interpreter it was made from still exists.

        A changed pin, a missing extra, an interrupted set-up and a base interpreter that was removed all
        give False.
        """
        stamped = self.stamped()
        return (
            stamped.get("packages") == packages_digest(self.root)
            and (not dev or stamped.get("extra") == "dev")
            and os.path.exists(stamped.get("base", ""))
            and os.path.exists(self.python)
        )

    def stamped(self) -> dict[str, str]:
        """What the stamp says, by key; nothing when there is no stamp that can be read."""
        return dict(_pairs(self.stamp))

    def config(self) -> dict[str, str]:
        """Its ``pyvenv.cfg``, by key; nothing when it cannot be read."""
        return dict(_pairs(os.path.join(self.folder, "pyvenv.cfg")))

    def version(self) -> str | None:
        """Its Python version such as ``3.12``, or None when it is no environment that could start."""
        if not os.path.exists(self.python):
            return None
        config = self.config()
        full = config.get("version") or config.get("version_info")
        return ".".join(full.split(".")[:2]) if full else None


def start(root: str, arguments: list[str]) -> NoReturn:
    """Run the command line in an environment that has the packages. Ends the process.

    Args:
        root: the clone, as a real path without links.
        arguments: the command line after ``grader.py``.
    """
    try:
        python = find(root, needs_dev(arguments), os.environ)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.stderr.write("The set-up was interrupted; start again and it is done anew.\n")
        sys.exit(EXIT_FAILED)
    if python is not None:
        hand_over([python, "-I", os.path.join(root, "grader.py"), *arguments])
    sys.argv[:] = ["grader.py", *arguments]
    _run(root)


def needs_dev(arguments: list[str]) -> bool:
    """True when the command (the first argument that is no option) is one for authors."""
    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    return command in DEV_COMMANDS


def find(root: str, dev: bool, environ: Mapping[str, str]) -> str | None:
    """The interpreter to hand over to, or None when the running one has all that is needed.

    Sets an environment up when there is none.

    Raises:
        SetupError: there is none and none can be made.
    """
    environment = chosen(root, environ)
    named = bool(environ.get("KATA_VENV"))
    activated = sys.prefix != sys.base_prefix and not environment.is_running
    if (named or not activated) and environment.is_ready(dev):
        return None if environment.is_running else environment.python
    if not named and not environment.is_running and has_packages(root, dev):
        return None
    if not environment.is_ready(dev):
        from kata.bootstrap.installer import set_up

        set_up(environment, dev)
    return environment.python


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


def packages_digest(root: str) -> str:
    """Changes whenever ``pyproject.toml`` or ``constraints.txt`` does.

    Raises:
        SetupError: one of the two cannot be read.
    """
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        try:
            with open(os.path.join(root, name), "rb") as file:
                digest.update(file.read() + b"\0")
        except OSError as error:
            raise SetupError(
                f"{name} cannot be read ({error.strerror}); this clone is incomplete, so clone it again."
            ) from None
    return digest.hexdigest()


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


def has_packages(root: str, dev: bool) -> bool:
    """True when the running interpreter has every package in a version that ``pyproject.toml`` allows.

    Looking takes 50 ms, so a yes is noted in ``.kata`` and holds until a package comes or goes.
    """
    noted = os.path.join(root, ".kata", "interpreter")
    state = {
        "packages": packages_digest(root),
        "extra": "dev" if dev else "",
        "prefix": sys.prefix,
        "changed": " ".join(
            str(os.stat(entry).st_mtime_ns) for entry in sys.path if os.path.isdir(entry) and entry != root
        ),
    }
    if dict(_pairs(noted)) == state:
        return True
    if not _have_all(requirements(root, dev)):
        return False
    try:
        os.makedirs(os.path.dirname(noted), exist_ok=True)
        with open(noted, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("".join(f"{key} = {value}\n" for key, value in state.items()))
    except OSError:
        pass  # a clone that cannot be written is looked through at every start
    return True


def _have_all(wanted: list[str]) -> bool:
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return False
    from importlib.metadata import PackageNotFoundError, version

    for text in wanted:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            return False
        if not requirement.specifier.contains(found, prereleases=True):
            return False
    return True


def hand_over(command: list[str]) -> NoReturn:
    """Become ``command``: same terminal, same standard input, same exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if os.name != "nt":
            os.execv(command[0], command)
        sys.exit(_wait_for(command))
    except OSError as error:
        sys.stderr.write(
            f"{command[0]} cannot be started ({error.strerror}); remove its environment and start again.\n"
        )
        sys.exit(EXIT_FAILED)


def _wait_for(command: list[str]) -> int:
    """Run ``command`` and give its exit code. Ctrl-C reaches it too: how to end is its decision."""
    import subprocess

    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _run(root: str) -> NoReturn:
    try:
        from kata.cli import main
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("", "kata"):
            raise
        sys.stderr.write(f"{_without_module(root, str(error.name))}\n")
        sys.exit(EXIT_FAILED)
    sys.exit(main())


def _without_module(root: str, module: str) -> str:
    """What to do about a package that should be there and is not; drops the stamp, so that it is mended."""
    environment = chosen(root, os.environ)
    if environment.is_running:
        try:
            os.unlink(environment.stamp)
            return f"{environment.name} lacks the module {module}; start again and it is set up anew."
        except OSError:
            pass
    return f"The module {module} is missing in {sys.prefix}; install it there, or leave that environment."


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


if __name__ == "__main__":
    # ``python -m kata.bootstrap.environment`` prints the interpreter that has everything, the dev extra included.
    try:
        here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
        print(find(here, True, os.environ) or sys.executable)
    except SetupError as error:
        sys.exit(str(error))
