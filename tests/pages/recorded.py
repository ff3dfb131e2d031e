"""The replays in docs/: each script of docs/examples/replays, played, as a page of docs/replays."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kata.contract.request import Limits, Request
from kata.reports.page.document import Replayed, document
from kata.sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "docs" / "examples" / "replays"
PAGES = ROOT / "docs" / "replays"

SECONDS = 30.0
"""Real seconds that a play may take."""


def documents() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each script with the document of its replay. They are played one after the other, on virtual time."""
    with Sandbox(1) as sandbox:
        for script in sorted(SCRIPTS.glob("*.py")):
            source = script.read_text(encoding="utf-8")
            request = Request(
                source=source,
                file=str(script),
                action="script",
                folder=str(SCRIPTS),
                detail=True,
                limits=Limits(seconds=SECONDS),
            )
            run = asyncio.run(sandbox.connections[0].play(request))
            title = script.stem.replace("_", " ").capitalize()
            about = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
            yield script, document(title, [Replayed("", script.name, source, run)], criterion=about)


def page_of(script: Path) -> Path:
    """Where the page of a script is."""
    return PAGES / f"{script.stem}.html"
