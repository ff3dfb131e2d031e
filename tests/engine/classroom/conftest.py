"""Scorecards to write, in every state that a grading can have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict, Scorecard, Status

Made = Callable[..., Scorecard]

WORTHS = {"01_coroutines/01_first_coroutine": (4, 3, 3), "05_gather_and_wait/02_wait_to_gather": (1, 2, 2, 5)}


def criterion(number: int, worth: int, met: bool, message: str) -> Criterion:
    """A criterion that is met, or is not and says why."""
    lost = Diagnosis("never_awaited", f"{message} It was never awaited.", "01.py", 10 + number, "sleep(1)")
    return Criterion(
        f"test_{number}", f"Criterion {number}, so to say.", met, worth if met else 0, worth,
        "" if met else message, [] if met else [lost], seconds=0.25,
    )  # fmt: skip


@pytest.fixture
def card() -> Made:
    """``card("mixed")``: a scorecard in one of the states ``all_pass, mixed, not_started, crash, nothing``."""

    def make(state: str, message: str = "It took 3 seconds.") -> Scorecard:
        verdicts = []
        for exercise, worths in WORTHS.items():
            met = [state == "all_pass" or (state == "mixed" and number % 2 == 0) for number in range(len(worths))]
            criteria = [criterion(number, worth, met[number], message) for number, worth in enumerate(worths)]
            status: Status = "passed" if all(met) else "failed"
            if state == "not_started":
                status = "not_started"
                for each in criteria:
                    each.message, each.diagnoses = "", []
            if state == "crash":
                status = "error"
                for each in criteria:
                    each.fault = "the judge broke down"
            earned = sum(each.points for each in criteria)
            verdicts.append(ExerciseVerdict(exercise, status, earned, sum(worths), 0.5, criteria))
        if state == "nothing":
            verdicts = []
        points, most = sum(each.points for each in verdicts), sum(each.max_points for each in verdicts)
        return Scorecard(points, float(most), "3.12.1", "landlock", "virtual", 0, verdicts, seconds=1.5)

    return make


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A classroom is the same whatever Python it is on: files, tables and workflows."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.once)
