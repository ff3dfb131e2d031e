"""Drives in the world, submissions in a played process: one virtual time, one order, one story."""

from __future__ import annotations

import textwrap

import pytest

from kata.fakes import BlockingService, Service


@pytest.fixture
def driven(play):
    """Play a drive beside a submission."""

    def run(drive: str, submission: str, *args: object):
        drive = textwrap.dedent(drive).strip() + "\n"
        return play(textwrap.dedent(submission), *args, action="drive", name="drive", drive=drive)

    return run


POLLS = """
    import asyncio, time
    async def ask_at(second, answer):
        came = []
        asyncio.create_task(into(came, answer))
        await asyncio.sleep(second)
        return list(came)
    async def into(came, answer):
        came.append(await answer())
"""


def test_of_two_deadlines_at_one_instant_the_one_set_first_comes_first(driven) -> None:
    """Whichever process has set them, as on one event loop."""
    run = driven(
        """
        async def drive(ex):
            async def answer():
                await asyncio.sleep(2)
                return "answer"
            return await ex.ask_at(2, answer), await ex.late(answer)
        """,
        POLLS
        + """
    async def late(answer):
        came = []
        task = asyncio.create_task(into(came, answer))
        await asyncio.sleep(1)
        await asyncio.sleep(1)
        return list(came)
""",
    )
    assert run.result == ([], ["answer"])
    assert run.elapsed == 4


def test_a_time_out_that_was_set_first_wins_over_an_answer_at_the_same_moment(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            async def answer():
                await asyncio.sleep(1)
                return "answer"
            return await ex.within_a_second(answer)
        """,
        """
        import asyncio
        async def within_a_second(answer):
            try:
                async with asyncio.timeout(1):
                    return await answer()
            except TimeoutError:
                return "too late"
        """,
    )
    assert run.result == "too late"


def test_what_a_drive_calls_may_block_and_takes_its_time(driven) -> None:
    """As an ordinary function does that is called in a coroutine: nothing else goes on meanwhile."""
    run = driven(
        """
        async def drive(ex):
            loop = asyncio.get_running_loop()
            times = []
            loop.call_later(1, lambda: times.append(loop.time()))
            begun = loop.time()
            said = ex.plain(2.5)
            times.append(loop.time() - begun)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            return said, times
        """,
        "import time\ndef plain(seconds):\n    time.sleep(seconds)\n    return 'done'\n",
    )
    assert run.result == ("done", [2.5, 2.5])
    assert [block.seconds for block in run.blocks] == [2.5]


def test_coroutines_that_block_take_turns(driven) -> None:
    run = driven(
        "async def drive(ex):\n    return await asyncio.gather(*(ex.nap(each) for each in (3, 1, 2)))\n",
        "import time\nasync def nap(seconds):\n    time.sleep(seconds)\n    return seconds\n",
    )
    assert (run.result, run.elapsed) == ([3, 1, 2], 6)
    assert [block.seconds for block in run.blocks] == [3, 1, 2]


def test_a_function_of_a_drive_that_a_thread_calls_may_call_back_in_that_thread(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            def scan(page, tell):
                time.sleep(1)
                tell(f"page {page}")
                time.sleep(1)
                return "scanned"
            return await ex.in_threads(scan)
        """,
        """
        import asyncio, threading
        async def in_threads(scan):
            told = []
            def tell(text):
                told.append((text, threading.current_thread() is threading.main_thread()))
            done = await asyncio.gather(asyncio.to_thread(scan, 1, tell), asyncio.to_thread(scan, 2, tell))
            return done, sorted(told)
        """,
    )
    assert run.result == (["scanned", "scanned"], [("page 1", False), ("page 2", False)])
    assert run.elapsed == 2


def test_an_error_of_a_call_back_reaches_who_called_it(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            def scan(tell):
                try:
                    tell("text")
                except ValueError as error:
                    return f"caught {error}"
            return await ex.plain(scan), await ex.in_a_thread(scan)
        """,
        """
        import asyncio
        def tell(text):
            raise ValueError(text)
        async def plain(scan):
            return scan(tell)
        async def in_a_thread(scan):
            return await asyncio.to_thread(scan, tell)
        """,
    )
    assert run.result == ("caught text", "caught text")


def test_an_error_of_the_drives_that_passes_through_tells_the_lines_that_it_passed(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            async def fail():
                raise LookupError("gone")
            await ex.through(fail)
        """,
        "async def through(fail):\n    await fail()\n",
    )
    assert (run.raised.type, run.raised.message) == ("LookupError", "gone")
    assert [(line.line, line.function) for line in run.raised.traceback] == [(2, "through")]


def test_a_deadlock_in_a_blocking_call_is_told_as_one(driven) -> None:
    run = driven(
        "async def drive(ex):\n    await asyncio.sleep(1)\n    await ex.stuck()\n",
        "import threading\nasync def stuck():\n    threading.Event().wait()\n",
    )
    assert run.deadlock.at == 1
    assert [(task.what, task.at and task.at.line) for task in run.deadlock.tasks] == [
        ("the test", None),
        ("threading.Event.wait", 3),
    ]
    assert run.error is None


def test_what_is_left_behind_cleans_up_while_time_goes_on(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            async def search():
                try:
                    await asyncio.sleep(5)
                finally:
                    await asyncio.sleep(3)
                    print("locked up")
            return await ex.leave(search)
        """,
        """
        import asyncio
        kept = []
        async def leave(search):
            kept.append(asyncio.create_task(search()))
            await asyncio.sleep(1)
            return "left"
        """,
    )
    assert (run.result, run.elapsed) == ("left", 1)
    assert run.limit is None and len(run.leaked) == 1
    assert [(line.text, line.at) for line in run.lines] == [("locked up", 4)]


def test_a_call_that_takes_the_place_of_a_cancelled_one_is_not_beside_it(play) -> None:
    run = play(
        """
        import asyncio
        async def solve(fetch):
            for second in range(3):
                try:
                    async with asyncio.timeout(1):
                        await fetch(second)
                except TimeoutError:
                    pass
        """,
        Service(latency=2, name="fetch"),
    )
    assert [(call.start, call.end, call.outcome) for call in run.calls["fetch"]] == [
        (0, 1, "cancelled"),
        (1, 2, "cancelled"),
        (2, 3, "cancelled"),
    ]
    assert run.peak == {"fetch": 1}


LOOKS = {
    "a sleep": ("await asyncio.sleep(0.1)", True),
    "two sleeps by turns": ("await asyncio.sleep(0.1)\n            await asyncio.sleep(0.1)", True),
    "a timer": (
        "f = asyncio.get_running_loop().create_future()\n            "
        "asyncio.get_running_loop().call_later(0.1, f.set_result, None)\n            await f",
        True,
    ),
    "a time-out": ("await asyncio.wait([task], timeout=0.1)", True),
    "a few looks": ("await asyncio.sleep(0.7)", False),
    "a line for each": ("await asyncio.sleep(0.1)\n            print('waiting')", False),
}


@pytest.mark.parametrize(("look", "polls"), LOOKS.values(), ids=LOOKS)
def test_the_world_counts_who_wakes_up_for_nothing(play, look, polls) -> None:
    source = f"""
        import asyncio
        async def solve(fetch):
            asyncio.get_running_loop().instrument.records = lambda: []  # what the player says does not matter
            task = asyncio.create_task(fetch("x"))
            while not task.done():
                {look.replace("            ", "                ")}
            return task.result()
    """
    run = play(source, Service(latency=3))
    assert run.result == "X"
    assert bool(run.polled) is polls
    assert (run.idle_wakes >= 5) is polls


def test_sleeping_beside_no_call_is_no_polling_and_costs_no_exchange(play) -> None:
    run = play(
        "import asyncio\nasync def solve():\n    for _ in range(20_000):\n        await asyncio.sleep(1)\n",
    )
    assert (run.elapsed, run.idle_wakes) == (20_000, 0)


def test_who_polls_for_long_is_not_held_up_by_being_counted(play) -> None:
    source = """
        import asyncio
        async def solve(fetch):
            task = asyncio.create_task(fetch("x"))
            while not task.done():
                await asyncio.sleep(1)
            return task.result()
    """
    run = play(source, Service(latency=20_000))
    assert (run.result, run.idle_wakes) == ("X", 100)


def test_threads_in_blocking_services_go_on_together(play) -> None:
    run = play(
        """
        import asyncio
        async def solve(read):
            return await asyncio.gather(*(asyncio.to_thread(read, each) for each in "abc"))
        """,
        BlockingService({"a": 3, "b": 1, "c": 2}, name="read"),
    )
    assert (run.result, run.elapsed, run.peak) == (["A", "B", "C"], 3, {"read": 3})


def test_what_a_drive_calls_may_stand_still_in_a_blocking_device(driven) -> None:
    run = driven(
        "async def drive(ex, device):\n    return ex.plain(device), await ex.later(device)\n",
        """
        import asyncio
        def plain(device):
            return device("a")
        async def later(device):
            return device("b"), await asyncio.to_thread(device, "c")
        """,
        BlockingService(2, name="device"),
    )
    assert (run.result, run.elapsed) == (("A", ("B", "C")), 6)
    assert [(call.start, call.end, call.thread) for call in run.calls["device"]] == [
        (0, 2, False),
        (2, 4, False),
        (4, 6, True),
    ]
    assert [block.seconds for block in run.blocks] == [2, 2]


def test_a_function_of_a_drive_may_take_its_time_wherever_it_is_called_from(driven) -> None:
    run = driven(
        """
        async def drive(ex):
            loop = asyncio.get_running_loop()
            def slow(text):
                time.sleep(1.5)
                return f"{text} at {loop.time()}"
            return ex.plain(slow), await ex.in_a_task(slow), await ex.in_a_thread(slow)
        """,
        """
        import asyncio
        def plain(slow):
            return slow("plain")
        async def in_a_task(slow):
            return slow("task")
        async def in_a_thread(slow):
            return await asyncio.to_thread(slow, "thread")
        """,
    )
    assert run.result == ("plain at 1.5", "task at 3.0", "thread at 4.5")
    assert run.elapsed == 4.5
    assert [block.seconds for block in run.blocks] == [1.5, 1.5]


def test_a_second_cancellation_reaches_what_the_first_one_began(driven) -> None:
    """From the submission to a function of the drive, and from the drive to the submission."""
    run = driven(
        """
        async def drive(ex):
            async def work():
                try:
                    await asyncio.sleep(9)
                finally:
                    await asyncio.sleep(5)
                    ex.note("cleaned up")
            await ex.cancel_twice(work)
            task = asyncio.create_task(ex.tidy())
            await asyncio.sleep(1)
            task.cancel()
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            return task.cancelled()
        """,
        """
        import asyncio
        async def cancel_twice(work):
            task = asyncio.create_task(work())
            await asyncio.sleep(1)
            task.cancel()
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        async def tidy():
            try:
                await asyncio.sleep(9)
            finally:
                await asyncio.sleep(5)
                print("tidied up")
        """,
    )
    assert (run.result, run.noted, run.printed, run.elapsed) == (True, [], [], 2)


def test_a_group_of_errors_may_be_handed_to_a_drive(driven) -> None:
    run = driven(
        "async def drive(ex, error):\n    async def fail():\n        raise error\n    await ex.through(fail)\n",
        "async def through(fail):\n    await fail()\n",
        ExceptionGroup("two", [ValueError("a"), OSError("b")]),
    )
    assert (run.raised.type, run.raised.message.partition(" (")[0]) == ("ExceptionGroup", "two")
    assert [(each.type, each.message) for each in run.raised.leaves()] == [("ValueError", "a"), ("OSError", "b")]
