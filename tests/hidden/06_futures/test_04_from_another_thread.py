"""Hidden tests: from another thread."""

import asyncio
import threading
import time

import pytest

from kata.judge import inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

PICTURES = ["a tit with a caterpillar", "an empty nest", "two eggs", "a wasp", "five open beaks", ""]
ERRORS = ["lens fogged", "battery low", "no memory card"]


async def in_the_bird_box(ex, plans, others, cancel_at, debug):
    """Take pictures at the same time, one for each plan of [seconds, kind, value].

    After so many seconds a thread of the camera calls back; "at once" is while `snap` has not returned.
    ``others``: at these seconds something else in the program has a turn. ``debug``: a future, an event or a
    task that is touched from another thread raises RuntimeError there. Gives, for each picture, how it
    ended, with what, and at which second. Notes what a call-back raised.
    """
    loop = asyncio.get_running_loop()
    begun, errors = loop.time(), []
    loop.set_debug(debug)

    class CameraError(Exception):
        pass

    def camera(seconds, kind, value):
        def snap(on_picture, on_error):
            def work():
                if seconds != "at once":
                    time.sleep(seconds)
                try:
                    if kind == "picture":
                        on_picture(value)
                    else:
                        error = CameraError(value)
                        errors.append(error)
                        on_error(error)
                except BaseException as raised:
                    called = on_picture if kind == "picture" else on_error
                    file, line, frame = getattr(called, "__code__", None), 0, raised.__traceback__
                    while frame is not None:
                        if file is not None and frame.tb_frame.f_code.co_filename == file.co_filename:
                            line = frame.tb_lineno
                        frame = frame.tb_next
                    where = f"on_{kind}, in line {line}," if line else f"on_{kind}"
                    ex.note(["raised", f"{where} raised {type(raised).__name__}: {raised}"])

            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            if seconds == "at once":
                thread.join()

        return snap

    async def one(plan):
        try:
            return ["picture", await ex.take_picture(camera(*plan)), round(loop.time() - begun, 1)]
        except CameraError as error:
            told = str(error) if any(error is each for each in errors) else f"a copy of {error}"
            return ["error", told, round(loop.time() - begun, 1)]

    for seconds in others:
        loop.call_later(seconds, ex.note, ["turn", seconds])
    if len(plans) == 1 and cancel_at is None:
        return [await one(plans[0])]
    taking = [asyncio.create_task(one(plan), name=f"picture {place}") for place, plan in enumerate(plans, 1)]
    if cancel_at is not None:
        await asyncio.sleep(cancel_at)
        for task in taking:
            task.cancel()
        await asyncio.wait(taking)
        ended = round(loop.time() - begun, 3)
        await asyncio.sleep(0)
        if len(asyncio.all_tasks()) > 1:
            ex.note(["left", 0])
        await asyncio.sleep(1.5)
        return [["cancelled", None, ended] if task.cancelled() else task.result() for task in taking]
    await asyncio.wait(taking)
    return [task.result() for task in taking]


async def one_after_another(ex, plans):
    """Take pictures one after another, one for each plan of [seconds, value]; the value is a text, an exception, or
    "a group" of those. Gives for each what came and after how many seconds."""
    loop, told = asyncio.get_running_loop(), []

    def camera(seconds, value):
        def snap(on_picture, on_error):
            def work():
                time.sleep(seconds)
                on_error(value) if isinstance(value, Exception) else on_picture(value)

            threading.Thread(target=work, daemon=True).start()

        return snap

    for seconds, value in plans:
        if value == "a group":
            value = ExceptionGroup("a group", [OSError("lens fogged"), ValueError("battery low")])
        begun = loop.time()
        try:
            got = repr(await ex.take_picture(camera(seconds, value)))
        except Exception as error:
            # asyncio.wrap_future makes a new TimeoutError out of one.
            same = error is value or (type(error) is TimeoutError and repr(error) == repr(value))
            got = f"{error!r}, raised" if same else f"{error!r}, which is another error, raised"
        wanted = f"{value!r}, raised" if isinstance(value, Exception) else repr(value)
        told.append([wanted, got, round(loop.time() - begun, 6)])
    return told


async def expect_one_after_another(exercise, plans):
    """The same, in one program."""
    run = await exercise.play_within(one_after_another, plans)
    for (seconds, _), (wanted, got, took) in zip(plans, run.result, strict=True):
        assert got == wanted, f"of several pictures taken one after another, one should give {wanted}; it gave {got}"
        assert took == seconds, (
            f"the camera needs {in_seconds(seconds)} for a picture; take_picture took {in_seconds(took)}"
        )


def run_hangs(run, place, number):
    """Whether the task that takes this picture was among those that nothing could wake."""
    names = [task.name for task in run.deadlock.tasks]
    return number == 1 or f"picture {place}" in names


def noticed(raised):
    """What there is to say of an error that came from touching the event loop out of another thread."""
    if "thread-safe" in raised:
        return " (the event loop is in debug mode here, in which asyncio notices that)"
    if "no running event loop" in raised:
        return "; the event loop runs in another thread, so look it up there, in take_picture itself"
    return ""


async def expect(exercise, plans, others=(), debug=False):
    """Each picture or error comes, at the second at which the camera's thread calls back."""
    run = await exercise.play_within(in_the_bird_box, plans, list(others), None, debug)
    raised = [note[1] for note in run.noted if note[0] == "raised"]
    assert not raised, about("raised in a thread", f"in the library's thread {raised[0]}{noticed(raised[0])}")
    blocked = in_seconds(sum(block.seconds for block in run.blocks))
    assert not run.blocks, f"the event loop was blocked for {blocked}, where it should wait for the library's thread"
    if run.deadlock:
        # With one plan the first task takes the picture; with several, each has a task that is called after it.
        stuck = [plan for place, plan in enumerate(plans, 1) if run_hangs(run, place, len(plans))]
        seconds, kind, value = (stuck or plans)[0]
        when = ", before `snap` had returned" if seconds == "at once" else f", after {in_seconds(seconds)}"
        assert not run.deadlock, about(
            "not woken",
            f"the library's thread called on_{kind} with {value!r}{when}; nothing came of it, and take_picture waited "
            "on for ever",
        )
    for place, ((seconds, wanted, value), (kind, got, ended)) in enumerate(zip(plans, run.result, strict=True), 1):
        ended = run.elapsed if len(plans) == 1 else run.task(f"picture {place}").ended
        told = f"the library's thread called on_{wanted} with {value!r}"
        ends = f"raised the error {got!r}" if kind == "error" else f"returned {got!r}"
        assert [kind, got] == [wanted, value], f"{told}; take_picture {ends}"
        seconds = 0 if seconds == "at once" else seconds
        by_others = ": only then something else woke the event loop, and the thread had not"
        assert ended == seconds, about(
            "not woken",
            f"{told} after {in_seconds(seconds)}; take_picture ended after {in_seconds(ended)}"
            + (by_others if ended in others else ""),
        )
    return run


@pytest.mark.points(2)
async def test_the_picture_comes_when_nothing_else_is_going_on(exercise, rng):
    """The picture comes as soon as it is there, although nothing else is going on in the program."""
    for seconds, picture in ((rng.choice([0.5, 1]), rng.choice(PICTURES[:-1])), (1.5, "")):
        await expect(exercise, [[seconds, "picture", picture]])
    pictures = ["two eggs", "", "three eggs", "two eggs"]
    seconds = [0.41, 0.07, *rng.sample([inputs.DAYS, 1.37], 2)]
    await expect_one_after_another(exercise, [list(plan) for plan in zip(seconds, pictures, strict=True)])


@pytest.mark.points(2)
async def test_the_picture_is_not_late(exercise, rng):
    """The picture comes as soon as it is there, and not when something else has its turn next."""
    await expect(exercise, [[rng.choice([0.5, 1]), "picture", rng.choice(PICTURES[:-1])]], [1.5])
    await expect(exercise, [[1, "picture", rng.choice(PICTURES)]], [0.5, 2])


async def test_the_thread_may_call_before_snap_returns(exercise, rng):
    """A call that comes before `snap` has returned is good as well."""
    await expect(exercise, [["at once", "picture", rng.choice(PICTURES[:-1])]])
    await expect(exercise, [["at once", "picture", ""]])
    await expect(exercise, [["at once", "error", rng.choice(ERRORS)]])


async def test_an_error_is_raised(exercise, rng):
    """If `on_error` is called, `take_picture` raises that error, as soon as it is known."""
    await expect(exercise, [[rng.choice([0.5, 1]), "error", rng.choice(ERRORS)]])
    errors = [*inputs.errors(rng, 11), "a group"]
    seconds = inputs.seconds(rng, 12, longest=inputs.HOUR)
    await expect_one_after_another(exercise, [list(plan) for plan in zip(seconds, errors, strict=True)])


@pytest.mark.points(2)
async def test_pictures_are_taken_at_the_same_time(exercise, rng):
    """Several pictures are taken at the same time while the event loop is free, and nobody polls."""
    seconds = rng.sample([0.5, 1, 1.5, 2], 3)
    seconds.append(seconds[0])
    plans = [[second, "picture", value] for second, value in zip(seconds, rng.sample(PICTURES, 4), strict=True)]
    plans[rng.randrange(4)][1:] = ["error", rng.choice(ERRORS)]
    run = await expect(exercise, plans)
    waits = max(sum(span.kind == "waiting" for span in task.spans) for task in run.tasks[1:])
    assert waits <= 3, f"a task woke up {waits} times before its picture was there; once is enough"


async def test_the_thread_touches_nothing_of_asyncio(exercise, rng):
    """The library's thread touches nothing of asyncio, except in a way that is made for threads."""
    plans = [[0.5, "picture", rng.choice(PICTURES[:-1])], [1, "error", rng.choice(ERRORS)]]
    await expect(exercise, plans, debug=True)


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_after_a_cancellation_nothing_comes_of_it(exercise, rng):
    """A cancelled `take_picture` ends at once; what comes then or later raises nothing in thread or loop."""
    late = [[1, "picture", rng.choice(PICTURES)], [1.5, "error", rng.choice(ERRORS)]]
    at_once = [["at once", kind, value] for _, kind, value in late]
    _, middle, end = inputs.moments(rng, 1)
    for plans, cancel_at in ((late[:1], middle), (late[1:], 0), (late, end), (at_once, 0)):
        run = await exercise.play_within(in_the_bird_box, plans, [], cancel_at, False)
        blocked = in_seconds(sum(block.seconds for block in run.blocks))
        assert not run.blocks, (
            f"the event loop was blocked for {blocked}, where it should wait for the library's thread"
        )
        for kind, value, ended in run.result:
            if plans is not at_once:
                assert kind == "cancelled", (
                    f"the task that waits was to be cancelled after {in_seconds(cancel_at)}; take_picture "
                    + (f"raised the error {value!r}" if kind == "error" else f"returned {value!r}")
                )
            assert ended == cancel_at, (
                f"cancelled after {in_seconds(cancel_at)}, take_picture ended only after {in_seconds(ended)}"
            )
        left = any(note[0] == "left" for note in run.noted)
        assert not left, "take_picture was cancelled and had ended, and a task that it began went on"
        raised = [note[1] for note in run.noted if note[0] == "raised"]
        assert not raised, about(
            "raised in a thread",
            f"take_picture was cancelled, and in the library's thread {raised[0]}{noticed(raised[0])}",
        )
        lost = [(each.error.type if each.error else each.message) for each in run.unretrieved]
        forgotten = any(each.message == "Future exception was never retrieved" for each in run.unretrieved)
        assert not forgotten, (
            f"take_picture was cancelled, and then {lost[0]} was put into a future at which nobody looks any more; "
            "leave the future alone when nobody waits"
        )
        assert not lost, f"take_picture was cancelled, and then something raised {lost[0]} in the event loop" + (
            "; cancelling the task that awaits a future cancels the future: ask whether it is done in the event loop, "
            "in the moment in which it is to be set"
            if lost[0] == "InvalidStateError"
            else ""
        )
