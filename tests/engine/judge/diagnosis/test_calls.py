"""Diagnoses of calls and tasks: what was asked again, held back, given up, or not waited for."""

from __future__ import annotations

import asyncio

from kata.fakes import BlockingService, Service
from kata.judge import expect


async def one_call_for_each(exercise):
    run = await exercise.answer(Service(1, fails={"a": OSError("no answer")}), ["a", "b"])
    expect.called_once_each(run, "get", ["a", "b"])
    expect.takes(run, 2, "two calls")


def test_a_call_that_is_made_once_more_after_its_error(told) -> None:
    found = told(
        """
        async def answer(get, names):
            for name in names:
                try:
                    await get(name)
                except OSError:
                    try:
                        await get(name)
                    except OSError:
                        pass
        """,
        one_call_for_each,
    )["asked_again"]
    assert "get('a') was called once more at second 1; the first call had failed at second 1" in found.text


def test_calls_for_different_things_are_not_asked_again(told) -> None:
    assert "asked_again" not in told(
        """
        async def answer(get, names):
            for name in [*names, "c", "d"]:
                try:
                    await get(name)
                except OSError:
                    pass
        """,
        one_call_for_each,
    )


async def all_wait_together(exercise):
    run = await exercise.answer(Service(1), list("abcdef"))
    expect.takes(run, 1, "six calls of 1 second")


def test_a_number_in_the_code_that_holds_calls_back(told) -> None:
    found = told(
        """
        async def answer(get, names):
            some = asyncio.Semaphore(2)
            async def one(name):
                async with some:
                    await get(name)
            await asyncio.gather(*map(one, names))
        """,
        all_wait_together,
    )["bounded"]
    assert found.line == 3
    assert "Never more than 2 of the 6 calls of get" in found.text


def test_a_number_that_holds_nothing_back_is_not_a_bound(told) -> None:
    assert "bounded" not in told(
        """
        async def answer(get, names):
            await asyncio.gather(*map(get, names))
            await asyncio.sleep(6)
        """,
        all_wait_together,
    )


async def it_ends_with_the_call(exercise):
    run = await exercise.answer(Service(1.05))
    expect.takes(run, 1.05, "a call of 1.05 seconds")


def test_a_loop_that_looks_again_and_again(told) -> None:
    found = told(
        """
        async def answer(get):
            task = asyncio.create_task(get("a"))
            while not task.done():
                await asyncio.sleep(0.1)
        """,
        it_ends_with_the_call,
    )["polled"]
    assert found.line == 5
    assert "came back 11 times in a row, after 0.1 seconds each" in found.text


def test_a_loop_over_sleeps_that_waits_for_nothing_is_no_polling(told) -> None:
    assert "polled" not in told(
        """
        async def answer(get):
            await get("a")
            for _ in range(11):
                await asyncio.sleep(0.1)
        """,
        it_ends_with_the_call,
    )


async def nothing_is_left(exercise):
    run = await exercise.answer(BlockingService(2, name="get"))
    expect.stopped_and_waited_for(run, "get")
    assert run.elapsed == 9, "it should wait for long"


def test_a_call_that_is_still_under_way_when_the_function_ends(told) -> None:
    found = told(
        """
        async def answer(get):
            try:
                await asyncio.wait_for(asyncio.to_thread(get, "a"), 1)
            except TimeoutError:
                pass
        """,
        nothing_is_left,
    )["left_running"]
    assert "answer ended after 1 second, when get was still under way for 'a'" in found.text
    assert "A thread cannot be cancelled" in found.text


def test_a_function_that_waits_for_its_call_leaves_nothing_running(told) -> None:
    assert "left_running" not in told(
        "async def answer(get):\n    await asyncio.to_thread(get, 'a')\n", nothing_is_left
    )


async def cancelled_tasks_have_ended(exercise):
    run = await exercise.play(then_wait, Service(1))
    assert run.result == [], f"answer ended while a task of its own cleaned up, until second {run.result}"


async def then_wait(ex, get):
    clock = asyncio.get_running_loop().time
    start = clock()
    late = []

    async def slow(name):
        try:
            await asyncio.sleep(5)
        finally:
            await asyncio.sleep(2)
            late.append(clock() - start)

    await ex.answer(slow)
    before = len(late)
    await asyncio.sleep(9)
    return late[before:]


def test_a_cancelled_task_that_nobody_waits_for(told) -> None:
    found = told(
        """
        async def answer(get):
            task = asyncio.create_task(get("a"), name="slow")
            await asyncio.sleep(1)
            task.cancel()
        """,
        cancelled_tasks_have_ended,
    )["not_joined"]
    assert "slow was asked to cancel at second 1, and had not ended yet when answer ended, at second 1" in found.text


def test_a_task_that_nobody_asked_to_cancel_is_not_to_be_joined(told) -> None:
    assert "not_joined" not in told(
        """
        TASKS = []
        async def answer(get):
            TASKS.append(asyncio.create_task(get("a"), name="slow"))
            await asyncio.sleep(1)
        """,
        cancelled_tasks_have_ended,
    )


async def the_write_goes_on(exercise):
    run = await exercise.play(cancel_soon, Service(2))
    [write] = run.calls["get"]
    assert write.outcome == "returned", "the call should go on when answer is cancelled"


async def cancel_soon(ex, get):
    task = asyncio.create_task(ex.answer(get))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])


def test_a_cancellation_that_reaches_a_call_which_should_go_on(told) -> None:
    found = told("async def answer(get):\n    await get('a')\n", the_write_goes_on)["cancelled_through"]
    assert found.line == 3
    assert "await asyncio.shield(task)" in found.text


def test_a_cancellation_that_reaches_a_task_is_told_where_the_task_is_awaited(told) -> None:
    found = told(
        """
        async def answer(get):
            task = asyncio.create_task(get("a"))
            await task
        """,
        the_write_goes_on,
    )["cancelled_through"]
    assert found.line == 4


def test_a_call_that_the_code_cancels_by_itself_is_not_cancelled_through(told) -> None:
    assert "cancelled_through" not in told(
        """
        async def answer(get):
            task = asyncio.create_task(get("a"))
            await asyncio.sleep(0.5)
            task.cancel()
            await asyncio.wait([task])
        """,
        the_write_goes_on,
    )


async def it_waits_for_long(exercise):
    run = await exercise.answer(Service(500))
    assert run.result == "A", f"answer should wait for the call; it gave {run.result!r}"


def test_a_limit_that_nobody_asked_for(told) -> None:
    found = told(
        """
        async def answer(get):
            try:
                return await asyncio.wait_for(get("a"), 60)
            except TimeoutError:
                return None
        """,
        it_waits_for_long,
    )["hidden_limit"]
    assert found.line == 4
    assert "was given up after 60 seconds" in found.text


def test_so_it_is_found_where_the_limit_is_around_a_function_of_ones_own(told) -> None:
    found = told(
        """
        async def one(get):
            return await get("a")
        async def answer(get):
            try:
                return await asyncio.wait_for(one(get), 60)
            except TimeoutError:
                return None
        """,
        it_waits_for_long,
    )["hidden_limit"]
    assert found.line == 6


def test_a_limit_that_was_not_reached_is_no_reason(told) -> None:
    assert "hidden_limit" not in told(
        """
        async def answer(get):
            await asyncio.wait_for(get("a"), 600)
            return "B"
        """,
        it_waits_for_long,
    )


def test_calls_that_one_thread_makes_are_told_from_waits_in_turn(told) -> None:
    async def all_at_once(exercise):
        run = await exercise.answer(BlockingService(1), ["a", "b"])
        expect.takes(run, 1, "two calls")

    found = told(
        """
        async def answer(get, names):
            return await asyncio.to_thread(lambda: [get(name) for name in names])
        """,
        all_at_once,
    )["one_after_another"]
    assert "one thread makes all of them, and the wait in line 3 is for that thread" in found.text
