"""asyncio's own errors are explained also where a hidden test calls the function from a drive of its own."""

from __future__ import annotations

import asyncio

import pytest


async def cancelled_soon(ex):
    task = asyncio.create_task(ex.answer())
    await asyncio.wait([task], timeout=1)
    task.cancel()
    await asyncio.wait([task])
    return "cancelled" if task.cancelled() else repr(task.exception() or task.result())


async def it_ends_as_cancelled(exercise):
    run = await exercise.play_within(cancelled_soon)
    assert run.result == "cancelled", f"answer should end as cancelled; it ended with {run.result}"


@pytest.mark.parametrize(
    ("body", "name", "line"),
    [
        ("async def answer():\n    asyncio.run(asyncio.sleep(1))\n", "asyncio_error", 3),
        ("async def answer():\n    await asyncio.wait(asyncio.sleeep(1))\n", "not_defined", 3),
    ],
)
def test_an_error_of_the_function_that_a_drive_calls(told, body, name, line) -> None:
    assert told(body, it_ends_as_cancelled)[name].line == line


def test_an_error_that_is_none_of_asyncios_gets_no_advice_of_its(told) -> None:
    found = told("async def answer():\n    raise RuntimeError('mine')\n", it_ends_as_cancelled)
    assert not {"asyncio_error", "not_defined"} & found.keys()
