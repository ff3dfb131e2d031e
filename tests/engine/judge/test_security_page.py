"""docs/security.md says which hidden tests believe the played process; here is whether it says so of all."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kata.contract.run import Told
from kata.program import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

HIDDEN = sorted((ROOT / "tests" / "hidden").glob("*/test_*.py"))

OF_THE_PLAYER = {*Told.__struct_fields__, "waited_for", "task"} - {"unfit", "limit", "deadlock", "tampered"}
"""What a test can ask of a run that is the player's own word. What ends a play can only cost points."""


def listed(mark: str) -> list[str]:
    """The exercises that the page lists after a mark."""
    [found] = re.findall(rf"<!-- {mark} -->(.*?)<!-- end -->", PAGE, re.DOTALL)
    return re.findall(r"\d\d\.\d\d", found)


def number(path: Path) -> str:
    return f"{path.parent.name[:2]}.{path.name[5:7]}"


def asks(path: Path, names: set[str]) -> bool:
    """True when a file of hidden tests reads such an attribute of a run, or calls such a method of an exercise."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in names
        and isinstance(node.value, ast.Name)
        and node.value.id in ("run", "exercise")
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize(("mark", "names"), [("within", {"play_within"}), ("told", OF_THE_PLAYER)])
def test_the_page_lists_who_believes_the_played_process(mark: str, names: set[str]) -> None:
    assert listed(mark) == [number(path) for path in HIDDEN if asks(path, names)]
