"""Hidden tests: a promise."""

import asyncio

import pytest

from kata.fakes import Service

QUESTIONS = ["oldest map", "town charter", "flood of 1784", "first mayor", "bell tower", "salt tax"]


async def look_at_a_new_slip(ex):
    slip = ex.new_slip()
    if not asyncio.isfuture(slip):
        return [type(slip).__name__]
    other = ex.new_slip()
    told = ["future", slip.done(), slip.get_loop() is asyncio.get_running_loop(), slip is not other]
    for each in (slip, other):
        each.cancel()
    return told


async def one_clerk(ex, look_up, question):
    """Fill in a slip of our own and tell what it returned and what stands on the slip."""
    slip = asyncio.get_running_loop().create_future()
    returned = await ex.fill_in(slip, look_up, question)
    if not slip.done():
        return [returned, "nothing", None]
    if slip.cancelled():
        return [returned, "a cancellation", None]
    if slip.exception() is not None:
        return [returned, "an error", slip.exception()]
    return [returned, "a result", slip.result()]


async def a_failing_clerk(ex, seconds, text):
    """Let a look-up fail with an error of a class of its own; tell what fill_in returned, what stands on the slip,
    and whether that is just this error."""

    class Mislaid(Exception):
        pass

    error = Mislaid(text)

    async def look_up(question):
        await asyncio.sleep(seconds)
        raise error

    slip = asyncio.get_running_loop().create_future()
    returned = await ex.fill_in(slip, look_up, "salt tax")
    if not slip.done():
        return [returned, "nothing", False]
    if slip.cancelled():
        return [returned, "a cancellation", False]
    held = slip.exception()
    return [returned, f"the result {slip.result()!r}" if held is None else repr(held), held is error]


async def a_cancelled_clerk(ex, look_up, question):
    """Cancel a clerk on the way; tell how fill_in ended, and how the slip is."""
    slip = asyncio.get_running_loop().create_future()
    clerk = asyncio.create_task(ex.fill_in(slip, look_up, question))
    await asyncio.sleep(0.5)
    clerk.cancel()
    await asyncio.wait([clerk])
    told = [clerk.cancelled(), "cancelled" if slip.cancelled() else "written on" if slip.done() else "as it was"]
    slip.cancel()
    return told


async def two_clerks(ex, look_ups, question, cancel_at):
    """Send the clerks at the same time; tell what each returned, and what the slip held at the end."""
    slip = asyncio.get_running_loop().create_future()
    if cancel_at is not None:
        asyncio.get_running_loop().call_later(cancel_at, slip.cancel)
    clerks = [asyncio.create_task(ex.fill_in(slip, look_up, question)) for look_up in look_ups]
    await asyncio.wait(clerks)
    if not slip.done():
        held = "nothing"
    elif slip.cancelled():
        held = "a cancellation"
    else:
        error = slip.exception()
        held = f"{type(error).__name__}: {error}" if error is not None else slip.result()
    return [[f"{type(c.exception()).__name__}" if c.exception() else c.result() for c in clerks], held]


async def readers(ex, number, seconds, answer, error):
    """Several visitors read a slip that is filled in after some seconds; tell what each got, and when."""
    loop = asyncio.get_running_loop()
    slip = loop.create_future()
    begun, failure = loop.time(), OSError(error)

    async def visitor():
        try:
            got = ["answer", await ex.read(slip)]
        except Exception as caught:
            got = ["error", str(caught) if caught is failure else f"{caught!r} instead"]
        return [*got, round(loop.time() - begun, 1)]

    visitors = [asyncio.create_task(visitor(), name=f"visitor {place}") for place in range(number)]
    if seconds:
        await asyncio.sleep(seconds)
    if error is None:
        slip.set_result(answer)
    else:
        slip.set_exception(failure)
    visitors.append(asyncio.create_task(visitor(), name="late visitor"))
    return await asyncio.gather(*visitors)


async def test_a_new_slip_is_an_empty_future(exercise):
    """`new_slip()` gives a new future of the running event loop that is not done."""
    run = await exercise.play_within(look_at_a_new_slip)
    told = run.result
    assert told[0] == "future", f"new_slip() should give a future; it gave a {told[0]}"
    assert not told[1], "the new slip should be empty, and it is done already"
    assert told[2], "the future belongs to another event loop than the one that is running"
    assert told[3], "every call of new_slip() should give a slip of its own"


@pytest.mark.points(2)
async def test_the_answer_becomes_the_result_of_the_slip(exercise, rng):
    """`fill_in` waits for the answer, makes that text the result of the slip, and gives True."""
    for seconds in (rng.choice([1, 1.5]), 0):
        question = rng.choice(QUESTIONS)
        answer = rng.choice(["", f"shelf {rng.randint(1, 99)}"]) if seconds else "on this table"
        run = await exercise.play_within(one_clerk, Service(seconds, returns={question: answer}), question)
        returned, held, value = run.result
        assert held == "a result", f"the answer was found, and the slip holds {held}"
        assert value == answer, (
            f"the result of the slip should be the text {answer!r}; it is {value!r}. "
            "What belongs there is the answer itself, not a thing that could still give it"
        )
        assert returned is True, f"this clerk filled in the slip, so fill_in gives True; it gave {returned!r}"
        assert run.elapsed == seconds, f"the look-up takes {seconds:g} seconds; it took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_readers_wake_up_when_the_answer_is_there(exercise, rng):
    """Every reader gets the answer at the moment when it is there, late readers at once, and nobody polls."""
    for number, seconds in ((rng.choice([2, 3]), 2.3), (1, 0), (0, 1)):
        answer = rng.choice(["", f"shelf {rng.randint(1, 99)}"])
        run = await exercise.play_within(readers, number, seconds, answer, None)
        got = run.result
        for told in got:
            assert told[:2] == ["answer", answer], (
                f"the answer was {answer!r}, and a reader got {told[1]!r}; `read` gives what the slip holds"
            )
            assert told[2] == seconds, (
                f"the slip was filled in at second {seconds:g}, and a reader woke up at second {told[2]:g}"
            )
        assert run.elapsed == seconds, (
            f"the slip was filled in at second {seconds:g}, and the last reader came back at second {run.elapsed:g}"
        )
        waits = max((sum(span.kind == "waiting" for span in task.spans) for task in run.tasks[1:]), default=0)
        assert waits <= 3, (
            f"a reader woke up {waits} times before the answer was there; await the slip itself, then the "
            "event loop wakes the reader once"
        )


async def test_an_error_goes_onto_the_slip(exercise, rng):
    """An error of the look-up goes onto the slip, `read` raises it, and it does not leave `fill_in`."""
    text = rng.choice(["the cellar is locked", "no such box", ""])
    run = await exercise.play_within(a_failing_clerk, rng.choice([0, 1]), text)
    assert run.raised is None, f"the error belongs onto the slip, and it left fill_in: {run.raised!r}"
    returned, held, itself = run.result
    assert itself, f"the look-up failed with Mislaid({text!r}); the slip should hold just that error, and holds {held}"
    assert returned is True, f"this clerk put the error there, so fill_in gives True; it gave {returned!r}"
    run = await exercise.play_within(readers, 2, 1, None, "the cellar is locked")
    assert run.result == [["error", "the cellar is locked", 1]] * 3, (
        f"the slip held an OSError, and every reader should see just that raised; the readers got {run.result!r}"
    )


@pytest.mark.points(2)
async def test_a_slip_is_written_on_once(exercise, rng):
    """If the slip is done when a clerk comes back, it stays as it is, and `fill_in` gives False."""
    question = rng.choice(QUESTIONS)
    error = OSError("the lamp went out")
    for fails in ([], [0], [0, 1]):
        order = rng.sample([0.5, 1.5], 2)
        quick = order.index(0.5)
        clerks = [
            Service(
                seconds,
                returns={question: f"clerk {place} says"},
                fails={question: error} if place in fails else None,
                name=f"clerk {place}",
            )
            for place, seconds in enumerate(order)
        ]
        run = await exercise.play_within(two_clerks, clerks, question, None)
        returned, held = run.result
        wanted = "OSError: the lamp went out" if quick in fails else f"clerk {quick} says"
        assert "InvalidStateError" not in returned, (
            "the second clerk came back to a slip that was done, wrote on it all the same, and got an InvalidStateError"
        )
        assert held == wanted, f"the quicker clerk brought {wanted!r}; the slip holds {held!r} at the end"
        assert returned == [place == quick for place in (0, 1)], (
            f"only the quicker clerk filled it in, so one gives True, the other False; they gave {returned}"
        )


async def test_a_cancelled_slip_stays_cancelled(exercise, rng):
    """If the visitor cancelled the slip meanwhile, it stays cancelled, and `fill_in` gives False; a clerk who is
    cancelled ends as cancelled and leaves the slip as it is."""
    question = rng.choice(QUESTIONS)
    for fails in (None, {question: OSError("the lamp went out")}):
        run = await exercise.play_within(two_clerks, [Service(1, fails=fails, name="look_up")], question, 0.5)
        returned, held = run.result
        assert returned == [False], (
            f"the slip was cancelled before the clerk came back, so fill_in gives False, not {returned[0]!r}"
        )
        assert held == "a cancellation", f"the slip was cancelled, and at the end it holds {held!r}"
    run = await exercise.play_within(a_cancelled_clerk, Service(1), question)
    cancelled, state = run.result
    assert cancelled, "the clerk was cancelled on the way, and fill_in did not end as cancelled"
    assert state == "as it was", f"the clerk was cancelled on the way, and the slip is {state} now"
