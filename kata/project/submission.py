"""Where in a directory the chapters of a submission are."""

from __future__ import annotations

import os
from pathlib import Path

from kata.project.catalog import Catalog

__all__ = ["find_chapters"]


def find_chapters(given: Path, catalog: Catalog) -> Path | None:
    """The directory that holds chapters of the catalog: ``given`` itself, or, in a clone, its ``exercises/``.

    None when neither holds any, or cannot be looked into.
    """
    for directory in (given, given / "exercises"):
        if any(os.path.isdir(directory / chapter.id) for chapter in catalog.chapters):
            return directory
    return None
