"""`init` and `update`: a folder of one's own, and newer exercises in it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kata import program
from kata.cli import terminal
from kata.cli.errors import FAILED, USAGE, Stop
from kata.program import IN_A_CLONE
from kata.reports import wording

SHOWN = 8
"""Names that are listed before the rest is counted."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("init")(init)
    app.command("update")(update)


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the exercises.")]) -> None:
    """Make a folder with the exercises and their grader."""
    from kata.classroom import renewal, template
    from kata.judge.rubric import RubricError
    from kata.project.catalog import CatalogError
    from kata.project.workspace import ArchiveError

    try:
        files = renewal.handed_out(program.ROOT, tests=renewal.keeps_tests(program.ROOT))
        template.write(folder, files)
    except template.NotExported as error:
        raise Stop(str(error), USAGE) from error
    except (ArchiveError, CatalogError, RubricError) as error:
        raise Stop(str(error), FAILED) from error
    except OSError as error:
        raise Stop(f"{error.filename or folder} cannot be written ({error.strerror}); name another place.") from error
    terminal.say(f"{wording.count(len(files), 'file')} written to {folder}. Go on there:")
    terminal.say(f"  cd {folder}")
    terminal.say(f"  {IN_A_CLONE}")


def update(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The folder; by default this one.")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="SOURCE", help="A newer clone, folder, zip or wheel; else the newest release."),
    ] = None,
) -> None:
    """Bring newer exercises; what you edited stays."""
    from kata.classroom import renewal, template
    from kata.judge.rubric import RubricError
    from kata.project.catalog import CatalogError
    from kata.project.workspace import ArchiveError

    place = folder or (program.ROOT if (program.ROOT / template.MANIFEST).is_file() else Path.cwd())
    installed = not (program.ROOT / "exercises").is_dir()
    try:
        with tempfile.TemporaryDirectory(prefix="kata-update-") as downloads:
            if source is None:
                source = program.ROOT if installed else _downloaded(Path(downloads), place)
            with renewal.newest(source) as root:
                tests = renewal.keeps_tests(place) and renewal.keeps_tests(root)
                done = renewal.renew(place, renewal.handed_out(root, tests=tests))
    except template.NotExported as error:
        raise Stop(str(error), USAGE) from error
    except (ArchiveError, CatalogError, RubricError) as error:
        raise Stop(str(error), FAILED) from error
    except OSError as error:
        raise Stop(f"{error.filename or place} cannot be written ({error.strerror}); make it writable.") from error
    _tell("new", done.new)
    _tell("changed", done.changed)
    _tell("taken away", done.removed)
    _tell("edited by you and left as it is", done.kept)
    if not (done.new or done.changed or done.removed):
        terminal.say("There is nothing newer.")


def _tell(what: str, names: list[str]) -> None:
    exercises = [name for name in names if name.startswith("exercises/") and name.endswith(".py")]
    for name in exercises[:SHOWN]:
        terminal.say(f"{what}: {name}")
    left = len(names) - len(exercises[:SHOWN])
    if left:
        terminal.say(f"{what}: {wording.count(left, 'more file' if exercises else 'file')}")


def _downloaded(folder: Path, place: Path) -> Path:
    """The newest release as a wheel, from where pip takes packages.

    Raises:
        Stop: there is none, or pip cannot be asked.
    """
    command = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    done = subprocess.run([*command, "asyncio-kata"], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise Stop(
            "The newest release cannot be had with pip; name a newer folder, zip or wheel with --from, "
            f"or type: uvx asyncio-kata@latest update {place}",
            FAILED,
        )
    return wheels[0]
