"""Build the source distribution and the wheel, and try both: ``python -m tests.packaging``. Needs a package index.

The wheel holds the package ``kata``, with what ``init`` makes a folder from, and its command works anywhere. The source
distribution is the whole clone: unpacked, it grades. Exit code 1 when something does not hold, with a line for each.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command and catch what it prints, without what this Python and this clone have in their environment."""
    ours = ("PYTHON", "VIRTUAL_ENV", "KATA_", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, env=kept)


def must(*command: str | Path, cwd: Path) -> str:
    """What a command prints.

    Raises:
        SystemExit: it fails.
    """
    done = run(*command, cwd=cwd)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def problems(directory: Path) -> Iterator[str]:
    """What is wrong with the packages; they are built in ``directory``."""
    tracked = set(must("git", "-c", "safe.directory=*", "ls-files", cwd=ROOT).splitlines())
    for name in tracked:  # what an earlier build has left in the clone must not help
        (directory / "tracked" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, directory / "tracked" / name)
    must(sys.executable, "-m", "build", "--outdir", directory, directory / "tracked", cwd=directory)
    [source] = directory.glob("*.tar.gz")
    [wheel] = directory.glob("*.whl")

    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name and "/_handout/" not in name}
    wanted = {name for name in tracked if name.startswith("kata/")}
    yield from (f"the wheel lacks {name}" for name in sorted(wanted - packed))
    yield from (f"the wheel holds {name}" for name in sorted(packed - wanted))

    with tarfile.open(source) as archive:
        archive.extractall(directory, filter="data")
    clone = directory / source.name.removesuffix(".tar.gz")
    yield from (f"the source distribution lacks {name}" for name in sorted(tracked) if not (clone / name).is_file())

    venv.create(directory / "venv", with_pip=True)
    programs = directory / "venv" / ("Scripts" if os.name == "nt" else "bin")
    must(programs / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=directory)
    program = programs / "asyncio-kata"
    if not re.search(r"Usage: \S*asyncio-kata\b", must(program, "--help", cwd=directory)):
        yield "asyncio-kata --help does not show how it is used"
    alone = run(program, cwd=directory)
    if alone.returncode != 3 or "asyncio-kata init DIR" not in alone.stderr:
        yield f"asyncio-kata without exercises ends with {alone.returncode} and says {alone.stderr!r}"
    tests = run(program, "selftest", cwd=directory)
    if tests.returncode != 3 or "clone the asyncio-kata repository" not in tests.stderr:
        yield f"asyncio-kata selftest without the tests ends with {tests.returncode} and says {tests.stderr!r}"
    if not re.search(r"Usage: \S+ -m kata\b", must(programs / "python", "-m", "kata", "--help", cwd=directory)):
        yield "python -m kata --help does not show how it is used"
    must(program, "init", "mine", cwd=directory)
    here, there = (len(list((each / "tests/hidden").rglob("test_*.py"))) for each in (directory / "mine", clone))
    if here != there:
        yield "asyncio-kata init does not bring all hidden tests"
    mine = must(programs / "python", "grader.py", "grade", "--chapters", "1", cwd=directory / "mine")
    if "0 of " not in mine:
        yield f"what asyncio-kata init makes is not graded:\n{mine}"
    if "nothing newer" not in must(program, "update", "mine", cwd=directory):
        yield "asyncio-kata update finds something newer than what it made"
    script = directory / "an_hour.py"
    script.write_text("import asyncio\nasyncio.run(asyncio.sleep(3600))\n")
    if "3,600 seconds" not in must(program, "trace", script, cwd=directory):
        yield "asyncio-kata trace does not draw an hour"

    graded = run(programs / "python", "grader.py", "run", "05.02", "--submission", "solutions", cwd=clone)
    if graded.returncode:
        yield f"in the source distribution a solution is not accepted:\n{graded.stdout}{graded.stderr}"


def main() -> int:
    """Entry of the command."""
    with tempfile.TemporaryDirectory() as directory:
        found = list(problems(Path(directory)))
    for line in found:
        print(line)
    if not found:
        print("Wheel and source distribution are right and work.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
