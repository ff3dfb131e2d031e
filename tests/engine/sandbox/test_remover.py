"""Directories that somebody filled with care are removed all the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kata.sandbox.remover import remove


@pytest.fixture
def soon() -> float:
    return time.monotonic() + 60


def test_depth_needs_neither_descriptors_nor_long_paths(tmp_path: Path, soon: float) -> None:
    top, before = tmp_path / "top", os.getcwd()
    top.mkdir()
    os.chdir(top)
    try:
        for _ in range(2000):
            os.mkdir("d" * 100)
            os.chdir("d" * 100)
    finally:
        os.chdir(before)
    assert remove(str(top), soon)
    assert not top.exists()


def test_closed_directories_and_links(tmp_path: Path, soon: float) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("here")
    top = tmp_path / "top"
    (top / "a" / "b").mkdir(parents=True)
    (top / "link").symlink_to(kept)
    (top / "a" / "b" / "link").symlink_to(kept)
    (top / "a" / "b").chmod(0)
    (top / "a").chmod(0)
    assert remove(str(top), soon)
    assert (kept / "file").read_text() == "here"


def test_what_takes_too_long_is_told(tmp_path: Path, soon: float) -> None:
    top = tmp_path / "top"
    (top / "a").mkdir(parents=True)
    assert not remove(str(top), time.monotonic() - 1)
    assert top.exists()
    assert remove(str(top), soon)
    assert remove(str(top), soon), "it need not exist"
