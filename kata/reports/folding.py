"""Folding: a docstring that was filled for an editor, folded for the width of a terminal."""

from __future__ import annotations

import textwrap

FILLED = 70
"""A line at least this long was broken for its length, not on purpose."""


def fold(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns; indents, list items, short lines and blank lines stay."""
    width = max(width, 20)
    return "\n".join(_folded(line, width) for line in _whole_lines(text.splitlines()))


def _whole_lines(lines: list[str]) -> list[str]:
    """The lines, each joined with those that only continue it."""
    whole: list[str] = []
    last = ""
    for line in lines:
        filled = len(last) >= FILLED and line.strip() and not _is_item(line)
        if filled and _indent(line) == _hang(whole[-1]):
            whole[-1] += f" {line.strip()}"
        else:
            whole.append(line.rstrip())
        last = line.rstrip()
    return whole


def _folded(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    return textwrap.fill(
        line.strip(),
        width,
        initial_indent=" " * min(_indent(line), width // 3),
        subsequent_indent=" " * min(_hang(line), width // 3),
        break_on_hyphens=False,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _hang(line: str) -> int:
    """The indent of the lines that continue this one."""
    return _indent(line) + (2 if _is_item(line) else 0)


def _is_item(line: str) -> bool:
    return line.lstrip(" ").startswith(("- ", "* "))
