"""The replays in docs/ are what their scripts do, as the present program records and draws it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kata.reports.page.html import page
from tests.pages import recorded

pytestmark = pytest.mark.once

DATA = re.compile(r'(?<=<script type="application/json" id="replay">).*?(?=</script>)')
MAKE = "python -m tests.pages makes it anew"


@pytest.fixture(scope="module")
def replays() -> dict[Path, Any]:
    return dict(recorded.documents())


def on_any_python(document: Any) -> Any:
    """A document without what differs between Pythons: which lines are told."""
    for play in document["plays"]:
        for turn in play["turns"]:
            del turn["steps"]
    return document


def test_each_script_has_its_page_and_each_page_its_script(replays: dict[Path, Any]) -> None:
    assert sorted(recorded.PAGES.glob("*.html")) == sorted(map(recorded.page_of, replays)), MAKE


def test_a_page_shows_what_its_script_does(replays: dict[Path, Any]) -> None:
    for script, replay in replays.items():
        text = recorded.page_of(script).read_text(encoding="utf-8")
        assert DATA.sub("", text) == DATA.sub("", page(replay)), MAKE
        [data] = DATA.findall(text)
        assert on_any_python(json.loads(data)) == on_any_python(json.loads(json.dumps(replay))), (
            f"{script.name}: {MAKE}"
        )
        assert len(text) < 150_000


def test_each_page_is_linked_from_a_chapter(replays: dict[Path, Any]) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in recorded.ROOT.glob("exercises/*/README.md"))
    for script in replays:
        assert f"(../../docs/replays/{script.stem}.html)" in text
