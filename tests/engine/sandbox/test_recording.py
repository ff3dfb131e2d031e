"""What a recording holds of an honest play, and that both ways of starting one give the same."""

from __future__ import annotations

import asyncio
import ctypes
import sys
from typing import Any

import msgspec
import pytest

from kata.contract.request import Request
from kata.contract.run import Run
from kata.fakes import BlockingService, Error, Service
from kata.sandbox.client import Connection, Sandbox, same_addresses

PROGRAMS = {
    "gather": ("async def solve(s):\n    return await asyncio.gather(*(s(n) for n in range(3)))\n", [Service(2)]),
    "error": ("async def solve(s):\n    return await s('bad')\n", [Service(1, fails={"bad": ValueError("no")})]),
    "own error": (
        "class Lost(Exception): pass\nasync def solve(s):\n    await s('x')\n",
        [Service(1, fails={"x": Error("Lost", "gone")})],
    ),
    "blocking": ("async def solve(d):\n    await asyncio.to_thread(d, 'a')\n    d('b')\n", [BlockingService(3)]),
    "printing": ("async def solve():\n    print('one')\n    await asyncio.sleep(1)\n    print('two')\n", []),
    "leak": ("async def solve():\n    asyncio.create_task(asyncio.sleep(9), name='left')\n", []),
    "forgotten": ("async def solve():\n    asyncio.sleep(1)\n", []),
    "unretrieved": (
        "async def fail(): raise ValueError('lost')\n"
        "async def solve():\n    asyncio.create_task(fail(), name='t')\n    await asyncio.sleep(1)\n",
        [],
    ),
    "deadlock": ("async def solve():\n    await asyncio.Queue().get()\n", []),
    "syntax": ("async def solve(:\n", []),
    "missing": ("x = 1\n", []),
    "exit": ("import os\nasync def solve():\n    os._exit(3)\n", []),
    "opaque": ("async def solve():\n    return 1j\n", []),
}


def _comparable(run: Run) -> object:
    data = msgspec.to_builtins(run, enc_hook=repr)
    data["cost"] = 0
    return data


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_fresh_interpreter_gives_the_same_recording_as_a_fork(play, spawn, name) -> None:
    source, args = PROGRAMS[name]
    source = "import asyncio\n" + source
    assert _comparable(spawn(source, *args)) == _comparable(play(source, *args))


def test_what_is_made_ready_before_a_process_is_copied_leaves_no_trace(play, spawn) -> None:
    source = """
        import asyncio, random, signal, sys, threading, warnings
        async def name():
            return asyncio.current_task().get_name()
        def solve():
            try:
                found = asyncio.get_event_loop().is_running()
            except RuntimeError as error:
                found = str(error)
            return [
                found, asyncio.run(name()), threading.Thread().name, threading.active_count(), random.random(),
                len({object(), asyncio.Event()}), sys.argv, "submission" in sys.modules, len(warnings.filters),
                str(signal.getsignal(signal.SIGINT)), sys.get_coroutine_origin_tracking_depth(),
            ]
    """
    fresh, copied = (each(source, is_async=False) for each in (spawn, play))
    assert fresh.result[1] == "Task-1"
    assert copied.result == fresh.result


ARBITRARY = {
    "as_completed": "[await each for each in asyncio.as_completed([twin(n) for n in range(9)])]",
    "wait": "[task.result() for task in (await asyncio.wait([asyncio.create_task(twin(n)) for n in range(9)]))[0]]",
    "futures": "(lambda futures: [futures[each] for each in set(futures)])"
    "({asyncio.get_running_loop().create_future(): n for n in range(9)})",
    "texts": "list({str(number) for number in range(9)})",
}


@pytest.mark.parametrize("expression", ARBITRARY.values(), ids=ARBITRARY)
def test_the_order_of_a_set_is_arbitrary_and_the_same_in_each_interpreter(play, spawn, expression) -> None:
    source = f"""
        import asyncio
        async def twin(number):
            await asyncio.sleep(1)
            return number
        async def solve():
            return {expression}
    """
    orders = [each(source).result for each in (play, spawn, spawn)]
    assert orders[0] == orders[1] == orders[2]
    assert orders[0] != sorted(orders[0])


def test_a_fresh_interpreter_that_does_not_end_is_ended(spawn) -> None:
    run = spawn("async def solve():\n    while True: pass\n", seconds=1)
    assert run.limit.kind in ("seconds", "cpu", "exited")


def test_calls_of_a_service_are_recorded(play) -> None:
    source = "import asyncio\nasync def solve(s):\n    await asyncio.gather(s('a'), s('b'))\n    await s('c')\n"
    run = play(source, Service({"a": 1, "b": 3, "c": 2}))
    assert [(call.args, call.start, call.end, call.outcome) for call in run.calls["service"]] == [
        (["a"], 0, 1, "returned"),
        (["b"], 0, 3, "returned"),
        (["c"], 3, 5, "returned"),
    ]
    assert run.peak == {"service": 2}
    assert run.elapsed == 5


def test_a_cancelled_call_is_recorded_as_such(play) -> None:
    source = """
        import asyncio
        async def solve(s):
            try:
                async with asyncio.timeout(1):
                    await s("x")
            except TimeoutError:
                return "late"
    """
    run = play(source, Service(5))
    [call] = run.calls["service"]
    assert (run.result, call.outcome, call.end) == ("late", "cancelled", 1)


def test_printed_lines_know_their_time_and_task(play) -> None:
    source = """
        import asyncio
        async def say(text):
            await asyncio.sleep(2)
            print(text)
        async def solve():
            print("first")
            await asyncio.create_task(say("second"), name="speaker")
    """
    run = play(source)
    assert [(line.text, line.at) for line in run.lines] == [("first", 0), ("second", 2)]
    assert run.lines[1].task == "speaker"


def test_the_wall_clock_starts_where_the_request_says(play) -> None:
    source = "import datetime\nasync def solve():\n    return datetime.datetime.now().isoformat()\n"
    assert play(source, wall_ns=0).result == "1970-01-01T00:00:00"


def test_a_plain_function_is_called_without_a_loop(play) -> None:
    source = "import asyncio\ndef solve():\n    return asyncio.run(asyncio.sleep(2, 'slept'))\n"
    run = play(source, is_async=False)
    assert (run.result, run.elapsed) == ("slept", 2)


def test_a_drive_sees_the_submission_and_notes_what_it_sees(play) -> None:
    drive = "async def drive(ex, n):\n    ex.note(await ex.solve(n))\n    return 'driven'\n"
    source = "async def solve(n):\n    return n + 1\n"
    run = play(source, 1, action="drive", name="drive", drive=drive)
    assert (run.result, run.noted) == ("driven", [2])


def test_a_drive_that_misses_a_name_makes_the_submission_unfit(play) -> None:
    drive = "async def drive(ex):\n    await ex.gone()\n"
    run = play("x = 1\n", action="drive", name="drive", drive=drive)
    assert (run.unfit.kind, run.unfit.message) == ("missing", "gone")


def test_a_name_that_is_missing_is_told_whoever_catches_the_error(play) -> None:
    drive = (
        "async def drive(ex):\n"
        "    async def work():\n        await ex.gone()\n"
        "    return [type(each).__name__ for each in await asyncio.gather(work(), return_exceptions=True)]\n"
    )
    run = play("x = 1\n", action="drive", name="drive", drive=drive)
    assert (run.unfit.kind, run.unfit.message) == ("missing", "gone")


def test_the_real_clock_gives_the_same_story(play) -> None:
    source = "import asyncio\nasync def solve(s):\n    return await asyncio.gather(s('a'), s('b'))\n"
    run = play(source, Service(0.05), clock="real")
    assert run.result == ["A", "B"]
    assert 0.05 <= run.elapsed < 2
    assert run.peak == {"service": 2}


def test_objects_have_the_same_addresses_each_time() -> None:
    """So have sets of objects that are hashed by address the same order."""
    if sys.platform != "linux":
        pytest.skip("only Linux can be asked for that")
    persona = ctypes.CDLL(None).personality
    with same_addresses():
        if not persona(ctypes.c_ulong(0xFFFFFFFF)) & 0x0040000:
            pytest.skip("this machine does not let a process ask for that")
    assert not persona(ctypes.c_ulong(0xFFFFFFFF)) & 0x0040000, "the grader itself stays as it was"
    source = "async def solve():\n    return [id(object()), id(solve), list(map(id, {object() for _ in range(99)}))]\n"
    request = Request(source, "exercises/99_test/01_test.py", name="solve", series="a")

    async def plays(connection: Connection) -> list[Any]:
        return [(await connection.play(request)).result for _ in range(3)]

    seen = []
    for _ in range(2):
        with Sandbox(1) as sandbox:
            seen.append(asyncio.run(plays(sandbox.connections[0])))
    assert seen[0] == seen[1]
