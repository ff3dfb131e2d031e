"""Diagnoses of errors that do not come out: the place that keeps one is found from where it was raised."""

from __future__ import annotations

import asyncio

import pytest

from kata.contract.values import Failure
from kata.fakes import Service
from kata.judge import expect
from kata.judge.topics import about

LOST = KeyError("lost")


async def the_error_comes_out(exercise):
    run = await exercise.answer(Service(1, fails={"b": LOST}), ["a", "b"])
    expect.raises(run, LOST, "the call for b failed")


async def the_first_error_comes_out(exercise):
    run = await exercise.answer(Service({"a": 2, "b": 1}, fails={"b": LOST}), ["a", "b"])
    expect.raises(run, LOST, "the call for b failed")


KEPT_IN_A_TASK = """
    async def answer(get, names):
        async def one(name):
            try:
                return await get(name)
            except Exception:
                return None
        try:
            return await asyncio.gather(*map(one, names))
        except KeyError:
            return []
    """


def test_of_two_places_the_one_that_got_the_error_is_named(told) -> None:
    found = told(KEPT_IN_A_TASK, the_error_comes_out)["error_swallowed"]
    assert found.line == 6
    assert "KeyError('lost') should have come out and did not. The except in line 6 gets it" in found.text


def test_an_error_is_followed_to_the_task_that_waits_for_it(told) -> None:
    found = told(
        """
        async def answer(get, names):
            try:
                asyncio.get_running_loop()
            except Exception:
                pass
            tasks = [asyncio.create_task(get(name)) for name in names]
            try:
                await asyncio.gather(*tasks)
            except KeyError:
                return None
        """,
        the_error_comes_out,
    )["error_swallowed"]
    assert found.line == 10


def test_return_exceptions_keeps_errors_too(told) -> None:
    found = told(
        """
        async def answer(get, names):
            found = await asyncio.gather(
                *map(get, names),
                return_exceptions=True,
            )
            return len(found)
        """,
        the_error_comes_out,
    )["error_swallowed"]
    assert found.line == 5
    assert "return_exceptions=True in line 5" in found.text


def test_a_gather_of_what_is_left_keeps_no_error_that_came_before(told) -> None:
    found = told(
        """
        async def answer(get, names):
            tasks = [asyncio.create_task(get(name)) for name in names]
            done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            return [task.result() for task in done if not task.exception()]
        """,
        the_first_error_comes_out,
    )
    assert "error_swallowed" not in found


def test_a_group_that_passes_a_plain_except_inside_is_followed_further(told) -> None:
    found = told(
        """
        async def answer(get, names):
            try:
                async with asyncio.TaskGroup() as group:
                    for name in names:
                        group.create_task(get(name))
            except KeyError:
                pass
            except BaseExceptionGroup:
                pass
        """,
        the_error_comes_out,
    )["error_swallowed"]
    assert found.line == 9


@pytest.mark.parametrize("ending", ["raise", "asyncio.get_running_loop().create_future().set_exception(error)"])
def test_a_handler_that_hands_the_error_on_does_not_keep_it(told, ending) -> None:
    async def another_error(exercise):
        run = await exercise.answer(Service(1, fails={"b": LOST}), ["a", "b"])
        expect.raises(run, ValueError("another"), "the call for b failed")

    found = told(
        f"""
        async def answer(get, names):
            try:
                await asyncio.gather(*map(get, names))
            except KeyError as error:
                {ending}
        """,
        another_error,
    )
    assert "error_swallowed" not in found


async def it_is_reported(exercise):
    run = await exercise.answer(Service(1, fails={"b": LOST}), ["a", "b"])
    assert "lost" in run.printed, about("error kept", "the error of b was never told", error=LOST, told=True)


def test_an_error_that_is_dropped_in_silence(told) -> None:
    found = told(KEPT_IN_A_TASK, it_is_reported)["error_swallowed"]
    assert found.line == 6
    assert "was told to nobody" in found.text


def test_an_except_that_does_something_is_not_told_that_it_does_nothing(told) -> None:
    assert "error_swallowed" not in told(KEPT_IN_A_TASK.replace("return None", "print('oh')"), it_is_reported)


async def no_error_among_the_values(exercise):
    run = await exercise.answer(Service(1, fails={"b": LOST}), ["a", "b"])
    expect.raises(run, LOST, "the call for b failed")


def test_an_error_that_stands_among_the_values(told) -> None:
    found = told(
        """
        async def answer(get, names):
            return await asyncio.gather(*map(get, names), return_exceptions=True)
        """,
        no_error_among_the_values,
    )["error_as_value"]
    assert found.line == 3


def test_values_without_an_error_are_not_told_of_one(told) -> None:
    found = told(
        """
        async def answer(get, names):
            found = await asyncio.gather(*map(get, names), return_exceptions=True)
            return [each for each in found if isinstance(each, str)]
        """,
        no_error_among_the_values,
    )
    assert "error_as_value" not in found


def test_the_text_of_an_error_in_its_place(told) -> None:
    async def the_error_itself(exercise):
        run = await exercise.answer(Service(1, fails={"b": OSError("gone")}), "b")
        assert run.result == Failure("OSError", "gone"), f"it should be the error; it is {run.result!r}"

    found = told(
        """
        async def answer(get, name):
            try:
                return await get(name)
            except OSError as error:
                return {}
        """.replace("{}", "str(error)"),
        the_error_itself,
    )
    assert "text_of_error" in found
    assert "text_of_error" not in told("async def answer(get, name):\n    return 'other'\n", the_error_itself)


async def a_group_leaves(exercise):
    run = await exercise.answer(Service(1, fails={"b": LOST}), ["a", "b"])
    error = LOST
    assert run.raised is not None and run.raised.is_a("ExceptionGroup"), f"{error!r} should leave in a group"


def test_an_error_that_leaves_without_its_group(told) -> None:
    found = told(
        """
        async def answer(get, names):
            for name in names:
                await get(name)
        """,
        a_group_leaves,
    )["group_lost"]
    assert found.line == 4
    assert "here no task group is used" in found.text


def test_another_error_than_the_one_of_the_group_lost_none(told) -> None:
    assert "group_lost" not in told("async def answer(get, names):\n    raise ValueError('mine')\n", a_group_leaves)


async def it_returns(exercise):
    run = await exercise.play_within(in_a_task)
    assert run.result != "cancelled", about("no error", "a CancelledError left answer", error="CancelledError()")
    assert run.result == "done", f"it should be done; it gave {run.result!r}"


async def in_a_task(ex):
    task = asyncio.create_task(ex.answer())
    await asyncio.wait([task])
    return "cancelled" if task.cancelled() else task.result()


def test_a_cancellation_that_comes_out_of_a_function_which_nobody_cancelled(told) -> None:
    body = """
        async def answer():
            task = asyncio.create_task(asyncio.sleep(5))
            await asyncio.sleep(0)
            task.cancel()
            await task
        """
    found = told(body, it_returns)["cancelled_error"]
    assert "A CancelledError came out of answer, and nobody had cancelled answer" in found.text
    assert "cancelled_error" not in told("async def answer():\n    return 'other'\n", it_returns)


async def nothing_is_cancelled(exercise):
    run = await exercise.play_within(beside_a_cancelled_task)
    came = run.raised.type if run.raised is not None else ""
    assert came != "CancelledError", about("no error", "a CancelledError left answer", error=run.raised)


async def beside_a_cancelled_task(ex):
    task = asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0)
    task.cancel()
    return await ex.answer(task)


def test_a_cancellation_that_comes_out_of_a_function_in_the_tests_own_task(told) -> None:
    found = told("async def answer(task):\n    return await task\n", nothing_is_cancelled)["cancelled_error"]
    assert found.line == 3
    assert "A CancelledError came out of answer in line 3, and nobody had cancelled answer" in found.text


async def all_have_ended(exercise):
    run = await exercise.play_within(with_two_tasks)
    assert run.result == [1, 2]


async def with_two_tasks(ex):
    return await ex.answer([asyncio.create_task(asyncio.sleep(seconds, seconds)) for seconds in (1, 2)])


def test_a_result_that_is_asked_for_when_a_wait_came_back_early_is_told_by_the_wait(told) -> None:
    found = told(
        """
        async def answer(tasks):
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return [task.result() for task in tasks]
        """,
        all_have_ended,
    )["asyncio_error"]
    assert found.line == 3
    assert "came back at second 1, and 1 of its 2 tasks had not ended" in found.text


def test_a_result_that_is_asked_for_without_any_wait_is_told_by_its_own_line(told) -> None:
    body = "async def answer(tasks):\n    return [task.result() for task in tasks]\n"
    assert told(body, all_have_ended)["asyncio_error"].line == 3


async def no_error_leaves(exercise):
    run = await exercise.play_within(how_it_ends)
    assert run.result == "returned", about("no error", f"answer {run.result}", error=run.result.removeprefix("raised "))


async def how_it_ends(ex):
    task = asyncio.create_task(ex.answer())
    await asyncio.wait([task])
    return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r}"


def test_an_error_that_leaves_a_function_which_the_test_plays(told) -> None:
    body = """
        async def answer():
            await asyncio.sleep(1)
            return None.close()
        """
    found = told(body, no_error_leaves)["error_escaped"]
    assert (found.line, "AttributeError left the function" in found.text) == (4, True)
    assert "error_escaped" not in told("async def answer():\n    return 1\n", no_error_leaves)


def test_what_an_error_left_behind_on_its_way_out_is_not_told_as_a_leak(told) -> None:
    found = told(
        """
        async def answer():
            left = asyncio.create_task(asyncio.sleep(9))
            await asyncio.sleep(1)
            raise KeyError("line 7")
        """,
        no_error_leaves,
    )
    assert list(found) == ["error_escaped"]
