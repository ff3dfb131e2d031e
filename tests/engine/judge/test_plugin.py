"""The fixtures that hidden tests get: random numbers that can be repeated, marks that are checked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from kata.catalog import load
from kata.judge.plugin import JudgePlugin, allowed
from kata.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
GATHER = "05_gather_and_wait/02_wait_to_gather"


@pytest.fixture
def numbers(tmp_path):
    """The first random number for a test, given the seed, the submission and the test's name."""
    catalog = load(ROOT)
    hidden = catalog.find(GATHER).hidden(ROOT)

    def draw(seed: int = 0, text: str = "x = 1\n", test: str = "test_a") -> float:
        path = tmp_path / f"{GATHER}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        plugin = JudgePlugin(catalog, Workspace(ROOT, tmp_path), seed=seed)
        return plugin.rng(SimpleNamespace(path=hidden, name=test)).random()

    return draw


def test_random_inputs_can_be_repeated(numbers) -> None:
    assert numbers() == numbers()


@pytest.mark.parametrize("change", [{"seed": 1}, {"text": "x = 2\n"}, {"test": "test_b"}])
def test_random_inputs_depend_on_seed_submission_and_test(numbers, change) -> None:
    assert numbers(**change) != numbers()


def _item(*names: str) -> SimpleNamespace:
    return SimpleNamespace(iter_markers=lambda kind: [pytest.mark.allows(*names).mark])


def test_a_mark_allows_what_it_names() -> None:
    assert allowed(_item("blocking", "leaked")) == {"blocking", "leaked"}


def test_a_mark_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="blokcing"):
        allowed(_item("blokcing"))
