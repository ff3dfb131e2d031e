"""The roster of a class: a CSV as platforms export it, and which student a submission belongs to.

Columns are known by their headings: those of Canvas (``Student, ID, SIS User ID, SIS Login ID, Section``), of Moodle
(``First name, Last name, ID number, Email address``), of GitHub Classroom (``identifier, github_username, name``), and
plain ones (``name, id, email, login``). Others are left alone.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kata.project.safe_files import read_plain

__all__ = ["Roster", "RosterError", "Student", "read_roster"]

MAX_BYTES = 16 * 1024 * 1024

HEADINGS = {
    "name": ("name", "student", "full name", "student name"),
    "first": ("first name", "firstname", "given name"),
    "last": ("last name", "surname", "lastname", "family name"),
    "id": ("id", "identifier", "id number", "student id", "matriculation number"),
    "sis": ("sis user id",),
    "login": ("login", "username", "user name", "sis login id", "github", "github_username", "github username"),
    "email": ("email", "e-mail", "email address", "mail"),
    "section": ("section", "group", "groups"),
}
"""What a column may be called, by what it is to us."""

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w*")
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_\d+_.*")


class RosterError(Exception):
    """The roster cannot be used. One line that says why, and what to do."""


@dataclass(frozen=True)
class Student:
    """One line of the roster."""

    name: str
    id: str = ""
    sis: str = ""
    login: str = ""
    email: str = ""
    section: str = ""

    @property
    def identity(self) -> str:
        """What tells this student from others, as it is shown."""
        return self.email or self.login or self.id or self.sis or self.name

    def names(self) -> set[str]:
        """Everything that a submission of this student may be called, bare."""
        texts = {self.id, self.sis, self.login, self.email, self.email.partition("@")[0], self.name}
        words = sorted(re.findall(r"\w+", self.name))
        return {_bare(text) for text in (*texts, " ".join(words))} - {""}


@dataclass
class Roster:
    """The students of a class, in the order of the file, and what was wrong with it."""

    students: list[Student]
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._named: dict[str, list[Student]] = {}
        for student in self.students:
            for name in student.names():
                self._named.setdefault(name, []).append(student)

    def find(self, submission: str) -> list[Student]:
        """The students whom a submission of this name may belong to: one when it is clear."""
        for names in _called(submission):
            found = {id(one): one for name in names for one in self._named.get(_bare(name), [])}
            if found:
                return list(found.values())
        # GitHub Classroom: the name of the assignment, and the login.
        ends = [one for one in self.students if one.login and _bare(submission).endswith(f"-{_bare(one.login)}")]
        longest = max((len(one.login) for one in ends), default=0)
        return [one for one in ends if len(one.login) == longest]


def called(submission: str) -> str:
    """The student's part of a submission's name, as platforms make those names."""
    found = _MOODLE.fullmatch(submission) or _CANVAS.fullmatch(submission)
    return found["name"] if found else submission


def _called(submission: str) -> Iterable[tuple[str, ...]]:
    """What may be the student's name in it, the surest first."""
    found = _MOODLE.fullmatch(submission) or _CANVAS.fullmatch(submission)
    if found:
        name = found["name"]
        yield (found["id"],) if found.re is _CANVAS else ()
        yield name, " ".join(sorted(re.findall(r"\w+", name)))
    yield (submission,)
    yield (" ".join(sorted(re.findall(r"[^\W_]+", submission))),)


def read_roster(path: Path) -> Roster:
    """Read a roster: any separator that spreadsheets use, UTF-8, UTF-16 or Windows' letters.

    Raises:
        RosterError: it cannot be read, or has no column that names students.
    """
    try:
        data = read_plain(path.resolve(), MAX_BYTES)
    except OSError as error:
        raise RosterError(f"The roster {path} cannot be read ({error.strerror or error}); name a CSV file.") from None
    text = _decoded(data)
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise RosterError(f"The roster {path} is no CSV ({error}); save it as CSV.") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    columns = _columns(rows[0]) if rows else {}
    if not columns.keys() & {"name", "first", "last", "id", "login", "email"}:
        raise RosterError(f"The roster {path} has no column such as name, id, login or email; give it a first line.")
    return _roster(rows[1:], columns)


def _roster(rows: list[list[str]], columns: dict[str, int]) -> Roster:
    students: list[Student] = []
    problems: list[str] = []
    known: dict[str, str] = {}
    for row in rows:
        values = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        name = values.get("name") or f"{values.pop('first', '')} {values.pop('last', '')}".strip()
        if name.casefold() in ("points possible", "student, test"):
            continue  # lines that Canvas adds
        plain = {key: values.get(key, "") for key in ("id", "sis", "login", "email", "section")}
        student = Student(name or next((text for text in plain.values() if text), ""), **plain)
        if not student.name:
            continue
        identity = _bare(student.identity)
        if identity in known:
            problems.append(f"the roster has {student.identity} twice; the first one counts")
            continue
        known[identity] = student.name
        students.append(student)
    return Roster(students, problems)


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        text = cell.strip().strip("\ufeff").casefold()
        for key, names in HEADINGS.items():
            if text in names and key not in found:
                found[key] = place
    return found


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _bare(text: str) -> str:
    """A name without what people and platforms write differently: case, accents, spaces, points."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\s.,_]+", "", "".join(each for each in letters if not unicodedata.combining(each)))
