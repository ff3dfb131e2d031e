"""Reads ``exercises/catalog.toml`` strictly: a mistake in it is one line that names the place."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args

import msgspec

from kata.project.catalog import Catalog, CatalogError, Chapter, Exercise, Kind
from kata.project.names import one_line

FILE = "exercises/catalog.toml"
KINDS: tuple[str, ...] = get_args(Kind)

_NUMBERED = re.compile(r"\d\d_[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PYTHON = re.compile(r"3\.\d{1,2}")


def load(root: Path) -> Catalog:
    """Read and check ``exercises/catalog.toml`` of the clone at ``root``.

    Raises:
        CatalogError: it cannot be read, or has a mistake.
    """
    try:
        text = (root / FILE).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CatalogError(f"{FILE} is missing; start in a complete clone of the repository.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{FILE}, line {line}: the text is not UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise CatalogError(f"{FILE} cannot be read: {error.strerror}; mend that first.") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(_toml_mistake(str(error))) from None
    return _Reader(data).catalog()


class _ChapterEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    summary: str


class _ExerciseEntry(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    title: str
    kind: str
    points: int
    difficulty: int
    minutes: int
    hints: list[str]
    requires: list[str] = []
    python: str | None = None


_Entry = TypeVar("_Entry", _ChapterEntry, _ExerciseEntry)


class _Reader:
    """Turns the parsed TOML into a catalog, and knows at every moment what came before."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.ids: list[str] = []

    def catalog(self) -> Catalog:
        unknown = [key for key in self.data if key != "chapter"]
        if unknown:
            _wrong("top level", f"unknown key {unknown[0]!r}", "only [[chapter]] belongs there")
        entries = _tables(self.data.get("chapter", []), "top level", "chapter")
        if not entries:
            _wrong("top level", "there is no chapter", "add one with [[chapter]]")
        chapters: list[Chapter] = []
        for index, entry in enumerate(entries, 1):
            chapter = self.read_chapter(entry, f"chapter {index}")
            _check_order(chapter.id, [one.id for one in chapters], "chapter")
            chapters.append(chapter)
        return Catalog(tuple(chapters))

    def read_chapter(self, data: dict[str, Any], place: str) -> Chapter:
        if isinstance(data.get("id"), str):
            place = data["id"] or place
        entry = _convert({key: data[key] for key in data if key != "exercise"}, _ChapterEntry, place)
        _check_numbered(entry.id, "id", place)
        _check_lines(place, title=entry.title, summary=entry.summary)
        stems: list[str] = []
        exercises: list[Exercise] = []
        for index, item in enumerate(_tables(data.get("exercise", []), place, "exercise"), 1):
            exercise = self.read_exercise(item, entry.id, f"{entry.id}, exercise {index}")
            _check_order(exercise.stem, stems, f"{entry.id}, exercise")
            stems.append(exercise.stem)
            exercises.append(exercise)
        return Chapter(entry.id, entry.id[:2], entry.title, entry.summary, tuple(exercises))

    def read_exercise(self, data: dict[str, Any], chapter: str, place: str) -> Exercise:
        if isinstance(data.get("name"), str) and data["name"]:
            place = f"{chapter}/{data['name']}"
        entry = _convert(data, _ExerciseEntry, place)
        _check_numbered(entry.name, "name", place)
        _check_lines(place, title=entry.title)
        if entry.kind not in KINDS:
            _wrong(place, f"kind {entry.kind!r} does not exist", f"use one of {', '.join(KINDS)}")
        if not 1 <= entry.difficulty <= 3:
            _wrong(place, f"difficulty is {entry.difficulty}", "use 1, 2 or 3")
        for key in ("points", "minutes"):
            if getattr(entry, key) < 1:
                _wrong(place, f"{key} is {getattr(entry, key)}", "use a whole number above 0")
        if len(entry.hints) != 3 or not all(hint.strip() for hint in entry.hints):
            filled = sum(1 for hint in entry.hints if hint.strip())
            _wrong(place, f"there are {filled} hints with text", "write exactly three")
        if entry.python is not None and not _PYTHON.fullmatch(entry.python):
            _wrong(place, f"python {entry.python!r} is no version", 'write it like "3.12"')
        self.check_requires(entry, f"{chapter}/{entry.name}", place)
        first, second, third = entry.hints
        exercise = Exercise(
            id=f"{chapter}/{entry.name}",
            chapter=chapter,
            name=entry.name[3:],
            stem=entry.name,
            number=f"{chapter[:2]}.{entry.name[:2]}",
            title=entry.title,
            kind=msgspec.convert(entry.kind, Kind),
            points=entry.points,
            difficulty=entry.difficulty,
            minutes=entry.minutes,
            requires=tuple(entry.requires),
            hints=(first, second, third),
            python=entry.python,
        )
        self.ids.append(exercise.id)
        return exercise

    def check_requires(self, entry: _ExerciseEntry, own: str, place: str) -> None:
        for index, required in enumerate(entry.requires):
            if required == own:
                _wrong(place, "it requires itself", "take that out of requires")
            if required in entry.requires[:index]:
                _wrong(place, f"it requires {required!r} twice", "keep one of them")
            if required not in self.ids:
                exists = required in _all_ids(self.data)
                what = "comes later" if exists else "does not exist"
                hint = "require only what comes earlier" if exists else _perhaps(required, self.ids)
                _wrong(place, f"it requires {required!r}, which {what}", hint)


def _wrong(place: str, what: str, advice: str) -> NoReturn:
    raise CatalogError(f"{FILE}, {one_line(place)}: {one_line(what)}; {one_line(advice)}.")


def _convert(data: dict[str, Any], kind: type[_Entry], place: str) -> _Entry:
    known = kind.__struct_fields__
    for key in data:
        if key not in known:
            _wrong(place, f"unknown key {key!r}", _perhaps(key, known))
    required = known[: len(known) - len(kind.__struct_defaults__)]
    for key in required:
        if key not in data:
            _wrong(place, f"{key} is missing", "add it")
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        key = where.strip("`").removeprefix("$.")
        _wrong(place, f"{key}: {what[:1].lower()}{what[1:]}".replace("`", ""), "write a value of that kind")


def _tables(value: object, place: str, key: str) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    owner = "chapter." if key == "exercise" else ""
    _wrong(place, f"{key} is no list of tables", f"begin each one with [[{owner}{key}]]")


def _check_numbered(name: str, key: str, place: str) -> None:
    if not _NUMBERED.fullmatch(name):
        _wrong(place, f"{key} {name!r} is not of the form NN_snake_case", 'write it like "02_wait_to_gather"')


def _check_order(name: str, earlier: list[str], kind: str) -> None:
    if name in earlier:
        _wrong(f"{kind} {name}", "it is there twice", "take one out")
    if earlier and name[:2] == earlier[-1][:2]:
        _wrong(f"{kind} {name}", f"it has the number of {earlier[-1]}", "give each its own number")
    if earlier and name[:2] < earlier[-1][:2]:
        _wrong(f"{kind} {name}", f"it comes after {earlier[-1]}", "put them in ascending order")


def _check_lines(place: str, **texts: str) -> None:
    for key, text in texts.items():
        if not text.strip():
            _wrong(place, f"{key} is empty", "write one")
        if "\n" in text.strip():
            _wrong(place, f"{key} has several lines", "write one line")


def _all_ids(data: dict[str, Any]) -> list[str]:
    return [
        f"{chapter.get('id')}/{exercise.get('name')}"
        for chapter in data.get("chapter", [])
        for exercise in chapter.get("exercise", [])
        if isinstance(exercise, dict)
    ]


def _perhaps(text: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(text, list(known), n=1)
    return f"perhaps {close[0]!r} is meant" if close else "take it out"


def _toml_mistake(message: str) -> str:
    what, _, where = message.rpartition(" (at ")
    if not what:
        return f"{FILE}: {one_line(message)}; mend the TOML."
    return f"{FILE}, {where.rstrip(')')}: {one_line(what)}; mend the TOML there."
