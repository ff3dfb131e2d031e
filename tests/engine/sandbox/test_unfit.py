"""Submissions that cannot be played, or that end before their time: each gets a recording that says so."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("nothing_left")


def test_a_syntax_error_is_named_with_its_line(play) -> None:
    run = play("import asyncio\nasync def solve(:\n    pass\n")
    assert run.unfit.kind == "syntax"
    assert run.unfit.message.startswith("SyntaxError")
    assert (run.unfit.at.line, run.unfit.at.text) == (2, "async def solve(:")


@pytest.mark.parametrize("text", ["solve = \0", "x = " + "(" * 5000 + ")" * 5000])
def test_text_that_the_compiler_chokes_on(play, text) -> None:
    assert play(text).unfit.kind == "syntax"


def test_a_missing_module_is_named(play) -> None:
    run = play("import asyncio\nimport no_such_module\n")
    assert run.unfit.kind == "import"
    assert "no_such_module" in run.unfit.message
    assert run.unfit.at.line == 2


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("x = 1", "missing"),
        ("def solve(): return 1", "not_async"),
        ("solve = 42", "not_callable"),
    ],
)
def test_a_name_that_is_not_what_it_should_be(play, source, kind) -> None:
    assert play(source).unfit.kind == kind


def test_sys_exit_while_loading(play) -> None:
    run = play("import sys\nsys.exit(0)\n")
    assert run.unfit.kind == "import"
    assert run.unfit.message == "SystemExit: 0"


def test_sys_exit_in_a_coroutine(play) -> None:
    run = play("import sys\nasync def solve():\n    sys.exit(0)\n")
    assert run.raised.type == "SystemExit"
    assert run.raised.traceback[-1].line == 3


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(0)",
        "import os\nasync def solve():\n    os._exit(0)",
        "import os, signal\nasync def solve():\n    os.kill(os.getpid(), signal.SIGKILL)",
        "import os\nasync def solve():\n    os.abort()",
        "import ctypes\nasync def solve():\n    import faulthandler; faulthandler._sigsegv()",
    ],
)
def test_a_process_that_ends_itself(play, source) -> None:
    run = play(source)
    assert run.limit.kind == "exited"
    assert run.failed


def test_an_endless_loop_names_its_line(play) -> None:
    run = play("async def solve():\n    while True:\n        pass\n", seconds=60, cpu=1)
    assert run.limit.kind == "cpu"
    assert run.limit.at.line in (2, 3)


def test_an_endless_loop_while_loading(play) -> None:
    run = play("while True: pass", seconds=60, cpu=1)
    assert run.limit.kind == "cpu"
    assert run.limit.at.line == 1


def test_a_loop_that_only_gives_way_is_stopped_too(play) -> None:
    source = "import asyncio\nasync def solve():\n    while True:\n        await asyncio.sleep(0)\n"
    run = play(source, seconds=0.3)
    assert run.limit.kind == "seconds"
    assert run.limit.at.line in (3, 4)


def test_waiting_in_the_kernel_is_stopped(play) -> None:
    run = play("import os\nasync def solve():\n    r, w = os.pipe()\n    os.read(r, 1)\n", seconds=0.3)
    assert run.limit.kind == "seconds"


def test_a_submission_that_ignores_signals_is_stopped(play) -> None:
    source = """
        import signal
        for number in range(1, 64):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        async def solve():
            while True:
                pass
    """
    run = play(source, seconds=0.3)
    assert run.limit.kind == "seconds"


def test_a_gigabyte_is_refused(play) -> None:
    run = play("async def solve():\n    data = bytearray(1 << 30)\n    return len(data)\n")
    assert run.limit.kind == "memory"
    assert run.limit.at.line == 2


def test_endless_printing_keeps_the_beginning(play) -> None:
    run = play("async def solve():\n    while True:\n        print('x' * 100)\n", seconds=0.5)
    assert run.limit.kind == "seconds"
    assert sum(len(line) + 1 for line in run.printed) <= 64 * 1024 + 101
    assert run.lines_dropped > 0


def test_a_line_without_end_is_cut(play) -> None:
    run = play("async def solve():\n    for _ in range(1000):\n        print('x' * 1000, end='')\n    return 1\n")
    assert run.result == 1
    assert sum(map(len, run.printed)) <= 64 * 1024 + 1


def test_recursion_without_end_is_an_ordinary_error(play) -> None:
    run = play("async def solve():\n    await solve()\n")
    assert run.raised.is_a("RecursionError")
    assert len(run.raised.traceback) <= 40


def test_input_has_nothing_to_read(play) -> None:
    run = play("async def solve():\n    return input('name? ')\n")
    assert run.raised.is_a("EOFError")


def test_reading_standard_input_gives_nothing(play) -> None:
    run = play("import os, sys\nasync def solve():\n    return os.read(0, 10)\n")
    assert run.result == b""


def test_an_answer_that_is_too_large(play) -> None:
    run = play("async def solve():\n    return 'x' * 20_000_000\n")
    assert run.limit.kind == "answer"


def test_too_many_items_arrive_as_opaque(play) -> None:
    run = play("async def solve():\n    return [[n] for n in range(300_000)]\n")
    assert run.failed or run.result != [[n] for n in range(300_000)]


def test_a_deadlock_is_reported_at_once(play) -> None:
    source = "import asyncio\nasync def solve():\n    await asyncio.Event().wait()\n"
    run = play(source)
    assert run.deadlock.tasks[0].what == "asyncio.Event.wait"
    assert run.deadlock.tasks[0].at.line == 3
    assert run.cost < 3
