"""Synthetic scorecards, from an untouched clone to recordings that mean harm."""

from __future__ import annotations

import msgspec
import pytest

from kata.contract.run import Block, Call, Frame, Line, Run, TaskRecord
from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict, Scorecard, Status
from kata.contract.values import Failure, Opaque, Record, TraceLine, to_wire

NASTY = "\x1b[2J\x1b]0;title\x07 ]]> <b>&amp; | `x` [bold red] \u202eabc\x00\x85\u2028 ::error::no ##[error]no"


def verdict(exercise: str, status: Status, points: float = 0.0, of: float = 10.0, **more: object) -> ExerciseVerdict:
    """A verdict with a file and a title that fit its id."""
    title = exercise.split("/")[-1].partition("_")[2].replace("_", " ").capitalize()
    values: dict[str, object] = {"seconds": 0.25, "title": title, "file": f"exercises/{exercise}.py", **more}
    return ExerciseVerdict(id=exercise, status=status, points=points, max_points=of, **values)  # type: ignore[arg-type]


def scorecard(*verdicts: ExerciseVerdict, following: str | None = None) -> Scorecard:
    """A scorecard that sums its verdicts; the next exercise is the first that is not passed."""
    first = next((each.id for each in verdicts if each.status != "passed"), None)
    return Scorecard(
        points=sum(each.points for each in verdicts),
        max_points=sum(each.max_points for each in verdicts),
        python="3.11.7",
        isolation="landlock+rlimits",
        clock="virtual",
        seed=0,
        exercises=list(verdicts),
        seconds=0.4,
        next=following or first,
    )


def a_run(*texts: str, **more: object) -> Run:
    """A play that printed these lines, half a virtual second apart."""
    lines = [Line(text=text, at=index / 2, task="Task-1") for index, text in enumerate(texts)]
    return Run(lines=lines, elapsed=1.0, **more)  # type: ignore[arg-type]


FETCH = "05_gather_and_wait/02_wait_to_gather"


@pytest.fixture
def failing() -> ExerciseVerdict:
    """One exercise: a criterion that holds, one that does not and says why, one that raised."""
    return verdict(
        FETCH,
        "failed",
        points=2.5,
        title="From wait to gather",
        criteria=[
            Criterion("test_order", "Pages come back in the order of the URLs.", True, 2.5, 2.5, seconds=0.01),
            Criterion(
                "test_together",
                "Ten 1-second requests take 1 second in all, however many pages there are.",
                False,
                0.0,
                5.0,
                message="It took 10 seconds; ten requests that wait together take 1.",
                diagnoses=[Diagnosis("blocking", "time.sleep(1) stops the loop for 1 s.", "02_wait.py", 12)],
                runs=[a_run("start", "page 1", "page 2")],
            ),
            Criterion(
                "test_errors",
                "A page that cannot be read is reported.",
                False,
                0.0,
                2.5,
                message="ValueError: no such page\n  line 14, in fetch_all\n    return await fetch(url)",
                runs=[a_run(*(f"line {number}" for number in range(40)))],
            ),
        ],
    )


@pytest.fixture
def untouched() -> Scorecard:
    """A fresh clone."""
    ids = ["01_first_steps/01_hello", "01_first_steps/02_await_it", "02_many/01_two_at_once"]
    return scorecard(*(verdict(exercise, "not_started") for exercise in ids))


@pytest.fixture
def halfway(failing: ExerciseVerdict) -> Scorecard:
    """Some passed, one failing, one stopped, the rest untouched."""
    return scorecard(
        verdict("01_first_steps/01_hello", "passed", 10, cached=True),
        verdict("01_first_steps/02_await_it", "passed", 10),
        failing,
        verdict("05_gather_and_wait/03_order_of_results", "limit", message="Stopped after 5 seconds."),
        verdict("06_futures/01_promise", "error", message="line 3: invalid syntax"),
        verdict("06_futures/02_who_is_what", "not_started"),
    )


@pytest.fixture
def finished() -> Scorecard:
    """Everything passed."""
    return scorecard(verdict("01_a/01_b", "passed", 10), verdict("02_c/01_d", "passed", 10))


def _sent(value: object) -> object:
    if type(value) is Failure:
        return ["failure", msgspec.to_builtins(value)]
    return to_wire(value, lambda error: Failure(type(error).__name__, str(error)))


@pytest.fixture
def nasty() -> Scorecard:
    """A recording full of values and text that were made to break a report."""
    failure = Failure("ValueError", NASTY, traceback=[TraceLine(3, "f", NASTY)], bases=["Exception"])
    values: list[object] = [
        {1: "a", "1": "b", (1, 2): b"\xff", None: {1, 2}, Opaque("T", NASTY): Record("P", {"x": 1})},
        {float("nan"), float("inf")},
        [-float("inf"), 2**80, -(2**63), "\ud800", NASTY],
        failure,
        frozenset({b"x"}),
        object(),
    ]
    deep: list[object] = []
    for _ in range(150):
        deep = [deep]
    sent = [_sent(value) for value in values]
    run = a_run(
        NASTY,
        "a\nb",
        calls={NASTY: [Call(NASTY, [*sent, _sent(deep)], 0.0, {"key": ["list", sent]})]},
        returned=["dict", [[1, 2]]],
        notes=[["set", [1, ["float", "nan"]]]],
        error=failure,
        blocks=[Block(float("inf"), 0.0, "time.sleep", at=Frame("x.py", 1, "f", NASTY))],
        tasks=[TaskRecord(NASTY, "f", 0.0, cancel_requests=[float("nan")])],
    )
    criterion = Criterion(
        "test_it", NASTY, False, 0.0, 1.0, message=f"{NASTY}\n\n| a | b |\n</pre>\n::set-output name=x::y",
        diagnoses=[Diagnosis(NASTY, NASTY, NASTY, 3)], runs=[run],
    )  # fmt: skip
    return scorecard(
        verdict("05_gather_and_wait/02_wait_to_gather", "failed", title=NASTY, criteria=[criterion, criterion]),
        verdict("05_gather_and_wait/03_x", "error", message=NASTY),
    )
