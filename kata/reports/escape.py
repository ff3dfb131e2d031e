"""Text that somebody else wrote, made harmless to show.

A submission chooses what it prints and what its exceptions say. Nothing of that may move a cursor, reorder
a line, end a cell or a tag, or be read as a command by a build server.
"""

from __future__ import annotations

import re
import unicodedata

# Controls, format characters (bidirectional overrides, zero width), lone surrogates, line and paragraph
# separators; unassigned and private characters stay, a terminal only shows a box for them.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

# GitHub's runner obeys `::name` at the start of a line, after any white space, and `##[name]` anywhere. A
# terminal may fold a line at any place, so each of them is broken wherever it stands.
_COMMAND = re.compile(r"::(?=[A-Za-z])|##\[")
_COMMAND_SHOWN = {"::": "\\x3a:", "##[": "##\\x5b"}


def visible(text: str, *, newlines: bool = True) -> str:
    """``text`` with every control or invisible character shown as an escape such as ``\\x1b``.

    Tabs become four spaces. Line ends become ``\\n`` and are kept, unless ``newlines`` is False: then they
    are shown as escapes too and the answer is one line.
    """
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    if not text.isprintable():
        text = "".join(_shown(character, newlines) for character in text)
    return _COMMAND.sub(lambda found: _COMMAND_SHOWN[found.group()], text)


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_screen(line: str) -> str:
    """What is left of a printed line on a screen: without colours, and after its last return to the beginning.

    >>> on_screen("10 %\\r20 %")
    '20 %'
    """
    line = _COLOUR.sub("", line)
    return next((part for part in reversed(line.split("\r")) if part), "")


def shorten(text: str, *, lines: int, characters: int) -> str:
    """The first lines of ``text``, with a last line that says how much was left out."""
    kept = text[:characters]
    rows = kept.split("\n")
    cut_characters = len(text) - len(kept)
    cut_lines = text.count("\n") + 1 - min(len(rows), lines)
    if len(rows) > lines:
        kept = "\n".join(rows[:lines])
    if cut_lines > 0:
        return f"{kept}\n({cut_lines} more {'line' if cut_lines == 1 else 'lines'})"
    return f"{kept} ({cut_characters} more characters)" if cut_characters else kept


def _shown(character: str, newlines: bool) -> str:
    if character == "\n" and newlines:
        return character
    if unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
