"""Diagnoses of task groups and gather: where errors come out, and who is waited for."""

from __future__ import annotations

import pytest

from kata.fakes import Service

FAILS = Service({"a": 1, "b": 2}, fails={"a": OSError("no answer")})
FINE = Service({"a": 1, "b": 2})

pytestmark = pytest.mark.once


async def all_are_none(exercise):
    run = await exercise.answer(FAILS, ["a", "b"])
    assert run.result == [None, "B"]


async def all_answer(exercise):
    run = await exercise.answer(FINE, ["a", "b"])
    assert run.result == ["A", "B"]


async def the_others_are_stopped(exercise):
    run = await exercise.answer(FAILS, ["a", "b"])
    assert run.calls["get"][1].end == 1.5


INSIDE = """
async def answer(get, names):
    tasks = []
    async with asyncio.TaskGroup() as group:
        for name in names:
            try:
                tasks.append(group.create_task(get(name)))
            except {kind}:
                tasks.append(None)
    return [task and task.result() for task in tasks]
"""


def test_an_except_around_create_task_is_told_where_the_errors_come_out(told) -> None:
    found = told(INSIDE.format(kind="OSError"), all_are_none)
    assert list(found) == ["except_inside"]
    assert found["except_inside"].line == 8
    assert "the async with in line 4: put the try around that" in found["except_inside"].text


def test_an_except_for_another_error_is_not_told_so(told) -> None:
    assert "except_inside" not in told(INSIDE.format(kind="LookupError"), all_are_none)


def test_an_except_around_an_await_in_the_block_is_not_told_so(told) -> None:
    found = told(
        """
        async def answer(get, names):
            async with asyncio.TaskGroup() as group:
                try:
                    task = group.create_task(get("a"))
                    await task
                except OSError:
                    pass
        """,
        all_are_none,
    )
    assert "except_inside" not in found


def test_a_task_made_outside_the_group_is_named_where_it_is_made(told) -> None:
    found = told(
        """
        async def answer(get, names):
            async with asyncio.TaskGroup() as group:
                tasks = [asyncio.create_task(get(name)) for name in names]
            return [task.result() for task in tasks]
        """,
        all_answer,
    )["asyncio_error"]
    assert found.line == 4
    assert "in line 5 its result is asked for before there is one" in found.text


def test_a_result_that_is_read_inside_the_block_is_told_so(told) -> None:
    found = told(
        """
        async def answer(get, names):
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(get(name)) for name in names]
                return [task.result() for task in tasks]
        """,
        all_answer,
    )["asyncio_error"]
    assert (found.line, "create_task" in found.text) == (5, False)


def test_tasks_that_a_failed_gather_leaves_are_told_with_its_line(told) -> None:
    found = told(
        """
        async def answer(get, names):
            tasks = [asyncio.ensure_future(get(name)) for name in names]
            try:
                await asyncio.gather(*tasks)
            except OSError:
                return None
        """,
        the_others_are_stopped,
    )["leaked"]
    assert found.line == 5
    assert found.text.startswith(
        "The gather in line 5 raised the error of Task-2 at second 1 and stopped nobody: Task-3 was"
    )


def test_a_task_that_was_left_beside_a_gather_is_not_laid_on_it(told) -> None:
    found = told(
        """
        async def answer(get, names):
            left = asyncio.create_task(get("b"))
            try:
                await asyncio.gather(get("a"))
            except OSError:
                return left.done()
        """,
        the_others_are_stopped,
    )["leaked"]
    assert "gather" not in found.text
