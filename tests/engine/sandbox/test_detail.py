"""A play that is asked for with detail comes out as any other, and tells of its turns beside."""

from __future__ import annotations

import sys
import textwrap
from typing import Any

import msgspec
import pytest

from kata.contract.recording import encode
from kata.contract.request import Answer, Request
from kata.contract.run import Run
from kata.contract.turns import Turn
from kata.fakes import BlockingService, Error, Service
from kata.sandbox.answers import to_run

PROGRAMS: dict[str, tuple[str, list[Any]]] = {
    "gather": ("async def solve(s):\n    return await asyncio.gather(*(s(n) for n in range(3)))\n", [Service(2)]),
    "own error": (
        "class Lost(Exception): pass\nasync def solve(s):\n    await s('x')\n",
        [Service(1, fails={"x": Error("Lost", "gone")})],
    ),
    "blocking": ("async def solve(d):\n    await asyncio.to_thread(d, 'a')\n    d('b')\n", [BlockingService(3)]),
    "printing": ("async def solve():\n    print('one')\n    await asyncio.sleep(1)\n    print('two', end='')\n", []),
    "leak": ("async def solve():\n    asyncio.create_task(asyncio.sleep(9), name='left')\n", []),
    "forgotten": ("async def solve():\n    asyncio.sleep(1)\n    await asyncio.sleep(1)\n", []),
    "unretrieved": (
        "async def fail(): raise ValueError('lost')\n"
        "async def solve():\n    task = asyncio.create_task(fail(), name='t')\n    task = None\n"
        "    await asyncio.sleep(1)\n",
        [],
    ),
    "deadlock": ("async def solve():\n    await asyncio.Queue().get()\n", []),
    "timers": (
        "def tick(name): print(name)\n"
        "async def solve():\n    loop = asyncio.get_running_loop()\n    loop.call_later(2, tick, 'gone').cancel()\n"
        "    loop.call_at(loop.time() + 1, tick, 'one')\n    loop.call_soon(tick, 'soon')\n"
        "    await asyncio.sleep(3)\n",
        [],
    ),
    "several loops": ("def solve():\n    return [asyncio.run(asyncio.sleep(n, n)) for n in range(3)]\n", []),
    "syntax": ("async def solve(:\n", []),
    "missing": ("x = 1\n", []),
    "tracer": (
        "import sys\nasync def solve():\n    sys.settrace(None)\n    await asyncio.sleep(1)\n    return 1\n",
        [],
    ),
}


def _without_turns(run: Run) -> object:
    data = msgspec.to_builtins(run, enc_hook=repr)
    return {name: value for name, value in data.items() if name != "cost" and not name.startswith("turns")}


@pytest.mark.parametrize("name", PROGRAMS)
def test_detail_changes_nothing_else_of_a_recording(play, name) -> None:
    source, args = PROGRAMS[name]
    options = {"is_async": "async def solve" in source}
    plain = play("import asyncio\n" + source, *args, **options)
    detailed = play("import asyncio\n" + source, *args, detail=True, **options)
    assert _without_turns(detailed) == _without_turns(plain)
    assert not plain.turns
    assert bool(detailed.turns) is (detailed.unfit is None)


def test_the_same_from_a_fresh_interpreter(play, spawn) -> None:
    source, args = PROGRAMS["gather"]
    source = "import asyncio\n" + source
    assert play(source, *args, detail=True).turns == spawn(source, *args, detail=True).turns


def test_what_is_printed_is_told_with_its_line(play) -> None:
    run = play("async def solve():\n    print('one')\n", detail=True)
    assert [(deed.kind, deed.what, deed.line) for deed in run.turns[0].deeds] == [("print", "one", 2)]


def test_answers_of_services_are_callbacks_of_their_own(play) -> None:
    run = play("async def solve(s):\n    return await s('a')\n", Service(2), detail=True)
    assert [(turn.who or turn.callback, turn.at) for turn in run.turns[:3]] == [
        ("Task-1", 0.0),
        ("answer to Task-1", 2.0),
        ("Task-1", 2.0),
    ]
    assert run.turns[0].on == "service"
    assert (run.turns[1].why, run.turns[1].because) == ("event", "the answer has come")
    assert (run.turns[2].why, run.turns[2].because) == ("future", "service is over")
    assert [turn.number for turn in run.turns] == [*range(1, len(run.turns) + 1)]


def test_a_play_that_never_ends_has_the_turns_until_it_was_stopped(play) -> None:
    source = """
        import asyncio
        async def solve():
            await asyncio.sleep(1)
            while True:
                pass
    """
    run = play(textwrap.dedent(source), detail=True, seconds=0.5)
    assert run.limit is not None and run.limit.kind == "seconds"
    assert run.turns[-1].steps_cut and {step.line for step in run.turns[-1].steps} <= {4, 5, 6}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring came with 3.12")
def test_a_submission_that_uses_every_monitoring_tool_is_played_all_the_same(play) -> None:
    source = """
        import asyncio, sys
        for tool in range(6):
            if sys.monitoring.get_tool(tool) is None:
                sys.monitoring.use_tool_id(tool, "mine")
        async def solve():
            await asyncio.sleep(1)
            return 1
    """
    run = play(source, detail=True)
    assert run.result == 1 and run.turns


def test_turns_that_nobody_asked_for_are_not_kept() -> None:
    forged = Answer(recording=encode(Run(turns=[Turn(1, 0.0, "forged")])))
    assert to_run(forged, Request("", "own.py")).turns == []
    assert len(to_run(forged, Request("", "own.py", detail=True)).turns) == 1
