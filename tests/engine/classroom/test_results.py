"""The results of a class as data."""

from __future__ import annotations

import msgspec
import pytest

from kata.classroom.results import ClassResult, StudentResult, as_json, on_exercise


@pytest.mark.once
@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_that_is_written_student_by_student_is_the_json_of_the_whole(count: int) -> None:
    awkward = '"\n "students": []'
    students = [
        StudentResult(f"{awkward} {number}", "s", "graded", 1.0, exercises=[on_exercise("a", "passed", 1.0, 2.0)])
        for number in range(count)
    ]
    result = ClassResult([], students, [awkward], [], [], "3.13", "virtual", 0)
    whole = msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"
    assert b"".join(as_json(result)) == whole
    assert msgspec.json.decode(whole, type=ClassResult) == result


@pytest.mark.once
def test_what_is_true_of_many_students_is_kept_once() -> None:
    assert on_exercise("a", "passed", 1.0, 2.0) is on_exercise("a", "passed", 1.0, 2.0)
    assert on_exercise("a", "passed", 1.0, 2.0) != on_exercise("a", "failed", 0.0, 2.0)
