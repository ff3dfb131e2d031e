"""Names as learners type them: what is the same name, a number, a path, and what comes near.

It knows texts only; which exercises and chapters there are, the catalog knows.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

__all__ = ["is_path_of", "near", "number", "one_line", "plain", "quoted", "tidy"]

_NUMBER = re.compile(r"(\d{1,2})[._,\s-]+(\d{1,2})|(\d{1,2})(\d{2})")
_AROUND = " \t\r\n\"'`#.,:;?!"
_ALIKE = 0.55
"""How like a name, or a word of it, something must be to count as near; 1 is the same."""

_Found = TypeVar("_Found")


def tidy(text: str) -> str:
    """What was typed, without what stands around it, as it would be written in an id or a path.

    >>> tidy(" Wait to gather. "), tidy("./exercises/05_gather_and_wait/")
    ('wait_to_gather', 'exercises/05_gather_and_wait')
    """
    tidied = text.strip(_AROUND).replace("\\", "/").strip("/").lower()
    return tidied if "/" in tidied else plain(tidied.removesuffix(".py"))


def plain(text: str) -> str:
    """A title or a name as its words alone: ``When does it start?`` is ``when_does_it_start``."""
    return re.sub(r"[\W_]+", "_", text.lower()).strip("_")


def number(text: str) -> tuple[str, str]:
    """The number of an exercise, and what is typed behind it; both empty when it begins with none.

    >>> number("5.2"), number("502"), number("05.02 From wait to gather")
    (('05.02', ''), ('05.02', ''), ('05.02', 'from_wait_to_gather'))
    """
    found = _NUMBER.match(text.strip(_AROUND))
    if found is None:
        return "", ""
    rest = text.strip(_AROUND)[found.end() :]
    if rest and (rest[0].isalnum() or "/" in text or "\\" in text):
        return "", ""
    chapter, place = found[1] or found[3], found[2] or found[4]
    return f"{chapter:0>2}.{place:0>2}", tidy(rest)


def is_path_of(tidied: str, chapter: str, stem: str) -> bool:
    """True when it is a path of one of the files of an exercise, in whatever tree."""
    parts = [part.removesuffix(".py").removeprefix("test_") for part in tidied.split("/")]
    return (chapter, stem) in pairwise(parts)


def near(wanted: str, names: Mapping[_Found, tuple[str, ...]]) -> list[_Found]:
    """Up to three whose names are nearest to ``wanted``, nearest first."""
    owner = {name: one for one, all_names in names.items() for name in all_names}
    close = difflib.get_close_matches(wanted, list(owner), n=9, cutoff=_ALIKE)
    if not close:  # perhaps a word of the name
        owner = {
            f"{word} {name}": one
            for one, all_names in names.items()
            for name in all_names[:1]
            for word in name.split("_")
        }
        likeness = {name: difflib.SequenceMatcher(None, wanted, name.split()[0]).ratio() for name in owner}
        close = sorted((name for name in owner if likeness[name] >= _ALIKE), key=lambda name: -likeness[name])
    return list(dict.fromkeys(owner[name] for name in close))[:3]


def quoted(text: str) -> str:
    """What was typed, for a message: in one line, and not too long."""
    shown = one_line(text)
    return f'"{shown if len(shown) <= 60 else shown[:59] + "…"}"'


def one_line(text: str) -> str:
    """The text without line ends and other characters that a terminal would act upon."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
