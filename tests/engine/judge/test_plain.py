"""Plain pytest, as anyone who clones types it: it judges the learner's files and says why, in short."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from kata.contract.scorecard import Criterion, Diagnosis
from kata.judge.plain import PlainPytest, finder, workspace_of
from kata.project.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
GATHER = "05_gather_and_wait/02_wait_to_gather"
BLOCKING = "03_blocking/01_blocking_sleep"
BROKEN = "01_coroutines/01_first_coroutine"
MISSING = "01_coroutines/03_forgotten_await"
UNTOUCHED = "04_tasks/01_first_task"


def hidden(exercise: str) -> str:
    return f"tests/hidden/{exercise.replace('/', '/test_')}.py"


def stub(exercise: str) -> str:
    return f"exercises/{exercise}.py"


Started = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which somebody solved one exercise, failed in one, broke one and lost one."""
    root = tmp_path_factory.mktemp("learner") / "clone"
    for part in ("kata", "exercises", "tests/hidden"):
        shutil.copytree(ROOT / part, root / part)
    for name in ("pyproject.toml", "grader.py", "constraints.txt"):
        shutil.copy2(ROOT / name, root / name)
    for exercise in (GATHER, BLOCKING, BROKEN, UNTOUCHED):  # whatever is in this clone
        (root / stub(exercise)).write_text(Workspace(ROOT).pristine(_exercise(exercise)), encoding="utf-8")
    shutil.copy(ROOT / f"tests/answers/{GATHER}/wrong_order_of_arrival.py", root / stub(GATHER))
    shutil.copy(ROOT / f"solutions/{BLOCKING}.py", root / stub(BLOCKING))
    (root / stub(BROKEN)).write_text("async def warm_up(\n", encoding="utf-8")
    (root / stub(MISSING)).unlink()
    return root


def _exercise(name: str) -> Any:
    from kata.project.catalog_reader import load

    return next(each for each in load(ROOT).exercises if each.id == name)


@pytest.fixture(scope="module")
def start(clone: Path) -> Started:
    """Start a module of Python in the clone: ``start("pytest", "-q")``."""

    def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *arguments]
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COLUMNS"))}
        return subprocess.run(command, cwd=clone, env=variables, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="module")
def judged(start: Started, clone: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, dict[str, Any]]]:
    """What pytest said of five exercises, and its JUnit elements by exercise and test."""
    names = map(hidden, (GATHER, BLOCKING, BROKEN, MISSING, UNTOUCHED))
    # What a learner keeps beside the exercises, and what pytest looks for there.
    (clone / "exercises" / "conftest.py").write_text("raise RuntimeError('not asked for')\n")
    (clone / "exercises" / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
    done = start("pytest", *names, "-q", "-rs", "--junitxml=report.xml")
    for name in ("conftest.py", "pytest.ini"):
        (clone / "exercises" / name).unlink()
    cases: dict[str, dict[str, Any]] = {}
    for case in ElementTree.parse(clone / "report.xml").iter("testcase"):
        *_, chapter, module = case.attrib["classname"].split(".")
        cases.setdefault(f"{chapter}/{module.removeprefix('test_')}", {})[case.attrib["name"]] = case
    return done, cases


pytestmark = pytest.mark.once


def test_the_files_of_the_learner_are_judged(judged) -> None:
    done, cases = judged
    assert done.returncode == 1, done.stdout + done.stderr
    assert all(len(case) == 0 for case in cases[BLOCKING].values())
    failed = [name for name, case in cases[GATHER].items() if len(case)]
    assert failed == ["test_pages_keep_the_order_of_the_urls"]


def test_what_was_not_started_is_skipped_with_these_words(judged) -> None:
    done, cases = judged
    reasons = {case.find("skipped").attrib["message"] for case in cases[UNTOUCHED].values()}
    assert reasons == {"not started"}
    assert f"{hidden(UNTOUCHED)}" in done.stdout


def test_a_failure_begins_with_the_cause_that_run_names_first(judged, start) -> None:
    _, cases = judged
    told = cases[GATHER]["test_pages_keep_the_order_of_the_urls"].find("failure").text.splitlines()
    screen = " ".join(start("kata", "run", "05.02").stdout.split())
    assert told[0] in screen and told[1].startswith("wrong_order: ") and told[1] in screen
    assert screen.index(told[0]) < screen.index(told[1])
    assert told[-1].startswith("Criterion: Pages come back in the order of the URLs")
    assert len(told) <= 5


def test_a_file_that_is_no_python_fails_each_test_with_its_line(judged) -> None:
    _, cases = judged
    for case in cases[BROKEN].values():
        cause, source, *_ = case.find("failure").text.splitlines()
        assert cause.startswith(f"{stub(BROKEN)}:1: unfit: The file is not valid Python in line 1")
        assert source == "    async def warm_up("


def test_a_file_that_is_missing_says_how_to_get_it_back(judged) -> None:
    _, cases = judged
    for case in cases[MISSING].values():
        assert case.find("error").text.splitlines() == [
            f'{stub(MISSING)} is missing; "python grader.py reset 01.03" brings the original back.'
        ]


def test_the_file_of_an_exercise_stands_for_its_tests_and_k_chooses_among_them(start) -> None:
    done = start("pytest", "-q", stub(BLOCKING), "-k", "no_thread")
    assert done.returncode == 0 and "1 passed, 5 deselected" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (stub(GATHER), hidden(GATHER)),
        ("exercises/03_blocking", "tests/hidden/03_blocking"),
        ("exercises", "tests/hidden"),
        ("tests/engine", "tests/engine"),
        (f"{hidden(GATHER)}::test_a", f"{hidden(GATHER)}::test_a"),
    ],
)
def test_what_a_learner_edits_stands_for_its_hidden_tests(typed: str, meant: str) -> None:
    config = SimpleNamespace(args=[typed], invocation_params=SimpleNamespace(dir=ROOT))
    PlainPytest(Workspace(ROOT), lambda *_: pytest.fail("nothing failed")).pytest_configure(config)
    assert [ROOT / argument for argument in config.args] == [ROOT / meant]


def test_tests_are_listed_and_chosen_by_their_node_ids(start) -> None:
    test = f"{hidden(UNTOUCHED)}::test_each_step_is_taken_once"
    assert start("pytest", "-q", "--collect-only", test).stdout.splitlines()[0] == test


@pytest.mark.parametrize(("stats", "said"), [({"skipped": [1]}, True), ({"skipped": [1], "passed": [1]}, False)])
def test_where_nothing_is_started_it_says_what_to_do_next(stats: dict[str, Any], said: bool) -> None:
    lines: list[str] = []
    plain = PlainPytest(Workspace(ROOT), lambda *_: pytest.fail("nothing failed"))
    plain.pytest_terminal_summary(SimpleNamespace(stats=stats, line=lines.append))
    assert lines == ["Nothing of this is started; python grader.py next names the file to open."] * said


def test_a_submission_without_chapters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(pytest.UsageError, match="holds no chapter; name the folder that holds them"):
        workspace_of(ROOT, str(tmp_path))


def test_a_submission_may_be_a_whole_clone(tmp_path: Path) -> None:
    (tmp_path / "exercises" / "01_coroutines").mkdir(parents=True)
    assert workspace_of(ROOT, str(tmp_path)).submission == tmp_path / "exercises"


def _report(criterion: Criterion, tbstyle: str = "auto") -> Any:
    """What becomes of the report of a test that failed."""
    options = {"tbstyle": tbstyle, "fulltrace": False}
    item = SimpleNamespace(path=ROOT / hidden(GATHER), config=SimpleNamespace(getoption=options.get))
    call = SimpleNamespace(when="call", excinfo=SimpleNamespace(value=AssertionError()))
    step = PlainPytest(Workspace(ROOT), lambda *_: criterion).pytest_runtest_makereport(item, call)
    next(step)
    report = SimpleNamespace(failed=True, longrepr="the traceback")
    with pytest.raises(StopIteration):
        step.send(report)
    return report.longrepr


def test_what_a_submission_says_moves_no_cursor() -> None:
    evil = Diagnosis("error", "it said \x1b[2J", f"exercises/{GATHER}.py", 3, "x = '\x1b'")
    told = str(_report(Criterion("test_it", "It works.", False, 0, 1, "seen \x1b[1A", [evil])))
    assert "\x1b" not in told and "\\x1b[2J" in told and "\\x1b[1A" in told


def test_a_place_outside_of_the_exercises_is_told_as_it_is() -> None:
    elsewhere = Diagnosis("error", "it was raised\nand left", "/usr/lib/python3/ssl.py", 3, "raise")
    told = str(_report(Criterion("test_it", "It works.", False, 0, 1, "", [elsewhere])))
    assert "/usr/lib/python3/ssl.py:3: error: it was raised\nand left (docs/diagnoses.md#error)\n    raise\n" in told


def test_whoever_asks_for_a_traceback_gets_one() -> None:
    assert _report(Criterion("test_it", "It works.", False, 0, 1, "seen"), "short") == "the traceback"


def test_the_cause_stands_in_the_summary_too() -> None:
    told = _report(Criterion("test_it", "It works.", False, 0, 1, "seen\nand more"))
    assert told.reprcrash.message == "seen"


def test_a_test_file_of_no_exercise_is_nobodys_business() -> None:
    with pytest.raises(LookupError):
        finder(Workspace(ROOT))(Path(__file__))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_clone_may_be_opened_by_way_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(ROOT)
    find = finder(Workspace(ROOT, ROOT / "solutions"))
    assert find(tmp_path / "link" / hidden(GATHER)).exercise.id == GATHER
