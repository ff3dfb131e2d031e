"""The replay page: a document of one or two plays as one HTML file that needs nothing from outside.

Every file in `drawing/` is plain, as a browser reads it; there is no build step. The page holds the modules one after
the other, without their imports of each other, because a file that is opened from a disk may not load a second one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kata.reports.escape import visible

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["MODULES", "page", "script", "style"]

MODULES = (
    "elements.js",
    "words.js",
    "python.js",
    "play.js",
    "columns.js",
    "code.js",
    "loop.js",
    "timeline.js",
    "output.js",
    "table.js",
    "controls.js",
    "replay.js",
)
"""The modules, each after those that it imports. `replay.js` exports ``show(place, replay)``, for other pages, too."""

_IMPORT = re.compile(r"^import .* from \"\./[a-z]+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_START = 'show(document.getElementById("place"), JSON.parse(document.getElementById("replay").textContent));\n'


def page(document: dict[str, Any]) -> str:
    """The page that replays a document.

    Args:
        document: what `kata.reports.page.document` makes: title, criterion, and one or two plays with their turns.

    Raises:
        ValueError: a number in it is not finite.

    >>> text = page({"version": 1, "title": "Nothing <yet>", "criterion": "", "plays": []})
    >>> "<title>Nothing &lt;yet&gt;" in text
    True
    """
    from markupsafe import Markup

    code, look = script() + _START, style()
    return _template().render(
        title=visible(str(document["title"]), newlines=False),
        policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src '{_digest(code)}'; style-src '{_digest(look)}'",
        style=Markup(look),
        script=Markup(code),
        data=Markup(_data(document)),
    )


@cache
def script() -> str:
    """The modules as one, which needs no other."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", _read(name))) for name in MODULES)


@cache
def style() -> str:
    """The style sheet."""
    return _read("replay.css")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("kata.reports.page", "drawing")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("replay.html")


def _read(name: str) -> str:
    return (files("kata.reports.page") / "drawing" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data(document: dict[str, Any]) -> str:
    """JSON in ASCII that no text in it can end."""
    text = json.dumps(document, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
