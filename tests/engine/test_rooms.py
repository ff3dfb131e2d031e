"""The rooms of the program: who may import whom, and that nobody imports in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

KATA = Path(__file__).resolve().parents[2] / "kata"

ROOMS = {
    "bootstrap": {"cli"},
    "cli": {"authoring", "classroom", "tui", "judge", "reports", "sandbox", "contract", "project"},
    "classroom": {"judge", "reports", "contract", "project"},
    "tui": {"judge", "reports", "contract", "project"},
    "authoring": {"judge", "sandbox", "contract", "project"},
    "judge": {"sandbox", "contract", "project"},
    "reports": {"contract"},
    "sandbox": {"world", "player", "virtualtime", "contract"},
    "world": {"virtualtime", "contract"},
    "player": {"virtualtime", "contract"},
    "virtualtime": {"contract"},
    "contract": set(),
    "project": set(),
}
"""What each room may import, besides itself, ``kata.program`` and ``kata.fakes``."""

OPEN_TO_ALL = {"", "program", "fakes"}


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found = {}
    for path in sorted(KATA.rglob("*.py")):
        parts = path.relative_to(KATA.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(name: str) -> set[str]:
    """The modules of the program that a module imports anywhere in it, also for types alone or inside a function."""
    wanted: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name} imports relatively"
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            wanted |= {part if part in MODULES else node.module for part in parts}
    return {each for each in wanted if each in MODULES} - {name}


def room(name: str) -> str:
    """The room of a module; empty for the package itself."""
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_is_to_its_right(name: str) -> None:
    if room(name) in OPEN_TO_ALL:
        allowed = OPEN_TO_ALL
    elif name == "kata.__main__":
        allowed = OPEN_TO_ALL | {"bootstrap"}
    else:
        allowed = OPEN_TO_ALL | ROOMS[room(name)] | {room(name)}
    assert {room(other) for other in imported(name)} <= allowed


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        # A package's __init__ only shows what its modules hold; who imports the package has them all.
        TopologicalSorter({name: imported(name) for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_every_room_is_there() -> None:
    assert {room(name) for name in MODULES if name.count(".") >= 1} - {"program", "fakes", "__main__"} == set(ROOMS)


@pytest.mark.parametrize("name", MODULES)
def test_no_file_has_outgrown_its_name(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= 400
