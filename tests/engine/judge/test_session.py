"""How the processes of one grading share the exercises."""

from __future__ import annotations

from pathlib import Path

from kata.judge.session import _Queue
from kata.project.catalog_reader import load

ROOT = Path(__file__).resolve().parents[3]


def test_each_exercise_is_taken_by_one_process_only_and_the_longest_first() -> None:
    exercises = load(ROOT).exercises
    queue = _Queue(exercises, ROOT)
    one, other = iter(queue), iter(queue)
    taken = [next(one), next(other), *one, *other]
    queue.close()
    assert sorted(exercise.id for exercise in taken) == sorted(exercise.id for exercise in exercises)
    lengths = [exercise.hidden(ROOT).stat().st_size for exercise in taken]
    assert lengths == sorted(lengths, reverse=True)


def test_an_empty_queue_ends_at_once() -> None:
    queue = _Queue([], ROOT)
    assert list(queue) == []
    queue.close()
