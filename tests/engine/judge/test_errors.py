"""asyncio's own errors, provoked on the Python that runs this, get the advice that helps; so do a play's walls."""

from __future__ import annotations

import asyncio
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kata.contract.request import Request
from kata.contract.run import Deadlock, Run, StuckTask, SubmissionFailed, Unfit, Unretrieved
from kata.contract.scorecard import Diagnosis
from kata.contract.values import Failure, TraceLine
from kata.judge.diagnosis import Case, Compared, diagnose
from kata.judge.diagnosis.errors import SAYINGS, Saying
from kata.sandbox.client import Sandbox

Play = Callable[[str], tuple[Run, str]]


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    """Plays ``answer`` of a submission, whose first line imports asyncio."""
    with Sandbox(1) as sandbox:

        def played(body: str) -> tuple[Run, str]:
            text = "import asyncio\n" + textwrap.dedent(body)
            request = Request(source=text, file="exercises/answer.py", name="answer")
            return asyncio.run(sandbox.connections[0].play(request)), text

        yield played


def _told(play: Play, body: str) -> dict[str, Diagnosis]:
    run, text = play(body)
    return {found.name: found for found in diagnose(Case(run, text, SubmissionFailed(run)))}


PROVOCATIONS = {
    "asyncio.run in a coroutine": (
        """
        async def work(): pass
        async def answer():
            asyncio.run(work())
        """,
        "Await the coroutine instead of handing it to asyncio.run",
        5,
    ),
    "run_until_complete in a coroutine": (
        """
        async def answer():
            asyncio.get_running_loop().run_until_complete(asyncio.sleep(1))
        """,
        "Await the coroutine instead of handing it to asyncio.run",
        4,
    ),
    "a second loop in a coroutine": (
        """
        async def answer():
            asyncio.new_event_loop().run_until_complete(asyncio.sleep(1))
        """,
        "Await the coroutine instead of handing it to asyncio.run",
        4,
    ),
    "a closed loop": (
        """
        async def answer():
            loop = asyncio.new_event_loop()
            loop.close()
            loop.call_soon(print)
        """,
        "has been closed, by close()",
        6,
    ),
    "no loop": (
        """
        import threading
        async def work(): pass
        async def answer():
            failed = []
            def plain():
                try:
                    asyncio.create_task(work())
                except RuntimeError as error:
                    failed.append(error)
            thread = threading.Thread(target=plain)
            thread.start()
            thread.join()
            raise failed[0]
        """,
        "plain code has none, nor has another thread",
        9,
    ),
    "a future of another loop": (
        """
        async def answer():
            await asyncio.new_event_loop().create_future()
        """,
        "belongs to another event loop",
        4,
    ),
    "a lock of another loop": (
        """
        lock = asyncio.Lock()
        async def hold():
            async with lock:
                await asyncio.sleep(1)
        async def both():
            await asyncio.gather(hold(), hold())
        asyncio.run(both())
        async def answer():
            await both()
        """,
        "belongs to another event loop",
        5,
    ),
    "a function without brackets": (
        """
        async def work(): pass
        async def answer():
            asyncio.create_task(work)
        """,
        "Call it, with brackets after its name",
        5,
    ),
    "a task of a task": (
        """
        async def work(): pass
        async def answer():
            asyncio.create_task(asyncio.create_task(work()))
        """,
        "It is under way already",
        5,
    ),
    "a task of a value": (
        """
        def work(): pass
        async def answer():
            asyncio.create_task(work())
        """,
        "What is passed in line 5 is no coroutine object",
        5,
    ),
    "a list for gather": (
        """
        async def work(): pass
        async def answer():
            await asyncio.gather([1, 2])
        """,
        "gather(*coroutines)",
        5,
    ),
    "a function for gather": (
        """
        async def work(): pass
        async def answer():
            await asyncio.gather(work)
        """,
        "Pass the coroutine objects themselves",
        5,
    ),
    "coroutines for wait": (
        """
        async def work(): pass
        async def answer():
            await asyncio.wait([work()])
        """,
        "Make a task of each with asyncio.create_task",
        5,
    ),
    "a coroutine twice": (
        """
        async def work(): pass
        async def answer():
            once = work()
            await once
            await once
        """,
        "can be awaited once",
        7,
    ),
    "await of a list": (
        """
        async def answer():
            await [asyncio.sleep(1)]
        """,
        "await asyncio.gather(*them)",
        4,
    ),
    "await of a function": (
        """
        async def work(): pass
        async def answer():
            await work
        """,
        "a function that was not called",
        5,
    ),
    "await of an asynchronous generator": (
        """
        async def work():
            yield 1
        async def answer():
            await work()
        """,
        "async for",
        6,
    ),
    "await of a dict": (
        """
        async def answer():
            await {}
        """,
        "leave the await out",
        4,
    ),
    "await of nothing": (
        """
        async def answer():
            await print()
        """,
        "leave the await out",
        4,
    ),
    "a result too early": (
        """
        async def answer():
            task = asyncio.create_task(asyncio.sleep(1))
            task.result()
        """,
        "Await the task or future first",
        5,
    ),
    "a result twice": (
        """
        async def answer():
            future = asyncio.get_running_loop().create_future()
            future.set_result(1)
            future.set_result(2)
        """,
        "takes one result or one error",
        6,
    ),
    "a time-out moved when it has run out": (
        """
        async def answer():
            async with asyncio.timeout(2) as limit:
                try:
                    await asyncio.sleep(5)
                finally:
                    limit.reschedule(1)
        """,
        "reschedule takes a moment on the loop's clock",
        8,
    ),
    "a group entered by a plain with": (
        """
        async def answer():
            with asyncio.TaskGroup():
                pass
        """,
        "needs async in front of it",
        4,
    ),
    "a gather that nobody awaited": (
        """
        async def answer():
            one, two = asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))
        """,
        "Put an await in front",
        4,
    ),
    "a wait for nothing": (
        """
        async def answer():
            await asyncio.wait([])
        """,
        "Ask first whether there is anything at all",
        4,
    ),
    "a loop that is looked up in another thread": (
        """
        def hand_over():
            asyncio.get_running_loop().call_soon_threadsafe(print)
        async def answer():
            await asyncio.to_thread(hand_over)
        """,
        "in a thread in which none runs",
        4,
    ),
    "a time-out without a task": (
        """
        async def work():
            async with asyncio.timeout(1):
                pass
        async def answer():
            asyncio.get_running_loop().call_soon(lambda: work().send(None))
            await asyncio.sleep(1)
        """,
        "outside of any task",
        4,
    ),
    "a group without a task": (
        """
        async def work():
            async with asyncio.TaskGroup():
                pass
        async def answer():
            asyncio.get_running_loop().call_soon(lambda: work().send(None))
            await asyncio.sleep(1)
        """,
        "outside of any task",
        4,
    ),
}


@pytest.mark.parametrize(("body", "advice", "line"), PROVOCATIONS.values(), ids=PROVOCATIONS)
def test_each_error_of_asyncio_gets_its_advice_and_its_line(play: Play, body: str, advice: str, line: int) -> None:
    [name, *_] = found = _told(play, body)
    assert name == "asyncio_error"
    assert advice in found[name].text
    assert found[name].line == line
    assert "error_escaped" not in found


def test_every_advice_is_provoked_by_one_of_them() -> None:
    advices = [advice for _, advice, _ in PROVOCATIONS.values()]
    unused = [saying.advice for saying in SAYINGS if not any(advice in _read(saying) for advice in advices)]
    assert unused == []


def _read(saying: Saying) -> str:
    return saying.advice.replace("{}", " in line 5")


@pytest.mark.parametrize(
    ("error", "message", "advice"),
    [
        ("ValueError", "a coroutine was expected, got <function main at 0x7f>", "Call it, with brackets"),  # to 3.13
        (
            "TypeError",
            "An asyncio.Future, a coroutine or an awaitable is required",
            "Pass the coroutine objects themselves",
        ),
        ("TypeError", "A coroutine object is required", "is no coroutine object"),
        ("TypeError", "object NoneType can't be used in 'await' expression", "leave the await out"),  # to 3.13
        ("TypeError", "'NoneType' object can't be awaited", "leave the await out"),  # from 3.14
        ("TypeError", "'list' object can't be awaited", "gather(*them)"),
        ("TypeError", "'function' object can't be awaited", "was not called"),
        ("RuntimeError", "There is no current event loop in thread 'MainThread'.", "plain code has none"),
        ("RuntimeError", "<asyncio.locks.Lock object at 0x7f [locked]> is bound to a different event loop", "another"),
        ("RuntimeError", "Task <Task pending\nname='x'> got Future <Future> attached to a different loop", "another"),
        ("InvalidStateError", "Result is not ready.", "Await the task or future first"),
        ("InvalidStateError", "FINISHED: <Future finished result=1>", "one result or one error"),
        ("RuntimeError", "Runner.run() cannot be called from a running event loop", "Await the coroutine instead"),
    ],
)
def test_other_pythons_say_it_otherwise(error: str, message: str, advice: str) -> None:
    run = Run(error=Failure(error, message))
    [found] = diagnose(Case(run, error=SubmissionFailed(run)))
    assert found.name == "asyncio_error" and advice in found.text


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("RuntimeError", "the printer is on fire"),
        ("ValueError", "Event loop is closed"),
        ("InvalidStateError", "the door is open"),
        ("OSError", "no running event loop"),
        ("TypeError", "unhashable type: 'list'"),
    ],
)
def test_errors_that_are_not_asyncios_get_none(error: str, message: str) -> None:
    run = Run(error=Failure(error, message))
    assert [found.name for found in diagnose(Case(run, error=SubmissionFailed(run)))] == ["error_escaped"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("return await asyncio.gather(jobs)", True),
        ("await asyncio.gather([one(), two()])", True),
        ("await asyncio.gather(await one(), await two())", False),
        ("await asyncio.gather(await one())", False),
        ("await asyncio.gather(first, second)", False),
        ("await asyncio.gather(", False),
    ],
)
def test_of_the_star_hears_only_who_hands_over_one_thing(line: str, told: bool) -> None:
    failure = Failure("TypeError", "unhashable type: 'list'", traceback=[TraceLine(3, "answer", line)])
    run = Run(error=failure)
    found = [each for each in diagnose(Case(run, error=SubmissionFailed(run))) if each.name == "asyncio_error"]
    assert [each.text.endswith("gather(*coroutines).") for each in found] == [True] * told


def test_an_error_that_the_test_waits_for_gets_none() -> None:
    run = Run(error=Failure("InvalidStateError", "invalid state"))
    compared = Compared("==", run.error, asyncio.InvalidStateError("another text"))
    assert diagnose(Case(run, error=AssertionError(), compared=compared)) == []


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda saying: saying.advice[:40])
def test_an_advice_can_be_read_with_a_line_and_without(saying: Saying) -> None:
    for text in (saying.advice.replace("{}", " in line 5"), saying.advice.replace("{}", "")):
        assert not re.search(r"  | [,.;:]", text) and text.endswith(".")
        assert text.count(". ") <= 1, "two sentences at most"


GROUP = """
async def fail():
    raise ValueError("no")
async def answer():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
    except{star} {caught}:
        return "caught"
"""


@pytest.mark.parametrize("caught", ["ValueError", "(KeyError, ValueError)", "ArithmeticError, ValueError"])
def test_a_group_that_passes_a_plain_except_is_told_of_except_star(play: Play, caught: str) -> None:
    caught = f"({caught})" if "," in caught and "(" not in caught else caught
    found = _told(play, GROUP.format(star="", caught=caught))
    assert list(found) == ["plain_except"]
    assert found["plain_except"].line == 9
    assert "except* ValueError looks inside" in found["plain_except"].text


def test_a_group_that_no_except_was_meant_for_is_not_told_of_one(play: Play) -> None:
    found = _told(play, GROUP.format(star="", caught="KeyError"))
    assert list(found) == ["error_escaped"]


def test_a_group_that_is_caught_gets_no_diagnosis(play: Play) -> None:
    body = GROUP.replace('return "caught"', "pass").format(star="*", caught="ValueError")
    assert _told(play, body) == {}


@pytest.mark.parametrize("call", ["breakpoint()", "import pdb; pdb.set_trace()"])
def test_a_debugger_has_no_terminal_in_a_play(play: Play, call: str) -> None:
    found = _told(play, f"async def answer():\n    {call}\n    return 1\n")
    assert list(found) == ["no_terminal"]
    assert found["no_terminal"].line == 3
    assert "Print what you want to see" in found["no_terminal"].text


def test_nor_has_one_that_is_called_while_the_file_is_loaded(play: Play) -> None:
    assert list(_told(play, "breakpoint()\nasync def answer(): pass\n")) == ["unfit", "no_terminal"]


@pytest.mark.parametrize("place", ["05_gather/helper.py", "helper/__init__.py", "05_gather/helper/thing.py"])
def test_a_module_of_the_learners_own_is_told_that_the_file_stands_alone(tmp_path: Path, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.touch()
    run = Run(unfit=Unfit("import", "ModuleNotFoundError: No module named 'helper'"))
    case = Case(run, error=SubmissionFailed(run), folders=(tmp_path / "05_gather", tmp_path))
    _, found = diagnose(case)
    assert found.name == "stands_alone"
    assert found.text.startswith(f"There is a {'helper.py' if place.endswith('helper.py') else 'helper'}, and still")
    assert str(tmp_path) not in found.text


def test_so_is_one_that_is_imported_in_a_function(tmp_path: Path) -> None:
    (tmp_path / "helper.py").touch()
    run = Run(error=Failure("ModuleNotFoundError", "No module named 'helper'", bases=["ImportError", "Exception"]))
    found = diagnose(Case(run, error=SubmissionFailed(run), folders=(tmp_path,)))
    assert [each.name for each in found] == ["stands_alone"]


def test_a_relative_import_is_told_without_looking_around() -> None:
    run = Run(unfit=Unfit("import", "ImportError: attempted relative import with no known parent package"))
    assert [found.name for found in diagnose(Case(run))] == ["unfit", "stands_alone"]


def test_a_module_that_is_nowhere_is_simply_missing(tmp_path: Path) -> None:
    run = Run(unfit=Unfit("import", "ModuleNotFoundError: No module named 'aiohttp'"))
    assert [found.name for found in diagnose(Case(run, folders=(tmp_path,)))] == ["unfit"]


LOST = """
import gc
async def wait():
    await asyncio.get_running_loop().create_future()
async def answer():
    asyncio.create_task(wait(), name="forgotten")
    await asyncio.sleep(1)
    gc.collect()
    return 1
"""

LEFT_TO_A_LOOP = """
import gc
async def wait():
    await asyncio.get_running_loop().create_future()
async def main():
    asyncio.create_task(wait(), name="left")
    await asyncio.sleep(1)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
gc.collect()
async def answer(): pass
"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (LOST, "Nobody kept a reference to the task forgotten"),
        (LEFT_TO_A_LOOP, "The event loop of the task left was over before it had ended"),
    ],
)
def test_a_task_that_was_thrown_away_is_told_why(play: Play, body: str, told: str) -> None:
    found = _told(play, body)
    assert list(found) == ["lost_task"]
    assert found["lost_task"].text.startswith(told)


def test_a_task_that_is_stuck_is_told_of_what_it_waits_for_and_not_of_being_thrown_away() -> None:
    stuck = Deadlock(1.0, [StuckTask("stuck", "a future")])
    thrown_away = Unretrieved("stuck", None, "Task was destroyed but it is pending!")
    run = Run(deadlock=stuck, unretrieved=[thrown_away])
    assert [found.name for found in diagnose(Case(run, error=SubmissionFailed(run)))] == ["deadlock"]


SWALLOWS = """
async def stubborn():
    while True:
        try:
            await asyncio.sleep({pause})
        except asyncio.CancelledError:
            pass
async def answer():
    task = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(3)
    {end}
"""


@pytest.mark.parametrize("end", ["task.cancel(); await task", "return 1"])
def test_a_cancellation_that_is_swallowed_is_no_mere_endless_loop(play: Play, end: str) -> None:
    [name, *others] = found = _told(play, SWALLOWS.format(pause=1, end=end))
    assert name == "swallowed_cancellation"
    assert not {"busy_loop", "limit"} & set(others)
    assert found[name].text.startswith(
        "stubborn was asked to cancel after 3 seconds and went on in line 6 without an end"
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("async def answer():\n    time.sleep(0)\n", "write import time at the top"),
        ("async def answer():\n    await sleep(0)\n", "write asyncio.sleep"),
        ("async def answer():\n    pages = []\n    return page\n", "Did you mean pages?"),
    ],
)
def test_a_name_that_nobody_defines_is_told_with_what_is_near(play: Play, body: str, told: str) -> None:
    found = _told(play, body)
    assert list(found) == ["not_defined"]
    assert told in found["not_defined"].text


def test_a_function_that_was_renamed_is_found_again(play: Play) -> None:
    found = _told(play, "async def answers(): pass\n")
    assert found["unfit"].text.endswith("There is answers: give it its old name back.")


def test_a_misspelled_function_of_asyncio_gets_the_one_that_is_near(play: Play) -> None:
    found = _told(play, "async def answer():\n    await asyncio.to_tread(print)\n")["not_defined"]
    assert "Did you mean asyncio.to_thread?" in found.text
    assert found.line == 3
