"""Of several calls one after another, the first that differs is the one to look at."""

from __future__ import annotations

from kata.contract.run import Call, Line, Run
from kata.reports.calls_in_turn import calls_in_turn

from .test_pair import compared, drive
from .test_timeline import runs, task, waits

OWN = frozenset({"shop"})


def called(*moments: tuple[float, float]) -> Run:
    """A play in which the test calls `shop` from one moment to another, several times."""
    tasks = [
        task(
            f"Task-{n}",
            [runs(begin, 2 * n), waits(begin, end, 2 * n + 1), runs(end, 2 * n + 1)],
            parent=None,
            coroutine="shop",
        )
        for n, (begin, end) in enumerate(moments, 2)
    ]
    lines = [Line(f"done {n}", end, f"Task-{n}", order=1) for n, (_, end) in enumerate(moments, 2)]
    calls = [Call("fetch", [n], begin, end=end, task=f"Task-{n}") for n, (begin, end) in enumerate(moments, 2)]
    return Run(tasks=[drive(), *tasks], lines=lines, calls={"fetch": calls}, elapsed=9)


def test_each_call_is_a_play_of_its_own_tasks() -> None:
    first, second = calls_in_turn(called((0, 1), (1, 3)), OWN)
    assert ([task.name for task in first.tasks], [task.name for task in second.tasks]) == (["Task-2"], ["Task-3"])
    assert [line.text for line in second.lines] == ["done 3"]
    assert [call.args for call in second.calls["fetch"]] == [[3]]


def test_one_call_or_several_at_a_time_are_one_play() -> None:
    assert calls_in_turn(called((0, 1)), OWN) == []
    assert calls_in_turn(called((0, 2), (1, 3)), OWN) == []


def test_the_picture_is_of_the_first_call_that_differs() -> None:
    rows = compared(called((0, 1), (1, 3), (3, 5)), called((0, 1), (1, 2), (2, 4)), 60)
    assert "Your code, call 2 of 3: shop took 2 seconds" in rows
    assert "The solution, call 2 of 3: shop took 1 second" in rows
    assert sum(row.startswith("shop") for row in rows) == 2
    assert rows[2].split()[0] == "1s"


def test_where_only_the_number_of_calls_differs_there_is_no_picture() -> None:
    assert compared(called((0, 1), (1, 3)), called((0, 1), (1, 3), (3, 4))) == []
