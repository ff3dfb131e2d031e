"""Pictures of what a command prints, as SVG files that need nothing from anywhere."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["WIDTH", "canvas", "render"]

WIDTH = 92
"""Columns of a picture: fixed, so that the same play always gives the same picture."""

_FONTS = re.compile(r"@font-face\s*{{.*?}}\s*", re.DOTALL)


def canvas() -> Console:
    """A console that records what is printed on it."""
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=WIDTH,
        record=True,
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def render(console: Console, title: str) -> str:
    """The SVG of what a canvas holds.

    Args:
        console: the canvas.
        title: what stands in the window's title bar.
    """
    from rich._export_format import CONSOLE_SVG_FORMAT

    # Rich's format loads its font from the web; any monospaced font of the reader's will do.
    code_format = _FONTS.sub("", CONSOLE_SVG_FORMAT).replace(
        "font-family: Fira Code, monospace", "font-family: Fira Code, Menlo, Consolas, DejaVu Sans Mono, monospace"
    )
    code_format = code_format.replace("<style>", "<style>\n    text {{ white-space: pre }}")
    picture = console.export_svg(title=title, code_format=code_format)
    # Not every program that draws SVG has non-breaking spaces in its font. Browsers keep plain ones by white-space,
    # others by xml:space.
    return picture.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)
