"""Which play of a verdict is drawn, and under which heading."""

from __future__ import annotations

import io

from rich.console import Console

from kata.contract.run import Deadlock, Limit, Line, Run, Span, TaskRecord, Unfit
from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.contract.values import Failure
from kata.reports import plays

from .conftest import a_run, verdict


def criterion(name: str, passed: bool, *recordings: Run, points: float = 1.0) -> Criterion:
    return Criterion(f"test_{name}", f"It is {name}.", passed, points if passed else 0.0, points, runs=list(recordings))


def drawn(*criteria: Criterion, status: str = "failed") -> str | None:
    judged: ExerciseVerdict = verdict("01_a/01_b", status, criteria=list(criteria))  # type: ignore[arg-type]
    chosen = plays.recorded(judged)
    return chosen.text if chosen else None


def test_the_first_failing_criterion_with_a_recording_is_drawn() -> None:
    passed, silent = criterion("good", True, a_run("x")), criterion("silent", False)
    assert drawn(passed, silent, criterion("bad", False, a_run("y"))) == "It is bad."


def test_nothing_is_drawn_of_code_that_could_not_be_played() -> None:
    assert drawn(criterion("bad", False, Run(unfit=Unfit("syntax", "SyntaxError")))) is None
    assert drawn(criterion("bad", False, Run())) is None
    assert drawn(criterion("good", True, a_run("x")), criterion("silent", False)) is None


def test_of_a_passed_exercise_the_criterion_with_the_most_points_is_drawn() -> None:
    small, large = criterion("small", True, a_run("x")), criterion("large", True, a_run("y"), points=5)
    assert drawn(small, large, status="passed") == "It is large."


def test_a_play_stands_under_whose_it_is_and_how_long_it_took() -> None:
    console = Console(file=io.StringIO(), width=60)
    plays.heading(criterion("late", False), console)
    plays.show(Run(lines=[Line("hello", 0)], elapsed=1.0), "", console)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "\nWhat happened in: It is late.\n\nYour code, 1 second\n0s  hello\n"


def test_durations_are_exact_where_they_can_be() -> None:
    assert plays.duration(Run(elapsed=0.5)) == "0.5 seconds"
    assert plays.duration(Run(elapsed=3600.0)) == "3,600 seconds"
    assert plays.duration(Run(elapsed=float("nan"))) == "nan seconds"
    assert plays.duration(Run(elapsed=1.0, clock="real")) == "1 second on the real clock"


def test_a_heading_of_a_criterion_takes_one_line() -> None:
    console = Console(file=io.StringIO(), width=40)
    plays.heading(Criterion("test_x", "One, " * 50, False, 0.0, 1.0), console)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().count("\n") == 2


def titled(run: Run) -> str:
    return plays.title(run, frozenset({"shop"}), "Your code")


def shop(outcome: str = "returned", **more: object) -> TaskRecord:
    return TaskRecord("Task-1", "shop", 0.0, outcome=outcome, ended=2.0, **more)  # type: ignore[arg-type]


def test_a_title_says_which_function_was_called_how_long_it_took_and_how_it_ended() -> None:
    assert (
        titled(Run(tasks=[shop()], returned=["list", [1]], elapsed=2.0))
        == "Your code: shop took 2 seconds and returned [1]"
    )
    raised = Run(tasks=[shop("raised")], error=Failure("OSError", ""), elapsed=2.0)
    assert titled(raised) == "Your code: shop took 2 seconds and raised OSError"
    assert titled(Run(tasks=[shop()], deadlock=Deadlock(2, []))).endswith(
        "shop never ended, from second 2 on nothing could wake it"
    )
    assert titled(Run(tasks=[shop()], limit=Limit("seconds", "5 real seconds"))).endswith("was stopped before its end")


def test_a_title_of_a_drive_tells_of_the_tasks_that_it_made_of_the_code() -> None:
    drive = TaskRecord("Task-1", "drive", 0.0, spans=[Span("waiting", 0, 9, 1, "the test")])
    one = TaskRecord("Task-2", "shop", 1.0, cancel_requests=[3.0], outcome="cancelled", ended=3.0)
    assert titled(Run(tasks=[drive, one], elapsed=9.0)) == "Your code: shop took 2 seconds and was cancelled"
    other = TaskRecord("Task-2", "shop", 1.0, outcome="cancelled", ended=3.0)  # it awaited one that was cancelled
    assert titled(Run(tasks=[drive, other], elapsed=9.0)) == "Your code: shop took 2 seconds and raised CancelledError"
    assert titled(Run(tasks=[drive, one, one], elapsed=9.0)) == "Your code: shop 2 times, until second 1"
    assert titled(Run(tasks=[drive], elapsed=9.0)) == "Your code"


def test_addresses_of_objects_are_not_in_a_title() -> None:
    returned = Run(tasks=[shop()], returned="<coroutine object f at 0x7f00aa>", elapsed=0.0)
    assert titled(returned).endswith("returned '<coroutine object f>'")
