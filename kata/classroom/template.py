"""The repository that students get: which files, and what is in them. The same bytes each time.

There are the exercises as they came, the program, and what an editor and a build server need; no solutions, no answers
and no tests of the program. Hidden tests are there or not: then ``tests/hidden/criteria.json`` says what they check.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kata import __version__
from kata.judge.rubric import CRITERIA, read_rubric
from kata.project.catalog import Catalog
from kata.project.catalog_reader import FILE as CATALOG_FILE
from kata.project.workspace import Workspace

__all__ = ["MANIFEST", "Address", "Manifest", "NotExported", "digests", "program_files", "students_files", "write"]

MANIFEST = "asyncio-kata.json"
"""In the folder: which version it is of, and the digest of each file as it was handed out."""

HANDOUT = "kata/_handout"
"""Where an installed package has what a clone has at its root."""

REPLAYS = "docs/replays"

FOLDER = Path(__file__).resolve().parent / "template"

PLACES = {
    "editorconfig.txt": ".editorconfig",
    "gitignore.txt": ".gitignore",
}
"""What is handed out as it is, and where."""

FROM_ROOT = ("grader.py", "pyproject.toml", "constraints.txt", "LICENSE", "docs/diagnoses.md", CATALOG_FILE)

FOR_EDITORS = (
    ".devcontainer/devcontainer.json",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/tasks.json",
    "docs/editors.md",
)

PROGRAM = ("*.py", "*.zip", "*.ini", "*.html", "*.js", "*.css", "*.txt", "*.json", "*.yml", "*.md", "*.sh")
"""Files of the package."""


class NotExported(Exception):
    """The folder cannot be made. One line that says why, and what to do."""


class Manifest(msgspec.Struct):
    """What a folder of a student's was handed out as."""

    version: str
    files: dict[str, str]
    """The sha256 of each file, by its path."""


@dataclass(frozen=True)
class Address:
    """Where the judge is: the teacher's repository, at one commit."""

    url: str
    commit: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", self.commit):
            raise NotExported(f"{self.commit!r} is no whole hash of a commit; git rev-parse HEAD prints one.")
        if not re.fullmatch(r"[\w.@:/~%+-]+", self.url):
            raise NotExported(f"{self.url!r} is no address of a repository; write https://server/owner/name.git")

    @property
    def repository(self) -> str:
        """``owner/name``, as GitHub's checkout takes it."""
        found = re.search(r"[/:]([\w.-]+/[\w.-]+?)(\.git)?/?$", self.url)
        if found is None:
            raise NotExported(f"{self.url} does not end with owner/name; name the teacher's repository with --judge.")
        return found[1]


def students_files(catalog: Catalog, workspace: Workspace, address: Address | None, *, tests: bool) -> dict[str, bytes]:
    """The files of the repository that students get, by their paths.

    Args:
        catalog: the exercises.
        workspace: of the clone, or of the installed package.
        address: where its build servers find the judge; without, it has no workflows.
        tests: whether the hidden tests are handed out.

    Raises:
        NotExported: something of the clone is not there.
    """
    root = workspace.root
    files = program_files(root)
    readme = _ours("README.md").replace(b"@JUDGING@\n", b"" if address is None else _told(tests))
    files |= {"README.md": readme, **{place: _ours(name) for name, place in PLACES.items()}}
    files |= {name: _of(root, name) for name in (*FOR_EDITORS, *_replays(root))}
    files["exercises/README.md"] = _of(root, "exercises/README.md")
    for chapter in catalog.chapters:
        files[f"exercises/{chapter.id}/README.md"] = _of(root, f"exercises/{chapter.id}/README.md")
    for exercise in catalog.exercises:
        files[f"exercises/{exercise.id}.py"] = workspace.pristine(exercise).encode("utf-8")
    files |= hidden_tests(catalog, root) if tests else {CRITERIA: _criteria(catalog, root)}
    if address is not None:
        files[".github/workflows/classroom.yml"] = _github(catalog, root, address)
        files[".gitlab-ci.yml"] = placed("gitlab.yml", JUDGE_URL=address.url, JUDGE_COMMIT=address.commit)
    manifest = Manifest(__version__, digests(files))
    files[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    return dict(sorted(files.items()))


def program_files(root: Path) -> dict[str, bytes]:
    """The program itself, with what it reads at its root."""
    files = {name: _of(root, name) for name in FROM_ROOT}
    package = root / "kata"
    for pattern in PROGRAM:
        for path in package.rglob(pattern):
            name = path.relative_to(root).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(f"{HANDOUT}/"):
                files[name] = path.read_bytes()
    return files


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file, in the order of their paths."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder.

    Raises:
        NotExported: there is something in it already.
        OSError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise NotExported(f"{folder} is not empty; name a new folder.")
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755 if data.startswith(b"#!") else 0o644)


def _told(tests: bool) -> bytes:
    return _ours("with_tests.txt" if tests else "without_tests.txt")


def hidden_names(catalog: Catalog, root: Path) -> Sequence[str]:
    """Paths of the hidden tests."""
    return [exercise.hidden(root).relative_to(root).as_posix() for exercise in catalog.exercises]


def hidden_tests(catalog: Catalog, root: Path) -> dict[str, bytes]:
    return {name: _of(root, name) for name in hidden_names(catalog, root)}


def _criteria(catalog: Catalog, root: Path) -> bytes:
    criteria = {}
    for exercise in catalog.exercises:
        hidden = _path(root, exercise.hidden(root).relative_to(root).as_posix())
        items = read_rubric(hidden, exercise.points)
        criteria[exercise.id] = [
            {"test": item.test, "text": item.text, "weight": item.weight, "points": item.points} for item in items
        ]
    return json.dumps(criteria, indent=1, ensure_ascii=False).encode("utf-8") + b"\n"


def _github(catalog: Catalog, root: Path, address: Address) -> bytes:
    worths = {
        item.points
        for exercise in catalog.exercises
        for item in read_rubric(_path(root, exercise.hidden(root).relative_to(root).as_posix()), exercise.points)
    }
    # points1 is there always: it is also what says that nothing was graded.
    lines = [
        f"          POINTS{worth}_RESULTS: ${{{{ steps.score.outputs.points{worth} }}}}"
        for worth in sorted({1, *worths} - {0})
    ]
    return placed(
        "github.yml",
        JUDGE_REPOSITORY=address.repository,
        JUDGE_COMMIT=address.commit,
        NOT_GRADED=base64.b64encode(json.dumps(_NOT_GRADED).encode()).decode(),
        POINTS="\n".join(lines),
    )


_NOT_GRADED = {
    "version": 1,
    "status": "error",
    "max_score": 1,
    "tests": [
        {
            "name": "The exercises are graded",
            "status": "error",
            "message": "The exercises could not be graded; the log of the step that scores them says why.",
            "test_code": "",
            "task_id": "",
            "filename": "",
            "line_no": 0,
            "duration": 0,
            "score": 0,
            "output": "",
        }
    ],
}


def placed(name: str, **values: str) -> bytes:
    text = _ours(name).decode("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text.encode("utf-8")


def _ours(name: str) -> bytes:
    return (FOLDER / name).read_bytes().replace(b"\r\n", b"\n")


def _of(root: Path, name: str) -> bytes:
    try:
        return _path(root, name).read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise NotExported(f"{name} cannot be read ({error.strerror}); restore it with git.") from None


def _replays(root: Path) -> list[str]:
    """The pages to which the chapters' READMEs lead."""
    handed = root / HANDOUT
    base = handed if (handed / REPLAYS).is_dir() else root
    return [path.relative_to(base).as_posix() for path in sorted((base / REPLAYS).glob("*.html"))]


def _path(root: Path, name: str) -> Path:
    handed = root / HANDOUT / name
    return handed if handed.is_file() else root / name
