"""Grading real submissions of real exercises, and what happens when the grader itself breaks."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kata.contract.request import Request
from kata.contract.scorecard import Scorecard
from kata.judge import grading, session, workers
from kata.judge.cache import VerdictCache
from kata.judge.grading import GraderError, grade
from kata.project.catalog import Exercise
from kata.project.catalog_reader import load
from kata.project.workspace import Source, Workspace
from kata.reports import json_report
from kata.sandbox.client import Sandbox, SandboxError

ROOT = Path(__file__).resolve().parents[3]
GATHER = "05_gather_and_wait/02_wait_to_gather"
PREDICT = "01_coroutines/04_await_in_sequence"
TEXT_ONLY = "07_task_groups/01_first_group"
"""Has a criterion that plays nothing."""


@pytest.fixture
def graded(tmp_path):
    """``graded({id: text})`` grades these submissions."""

    def run(files: dict[str, str], **options) -> Scorecard:
        catalog = load(ROOT)
        for name, text in files.items():
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        exercises = [exercise for exercise in catalog.exercises if exercise.id in files]
        return grade(catalog, Workspace(ROOT, tmp_path), exercises, **options)

    return run


def _solution(exercise: str) -> str:
    return (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")


def _stub(exercise: str) -> str:
    # As it came: who runs these tests may have solved it.
    return Workspace(ROOT).pristine(load(ROOT).find(exercise))


def test_a_solution_gets_all_points_and_a_stub_none(graded) -> None:
    card = graded({GATHER: _solution(GATHER), PREDICT: _stub(PREDICT)}, jobs=1)
    status = {verdict.id: (verdict.status, verdict.points) for verdict in card.exercises}
    assert status[GATHER][0] == "passed"
    assert status[PREDICT] == ("not_started", 0)
    assert card.points == status[GATHER][1]
    assert card.next == PREDICT


def test_a_stub_with_a_comment_still_gets_nothing(graded) -> None:
    [verdict] = graded({GATHER: _stub(GATHER) + "\n# mine\n"}).exercises
    assert (verdict.status, verdict.points) == ("failed", 0)


def test_an_untouched_stub_can_be_judged_to_show_how_it_fails(graded, tmp_path) -> None:
    cache = VerdictCache(tmp_path / "saved")
    [verdict] = graded({GATHER: _stub(GATHER)}, untouched=True, cache=cache).exercises
    assert (verdict.status, verdict.points) == ("failed", 0)
    assert any(criterion.runs for criterion in verdict.criteria if not criterion.passed)
    assert cache.last(GATHER) is None
    assert graded({GATHER: _stub(GATHER)}, cache=cache).exercises[0].status == "not_started"


def test_two_processes_come_to_the_same_verdicts_as_one(graded) -> None:
    files = {GATHER: _solution(GATHER), PREDICT: _solution(PREDICT)}
    one, two = (graded(files, jobs=jobs) for jobs in (1, 2))
    assert [verdict.points for verdict in one.exercises] == [verdict.points for verdict in two.exercises]


def test_a_blocking_answer_is_told_the_line(graded) -> None:
    text = _solution(GATHER).replace("import asyncio", "import asyncio\nimport time", 1)
    text = text.replace("    return await asyncio.gather", "    time.sleep(1)\n    return await asyncio.gather", 1)
    [verdict] = graded({GATHER: text}).exercises
    names = {diagnosis.name for criterion in verdict.criteria for diagnosis in criterion.diagnoses}
    assert verdict.status == "failed"
    assert "blocking" in names


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("async def fetch_all(:", "error"),
        ("import os; os._exit(0)", "limit"),
        ("import os\nos.write(3, b'\\0broken')\nos._exit(70)", "limit"),
        ("fetch_all = 1", "error"),
    ],
)
def test_a_submission_that_breaks_gets_a_verdict_and_does_not_break_the_grader(graded, text, status) -> None:
    [verdict] = graded({GATHER: text}).exercises
    assert (verdict.status, verdict.points) == (status, 0)
    assert verdict.message


@pytest.mark.parametrize("exercise", [PREDICT, TEXT_ONLY])
def test_a_file_that_ends_its_process_earns_nothing_where_only_its_text_is_looked_at(graded, exercise) -> None:
    text = _solution(exercise).replace("import asyncio\n", "import asyncio\nimport os; os._exit(0)\n", 1)
    [verdict] = graded({exercise: text}).exercises
    assert (verdict.status, verdict.points) == ("limit", 0)
    assert all(criterion.message.startswith("There is no result") for criterion in verdict.criteria)


CHORES = "03_blocking/04_chores"
RAW_TASKS = """
import asyncio
async def evening(do, chores):
    tasks = []
    for name, needs_you in chores:
        tasks.append(asyncio.create_task(do(name)))
        if needs_you:
            await tasks[-1]
    return tasks
"""


def test_the_points_of_a_wrong_answer_do_not_hang_on_the_seed(graded) -> None:
    assert {graded({CHORES: RAW_TASKS}, seed=seed).points for seed in range(6)} == {0}


@pytest.mark.parametrize("seed", [1, 5, 14])
def test_a_right_answer_is_right_for_every_seed(graded, seed) -> None:
    nested = "07_task_groups/08_nested_groups"
    text = (ROOT / "tests/answers" / nested / "right_one_group_and_sets.py").read_text(encoding="utf-8")
    assert graded({nested: text}, seed=seed).percent == 100


def test_a_submission_that_is_no_text(graded, tmp_path) -> None:
    graded({GATHER: _stub(GATHER)})
    (tmp_path / f"{GATHER}.py").write_bytes(b"\xff\xfe\0")
    catalog = load(ROOT)
    card = grade(catalog, Workspace(ROOT, tmp_path), [catalog.find(GATHER)])
    assert card.exercises[0].status == "error"


def test_predictions_are_judged_by_playing_the_program_that_was_handed_out(graded) -> None:
    [verdict] = graded({PREDICT: _solution(PREDICT)}).exercises
    assert verdict.status == "passed"
    # What the untouched program does is no play of the submission, and nothing that a report may show.
    assert all(criterion.runs == [] for criterion in verdict.criteria)


def _dies(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _raises(*_: object) -> None:
    raise ZeroDivisionError("of the judge")


@pytest.mark.parametrize("breaks", [_dies, _raises])
def test_what_a_judging_process_breaks_down_on_is_judged_by_another_one(graded, monkeypatch, breaks) -> None:
    monkeypatch.setattr(session, "run", breaks)  # in a copy of this process, not in the fresh one that follows it
    [verdict] = graded({GATHER: _solution(GATHER)}).exercises
    assert verdict.status == "passed"


@pytest.mark.parametrize("breaks", [_dies, _raises])
def test_what_no_process_can_judge_is_an_error_of_one_exercise(graded, monkeypatch, breaks) -> None:
    monkeypatch.setattr(session, "run", breaks)
    monkeypatch.setattr(workers, "ATTEMPTS", 1)
    card = graded({GATHER: _solution(GATHER), PREDICT: _solution(PREDICT)}, jobs=1)
    broken, passed = sorted(card.exercises, key=lambda verdict: verdict.status)
    assert (broken.status, broken.points, passed.status) == ("error", 0, "passed")
    assert broken.message.startswith("This check could not be carried out")


def test_where_nothing_can_be_played_the_grader_is_at_fault(graded, monkeypatch) -> None:
    def broken(self: workers.Workers) -> None:
        raise SandboxError("no room")

    monkeypatch.setattr(session, "run", _raises)
    monkeypatch.setattr(workers.Workers, "_try_to_play", broken)
    with pytest.raises(GraderError, match="no room") as caught:
        graded({GATHER: _solution(GATHER)})
    assert "\n" not in str(caught.value)


def test_what_was_read_first_is_what_is_judged(graded, monkeypatch) -> None:
    read = Workspace.read
    times = []

    def changes(workspace: Workspace, exercise: Exercise) -> Source:
        times.append(exercise.id)
        source = read(workspace, exercise)
        workspace.path(exercise).write_text("async def fetch_all(:")
        return source

    monkeypatch.setattr(Workspace, "read", changes)
    [verdict] = graded({GATHER: _solution(GATHER)}).exercises
    assert (verdict.status, times) == ("passed", [GATHER])


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTEST_TIMEOUT": "0.001", "PYTEST_PLUGINS": "nosuchplugin", "PYTEST_ADDOPTS": "--nosuchoption"},
        {"PYTEST_TIMEOUT": "abc", "PYTEST_THEME": "nosuchtheme", "COLUMNS": "20", "LC_ALL": "tr_TR", "CI": "1"},
        {"PYTHONASYNCIODEBUG": "1", "PYTHONBREAKPOINT": "nosuch.hook", "TZ": "Asia/Tokyo", "TMPDIR": "/nowhere"},
        {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
    ],
)
def test_the_environment_decides_no_verdict(variables) -> None:
    command = [sys.executable, "grader.py", "grade", GATHER, "--submission", "solutions", "--json", "-"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["points"] == json.loads(done.stdout)["max_points"]


async def test_a_sandbox_that_is_gone_is_the_graders_fault() -> None:
    with Sandbox(1) as sandbox:
        connection = sandbox.connections[0]
        assert connection.isolation
        assert (await connection.play(Request("x = 1", "x.py", name="x"))).unfit
        os.killpg(sandbox.process.pid, signal.SIGKILL)
        with pytest.raises(SandboxError, match="went away"):
            await connection.play(Request("x = 1", "x.py", name="x"))


def test_verdicts_come_one_by_one(graded) -> None:
    seen = []
    card = graded({GATHER: _solution(GATHER), PREDICT: _stub(PREDICT)}, progress=seen.append)
    assert sorted(verdict.id for verdict in seen) == sorted(verdict.id for verdict in card.exercises)


def test_the_scorecard_says_how_it_came_about(graded) -> None:
    card = graded({GATHER: _solution(GATHER)}, seed=3)
    assert (card.seed, card.clock) == (3, "virtual")
    assert card.isolation not in ("", "none")
    assert card.percent == 100


def test_the_engines_digest_is_stable() -> None:
    assert grading._engine(ROOT) == grading._engine(ROOT)


def test_a_saved_verdict_tells_which_text_it_is_about(graded, tmp_path) -> None:
    cache = VerdictCache(tmp_path / "verdicts")
    graded({GATHER: _solution(GATHER)}, cache=cache)
    saved = cache.last(GATHER)
    assert saved is not None
    assert saved.submission == hashlib.sha256((tmp_path / f"{GATHER}.py").read_bytes()).hexdigest()


@pytest.mark.parametrize("value", ["10**30", "10**5000", "'\\ud800'", "[10**30, {'a': -(10**40)}]"])
def test_a_call_with_what_no_message_can_hold_costs_no_grade(graded, value: str) -> None:
    odd = f"""
import asyncio
async def fetch_all(fetch, urls):
    await fetch({value})
    return await asyncio.gather(*map(fetch, urls))
"""
    card = graded({GATHER: odd, PREDICT: _solution(PREDICT)})
    status = {verdict.id: verdict.status for verdict in card.exercises}
    assert status == {GATHER: "failed", PREDICT: "passed"}
    assert json_report.render(card)
