"""What arrives is read as from an enemy: legal values come as they are, all else costs one play and says so."""

from __future__ import annotations

import math
import struct
import zlib
from typing import Any

import msgspec
import pytest

from kata.contract import messages
from kata.contract.messages import Answered, Began, Broken, Dropped, Ended, Finished, Printed, Report
from kata.contract.run import Line, Run, Told
from kata.contract.values import Failure
from kata.fakes import Service

LEGAL = {
    "a number beyond 64 bits": "10**30",
    "a number of 66 bits": "2**65 + 1",
    "a number of 20,000 digits": "-10**20_000",
    "a surrogate": "'a\\ud800b'",
    "a text with a zero": "'\\0'",
    "bytes": "b'\\x00\\xff'",
    "infinity": "[float('inf'), -float('inf')]",
    "nested": "[(1, {2, 3}), {'a': [None, {b'x': ('\\udfff', 2**70)}]}, frozenset({1.5}), True]",
    "a deep list": "eval('[' * 60 + ']' * 60)",
}


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL)
def test_legal_values_arrive_as_they_are_in_calls_and_results(play, text) -> None:
    run = play(f"async def solve(copy):\n    return await copy({text})\n", Service(returns=None, name="copy"))
    value = eval(text)
    given, back = (value, value.upper()) if type(value) is str else (value, value)
    assert run.calls["copy"][0].args == [given]
    assert (run.result, type(run.result)) == (back, type(value))


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL)
def test_legal_values_arrive_as_they_are_as_arguments(play, text) -> None:
    value = eval(text)
    assert play("async def solve(value):\n    return [value, value]\n", value).result == [value, value]


@pytest.mark.parametrize("text", LEGAL.values(), ids=LEGAL)
def test_legal_values_arrive_as_they_are_in_drives(play, text) -> None:
    drive = "async def drive(ex, value):\n    back = await ex.echo(value)\n    ex.note(back)\n"
    drive += "    ex.note(back == value and type(back) is type(value))\n    return back\n"
    run = play("async def echo(value):\n    return value\n", eval(text), action="drive", name="drive", drive=drive)
    assert run.noted == [eval(text), True]
    assert run.result == eval(text)


def test_not_a_number_arrives_as_often_as_it_is_sent(play) -> None:
    result = play("async def solve():\n    return {float('nan'): 1, float('nan'): 2}\n").result
    assert [math.isnan(key) for key in result] == [True, True]


def test_errors_of_every_built_in_class_arrive_in_a_drive(play) -> None:
    source = "async def fail(kind):\n    raise {'T': TimeoutError, 'C': ConnectionError, 'E': SystemExit}[kind]('no')\n"
    drive = "async def drive(ex, kind):\n    try:\n        await ex.fail(kind)\n"
    drive += "    except BaseException as error:\n        return type(error).__name__, str(error)\n"
    for kind, name in {"T": "TimeoutError", "C": "ConnectionError", "E": "SystemExit"}.items():
        assert play(source, kind, action="drive", name="drive", drive=drive).result == (name, "no")


def test_a_task_of_a_drive_that_ends_the_program_ends_one_play(play) -> None:
    source = "import sys\nasync def leave():\n    sys.exit(3)\n"
    drive = "async def drive(ex):\n    await asyncio.gather(ex.leave(), asyncio.sleep(1))\n"
    assert play(source, action="drive", name="drive", drive=drive).raised.type == "SystemExit"
    assert play("async def solve():\n    return 1\n").result == 1


def test_a_wait_of_a_thousand_years_is_as_long_as_it_says(play) -> None:
    run = play(
        "import asyncio\nasync def solve(copy):\n    await asyncio.sleep(1e11)\n    return await copy(1)\n", Service()
    )
    assert (run.result, run.elapsed) == (1, 1e11 + 1)


ODD = {
    "a task with a number for a name": "asyncio.current_task().set_name(10**30)",
    "a task with a surrogate in its name": "asyncio.current_task().set_name('\\ud800')",
    "a task with a liar for a name": "asyncio.current_task().set_name(type('T', (str,), {})('name'))",
    "a coroutine without a text for a name": "asyncio.create_task(asyncio.sleep(0)); coro.__qualname__ = '\\ud800'",
    "a class whose name is no text": "return type('M', (type,), {'__name__': 10**30})('C', (), {})()",
    "a class whose name lies": "return type('M', (type,), {'__name__': property(lambda cls: 1 / 0)})('C', (), {})()",
    "an error whose class lies": "raise type('M', (type,), {'__name__': 5})('E', (Exception,), {})('no')",
    "an object that fails the second time": "return Once()",
    "a huge repr": "return type('C', (), {'__repr__': lambda self: 'x' * 100_000_000})()",
    "a surrogate in a key": "await copy(**{'\\ud800': 1})",
    "a name with a surrogate": "globals()['\\ud800'] = 1; raise KeyError('\\ud800')",
    "a printed surrogate": "print('\\ud800')",
    "notes that are none": "e = ValueError('x'); e.__notes__ = [10**5000, '\\ud800', Once()]; raise e",
    "groups in groups": "e = ValueError()\n    for _ in range(300): e = ExceptionGroup('g', [e])\n    raise e",
    "a number too long to be written": "raise ValueError(10**5000)",
}


@pytest.mark.parametrize("line", ODD.values(), ids=ODD)
@pytest.mark.parametrize("way", ["play", "spawn"])
def test_odd_names_and_objects_are_no_fault_of_the_grader(request, way, line) -> None:
    source = f"""
import asyncio, dataclasses
@dataclasses.dataclass
class Once:
    value: int = 1
    def __getattribute__(self, name):
        if name == 'value':
            raise ZeroDivisionError
        return object.__getattribute__(self, name)
coro = (lambda: 0)
async def solve(copy):
    {line}
    await asyncio.sleep(1)
"""
    run = request.getfixturevalue(way)(source, Service())
    assert run.limit is None or run.limit.kind == "unreadable"
    assert run.error is None or run.error.type in ("ValueError", "KeyError", "E", "TypeError", "ExceptionGroup")


def _told(message: Any) -> bytes:
    data = message if isinstance(message, bytes) else msgspec.msgpack.encode(message)
    return struct.pack("!I", len(data)) + data


NESTED: Any = 1
for _ in range(400):
    NESTED = ["list", [NESTED]]

FORGED = {
    "a message that stops in the middle": (b"\0\0\1\0" + b"x", {"exited", "seconds"}),
    "a message of 500 MB": (b"\x1d\xcd\x65\0" + b"x", {"answer"}),
    "junk": (_told(b"\xc1\xc1"), {"unreadable"}),
    "a wrong type": (_told(["report", "soon", None, []]), {"unreadable"}),
    "an unknown message": (_told(["order", 1]), {"unreadable"}),
    "an unknown field": (_told(["report", 0, None, [], 1, 2, 3]), {"unreadable"}),
    "an instant before the beginning": (_told(Report(-1, None, [])), {"unreadable"}),
    "an instant after the end": (_told(Report("0x" + "f" * 58, None, [])), {"unreadable"}),
    "an instant that is no number": (_told(Report("soon", None, [])), {"unreadable"}),
    "an event at no time": (_told(Report(0, None, [Printed(Line("x", math.nan))])), {"unreadable"}),
    "a deep value": (_told(Finished(0, [Ended(0, "returned", NESTED)], Told())), {"unreadable"}),
    "a call of nothing": (_told(Report(0, None, [Began(1, 99, [], {}, 0)])), {"unreadable"}),
    "a call with another's number": (_told(Report(0, None, [Began(7, 1, [], {}, 0)])), {"unreadable"}),
    "a call that was never made": (_told(Report(0, None, [Dropped(5)])), {"unreadable"}),
    "work that was never begun": (_told(Report(0, None, [Ended(3, "returned")])), {"unreadable"}),
    "an answer that nobody asked": (_told(Report(0, None, [Answered(3, "returned")])), {"unreadable"}),
    "no exception": (_told(Finished(0, [Ended(0, "raised", 5)], Told())), {"unreadable"}),
    "a set of lists": (_told(Finished(0, [Ended(0, "returned", ["set", [["list", []]]])], Told())), {"unreadable"}),
    "a pickle": (_told(Finished(0, [Ended(0, "returned", ["pickle", "cos"])], Told())), {"unreadable"}),
    "more events than a report may hold": (_told(Report(0, None, [Dropped(1)] * 150_000)), {"unreadable"}),
    "a fault of the player's": (_told(Broken("a fault of the grader's")), {"fault"}),
}


@pytest.mark.parametrize(("forged", "kinds"), FORGED.values(), ids=FORGED)
def test_what_no_player_says_makes_one_play_unreadable(play, forged, kinds) -> None:
    source = f"""
        import os, zlib
        async def solve(copy):
            data = zlib.decompress({zlib.compress(forged)!r})
            while data:
                data = data[os.write(3, data):]
            os._exit(0)
    """
    run = play(source, Service(), seconds=2)
    assert run.limit.kind in kinds
    assert run.limit.message
    assert play("async def solve():\n    return 1\n").result == 1


def test_a_forged_recording_of_a_play_without_a_world_is_read_strictly(play) -> None:
    for forged in (Run(returned=["no", "tag"]), Run(elapsed=math.nan), Run(error=_nested_failure(300))):
        data = _told(Finished(0, [], Told(), alone=forged))
        run = play(f"import os\nasync def solve():\n    os.write(3, {data!r})\n    os._exit(0)\n", clock="real")
        assert run.limit.kind == "unreadable"


def _nested_failure(levels: int) -> Failure:
    failure = Failure("ValueError", "no")
    for _ in range(levels):
        failure = Failure("ExceptionGroup", "g", children=[failure])
    return failure


@pytest.mark.parametrize("size", [20_000_000, 500_000_000])
def test_an_answer_that_is_too_large_costs_one_play(play, size) -> None:
    assert play(f"async def solve():\n    return 'x' * {size}\n").limit.kind in ("answer", "memory")
    assert play("async def solve():\n    return 1\n").result == 1


def test_talk_without_an_end_is_ended(play) -> None:
    data = _told(Report(0, 0, []))
    source = f"import os\nasync def solve():\n    while True:\n        os.write(3, {data * 100!r})\n"
    assert play(source, seconds=0.5, cpu=10).limit.kind in ("seconds", "cpu", "unreadable", "answer")
    assert play("async def solve():\n    return 1\n").result == 1


@pytest.mark.parametrize("drive", ["async def drive(ex:\n", "async def other(ex): pass\n"])
def test_a_drive_that_is_none_costs_one_play(play, drive) -> None:
    run = play("x = 1\n", action="drive", name="drive", drive=drive)
    assert run.failed
    assert play("async def solve():\n    return 1\n").result == 1


def test_what_fails_in_the_player_after_the_file_was_loaded_is_a_verdict_on_that_play(play) -> None:
    source = """
        import msgspec.msgpack, sys
        async def solve():
            sys.modules["kata.contract.messages"].write = None
            for module in list(sys.modules.values()):
                if getattr(module, "__name__", "").startswith("kata.contract"):
                    vars(module).clear()
            return 1
    """
    assert play(source).failed
    assert play("async def solve():\n    return 1\n").result == 1


def test_a_list_that_stays_within_its_bounds_is_not_too_many(play) -> None:
    result = play("async def solve():\n    return {str(n): 'ü' * 9 for n in range(150_000)}\n").result
    assert len(result) == 150_000


def test_more_lists_than_a_message_may_hold_are_refused_before_they_are_made() -> None:
    data = msgspec.msgpack.encode(["finished", 0, [["ended", 0, "returned", [[]] * 1_200_000]], {}, False, None])
    with pytest.raises(messages.PlainValueError, match="more lists"):
        messages.read_report(data)
