"""The hostile submissions: one file a technique, one folder a kind, and in each header what must come of it.

A header is the docstring at the top of the file::

    Tries: walk the frames up to the player, and hand in the result that a test would like.
    For: 05_gather_and_wait/02_wait_to_gather
    Must: earn nothing
    Open: why that does not hold yet (only where it does not)
    Needs: landlock (only where the machine must have that layer)
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kata.contract.scorecard import Status

__all__ = ["FOLDER", "FOR", "MUST", "HeaderError", "Hostile", "find", "read"]

FOLDER = Path(__file__).parent

MUST = {
    "earn nothing": "no points at all",
    "be refused": "no points, and the verdict says that a limit was passed or that the file cannot be judged",
    "leave nothing": "whatever it earns, nothing is left or changed outside",
    "earn all": "all points: it looks odd and is right",
}
"""What a header may ask for; "earn nothing for" and the names of tests, that these give no points. That nothing is left outside, and no other verdict touched, holds for all of them."""

FOR = "earn nothing for "

REFUSED: tuple[Status, ...] = ("limit", "error")
assert set(REFUSED) < set(get_args(Status))


class HeaderError(ValueError):
    """A file has not the header that it must have."""


@dataclass(frozen=True)
class Hostile:
    """One hostile submission.

    ``open`` says why what must hold does not hold yet, on some machine. ``needs`` names the layers
    of confinement without which it proves nothing.
    """

    name: str
    path: Path
    tries: str
    exercise: str
    must: str
    open: str = ""
    needs: tuple[str, ...] = ()

    @property
    def given_up(self) -> tuple[str, ...]:
        """Names of the tests that must give no points, where others may."""
        return tuple(self.must.removeprefix(FOR).replace(",", " ").split()) if self.must.startswith(FOR) else ()

    @property
    def text(self) -> str:
        """What is handed in."""
        return self.path.read_text(encoding="utf-8")


def find(names: Sequence[str] = ()) -> list[Hostile]:
    """All hostile submissions, or those whose name holds one of ``names``.

    Raises:
        HeaderError: a header is not as it must be.
        LookupError: nothing has such a name.
    """
    known = [read(path) for path in sorted(FOLDER.glob("*/*.py")) if not path.name.startswith("_")]
    for name in names:
        if not any(name in hostile.name for hostile in known):
            raise LookupError(f"No hostile submission is called {name}.")
    return [hostile for hostile in known if not names or any(name in hostile.name for name in names)]


def read(path: Path) -> Hostile:
    """One file.

    Raises:
        HeaderError: see there.
    """
    name = f"{path.parent.name}/{path.stem}"
    fields = _fields(name, path)
    missing = {"Tries", "For", "Must"} - fields.keys()
    unknown = fields.keys() - {"Tries", "For", "Must", "Open", "Needs"}
    if missing or unknown or not (fields["Must"] in MUST or fields["Must"].startswith(FOR)):
        raise HeaderError(
            f"{name}: a header has Tries, For, Must (one of: {', '.join(MUST)}), and perhaps Open and Needs."
        )
    return Hostile(
        name,
        path,
        fields["Tries"],
        fields["For"],
        fields["Must"],
        fields.get("Open", ""),
        tuple(fields.get("Needs", "").split()),
    )


def _fields(name: str, path: Path) -> dict[str, str]:
    try:
        header = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    except SyntaxError as error:
        raise HeaderError(f"{name}: {error}") from error
    fields: dict[str, str] = {}
    key = ""
    for line in header.splitlines():
        before, colon, after = line.partition(": ")
        if colon and before.isalpha() and before[0].isupper():
            key = before
            fields[key] = after.strip()
        elif key:
            fields[key] += f" {line.strip()}"
    return fields
