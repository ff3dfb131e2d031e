"""Diagnoses of what is never given back, or runs where it should not. Each test words its assert as it likes."""

from __future__ import annotations

import asyncio

import pytest

from kata.fakes import BlockingService, Service
from kata.judge.topics import about

pytestmark = pytest.mark.once


async def the_loop_is_closed(exercise):
    run = await exercise.play_within(two_nights)
    assert run.result == [True, True], about("loop left open", "any words", failed=run.result[0])


def two_nights(ex):
    import contextlib
    import gc

    loops = []

    async def work(bad):
        loops.append(asyncio.get_running_loop())
        if bad:
            raise OSError("gone")

    for bad in (False, True):
        with contextlib.suppress(OSError):
            ex.answer(lambda bad=bad: work(bad))
        gc.collect()
    closed = [loop.is_closed() for loop in loops]
    for loop in loops:
        loop.close()
    return closed


def test_a_loop_that_nothing_closes(told) -> None:
    found = told(
        """
        def answer(work):
            loop = asyncio.new_event_loop()
            return loop.run_until_complete(work())
        """,
        the_loop_is_closed,
    )["loop_left_open"]
    assert (found.line, "Nothing in the file closes" in found.text) == (3, True)


def test_a_loop_that_an_error_leaves_open(told) -> None:
    found = told(
        """
        def answer(work):
            loop = asyncio.new_event_loop()
            result = loop.run_until_complete(work())
            loop.close()
            return result
        """,
        the_loop_is_closed,
    )["loop_left_open"]
    assert (found.line, "An error passes by the close in line 5" in found.text) == (5, True)


async def never_mind_the_loop(exercise):
    run = await exercise.play_within(two_nights)
    assert run.result == [], about("loop left open", "any words", failed=True)


def test_a_loop_that_is_closed_in_a_finally_is_not_told_of(told) -> None:
    assert "loop_left_open" not in told(
        """
        def answer(work):
            loop = asyncio.new_event_loop()
            try:
                return loop.run_until_complete(work())
            finally:
                loop.close()
        """,
        never_mind_the_loop,
    )


async def one_loop(exercise):
    run = await exercise.play_within(in_which_loop)
    assert len(run.result) == 1, about("several loops", "any words")


def in_which_loop(ex):
    loops = []

    async def work(name):
        loops.append(asyncio.get_running_loop())

    ex.answer(work, ["a", "b"])
    return [0] * len({id(loop) for loop in loops})


def test_a_new_loop_in_each_round(told) -> None:
    found = told(
        """
        def answer(work, names):
            for name in names:
                asyncio.run(work(name))
        """,
        one_loop,
    )["second_loop"]
    assert (found.line, "stands in a loop" in found.text) == (4, True)


async def no_loop_at_all(exercise):
    run = await exercise.play_within(in_which_loop)
    assert len(run.result) == 0, about("several loops", "any words")


def test_one_loop_for_all_is_no_second_one(told) -> None:
    body = """
        async def all_of(work, names):
            for name in names:
                await work(name)
        def answer(work, names):
            asyncio.run(all_of(work, names))
        """
    assert "second_loop" not in told(body, no_loop_at_all)


async def no_threads_are_left(exercise):
    run = await exercise.play_within(count_threads, BlockingService(1, name="work"))
    bad, left = run.result
    assert left == 0, about("threads left", "any words", failed=bad)
    assert bad is None, about("threads left", "other words", failed=True)


async def count_threads(ex, work):
    import threading

    before = set(threading.enumerate())
    bad = False
    try:
        await ex.answer(work)
    except OSError:
        bad = True
    return [bad, len([thread for thread in threading.enumerate() if thread not in before])]


POOL = """
        from concurrent.futures import ThreadPoolExecutor
        POOLS = []
        async def answer(work):
            pool = ThreadPoolExecutor(2)
            POOLS.append(pool)
            await asyncio.get_running_loop().run_in_executor(pool, work, "a")
"""


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (POOL, 5, "nothing in the file shuts it down"),
        (
            POOL + "            raise OSError\n            pool.shutdown()\n",
            9,
            "An error passes by the shutdown in line 9",
        ),
    ],
)
def test_threads_of_a_pool_that_stay(told, body, line, words) -> None:
    found = told(body, no_threads_are_left)["pool_left_open"]
    assert (found.line, words in found.text) == (line, True)


def test_a_pool_that_is_closed_by_with_leaves_none(told) -> None:
    assert "pool_left_open" not in told(
        """
        from concurrent.futures import ThreadPoolExecutor
        async def answer(work):
            with ThreadPoolExecutor(2) as pool:
                await asyncio.get_running_loop().run_in_executor(pool, work, "a")
        """,
        no_threads_are_left,
    )


async def no_thread(exercise):
    run = await exercise.play_within(count_threads, BlockingService(1, name="work"))
    assert run.result is None, about("thread used", "any words")


def test_work_in_a_thread_where_none_is_wanted(told) -> None:
    body = """
        async def answer(work):
            await asyncio.to_thread(work, "a")
        """
    found = told(body, no_thread)["in_a_thread"]
    assert (found.line, "asyncio.to_thread in line 3 moves work" in found.text) == (3, True)
    assert "in_a_thread" not in told("async def answer(work):\n    await asyncio.sleep(1)\n", no_thread)


async def an_ordinary_function(exercise):
    run = await exercise.play_within(call_it)
    assert run.result != "coroutine", about("coroutine", "any words", function="answer")
    assert run.result == "int", about("coroutine", "other words", function="answer")


def call_it(ex):
    result = ex.answer()
    kind = type(result).__name__
    if kind == "coroutine":
        result.close()
    return kind


def test_a_function_that_should_be_an_ordinary_one(told) -> None:
    [found] = told("async def answer():\n    return 1\n", an_ordinary_function).values()
    assert (found.name, found.line, "answer is declared with async def" in found.text) == ("made_async", 2, True)
    assert "made_async" not in told("def answer():\n    return 'text'\n", an_ordinary_function)


async def nothing_is_kept(exercise):
    run = await exercise.play_within(fill_it)
    assert run.result is None, about("kept in memory", "any words", before="close", failed_only=True)


def fill_it(ex):
    ex.Answer().keep("a")
    return "kept"


KEEPS = """
        class Answer:
            def __init__(self):
                self.kept = set()
            def keep(self, thing):
                self.kept.add(thing)
"""


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ("", "nothing in the file takes anything out of it again"),
        ("            def close(self):\n                self.kept.clear()\n", "only close takes something out of it"),
        (
            "            async def run(self):\n                try:\n                    await asyncio.sleep(1)\n"
            "                    self.kept.discard(1)\n                except OSError:\n                    pass\n",
            "An error passes by the place in line 10",
        ),
    ],
)
def test_what_is_filled_and_never_emptied(told, rest, words) -> None:
    assert words in told(KEEPS + rest, nothing_is_kept)["kept_for_ever"].text


def test_what_is_taken_out_when_it_ends_is_not_kept(told) -> None:
    rest = "            def ended(self, thing):\n                self.kept.discard(thing)\n"
    assert "kept_for_ever" not in told(KEEPS + rest, nothing_is_kept)


async def one_after_another(exercise):
    run = await exercise.answer(Service(1), ["a", "b"])
    assert run.elapsed == 2, about("in turn", "any words")


def test_things_that_are_started_together_and_should_follow_one_another(told) -> None:
    body = """
        async def answer(get, names):
            await asyncio.gather(*map(get, names))
        """
    found = told(body, one_after_another)["all_at_once"]
    assert (found.line, "the gather in line 3" in found.text) == (3, True)
    assert "all_at_once" not in told(
        "async def answer(get, names):\n    await asyncio.gather(get('a'))\n", one_after_another
    )


async def they_begin_together(exercise):
    run = await exercise.answer(Service(1), ["a", "b", "c"])
    assert run.peak["get"] == 3, about("together", "any words")


def test_tasks_that_are_made_in_turn_are_told_by_topic_too(told) -> None:
    found = told(
        """
        async def answer(get, names):
            for name in names:
                async with asyncio.TaskGroup() as group:
                    group.create_task(get(name))
        """,
        they_begin_together,
    )["one_after_another"]
    assert found.line == 4


async def others_get_a_turn(exercise):
    run = await exercise.answer()
    assert run.elapsed == 0, "it should take no time, and let others have a turn"


@pytest.mark.parametrize("suspends", [False, True])
def test_an_await_that_never_suspends(told, suspends) -> None:
    body = f"""
        import time
        async def nothing():
            {"await asyncio.sleep(0)" if suspends else "pass"}
        async def answer():
            time.sleep(1)
            await nothing()
            time.sleep(1)
        """
    found = told(body, others_get_a_turn)
    assert ("never_suspends" in found) is not suspends


async def the_thread_is_heard(exercise):
    run = await exercise.play_within(out_of_a_thread)
    assert not run.deadlock, about("not woken", "any words")
    assert run.result == ["text", "no error"], about("raised in a thread", "any words")


async def out_of_a_thread(ex):
    import threading
    import time

    seen = []

    def start(call_back):
        def work():
            time.sleep(1)
            try:
                call_back("text")
            except RuntimeError as error:
                seen.append(str(error))

        threading.Thread(target=work, daemon=True).start()

    return [await ex.answer(start), *seen]


CALLED_BACK = """
async def answer(start):
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    came = loop.create_future()
    def deliver(text):
        came.set_result(text)
    def on_text(text):
        {call}
    start(on_text)
    return await came
"""


@pytest.mark.parametrize(
    "call",
    [
        "came.set_result(text)",
        "loop.call_soon(deliver, text)",
        "loop.create_task(asyncio.sleep(1))",
        "there.set()",
        "asyncio.run(asyncio.sleep(0))",
    ],
)
def test_what_a_thread_must_not_call_is_named_with_its_line(told, call) -> None:
    found = told(CALLED_BACK.format(call=call), the_thread_is_heard)
    assert found["not_thread_safe"].line == 9
    assert f"{call.partition('(')[0]} in line 9 is called in another thread" in found["not_thread_safe"].text
    assert "deadlock" not in found


@pytest.mark.parametrize("handed", ["deliver, text", "lambda: deliver(text)", "lambda: came.set_result(text)"])
def test_what_is_handed_over_to_the_loop_is_not_called_in_the_thread(told, handed) -> None:
    found = told(CALLED_BACK.format(call=f"loop.call_soon_threadsafe({handed})"), the_thread_is_heard)
    assert "not_thread_safe" not in found


def test_a_thread_that_says_nothing_leaves_a_deadlock(told) -> None:
    assert "deadlock" in told(CALLED_BACK.format(call="print(text)"), the_thread_is_heard)
