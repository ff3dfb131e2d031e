"""Plays of a series follow one another in one process, and a play must not notice that it does."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from kata.contract.recording import encode
from kata.contract.run import Run
from kata.fakes import BlockingService, Service
from kata.sandbox.client import Sandbox

PROCESS = "import os\nasync def solve():\n    return os.getpid()\n"


@pytest.fixture
def plays(play) -> Callable[..., list[Run]]:
    """Plays sources one after the other, as a series of their own."""

    def run(*sources: str, **options: Any) -> list[Run]:
        series = os.urandom(8).hex()
        return [play(source, series=series, **options) for source in sources]

    return run


def test_they_share_a_process_and_others_do_not(play, plays) -> None:
    first, second, third = (run.result for run in plays(PROCESS, PROCESS, PROCESS))
    assert first == second == third
    apart = [play(PROCESS, series=series).result for series in ("a", "b", "a", "", "")]
    assert len({first, *apart}) == 6


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\nasync def solve():\n    await asyncio.gather(*(asyncio.sleep(n) for n in (2, 1, 2)))\n",
        "import asyncio, time\nasync def solve():\n    time.sleep(1)\n"
        "    return time.time(), time.monotonic(), asyncio.get_running_loop().time()\n",
        """
        import asyncio
        async def turn(n):
            await asyncio.sleep(n % 3)
        async def solve():
            done, _ = await asyncio.wait([asyncio.create_task(turn(n)) for n in range(9)])
            return [task.get_name() for task in done]
        """,
        """
        import asyncio
        async def solve():
            loop = asyncio.get_running_loop()
            futures = {loop.create_future(): number for number in range(9)}
            return [futures[future] for future in set(futures)]
        """,
        """
        import asyncio
        lock, turns = asyncio.Lock(), []
        async def turn(n):
            async with lock:
                await asyncio.sleep(1)
                turns.append(n)
        async def solve():
            tasks = [asyncio.create_task(turn(n)) for n in range(4)]
            tasks.append(asyncio.Task(turn(9), loop=asyncio.get_running_loop(), name="nine"))
            done, _ = await asyncio.wait(tasks)
            return turns, sorted(task.get_name() for task in done)
        """,
        "import random\nasync def solve():\n    print(random.random())\n    raise ValueError(random.random())\n",
        "import asyncio\nasync def solve():\n    print(await asyncio.to_thread(lambda: 7))\n",
        """
        import asyncio, concurrent.futures, threading
        def name():
            return threading.current_thread().name
        async def solve():
            thread = threading.Thread(target=lambda: print(name()))
            thread.start()
            thread.join()
            with concurrent.futures.ThreadPoolExecutor() as pool:
                return await asyncio.get_running_loop().run_in_executor(pool, name)
        """,
        "import asyncio, contextvars\nhere = contextvars.ContextVar('here', default=0)\n"
        "async def solve():\n    here.set(here.get() + 1)\n    return here.get()\n",
        "async def solve():\n    return input()\n",
        """
        import asyncio
        async def solve():
            async def numbers():
                yield 1
                await asyncio.sleep(9)
            async for number in numbers():
                return number
        """,
    ],
)
def test_a_later_play_gives_the_same_recording(play, plays, source) -> None:
    first, *others = plays(source, source, source)
    alone = play(source)
    for run in (first, *others):
        run.cost = alone.cost
        assert encode(run) == encode(alone)
    assert play(PROCESS).result != plays(PROCESS)[0].result


def test_it_shares_the_process_even_after_errors_threads_and_plain_calls(plays) -> None:
    sources = [
        PROCESS,
        "async def solve():\n    raise ValueError\n",
        "import asyncio\nasync def solve():\n    await asyncio.to_thread(print)\n",
        PROCESS,
    ]
    runs = plays(*sources)
    assert runs[0].result == runs[-1].result


def test_a_plain_function_finds_no_trace_of_a_loop(play) -> None:
    source = """
        import asyncio, warnings
        def solve():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    loop = asyncio.get_event_loop()
                except RuntimeError:
                    return "none"
            loop.run_until_complete(asyncio.sleep(1))
            loop.close()
            return "a loop"
    """
    alone = play(source, is_async=False)
    play("import asyncio\ndef solve():\n    asyncio.run(asyncio.sleep(1))\n", is_async=False, series="plain")
    again = play(source, is_async=False, series="plain")
    assert (again.result, again.elapsed) == (alone.result, alone.elapsed)


def test_the_fakes_and_the_arguments_are_new(play) -> None:
    source = "async def solve(fetch, names):\n    names.append('x')\n    return [await fetch(name) for name in names]\n"
    runs = [play(source, Service(1), ["a"], series="fakes") for _ in range(3)]
    assert [run.result for run in runs] == [["A", "X"]] * 3
    assert [len(run.calls["fetch"] if "fetch" in run.calls else run.calls["service"]) for run in runs] == [2, 2, 2]
    source = "import asyncio\nasync def solve(read):\n    return await asyncio.to_thread(read, 'a')\n"
    runs = [play(source, BlockingService(1), series="threads") for _ in range(2)]
    assert [(run.result, run.elapsed) for run in runs] == [("A", 1.0)] * 2


LEAVES = {
    "a thread": "import threading, time\n    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
    "a raw thread": "import _thread, time\n    _thread.start_new_thread(time.sleep, (9,))",
    "a process": "import subprocess\n    subprocess.Popen(['sleep', '9'])",
    "an orphan": "if not os.fork():\n        if os.fork():\n            os._exit(0)\n        os.setsid()\n"
    "        os.execvp('sleep', ['sleep', '9'])\n    os.wait()",
    "a file": "open('left', 'w').close()",
    "a directory": "os.mkdir('left')",
    "a variable": "os.environ['LEFT'] = '1'",
    "a module": "import this as left",
    "a planted module": "import sys\n    sys.modules['left'] = os",
    "a built-in name": "import builtins\n    builtins.left = 1",
    "another built-in function": "import builtins\n    builtins.vars = lambda *_: 0",
    "a hook": "import sys\n    sys.unraisablehook = print",
    "a profile": "import sys\n    sys.setprofile(lambda *_: None)",
    "a warning filter": "import warnings\n    warnings.simplefilter('error')",
    "a level of a logger": "import logging\n    logging.getLogger('asyncio').setLevel(50)",
    "a recursion limit": "import sys\n    sys.setrecursionlimit(5000)",
    "a directory to import from": "import sys\n    sys.path.append('/')",
    "another working directory": "os.chdir('/usr/lib')",
    "no working directory": "os.mkdir('here')\n    os.chdir('here')\n    os.rmdir('../here')",
    "a log handler": "import logging\n    logging.getLogger('left').addHandler(logging.StreamHandler())",
    "a signal handler": "import signal\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)",
    "a timer": "import signal\n    signal.setitimer(signal.ITIMER_REAL, 9)",
    "a task": "import asyncio\n    asyncio.create_task(asyncio.sleep(9))",
    "a coroutine": "import asyncio\n    asyncio.sleep(9)",
    "an unseen error": "import asyncio\n    asyncio.get_running_loop().create_future().set_exception(OSError())",
    "a replaced function": "import asyncio\n    asyncio.sleep = None",
    "a replaced method": "import asyncio\n    asyncio.Queue.get = None",
}


@pytest.mark.parametrize("what", LEAVES.values(), ids=LEAVES)
def test_after_a_play_that_leaves_something_comes_a_new_process(plays, what, nothing_left) -> None:
    leaving = f"import os\nasync def solve():\n    {what}\n    return os.getpid()\n"
    before, left, after = plays(PROCESS, leaving, PROCESS)
    alone = plays(leaving)[0]
    assert after.result != before.result
    assert after.tampered == []
    assert (left.tampered, len(left.leaked), len(left.never_awaited), len(left.unretrieved)) == (
        alone.tampered,
        len(alone.leaked),
        len(alone.never_awaited),
        len(alone.unretrieved),
    )


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("os._exit(0)", "exited"),
        ("os.kill(os.getpid(), 9)", "exited"),
        ("os.write(3, b'junk')", "unreadable answer exited"),
        ("while True: pass", "cpu"),
        (
            "import signal, time\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n    os.read(3, 1)",
            "seconds",
        ),
        ("return 'x' * 20_000_000", "answer"),
    ],
)
def test_a_later_play_that_is_stopped_is_told_as_if_it_were_alone(plays, end, kind) -> None:
    stopped = f"import os\nasync def solve():\n    {end}\n"
    # A busy machine may take many seconds for one of computing.
    before, run, after = plays(PROCESS, stopped, PROCESS, seconds=60 if kind == "cpu" else 2, cpu=1)
    assert run.limit.kind in kind.split()
    assert after.result != before.result


def test_a_deadlock_in_a_later_play(play, plays) -> None:
    stuck = "import asyncio\nasync def solve():\n    await asyncio.Event().wait()\n"
    _, run, _ = plays(PROCESS, stuck, PROCESS)
    assert run.deadlock == play(stuck).deadlock


def test_a_later_play_that_cannot_be_loaded(plays) -> None:
    assert [run.unfit.kind for run in plays(PROCESS, "def", "1 / 0", "x = 1", PROCESS)[1:4]] == [
        "syntax",
        "import",
        "missing",
    ]


def test_processor_time_is_counted_for_a_play_alone(plays) -> None:
    busy = "import time\nasync def solve():\n    end = time.process_time() + 0.7\n"
    busy += "    while time.process_time() < end:\n        pass\n    return 1\n"
    assert [run.limit for run in plays(*[busy] * 4, seconds=60, cpu=2)] == [None] * 4


def test_what_waits_is_ended_with_the_sandbox() -> None:
    from tests.engine.sandbox.conftest import _request, descendants

    with Sandbox(1) as sandbox:
        pid = sandbox.process.pid
        asyncio.run(sandbox.connections[0].play(_request(PROCESS, series="waits")))
        served = descendants(pid)
        assert len(served) >= 3, "a world, its keeper and the one that waits"
    deadline = time.monotonic() + 30
    while (alive := [each for each in served if os.path.exists(f"/proc/{each}")]) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive


def test_a_request_that_is_no_part_of_the_series_ends_what_waits(play, nothing_left) -> None:
    play(PROCESS, series="waits")
    play(PROCESS)


def test_a_fresh_interpreter_plays_each_by_itself(spawn) -> None:
    first, second = (spawn(PROCESS, series="spawned").result for _ in range(2))
    assert first != second
