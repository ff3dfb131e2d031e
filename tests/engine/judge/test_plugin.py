"""The fixtures that hidden tests get: random numbers that can be repeated, marks that are checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kata.judge.plain import finder
from kata.judge.plugin import JudgePlugin, allowed
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace
from kata.sandbox.client import Sandbox

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
        plugin = JudgePlugin(ROOT, find=finder(Workspace(ROOT, tmp_path)), seed=seed)
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


@pytest.fixture
def player(tmp_path):
    """The player of a test with some marks, for a submission that tells its process."""
    catalog = load(ROOT)
    path = tmp_path / f"{GATHER}.py"
    path.parent.mkdir()
    path.write_text("import os\nasync def who():\n    return os.getpid()\n")
    with Sandbox(1) as sandbox:

        def make(*marks: str, clock: str = "virtual"):
            item = SimpleNamespace(
                path=catalog.find(GATHER).hidden(ROOT),
                name="test_a",
                get_closest_marker=lambda name: pytest.mark.points if name in marks else None,
            )
            find = finder(Workspace(ROOT, tmp_path))
            return JudgePlugin(ROOT, find=find, plays=sandbox.connections[0], clock=clock).player(item)[0]

        yield make


async def _processes(*players) -> list[int]:
    return [(await player.who()).result for player in players]


async def test_with_a_mark_each_play_has_a_process_of_its_own(player) -> None:
    one = player("fresh")
    assert len(set(await _processes(one, one, player("fresh")))) == 3


async def test_the_plays_of_one_test_share_a_process(player) -> None:
    one, another = player(), player()
    first, second, later, third = await _processes(one, one, one.at("2026-01-01"), another)
    assert first == second == later != third


async def test_on_the_real_clock_nothing_is_shared(player) -> None:
    one = player(clock="real")
    assert len(set(await _processes(one, one))) == 2


async def test_the_stub_as_handed_out_has_a_process_of_its_own(player) -> None:
    one = player()
    before = await one.who()
    await one.original.who()
    assert (await one.who()).result != before.result


def _plain_pytest(**variables: str) -> subprocess.CompletedProcess[str]:
    """Plain pytest on the hidden tests of one exercise, with its solution."""
    hidden = f"tests/hidden/{GATHER.replace('/', '/test_')}.py"
    command = [sys.executable, "-m", "pytest", "-q", "--submission", "solutions", hidden]
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTEST_TIMEOUT": "0.001", "PYTEST_PLUGINS": "nosuchplugin"},
        {"PYTEST_TIMEOUT": "abc", "PYTHONOPTIMIZE": "2"},
    ],
)
def test_the_environment_decides_nothing_under_plain_pytest(variables) -> None:
    done = _plain_pytest(**variables)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_what_only_virtual_time_can_tell_is_played_on_it_whatever_clock_is_asked_for(player) -> None:
    assert (await player(clock="real").who()).clock == "real"
    assert (await player("virtual", clock="real").who()).clock == "virtual"
