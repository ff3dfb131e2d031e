"""Each kind of mistake, played in the sandbox, gets the diagnosis that names it; right code gets none."""

import asyncio

import msgspec
import pytest

from kata.contract.request import Limits, Request, argument_to_wire
from kata.contract.run import Block, Frame, InFlight, Limit, Run, Span, StuckTask, SubmissionFailed, TaskRecord
from kata.fakes import Service
from kata.judge.diagnosis import NAMES, Case, Compared, diagnose
from kata.judge.explain import NotClean
from kata.sandbox.client import Sandbox


@pytest.fixture(scope="module")
def played():
    """A function that plays ``async def answer(fetch, urls)`` with a service and three URLs."""
    with Sandbox(1) as sandbox:

        def play(text, service=None, limits=None):
            request = Request(
                source=text,
                file="exercises/answer.py",
                name="answer",
                args=[argument_to_wire(service or Service(1)), argument_to_wire(["a", "b", "c"])],
                limits=limits or Limits(),
            )
            return asyncio.run(sandbox.connections[0].play(request))

        yield play


GATHER = """
import asyncio
async def answer(fetch, urls):
    return await asyncio.gather(*(fetch(url) for url in urls))
"""

ONE_BY_ONE = """
async def answer(fetch, urls):
    pages = []
    for url in urls:
        pages.append(await fetch(url))
    return pages
"""

TOO_SOON = """
import asyncio
async def answer(fetch, urls):
    return [await asyncio.create_task(fetch(url)) for url in urls]
"""

BLOCKS = """
import time
async def answer(fetch, urls):
    time.sleep(1)
"""

FORGETS = """
import asyncio
async def answer(fetch, urls):
    asyncio.sleep(1)
"""

RETURNS_IT = """
async def answer(fetch, urls):
    return [fetch(url) for url in urls]
"""

LEAKS = """
import asyncio
async def answer(fetch, urls):
    task = asyncio.create_task(fetch("a"), name="left behind")
    await asyncio.sleep(0)
"""

DROPS_AN_ERROR = """
import asyncio
async def answer(fetch, urls):
    async def fail():
        raise ValueError("lost")
    asyncio.create_task(fail(), name="failing")
    await asyncio.sleep(1)
"""

STUCK = """
import asyncio
async def answer(fetch, urls):
    await asyncio.Event().wait()
"""

SPINS = """
async def answer(fetch, urls):
    while True:
        pass
"""

SPINS_POLITELY = """
import asyncio
async def answer(fetch, urls):
    while True:
        await asyncio.sleep(0)
"""

WONT_STOP = """
import asyncio
async def stubborn():
    try:
        await asyncio.sleep(9)
    except asyncio.CancelledError:
        pass
    await asyncio.sleep(2)
async def answer(fetch, urls):
    task = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(1)
    task.cancel()
    await task
"""

CATCHES_INSIDE = """
import asyncio
async def answer(fetch, urls):
    async with asyncio.timeout(0.5):
        try:
            return await fetch("a")
        except TimeoutError:
            return None
"""

CATCHES_OUTSIDE = """
import asyncio
async def answer(fetch, urls):
    try:
        async with asyncio.timeout(0.5):
            return await fetch("a")
    except TimeoutError:
        return None
"""


def names(run: Run, error: BaseException | None = None, compared: Compared | None = None, text: str = "") -> list[str]:
    return [diagnosis.name for diagnosis in diagnose(Case(run, text, error, compared))]


def took(run: Run, expected: float) -> Compared:
    return Compared("==", run.elapsed, expected)


def test_right_answers_get_no_diagnosis(played):
    assert names(played(GATHER)) == []
    assert names(played(CATCHES_OUTSIDE), text=CATCHES_OUTSIDE) == []


def test_requests_that_wait_in_turn_are_one_after_another(played):
    run = played(ONE_BY_ONE)
    [diagnosis] = diagnose(Case(run, ONE_BY_ONE, AssertionError(), took(run, 1)))
    assert diagnosis.name == "one_after_another"
    assert diagnosis.line == 5, "the await that made them wait in turn"


def test_the_number_in_flight_tells_it_too(played):
    run = played(ONE_BY_ONE)
    assert names(run, AssertionError(), Compared("==", run.peak["service"], 3))[0] == "one_after_another"


def test_a_task_that_is_awaited_before_the_next_is_made(played):
    run = played(TOO_SOON)
    assert names(run, AssertionError(), took(run, 1)) == ["awaited_too_soon"]


GENERATED = """
import asyncio
async def answer(fetch, urls):
    tasks = (asyncio.create_task(fetch(url)) for url in urls)
    return [await task for task in tasks]
"""


def test_tasks_that_a_generator_makes_are_told_by_its_line(played):
    run = played(GENERATED)
    [diagnosis] = diagnose(Case(run, GENERATED, AssertionError(), took(run, 1)))
    assert (diagnosis.name, diagnosis.line) == ("awaited_too_soon", 4)
    assert "generator expression" in diagnosis.text


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [(BLOCKS, "blocking", 4), (FORGETS, "never_awaited", 4), (LEAKS, "leaked", 0), (DROPS_AN_ERROR, "unretrieved", 0)],
)
def test_an_unclean_play_names_what_it_left_behind(played, text, name, line):
    run = played(text)
    [diagnosis] = diagnose(Case(run, text, NotClean(run, "")))
    assert (diagnosis.name, diagnosis.line) == (name, line)


def test_a_task_left_behind_is_called_by_its_name(played):
    [diagnosis] = diagnose(Case(played(LEAKS)))
    assert "left behind" in diagnosis.text


def test_coroutine_objects_in_the_result_are_the_root_of_never_awaited(played):
    assert names(played(RETURNS_IT)) == ["coroutine_returned", "never_awaited"]


def test_a_deadlock_names_the_task_and_the_line(played):
    run = played(STUCK)
    [diagnosis] = diagnose(Case(run, STUCK, SubmissionFailed(run)))
    assert (diagnosis.name, diagnosis.line) == ("deadlock", 4)
    assert "Event.wait" in diagnosis.text


@pytest.mark.parametrize("text", [SPINS, SPINS_POLITELY])
def test_a_loop_without_end_is_a_busy_loop_in_its_line(played, text):
    run = played(text, limits=Limits(seconds=1, cpu=1))
    [diagnosis] = diagnose(Case(run, text, SubmissionFailed(run)))
    assert diagnosis.name == "busy_loop"
    assert diagnosis.line in (3, 4, 5)


AFTER_A_SLEEP = """
import asyncio
async def answer(fetch, urls):
    await asyncio.sleep(1)
    while True:
        pass
"""

IN_A_CALLBACK = """
import asyncio
def spin():
    while True:
        pass
async def answer(fetch, urls):
    asyncio.get_running_loop().call_later(1, spin)
    await asyncio.sleep(5)
"""

IN_A_THREAD = """
import asyncio
def spin():
    while True:
        pass
async def answer(fetch, urls):
    await asyncio.sleep(1)
    await asyncio.to_thread(spin)
"""


@pytest.mark.parametrize(
    ("text", "lines", "told"),
    [
        (AFTER_A_SLEEP, (5,), "nothing in it suspended"),
        (IN_A_CALLBACK, (4,), "nothing in it suspended"),
        (IN_A_THREAD, (0,), "a thread went round"),
    ],
)
def test_a_loop_without_end_is_found_where_it_is(played, text, lines, told) -> None:
    run = played(text, limits=Limits(seconds=60, cpu=1))
    [diagnosis] = diagnose(Case(run, text, SubmissionFailed(run)))
    assert diagnosis.name == "busy_loop"
    assert told in diagnosis.text
    assert diagnosis.line in lines


@pytest.mark.parametrize(("blocks", "stands_still"), [([], True), ([Block(0.05, 1.0, "time.sleep", "Task-1")], False)])
def test_virtual_time_stands_still_only_in_a_loop_that_does_not_block(blocks, stands_still) -> None:
    text = "import time\nasync def answer():\n    while time.monotonic() < 9e9:\n        time.sleep(0.05)\n"
    here = Frame("answer.py", 4, "answer")
    blocks = [msgspec.structs.replace(block, at=here) for block in blocks]
    run = Run(limit=Limit("cpu", "1 second of the processor's", here), blocks=blocks)
    found = next(each for each in diagnose(Case(run, text, SubmissionFailed(run))) if each.name == "busy_loop")
    assert ("stands still" in found.text) is stands_still


def test_a_task_that_goes_on_after_cancel_swallowed_it(played):
    run = played(WONT_STOP)
    [diagnosis] = diagnose(Case(run, WONT_STOP, AssertionError(), took(run, 1)))
    assert (diagnosis.name, diagnosis.line) == ("swallowed_cancellation", 6)


def test_a_timeout_caught_inside_its_block(played):
    run = played(CATCHES_INSIDE)
    assert names(run, SubmissionFailed(run), text=CATCHES_INSIDE)[0] == "timeout_inside"


def test_an_error_that_leaves_the_function(played):
    run = played(GATHER, Service(fails={"b": ValueError("no such page")}))
    assert names(run, SubmissionFailed(run))[0] == "error_escaped"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return None", "was never raised"),
        ("await asyncio.wait([asyncio.ensure_future(fetch(urls[0]))], timeout=0.5)", "was never raised"),
        ("await asyncio.gather(fetch(urls[0]), return_exceptions=True)", "gets it and keeps it"),
    ],
)
def test_an_error_that_should_have_left_it(played, body, told):
    text = f"import asyncio\nasync def answer(fetch, urls):\n    {body}\n"
    run = played(text, Service(1, fails={"a": ValueError("x")}))
    found = diagnose(Case(run, text, AssertionError(), Compared("==", run.raised, ValueError("x"))))
    assert sum(told in diagnosis.text for diagnosis in found) == 1


def test_the_right_things_in_another_order(played):
    run = played(GATHER)
    assert names(run, AssertionError(), Compared("==", ["B", "A", "C"], ["A", "B", "C"])) == ["wrong_order"]


def test_too_many_and_too_few_in_flight(played):
    run = played(GATHER)
    assert run.peak["service"] == 3
    assert names(run, AssertionError(), Compared("<=", InFlight(3), 2)) == ["too_many_in_flight"]
    assert names(run, AssertionError(), Compared("==", InFlight(3), 5)) == ["too_few_in_flight"]


def test_a_play_that_was_too_short(played):
    run = played(GATHER)
    assert names(run, AssertionError(), took(run, 3)) == ["wrong_time"], "one after another it would be 3"


def test_a_play_that_was_too_short_for_no_reason_that_shows(played):
    run = played(GATHER)
    assert names(run, AssertionError(), took(run, 2)) == []


def test_a_sleep_that_guesses_how_long_the_calls_take(played):
    text = """
import asyncio
async def answer(fetch, urls):
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    await asyncio.sleep(3)
    return [task.result() for task in tasks]
"""
    run = played(text)
    [diagnosis] = diagnose(Case(run, text, AssertionError(), took(run, 1)))
    assert (diagnosis.name, diagnosis.line) == ("wrong_time", 5)
    assert "all calls had ended after 1 second" in diagnosis.text


def test_a_number_of_things_is_no_time(played):
    run = played(GATHER)
    assert run.elapsed == 1
    assert names(run, AssertionError(), Compared("==", 1, 30)) == []


LATE = """
import asyncio
async def answer(fetch, urls):
    await asyncio.gather(*map(fetch, urls))
    await asyncio.sleep(0.0001)
"""


def test_a_play_that_was_a_little_too_long_is_told_by_what(played):
    run = played(LATE)
    [diagnosis] = diagnose(Case(run, LATE, error=AssertionError(), compared=took(run, 1)))
    assert diagnosis.text.startswith("It took 1.0001 seconds instead of 1 second. The sleep in line 5")


@pytest.mark.parametrize(
    ("result", "told"), [("(x for x in 'ab')", "holds a generator,"), ("more()", "holds an asynchronous generator,")]
)
def test_a_generator_in_the_result_cannot_be_awaited(played, result, told):
    run = played(f"async def more():\n    yield 1\nasync def answer(s, urls):\n    return [{result}]\n")
    [diagnosis] = diagnose(Case(run, error=AssertionError()))
    assert told in diagnosis.text and "await" not in diagnosis.text


def test_every_name_has_a_section_in_the_docs(request):
    text = (request.config.rootpath / "docs" / "diagnoses.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"\n## {name}\n" not in text] == []


def test_every_name_has_a_test_that_asks_for_it(request):
    tests = (request.config.rootpath / "tests" / "engine" / "judge").rglob("test_*.py")
    asked = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert [name for name in NAMES if f'"{name}"' not in asked] == []


@pytest.mark.parametrize(("kind", "told"), [("cpu", True), ("seconds", False)])
def test_a_thread_that_spins_while_every_task_waits_is_told_from_a_loop_in_a_task(kind, told) -> None:
    waiting = TaskRecord("Task-1", "answer", 0.0, spans=[Span("waiting", 0.0, 0.0, 1, "to_thread")])
    run = Run(limit=Limit(kind, "4 seconds of computing"), tasks=[waiting])
    found = {diagnosis.name: diagnosis.text for diagnosis in diagnose(Case(run))}
    assert ("busy_loop" in found) is told
    assert not told or "a thread went round" in found["busy_loop"]


@pytest.mark.parametrize("made_by_the_submission", [True, False])
def test_nobody_is_told_to_await_a_task_that_the_test_made(made_by_the_submission) -> None:
    place = Frame("exercises/answer.py", 3, "answer") if made_by_the_submission else None
    task = TaskRecord("Task-2", "work", 0.0, created_at=place)
    run = Run(returned=1, tasks=[task], leaked=[StuckTask("Task-2", "asyncio.sleep")])
    found = [diagnosis.name for diagnosis in diagnose(Case(run, error=AssertionError()))]
    assert ("leaked" in found) is made_by_the_submission


def test_a_diagnosis_that_a_test_allows_is_not_made(played) -> None:
    run = played(ONE_BY_ONE)
    compared = Compared("==", run.elapsed, 1)
    assert names(run, AssertionError(), compared)[0] == "one_after_another"
    found = diagnose(Case(run, ONE_BY_ONE, AssertionError(), compared, frozenset({"one_after_another"})))
    assert "one_after_another" not in [diagnosis.name for diagnosis in found]
