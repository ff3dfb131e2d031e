"""The processes that judge: copies of this one, or fresh interpreters, and nobody can tell which."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kata.contract.scorecard import Criterion
from kata.judge import judging_process
from kata.judge import workers as workers_module
from kata.judge.orders import Order, Submission, orders_for
from kata.judge.rubric import RubricError
from kata.judge.workers import Workers
from kata.project.catalog_reader import load
from kata.sandbox.client import SandboxError
from tests.engine.judge.conftest import SUBMISSION, Written

ROOT = Path(__file__).resolve().parents[3]

PLAY = """
async def test_it_answers(exercise):
    '''It answers.'''
    run = await exercise.answer()
    assert run.result == 42
"""


@pytest.fixture(params=["copies", "fresh interpreters", "no fork"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way in which the processes come to be."""
    if request.param == "fresh interpreters":
        monkeypatch.setattr(judging_process, "works_as_a_fresh_one", lambda: False)
    elif request.param == "no fork":
        monkeypatch.delattr(os, "fork")


@pytest.fixture
def judged(clone: Path, written) -> Callable[..., list[Criterion]]:
    """``judged(text, ...)`` judges exercises with these hidden tests, and gives their criteria."""

    def judge(*texts: str, jobs: int = 1, **options) -> list[Criterion]:
        exercises = [written(text) for text in texts]
        with Workers(clone, jobs=jobs) as workers:
            return [each.criterion for each in workers.judge(dict.fromkeys(exercises, SUBMISSION), **options)]

    return judge


def _says(expression: str) -> str:
    """Hidden tests that fail with what an expression gives in the process that judges."""
    return f"import os, sys, time\ndef test_it():\n    raise AssertionError({expression})\n"


@pytest.mark.usefixtures("way")
def test_plays_are_judged(judged) -> None:
    met, failed = judged(PLAY + PLAY.replace("it_answers", "it_does_not").replace("42", "43"))
    assert (met.passed, met.text, met.runs[0].result) == (True, "It answers.", 42)
    assert (failed.passed, failed.test) == (False, "test_it_does_not")


@pytest.mark.usefixtures("way")
def test_nothing_of_the_environment_reaches_a_judge(judged, monkeypatch) -> None:
    for name in ("PYTEST_TIMEOUT", "PYTEST_PLUGINS", "PYTEST_ADDOPTS", "PYTHONASYNCIODEBUG", "COLUMNS", "ANYTHING"):
        monkeypatch.setenv(name, "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    [criterion] = judged(_says("f'{sorted(os.environ)} {time.tzname[0]} {sys.flags.optimize} {__debug__}'"))
    known = {"HOME", "LANG", "PATH", "PYTEST_CURRENT_TEST", "PYTEST_VERSION", "PYTHONHASHSEED", "TMPDIR", "TZ"}
    known |= {"SYSTEMROOT", "LD_LIBRARY_PATH"} & os.environ.keys()
    assert criterion.message == f"{sorted(known)} UTC 0 True"


@pytest.mark.usefixtures("way")
def test_judging_changes_and_prints_nothing_here(judged, capfd) -> None:
    before = dict(os.environ), os.getcwd()
    judged(f"{PLAY}def test_it_fails():\n    print('a secret')\n    assert 0\n")
    assert (dict(os.environ), os.getcwd()) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("way")
def test_a_directory_that_is_gone_does_not_matter(judged, tmp_path, monkeypatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert [criterion.passed for criterion in judged(PLAY)] == [True]


@pytest.mark.usefixtures("way")
def test_a_clone_may_lie_anywhere(tmp_path, clone, written) -> None:
    exercise = written(PLAY)
    clone = clone.rename(tmp_path / "~ $HOME ${HOME} %d [x] a::b Übung")
    with Workers(clone) as workers:
        assert [each.criterion.passed for each in workers.judge({exercise: SUBMISSION})] == [True]


BREAKDOWNS = {
    "a sandbox that breaks": "import kata.sandbox.client as c\ndef test_it():\n    raise c.SandboxError('no room')\n",
    "a process that dies": "import os\ndef test_it():\n    os._exit(0)\n",
    "tests that do not load": "import nothing_of_that_name\ndef test_it(): pass\n",
    "a session that is stopped": "def test_it():\n    raise KeyboardInterrupt\n",
}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("text", BREAKDOWNS.values(), ids=BREAKDOWNS)
def test_what_breaks_down_costs_one_exercise_and_not_the_others(judged, text) -> None:
    by_test = {criterion.test: criterion for criterion in judged(text, PLAY)}
    assert by_test["test_it_answers"].passed
    broken = by_test["test_it"]
    assert (broken.passed, bool(broken.fault)) == (False, True)
    assert broken.message.startswith("This check could not be carried out, by no fault that is known of the code: ")


def test_where_nothing_can_be_played_any_more_the_grader_is_at_fault(judged, monkeypatch) -> None:
    def broken(self: Workers) -> None:
        raise SandboxError("no room")

    monkeypatch.setattr(Workers, "_try_to_play", broken)
    with pytest.raises(SandboxError, match="no room"):
        judged("import os\ndef test_it():\n    os._exit(0)\n")


def test_what_a_hidden_test_says_of_odd_values_arrives(judged) -> None:
    text = "def test_it():\n    assert 0, '\\ud800 is no text'\n"
    text += "def test_number():\n    number = 10**5000\n    assert number == 1\n"
    said, compared = judged(text)
    assert said.message == "\\ud800 is no text"
    assert compared.message.startswith("expected 1\ngot 0x")


def test_a_judge_that_cannot_explain_costs_one_criterion(judged, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr("kata.judge.plugin.explain.message", broken)
    failed, met = judged("def test_it():\n    assert 0\ndef test_other():\n    pass\n")
    assert (failed.fault, met.passed) == ("ZeroDivisionError: no reason", True)


def test_large_recordings_do_not_leave_the_judge(judged) -> None:
    text = PLAY.replace("assert run.result == 42", "run.returned = 'x' * 7_000_000; assert 0")
    [criterion] = judged(text)
    assert criterion.runs[0].result.repr == "… (too large to be kept)"


@pytest.mark.usefixtures("way")
def test_two_processes_work_at_the_same_time(judged, clone) -> None:
    os.mkfifo(clone / "meeting")  # whoever opens it waits for the other
    meet = "import pytest\n@pytest.mark.timeout(20)\ndef test_it():\n    open('meeting', '{}').close()\n"
    assert [criterion.passed for criterion in judged(meet.format("r"), meet.format("w"), jobs=2)] == [True, True]


@pytest.mark.usefixtures("way")
def test_a_process_judges_again_without_a_new_start(clone, written) -> None:
    exercise = written(_says("str(os.getpid())"))
    with Workers(clone) as workers:
        first, second = ([each.criterion for each in workers.judge({exercise: SUBMISSION})] for _ in range(2))
    assert first[0].message == second[0].message


@pytest.mark.usefixtures("way")
def test_no_process_is_left(clone, written) -> None:
    exercise = written(_says("str(os.getpid())"))
    with Workers(clone) as workers:
        [decided] = workers.judge({exercise: SUBMISSION})
    with pytest.raises(ProcessLookupError):
        os.kill(int(decided.criterion.message), 0)


@pytest.mark.usefixtures("way")
def test_only_the_tests_that_are_asked_for_run(judged) -> None:
    text = "def test_one(): pass\ndef test_two(): pass\ndef test_three(): pass\n"
    criteria = judged(text, only=lambda exercise, test: exercise == "01_first/01_it" and test != "test_two")
    assert [criterion.test for criterion in criteria] == ["test_one", "test_three"]


def test_many_orders_on_one_exercise_are_asked_for_a_few_at_a_time(clone, written) -> None:
    exercise = written(PLAY)
    asked: list[Order] = []

    def orders() -> Iterator[Order]:
        for number in range(9):
            text = f"async def answer():\n    return {42 + number % 2}\n"
            asked.append(Order(exercise, Submission(text, f"{number:064}", SUBMISSION.pristine)))
            yield asked[-1]

    ahead, found = [], {}
    with Workers(clone, jobs=1) as workers:
        for order, decided in workers.carry_out(orders()):
            ahead.append(len(asked) - len(found))
            found[order.submission.sha256] = decided.criterion.passed
    assert [found[order.submission.sha256] for order in asked] == [number % 2 == 0 for number in range(9)]
    assert max(ahead) <= workers_module.AHEAD


def test_who_stops_asking_leaves_nothing_for_the_next(clone, written) -> None:
    exercise = written(PLAY)
    with Workers(clone, jobs=1) as workers:
        stopped = workers.carry_out(Order(exercise, SUBMISSION) for _ in range(9))
        next(stopped)
        stopped.close()
        assert len(list(workers.judge({exercise: SUBMISSION}))) == 1


def test_asked_for_nothing_nothing_starts(judged, monkeypatch) -> None:
    monkeypatch.setattr(workers_module, "Sandbox", None)
    assert judged("def test_one(): pass\n", only=lambda exercise, test: False) == []


def test_what_a_play_left_behind_for_one_exercise_does_not_hurry_the_next(clone, written) -> None:
    text = "def test_it(exercise):\n    raise AssertionError(str(exercise._limits().seconds))\n"
    exercise = written(PLAY + text)
    stuck = Submission("import os\nasync def answer():\n    os._exit(0)\n", "1" * 64, SUBMISSION.pristine)
    with Workers(clone) as workers:
        messages = [
            [each.criterion.message for each in workers.judge({exercise: submission})][1]
            for submission in (stuck, SUBMISSION)
        ]
    assert messages == ["1.0", "5.0"]


@pytest.mark.parametrize("option", [["-O"], ["-X", "dev"], ["-W", "error"], ["-X", "int_max_str_digits=700"], ["-bb"]])
def test_an_interpreter_that_was_told_to_work_otherwise_is_not_copied(option) -> None:
    import subprocess

    code = f"import sys; sys.path.append({str(ROOT)!r})\n"
    code += "from kata.judge.judging_process import works_as_a_fresh_one as it\nprint(it())"
    for options, answer in (([], "True"), (option, "False")):
        command = [sys.executable, "-I", *options, "-c", code]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == answer


@pytest.fixture
def everything() -> Iterator[dict]:
    return {exercise: SUBMISSION for exercise in load(ROOT).exercises}


def test_exercises_with_the_longest_tests_come_first(everything) -> None:
    exercises = [order.exercise for order in orders_for(everything, ROOT, "virtual")]
    sizes = [exercise.hidden(ROOT).stat().st_size for exercise in exercises]
    assert sizes == sorted(sizes, reverse=True)
    assert set(exercises) == set(everything)


def test_on_the_real_clock_each_test_is_a_piece_of_its_own(clone, written) -> None:
    exercise = written("def test_one(): pass\ndef test_two(): pass\n")
    orders = orders_for({exercise: SUBMISSION}, clone, "real")
    assert [order.tests for order in orders] == [("test_one",), ("test_two",)]


def test_hidden_tests_that_are_missing_are_named(clone, written) -> None:
    exercise = written(PLAY)
    exercise.hidden(clone).unlink()
    with pytest.raises(RubricError, match=r"test_01_it\.py cannot be read"):
        list(orders_for({exercise: SUBMISSION}, clone, "virtual"))


def test_a_hasty_order_stops_at_the_first_refusal_and_leaves_nothing_for_the_next_one(
    clone: Path, written: Written
) -> None:
    """Many of them follow one another in one process, as those of mutants do."""
    text = "async def test_{}(exercise):\n    '''It is 42.'''\n    assert (await exercise.answer()).result == {}\n"
    wrong = written(text.format("a", 1) + "\n\n" + text.format("b", 42))
    right = written(text.format("a", 42) + "\n\n" + text.format("b", 42))
    with Workers(clone, jobs=1) as workers:
        told = [
            [(each.criterion.test, each.criterion.passed) for each in workers.judge({one: SUBMISSION}, hasty=True)]
            for one in (wrong, right, wrong, right)
        ]
    refused, accepted = [("test_a", False)], [("test_a", True), ("test_b", True)]
    assert told == [refused, accepted, refused, accepted]
