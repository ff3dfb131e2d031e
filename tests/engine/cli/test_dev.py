"""`dev check`, `dev new`, `dev pack` and `selftest`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.authoring import templates
from kata.authoring.mutation.measure import Measured
from kata.authoring.mutation.mutants import Mutant
from kata.judge.rubric import read_rubric
from kata.project.catalog_reader import load

FETCH = "05_gather_and_wait/02_wait_to_gather"

Kata = Callable[..., Any]
Edit = Callable[[str, str], Path]


def test_check_is_quiet_when_all_is_well(kata: Kata, judge: Any) -> None:
    outcome = kata("dev", "check")
    assert (outcome.code, outcome.out) == (0, "3 exercises checked, no problem.\n")
    assert len(judge.exercises[0]) == 3


def test_check_takes_names(kata: Kata, judge: Any) -> None:
    kata("dev", "check", "5.2")
    assert judge.exercises == [["05_gather_and_wait/02_wait_to_gather"]]


def test_check_prints_each_problem(kata: Kata, judge: Any) -> None:
    judge.problems = ["05.02: a \x1b wrong answer is accepted", "05.01: no README"]
    outcome = kata("dev", "check")
    assert outcome.code == 1
    assert outcome.out.splitlines() == ["05.02: a \\x1b wrong answer is accepted", "05.01: no README"]
    assert outcome.err == "2 problems in 3 exercises.\n"


def test_pack_packs_this_clone(kata: Kata, judge: Any, root: Path) -> None:
    assert kata("dev", "pack").code == 0
    assert judge.packed == [root]


def test_pack_asks_before_a_changed_file_becomes_the_original(
    kata: Kata, edit: Edit, judge: Any, root: Path, typed: Callable[[str], None]
) -> None:
    edit(FETCH, "# good: what a learner wrote")
    typed("n\ny\n")
    outcome = kata("dev", "pack")
    assert (outcome.code, outcome.out, judge.packed) == (0, "Nothing was packed.\n", [])
    assert f"  exercises/{FETCH}.py\n1 file changed." in outcome.err
    assert kata("dev", "pack").code == 0
    assert judge.packed == [root]


def test_pack_without_a_terminal_wants_to_be_told(kata: Kata, edit: Edit, judge: Any, root: Path) -> None:
    edit(FETCH, "# a better stub")
    outcome = kata("dev", "pack")
    assert (outcome.code, judge.packed) == (2, [])
    assert "python grader.py dev pack --yes" in outcome.err and outcome.err.count("\n") == 1
    assert kata("dev", "pack", "--yes").code == 0
    assert judge.packed == [root]


def test_pack_takes_a_new_exercise_without_asking(kata: Kata, judge: Any, root: Path) -> None:
    entry = kata("dev", "new", "05_gather_and_wait/11_my_name").out.partition("[[chapter.exercise]]")
    with (root / "exercises/catalog.toml").open("a") as catalog:
        catalog.write("\n" + "".join(entry[1:]).partition("Then: ")[0])
    assert kata("dev", "pack").code == 0
    assert judge.packed == [root]


@pytest.mark.parametrize("damage", [b"", None])
def test_pack_asks_where_it_cannot_be_known_what_is_replaced(
    kata: Kata, judge: Any, root: Path, damage: bytes | None
) -> None:
    archive = root / "kata/pristine.zip"
    archive.unlink() if damage is None else archive.write_bytes(damage)
    outcome = kata("dev", "pack")
    assert (outcome.code, judge.packed) == (2, [])
    assert outcome.err.startswith("3 files in exercises/ changed")


def test_new_writes_every_file_and_prints_the_entry(kata: Kata, root: Path) -> None:
    outcome = kata("dev", "new", "05_gather_and_wait/11_my_name")
    assert outcome.code == 0
    for name in ("exercises/{}.py", "solutions/{}.py", "tests/answers/{}/right_tasks.py"):
        assert (root / name.format("05_gather_and_wait/11_my_name")).is_file()
    hidden = root / "tests/hidden/05_gather_and_wait/test_11_my_name.py"
    assert [item.points for item in read_rubric(hidden, 10)] == [5, 3, 2]
    entry = outcome.out[outcome.out.index("[[chapter.exercise]]") : outcome.out.index("Then: ")]
    assert "[[chapter]]" not in entry
    with (root / "exercises/catalog.toml").open("a") as catalog:
        catalog.write(f"\n{entry}")
    assert load(root).find("my_name").title == "My name"


def test_new_in_a_new_chapter_writes_its_readme_and_entry(kata: Kata, root: Path) -> None:
    outcome = kata("dev", "new", "06_futures/01_promise")
    assert (root / "exercises/06_futures/README.md").read_text().startswith("# Futures\n")
    entry = outcome.out[outcome.out.index("[[chapter]]") : outcome.out.index("Then: ")]
    with (root / "exercises/catalog.toml").open("a") as catalog:
        catalog.write(f"\n{entry}")
    assert load(root).find("promise").number == "06.01"


@pytest.mark.parametrize("name", ["promise", "6_futures/1_promise", "../01_x/02_y", "06_futures/01_Promise", "06/01"])
def test_new_wants_an_id(kata: Kata, root: Path, name: str) -> None:
    outcome = kata("dev", "new", name)
    assert outcome.code == 2
    assert "05_gather_and_wait/11_my_name" in outcome.err


def test_new_overwrites_nothing(kata: Kata, root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    outcome = kata("dev", "new", "05_gather_and_wait/02_wait_to_gather")
    assert outcome.code == 2
    assert "is there already" in outcome.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def played(text: str) -> list[object]:
    """What an answer to the template makes of three calls, and how many pages were asked for at once."""
    waiting = peak = 0

    async def fetch(name: str) -> str:
        nonlocal waiting, peak
        waiting += 1
        peak = max(peak, waiting)
        for _ in range(30 if name == "slow" else 10):
            await asyncio.sleep(0)
        waiting -= 1
        return name.upper()

    async def play() -> list[object]:
        space: dict[str, Any] = {"__name__": "answer"}
        exec(text, space)
        return [await space["fetch_all"](fetch, names) for names in (["slow", "fast"], ["a"] * 20, [])]

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        try:
            return [*runner.run(play()), peak]
        except ValueError as error:
            return [error]


def test_the_answers_of_the_template_are_what_they_say() -> None:
    for path, text in templates.files("05_gather_and_wait", "11_my_name").items():
        if not path.endswith(".py") or "hidden" in path:
            continue
        right = played(text) == [["SLOW", "FAST"], ["A"] * 20, [], 20]
        assert right is ("right_" in path or path.startswith("solutions/")), path


class Pytest:
    """Stands in for the pytest that selftest starts."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.environment: dict[str, str] = {}
        self.code = 0

    def run(self, command: list[str], *, env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        self.environment = env
        return subprocess.CompletedProcess(command, self.code)


@pytest.fixture
def tests(monkeypatch: pytest.MonkeyPatch, root: Path) -> Pytest:
    """The run of pytest that selftest meets."""
    tests = Pytest()
    (root / "tests/engine").mkdir(parents=True)
    monkeypatch.setattr("kata.cli.selftest.subprocess.run", tests.run)
    return tests


def test_selftest_runs_the_tests_and_then_the_check(kata: Kata, judge: Any, tests: Pytest) -> None:
    outcome = kata("selftest", "-x", "-k", "loop", "--debug")
    assert outcome.code == 0
    start = [sys.executable, "-m", "pytest", "tests/engine", "-q"]
    assert tests.commands == [[*start, "-x", "-k", "loop", "--debug"]]
    assert len(judge.exercises) == 1
    headings = [line for line in outcome.out.splitlines() if line.startswith("==")]
    assert headings == [
        "== Tests of the program (pytest tests/engine)",
        "== Proof of the exercises (dev check)",
        "== All passed.",
    ]


def test_selftest_fails_with_the_tests_and_checks_all_the_same(kata: Kata, judge: Any, tests: Pytest) -> None:
    tests.code = 1
    outcome = kata("selftest")
    assert outcome.code == 1
    assert len(judge.exercises) == 1
    assert outcome.out.endswith("== Not passed: tests/engine.\n")


def test_selftest_fails_with_the_check(kata: Kata, judge: Any, tests: Pytest) -> None:
    judge.problems = ["05.02: wrong"]
    outcome = kata("selftest")
    assert outcome.code == 1
    assert outcome.out.endswith("== Not passed: dev check.\n")


@pytest.mark.parametrize(
    ("command", "real", "mutants"),
    [
        (["dev", "check"], "all", 1),
        (["dev", "check", "--quick"], "none", 0),
        (["selftest"], "solutions", 25),
        (["selftest", "--quick"], "none", 25),
    ],
)
def test_how_much_is_played(kata: Kata, judge: Any, tests: Pytest, command: list[str], real: str, mutants: int) -> None:
    assert kata(*command).code == 0
    assert (judge.real, judge.mutants) == ([real], [mutants])


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let `dev mutate` find these survivors and stale reasons in the first exercise."""

    def finds(survivors: list[str], stale: list[str]) -> None:
        def measure(catalog: Any, root: Path, exercises: Any, **options: Any) -> list[Measured]:
            mutants = [Mutant(exercises[0], "solution", operator, "f", "b\n", "a\n") for operator in survivors]
            return [Measured(exercises[0], [], [], mutants, stale)]

        monkeypatch.setattr("kata.authoring.mutation.measure.measure", measure)

    return finds


def test_mutate_shows_what_nobody_notices(kata: Kata, measured: Callable[..., None]) -> None:
    measured(["await dropped"], [])
    outcome = kata("dev", "mutate", "04.01")
    assert outcome.code == 1
    assert "04_tasks/01_first_task: nobody notices: solution: await dropped: f" in outcome.out
    assert "    -a\n    +b\n" in outcome.out
    read = json.loads(kata("dev", "mutate", "--json", "-").out)
    assert read["exercises"][0]["survivors"][0]["name"] == "solution: await dropped: f"


def test_mutate_is_content_when_all_are_noticed_and_all_reasons_explain_something(
    kata: Kata, measured: Callable[..., None]
) -> None:
    measured([], [])
    assert kata("dev", "mutate").code == 0
    measured([], ["await dropped"])
    outcome = kata("dev", "mutate")
    assert (outcome.code, "explains 'await dropped'" in outcome.out) == (1, True)
    assert kata("dev", "mutate", "--sample", "9").code == 0
    assert kata("dev", "mutate", "nothing").code == 2


def test_selftest_proves_the_exercises_as_they_came_and_check_as_they_are(
    kata: Kata, edit: Edit, judge: Any, tests: Pytest, root: Path
) -> None:
    as_it_came = (root / f"exercises/{FETCH}.py").read_text()
    edit(FETCH, "# good, as a learner wrote it")
    (root / "exercises/04_tasks/01_first_task.py").unlink()
    assert kata("selftest").code == 0
    assert judge.stubs[0][FETCH] == as_it_came
    assert sorted(judge.stubs[0]) == ["04_tasks/01_first_task", "05_gather_and_wait/01_gather_basics", FETCH]
    kata("dev", "check", "5.2")
    assert judge.stubs[1] == {FETCH: "# good, as a learner wrote it"}


def test_selftest_leaves_out_what_else_a_learner_keeps_there(
    kata: Kata, judge: Any, tests: Pytest, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "exercises/04_tasks/scratch.py").write_text("x = (")
    met: list[str] = []

    def check(catalog: Any, workspace: Any, *_: Any, **__: Any) -> list[str]:
        met.extend(path.name for path in workspace.root.glob("exercises/04_tasks/*"))
        return []

    monkeypatch.setattr(sys.modules["kata.authoring.check"], "check", check)
    assert kata("selftest").code == 0
    assert sorted(met) == ["01_first_task.py", "README.md"]


def test_selftest_without_the_archive_says_how_to_get_it_back(
    kata: Kata, judge: Any, tests: Pytest, root: Path
) -> None:
    (root / "kata/pristine.zip").unlink()
    outcome = kata("selftest")
    assert outcome.code == 1
    assert "git checkout kata/pristine.zip" in outcome.err and outcome.err.count("\n") == 1


def test_selftest_where_only_the_package_is_says_where_the_tests_are(
    kata: Kata, judge: Any, tests: Pytest, root: Path
) -> None:
    (root / "tests/engine").rmdir()
    outcome = kata("selftest")
    assert (outcome.code, outcome.out, tests.commands) == (3, "", [])
    assert "clone the asyncio-kata repository, and type python grader.py selftest there" in outcome.err


def test_selftest_keeps_the_environment_out_of_its_tests(
    kata: Kata, tests: Pytest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONOPTIMIZE"):
        monkeypatch.setenv(name, "anyio")
    kata("selftest")
    assert not [name for name in tests.environment if name.startswith(("PYTEST", "PYTHON"))]
    assert "PATH" in tests.environment
