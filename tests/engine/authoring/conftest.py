"""A clone of one exercise: the one that `dev new` writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kata.authoring import templates
from kata.authoring.pack import pack

CHAPTER, STEM = "05_gather_and_wait", "01_pages"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone whose only exercise is the template, packed."""
    root = tmp_path_factory.mktemp("packed")
    for name, text in templates.files(CHAPTER, STEM).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    catalog = root / "exercises/catalog.toml"
    catalog.write_text(templates.entry(CHAPTER, STEM, with_chapter=True), encoding="utf-8")
    (root / "kata").mkdir()
    pack(root)
    return root


@pytest.fixture
def clone(packed: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(packed, tmp_path / "clone")
