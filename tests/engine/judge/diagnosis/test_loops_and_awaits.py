"""Diagnoses of first mistakes: a second event loop, an await that is missing, a value that is not returned."""

from __future__ import annotations

import pytest

from kata.judge.topics import about

pytestmark = pytest.mark.once


async def the_answer(exercise):
    run = await exercise.answer()
    assert run.result == 42


async def the_answer_of_a_plain_function(exercise):
    run = await exercise.play_within(call_it)
    assert run.result == 42


def call_it(ex):
    return ex.answer()


async def what_came_of_it(exercise):
    run = await exercise.play_within(call_and_note)
    how, what = run.result
    assert how == "returned", about("no error", f"answer should return; it {how} {what!r}", error=what)


def call_and_note(ex):
    try:
        return ["returned", ex.answer()]
    except Exception as error:
        return ["raised", error]


def test_an_ordinary_function_that_starts_a_loop_in_a_coroutine_is_told_to_become_one(told) -> None:
    found = told(
        """
        def work():
            asyncio.run(asyncio.sleep(1))
        async def answer():
            work()
        """,
        the_answer,
    )["asyncio_error"]
    assert found.line == 3
    assert found.text.endswith("work, in line 2, is an ordinary function; with async def, it can await.")


def test_an_ordinary_function_that_starts_a_running_loop_again_may_be_in_another_thread(told) -> None:
    found = told(
        """
        async def answer():
            loop = asyncio.get_running_loop()
            def ask():
                return loop.run_until_complete(asyncio.sleep(1, 42))
            return await asyncio.to_thread(ask)
        """,
        the_answer,
    )["asyncio_error"]
    assert found.line == 5
    assert found.text.endswith("from another thread, asyncio.run_coroutine_threadsafe hands a coroutine to the loop.")


def test_a_coroutine_function_that_starts_a_loop_is_one_already(told) -> None:
    found = told("async def answer():\n    asyncio.run(asyncio.sleep(1))\n", the_answer)["asyncio_error"]
    assert "ordinary function" not in found.text


def test_a_coroutine_that_an_error_left_unawaited_is_no_second_mistake(told) -> None:
    found = told(
        """
        async def work():
            return 42
        async def inner():
            return asyncio.run(work())
        def answer():
            return asyncio.run(inner())
        """,
        the_answer_of_a_plain_function,
    )
    assert list(found) == ["asyncio_error"]
    assert found["asyncio_error"].line == 5


def test_an_error_that_a_test_caught_and_names_is_explained_too(told) -> None:
    found = told(
        """
        LOOP = asyncio.new_event_loop()
        LOOP.close()
        async def work():
            return 42
        def answer():
            return LOOP.run_until_complete(work())
        """,
        what_came_of_it,
    )
    assert list(found) == ["asyncio_error"]
    assert found["asyncio_error"].line == 7
    assert "has been closed" in found["asyncio_error"].text


def test_an_await_that_is_missing_in_another_line_is_still_told(told) -> None:
    found = told(
        """
        async def answer():
            asyncio.sleep(1)
            asyncio.run(asyncio.sleep(2))
        """,
        the_answer,
    )
    assert [(name, diagnosis.line) for name, diagnosis in found.items()] == [("asyncio_error", 4), ("never_awaited", 3)]


def test_the_line_that_returns_a_coroutine_object_is_named(told) -> None:
    found = told("async def answer():\n    return asyncio.sleep(1, 42)\n", the_answer)["coroutine_returned"]
    assert found.line == 3
    assert "returned in line 3" in found.text


def test_no_line_is_named_where_two_could_have_returned_the_coroutine_object(told) -> None:
    found = told(
        """
        async def answer(late=True):
            if late:
                return asyncio.sleep(1, 42)
            return asyncio.sleep(2, 42)
        """,
        the_answer,
    )["coroutine_returned"]
    assert found.line == 0


def test_print_is_spoken_of_only_where_something_is_printed(told) -> None:
    silent = told("async def answer():\n    42\n", the_answer)["no_return"]
    printed = told("async def answer():\n    print(42)\n", the_answer)["no_return"]
    assert ("print" in silent.text, "print" in printed.text) == (False, True)
