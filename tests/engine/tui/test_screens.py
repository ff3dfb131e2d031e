"""What the screen shows is what was looked at and found good."""

from __future__ import annotations

import pytest

from tests.screens import FOLDER, SCENES, drawn


@pytest.mark.once
@pytest.mark.parametrize("name", SCENES)
def test_a_scene(name: str) -> None:
    text, _ = drawn(name)
    wanted = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert text == wanted, "look at the difference; python -m tests.screens keeps it"


def test_every_file_is_of_a_scene() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(SCENES)
