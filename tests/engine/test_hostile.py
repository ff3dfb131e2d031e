"""Hostile submissions: their headers, a sample of them, and that what must hold is really looked at."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kata.project.catalog_reader import load
from tests.hostile.files import FOLDER, MUST, HeaderError, Hostile, find, read
from tests.hostile.grading import outcomes, verdict
from tests.hostile.lane import ROOT, Lane, Outcome
from tests.hostile.outside import Outside, now

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is left outside is looked up as Linux tells it")

SAMPLE = (
    "frames/01_up_to_the_player",
    "loop/01_partner_ends_with_a_guess",
    "hooks/02_setprofile",
    "collector/02_a_finalizer",
    "stubs/04_another_name",
    "link/02_finished_in_its_own_words",
    "values/16_odd_and_right",
    "lying/01_eq_says_yes",
    "heap/03_the_interpreter_is_wrecked",
    "exits/08_daemon",
    "judge/01_parent_is_killed",
)


@pytest.fixture
def lane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    """A lane in this process."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lane = Lane(tmp_path)
    yield lane
    lane.close()


def written(folder: Path, text: str, exercise: str = "04_tasks/01_first_task", must: str = "earn nothing") -> Hostile:
    file = folder.parent / f"{folder.name}-hostile.py"
    file.write_text(text, encoding="utf-8")
    return Hostile("test/it", file, "", exercise, must)


def test_there_are_many_for_exercises_of_all_chapters() -> None:
    hostiles = find()
    catalog = load(ROOT)
    assert len(hostiles) >= 120
    known = {exercise.id: exercise.chapter for exercise in catalog.exercises}
    assert {hostile.name for hostile in hostiles if hostile.exercise not in known} == set()
    assert {known[hostile.exercise] for hostile in hostiles} == {chapter.id for chapter in catalog.chapters}


def test_each_kind_has_a_folder_and_each_technique_a_number() -> None:
    for folder in {hostile.path.parent for hostile in find()}:
        numbers = [path.name[:2] for path in folder.glob("*.py")]
        assert len(numbers) == len(set(numbers)), f"two files of {folder.name} have the same number"


@pytest.mark.parametrize("header", ["", "Tries: it.\nFor: a/b", "Tries: it.\nFor: a/b\nMust: please"])
def test_a_header_says_what_must_happen(tmp_path, header) -> None:
    path = tmp_path / "01_it.py"
    path.write_text(f'"""{header}"""\n', encoding="utf-8")
    with pytest.raises(HeaderError, match=next(iter(MUST))):
        read(path)


def test_a_sample_earns_nothing_and_leaves_nothing() -> None:
    hostiles = [read(FOLDER / f"{name}.py") for name in SAMPLE]
    faults = {outcome.name: outcome.faults for outcome in outcomes(hostiles, 2)}
    assert faults == {hostile.name: [] for hostile in hostiles}


def test_points_that_must_not_be_earned_are_told(lane, tmp_path) -> None:
    solution = (ROOT / "solutions/04_tasks/01_first_task.py").read_text(encoding="utf-8")
    outcome = lane.outcome(written(tmp_path, solution))
    assert outcome.points == outcome.of
    [fault] = outcome.faults
    assert fault.startswith(f"it earned {outcome.of:g} of {outcome.of:g} points, for ")


def test_an_answer_that_must_be_refused_is_not_merely_wrong(lane, tmp_path) -> None:
    outcome = lane.outcome(written(tmp_path, "async def release(*steps):\n    return ''\n", must="be refused"))
    assert outcome.faults == ["its status is failed, not limit or error"]


def test_what_is_left_and_changed_outside_is_told(tmp_path) -> None:
    clone, temporary = tmp_path / "clone", tmp_path / "temporary"
    (clone / "kata").mkdir(parents=True)
    temporary.mkdir()
    file = clone / "kata" / "engine.py"
    file.write_text("", encoding="utf-8")
    before = Outside(clone, temporary)
    file.chmod(0o600 if file.stat().st_mode & 0o777 != 0o600 else 0o644)
    (temporary / "kata-x").mkdir()
    left = subprocess.Popen(["/bin/sleep", "60"])
    try:
        time.sleep(2 / os.sysconf("SC_CLK_TCK"))
        found = before.changed(now())
        assert found == [
            f"process {left.pid} is left: /bin/sleep 60 ",
            "kata/engine.py was changed",
            f"{temporary / 'kata-x'} is left",
        ]
        mode = file.stat().st_mode
        before.restore()
        assert file.stat().st_mode != mode
    finally:
        left.kill()
        left.wait()


def test_what_is_known_to_be_open_must_be_so() -> None:
    hostile = Hostile("a/b", Path(), "", "", "earn nothing", open="there is a hole")
    assert verdict(hostile, Outcome("a/b", faults=["it earned"])) == "open"
    assert verdict(hostile, Outcome("a/b")) == "holds now"
    assert verdict(Hostile("a/b", Path(), "", "", "earn nothing"), Outcome("a/b", faults=["it earned"])) == "FAILS"
