"""A row of terminal cells that can be written to at any column, whatever the width of the characters."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from kata.reports.escape import visible

__all__ = ["Cells", "cut", "split"]


class Cells:
    """``width`` cells, empty at first. What does not fit is left out."""

    def __init__(self, width: int) -> None:
        self._cells: list[tuple[str, str]] = [(" ", "")] * width

    def __len__(self) -> int:
        return len(self._cells)

    def put(self, column: int, sign: str, style: str = "") -> None:
        """Put one character of one column into a cell."""
        if 0 <= column < len(self._cells):
            self._cells[column] = (sign, style)

    def fill(self, start: int, end: int, sign: str, style: str = "") -> None:
        """Put one character into every cell from ``start`` up to, not including, ``end``."""
        start, end = max(start, 0), min(end, len(self._cells))
        if end > start:
            self._cells[start:end] = [(sign, style)] * (end - start)

    def write(self, column: int, text: str, style: str = "") -> None:
        """Write foreign text from a column on; it must fit."""
        for part in split(text):
            self.put(column, part, style)
            column += 1

    def is_empty(self, start: int, end: int) -> bool:
        """True when nothing was put into these cells."""
        return all(sign == " " for sign, _ in self._cells[start:end])

    def holds(self, sign: str, style: str) -> bool:
        """True when some cell holds this sign in this style."""
        return (sign, style) in self._cells

    def parts_from(self, other: Cells, unknown: str) -> int | None:
        """The first column in which two rows differ, or None; where either has the sign ``unknown``, nobody knows."""
        for column, (mine, theirs) in enumerate(zip(self._cells, other._cells, strict=True)):
            if mine != theirs and unknown not in (mine[0], theirs[0]):
                return column
        return None

    def count(self) -> int:
        """How many cells are not empty."""
        return sum(sign != " " for sign, _ in self._cells)

    def text(self) -> Text:
        """The row, without the empty cells at its end."""
        cells = list(self._cells)
        while cells and cells[-1][0] == " ":
            cells.pop()
        text = Text(no_wrap=True)
        run, style = "", ""
        for sign, own in cells:
            if own != style and run:
                text.append(run, style or None)
                run = ""
            run, style = run + sign, own
        if run:
            text.append(run, style or None)
        return text


def split(text: str) -> Iterator[str]:
    """Text as the contents of cells: wide characters are followed by an empty one, marks stay with their letter."""
    last = ""
    for character in text:
        width = cell_len(character)
        if width == 0:
            last += character
            continue
        if last:
            yield last
        if last and cell_len(last) > 1:
            yield ""
        last = character
    if last:
        yield last
    if last and cell_len(last) > 1:
        yield ""


def cut(text: str, width: int, more: str) -> str:
    """Foreign text on one line of at most ``width`` columns; ``more`` at its end says that some is missing."""
    text = visible(text[: 4 * width + 4], newlines=False)
    if cell_len(text) <= width:
        return text
    kept, used = "", 0
    for character in text:
        own = cell_len(character)
        if used + own > width - 1:
            break
        kept, used = kept + character, used + own
    return kept + more if width > 0 else ""
