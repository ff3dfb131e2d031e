"""What criteria have in common is told once."""

from __future__ import annotations

from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict
from kata.reports.causes import common

NESTED = Diagnosis("asyncio_error", "An event loop is started in line 9.", "x.py", 9)
ERROR = "RuntimeError: asyncio.run() cannot be called from a running event loop"


def criterion(test: str, way: str, *found: Diagnosis, error: str = ERROR) -> Criterion:
    message = f"{error}\n  line {way}\n  line 9, in wait: asyncio.run(…)"
    return Criterion(test, "", False, 0, 5, message=message, diagnoses=list(found))


def test_an_error_that_came_another_way_is_told_once() -> None:
    ways = ["3, in all_of: …", "3, in all_of: …", "5, in one: …"]
    criteria = [criterion(f"test_{place}", way, NESTED) for place, way in enumerate(ways)]
    found = common(ExerciseVerdict("01_a/01_b", "failed", 0, 15, 0.0, criteria))
    assert found.diagnosis == NESTED
    assert [found.message_of(each) for each in criteria] == ["", "", ""]


def test_another_error_is_told_beside_it() -> None:
    criteria = [criterion(f"test_{place}", "3, in all_of: …", NESTED) for place in range(2)]
    criteria.append(criterion("test_2", "3, in all_of: …", NESTED, error="RuntimeError: no running event loop"))
    found = common(ExerciseVerdict("01_a/01_b", "failed", 0, 15, 0.0, criteria))
    assert found.message_of(criteria[2]).startswith("RuntimeError: no running event loop")


def test_the_same_error_for_another_reason_is_told_beside_it() -> None:
    criteria = [criterion(f"test_{place}", "3, in all_of: …", NESTED) for place in range(2)]
    criteria.append(criterion("test_2", "5, in one: …"))
    found = common(ExerciseVerdict("01_a/01_b", "failed", 0, 15, 0.0, criteria))
    assert found.message_of(criteria[2]) == criteria[2].message
