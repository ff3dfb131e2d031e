"""The criteria of an exercise, as they are shown before anything is judged."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kata.reports import wording

__all__ = ["table"]


def table(criteria: Iterable[tuple[str, float]], width: int) -> RenderableType:
    """Criteria with what each is worth, a line each.

    Args:
        criteria: the text of each, and its points.
        width: columns.
    """
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.width = width - 2
    lines.add_column(overflow="fold", ratio=1)
    lines.add_column(no_wrap=True, justify="right")
    for text, points in criteria:
        lines.add_row(Text(text), Text(wording.points(points), "dim"))
    return Padding(lines, (0, 0, 0, 2))
