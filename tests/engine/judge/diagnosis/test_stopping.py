"""Diagnoses of stopping others: who was asked to cancel, and when."""

from __future__ import annotations

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect
from kata.judge.topics import about

FAILS = Service({"a": 1, "b": 2, "c": 3}, fails={"a": OSError("no answer")})


async def the_rest_is_cancelled(exercise):
    run = await exercise.answer(FAILS, ["a", "b", "c"])
    expect.cancelled_at(run, "get", ["b", "c"], 1)


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        (
            """
            async def answer(get, names):
                await asyncio.gather(*map(get, names), return_exceptions=True)
            """,
            3,
            "gather stops nobody",
        ),
        (
            """
            async def answer(get, names):
                async def quietly(name):
                    try:
                        await get(name)
                    except OSError:
                        pass
                async with asyncio.TaskGroup() as group:
                    for name in names:
                        group.create_task(quietly(name))
            """,
            8,
            "only when an error leaves one of its tasks",
        ),
        (
            """
            async def answer(get, names):
                await asyncio.wait([asyncio.create_task(get(name)) for name in names])
            """,
            3,
            "wait stops nobody by itself",
        ),
    ],
)
def test_a_wait_that_goes_on_while_the_others_should_be_stopped(told, body, line, why) -> None:
    found = told(body, the_rest_is_cancelled)["others_run_on"]
    assert found.line == line
    assert "At second 1 answer waited" in found.text
    assert why in found.text


def test_calls_that_begin_one_after_another_are_not_told_of_stopping(told) -> None:
    found = told(
        """
        async def answer(get, names):
            for name in names:
                await asyncio.wait([asyncio.create_task(get(name))])
        """,
        the_rest_is_cancelled,
    )
    assert "others_run_on" not in found


def test_tasks_that_were_asked_too_late_are_not_told_that_nobody_asked(told) -> None:
    found = told(
        """
        async def answer(get, names):
            tasks = [asyncio.create_task(get(name)) for name in names]
            await asyncio.wait(tasks, timeout=1.5)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        """,
        the_rest_is_cancelled,
    )
    assert "others_run_on" not in found


CLEANS_UP = """
    async def work(seconds):
        try:
            await asyncio.sleep(9)
        finally:
            await asyncio.sleep(seconds)
    """


def with_work(body: str) -> str:
    return f"{CLEANS_UP}{body}"


async def all_at_once(exercise):
    run = await exercise.answer()
    assert run.elapsed == 2, f"cleaning up takes 1 second; it took {run.elapsed}"


def test_tasks_that_are_cancelled_in_turn(told) -> None:
    found = told(
        with_work("""
    async def answer():
        tasks = [asyncio.create_task(work(1), name=name) for name in ("one", "two")]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
            await asyncio.wait([task])
    """),
        all_at_once,
    )["cancelled_in_turn"]
    assert found.line == 13
    assert "two was asked to cancel only at second 2, when one had ended" in found.text


def test_tasks_that_are_asked_together_and_clean_up_in_their_own_time(told) -> None:
    found = told(
        with_work("""
    async def answer():
        tasks = [asyncio.create_task(work(seconds)) for seconds in (1, 2)]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    """),
        all_at_once,
    )
    assert "cancelled_in_turn" not in found


async def nobody_is_asked_twice(exercise):
    run = await exercise.answer()
    twice = [task.name for task in run.tasks if len(task.cancel_requests) > 1]
    assert not twice, about("cancelled again", f"{twice} were cancelled once more while they cleaned up")
    assert run.elapsed == 0, "it should take no time"


def test_a_task_that_is_asked_once_more_while_it_cleans_up(told) -> None:
    found = told(
        with_work("""
    async def answer():
        task = asyncio.create_task(work(5), name="slow")
        await asyncio.sleep(1)
        while not task.done():
            task.cancel()
            await asyncio.sleep(1)
    """),
        nobody_is_asked_twice,
    )["cancelled_again"]
    assert "slow was asked to cancel at second 1, and once more at second 2." in found.text
    assert found.line == 12  # the only place that cancels


def test_a_task_group_that_asks_once_more_is_named(told) -> None:
    found = told(
        with_work("""
    async def answer():
        async def stop(tasks):
            await asyncio.sleep(1)
            for task in tasks:
                task.cancel()
            raise ValueError("enough")
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(work(1))]
                group.create_task(stop(tasks))
        except* ValueError:
            pass
    """),
        nobody_is_asked_twice,
    )["cancelled_again"]
    assert "at second 1 by the cancel() in line" in found.text
    assert "once more at second 1 by the task group, since ValueError left" in found.text


def test_a_task_that_is_asked_once_is_not_told_of_twice(told) -> None:
    found = told(
        with_work("""
    async def answer():
        task = asyncio.create_task(work(5))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
    """),
        nobody_is_asked_twice,
    )
    assert "cancelled_again" not in found


async def cancel_after_a_second(ex, get):
    task = asyncio.create_task(ex.answer(get))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    return task.cancelled()


async def it_ends_as_cancelled(exercise):
    run = await exercise.play(cancel_after_a_second, Service(3))
    assert run.result is True, "answer was cancelled, and should end so"


def test_a_request_that_is_taken_back_with_uncancel(told) -> None:
    found = told(
        """
        async def answer(get):
            try:
                await get("a")
            except asyncio.CancelledError:
                asyncio.current_task().uncancel()
            await asyncio.sleep(1)
        """,
        it_ends_as_cancelled,
    )["swallowed_cancellation"]
    assert found.line == 6
    assert "answer was cancelled at second 1 and went on: the uncancel in line 6" in found.text


def test_an_uncancel_that_takes_nothing_back_is_not_told_of(told) -> None:
    found = told(
        """
        async def answer(get):
            try:
                await asyncio.sleep(0.5)
            except asyncio.CancelledError:
                asyncio.current_task().uncancel()
            return await get("a") if False else None
        """,
        it_ends_as_cancelled,
    )
    assert "swallowed_cancellation" not in found


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        (
            """
            import contextlib
            async def answer(get):
                with contextlib.suppress(asyncio.CancelledError):
                    await get("a")
                await asyncio.sleep(1)
            """,
            4,
            "the suppress in line 4",
        ),
        (
            """
            async def answer(get):
                try:
                    async with asyncio.TaskGroup() as group:
                        group.create_task(get("a"))
                except* asyncio.CancelledError:
                    await asyncio.sleep(1)
            """,
            6,
            "the except in line 6",
        ),
    ],
)
def test_what_keeps_a_cancellation_is_named(told, body, line, what) -> None:
    found = told(body, it_ends_as_cancelled)["swallowed_cancellation"]
    assert (found.line, what in found.text) == (line, True)


async def slow_to_end(ex, get):
    async def stop():
        try:
            await get("a")
        except asyncio.CancelledError:
            await asyncio.sleep(2)
            raise

    return await cancel_after_a_second(ex, stop)


async def it_ends_as_cancelled_though_it_failed(exercise):
    run = await exercise.play(slow_to_end, Service(3))
    assert run.result is True, "answer was cancelled, and should end so"


def test_a_cancellation_that_comes_when_a_group_has_failed_is_not_told_as_kept(told) -> None:
    found = told(
        """
        async def fail():
            await asyncio.sleep(0.5)
            raise ValueError
        async def answer(stop):
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(stop())
                    group.create_task(fail())
            except* ValueError:
                return None
        """,
        it_ends_as_cancelled_though_it_failed,
    )
    assert "swallowed_cancellation" not in found
