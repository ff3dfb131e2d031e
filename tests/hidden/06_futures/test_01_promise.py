"""Hidden tests: a promise."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import inputs
from kata.judge.clean import in_seconds
from kata.judge.expect import ends_as_cancelled, takes

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


async def one_question_again(ex, outcomes):
    """One question for several slips, one after another; the look-up ends otherwise each time. Tell what each clerk
    returned, what a reader got who waited and one who came later, and how often the question was looked up."""
    left, asked = list(outcomes), []

    async def look_up(question):
        asked.append(question)
        await asyncio.sleep(0.5)
        outcome = left.pop(0) if left else "nothing more"
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def read(slip):
        try:
            return await ex.read(slip)
        except OSError as error:
            return str(error)

    told = []
    for _ in outcomes:
        slip = asyncio.get_running_loop().create_future()
        early = asyncio.create_task(read(slip))
        await asyncio.sleep(0)
        returned = await ex.fill_in(slip, look_up, "salt tax")
        told.append([returned, await early, await read(slip)])
    return told, len(asked)


async def failing_clerks(ex, seconds, errors):
    """Let look-ups fail with these errors, a group of two, and one of a class of its own; tell of each its text, what
    fill_in returned, what stands on the slip, and what two readers got, one after the other. Notes those that did not
    leave fill_in."""

    class Mislaid(Exception):
        pass

    async def read(slip, error):
        try:
            return repr(await ex.read(slip))
        except Exception as caught:
            return "that error" if caught is error else f"{caught!r}, raised"

    async def one(error):
        async def look_up(question):
            await asyncio.sleep(seconds)
            raise error

        slip = asyncio.get_running_loop().create_future()
        returned = await ex.fill_in(slip, look_up, "salt tax")
        ex.note(repr(error))
        if not slip.done():
            return [repr(error), returned, "nothing", "nothing", "nothing"]
        if slip.cancelled():
            return [repr(error), returned, "a cancellation", "nothing", "nothing"]
        held = slip.exception()
        if held is None:
            value = slip.result()
            stands = "a coroutine object" if asyncio.iscoroutine(value) else f"the result {value!r}"
        else:
            stands = "that error" if held is error else repr(held)
        return [repr(error), returned, stands, await read(slip, error), await read(slip, error)]

    group = ExceptionGroup("two boxes", [OSError("locked"), ValueError("torn")])
    return [await one(error) for error in [*errors, Mislaid("not on its shelf"), Mislaid(""), group]]


async def cancelled_clerks(ex, moments):
    """Cancel a clerk on the way, at each of these moments; tell how fill_in ended, after how many seconds, how the slip
    is, and whether the look-up was over by then. It lasts a second, and to break it off takes a quarter of one."""

    async def one(moment):
        slip = asyncio.get_running_loop().create_future()
        state = ["not begun"]

        async def look_up(question):
            state[0] = "under way"
            try:
                await asyncio.sleep(1)
            finally:
                await asyncio.sleep(0.25)
                state[0] = "over"

        begun = asyncio.get_running_loop().time()
        clerk = asyncio.create_task(ex.fill_in(slip, look_up, "salt tax"))
        if moment:
            await asyncio.wait([clerk], timeout=moment)
        else:
            await asyncio.sleep(0)
        clerk.cancel()
        await asyncio.wait([clerk])
        ended = round(asyncio.get_running_loop().time() - begun, 6)
        how = "cancelled"
        if not clerk.cancelled():
            how = f"raised {clerk.exception()!r}" if clerk.exception() else f"returned {clerk.result()!r}"
        stands = "cancelled" if slip.cancelled() else "written on" if slip.done() else "as it was"
        slip.cancel()
        return [how, ended, stands, state[0]]

    return [await one(moment) for moment in moments]


async def cancelled_readers(ex, moments):
    """Cancel a reader while the slip is empty; tell how read ended, and after how many seconds."""
    loop, told = asyncio.get_running_loop(), []
    for moment in moments:
        slip = loop.create_future()
        begun = loop.time()
        reader = asyncio.create_task(ex.read(slip))
        if moment:
            await asyncio.wait([reader], timeout=moment)
        else:
            await asyncio.sleep(0)
        reader.cancel()
        await asyncio.wait([reader], timeout=5)
        ended = round(loop.time() - begun, 6)
        if not reader.done():
            told.append(["waits", ended])
            slip.cancel()
            await asyncio.wait([reader])
            continue
        how = "cancelled"
        if not reader.cancelled():
            how = f"raised {reader.exception()!r}" if reader.exception() else f"returned {reader.result()!r}"
        told.append([how, ended])
    return told


async def two_clerks(ex, look_ups, question, cancel_at):
    """Send the clerks at the same time, and the first of them again when all are back; tell what each returned, and
    what the slip held at the end."""
    slip = asyncio.get_running_loop().create_future()
    if cancel_at is not None:
        asyncio.get_running_loop().call_later(cancel_at, slip.cancel)
    clerks = [asyncio.create_task(ex.fill_in(slip, look_up, question)) for look_up in look_ups]
    await asyncio.wait(clerks)
    clerks.append(asyncio.create_task(ex.fill_in(slip, look_ups[0], question)))
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
            got = ["error", str(caught) if caught is failure else repr(caught)]
        return [*got, round(loop.time() - begun, 6)]

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
    plays = [(1.5, f"shelf {rng.randint(1, 99)}"), (inputs.DAYS, ""), (0, "on this table")]
    for seconds, answer in plays:
        question = rng.choice(QUESTIONS)
        run = await exercise.play_within(one_clerk, Service(seconds, returns={question: answer}), question)
        returned, held, value = run.result
        assert held == "a result", f"the answer was found, and the slip holds {held}"
        assert value == answer, (
            f"the result of the slip should be the text {answer!r}; it is {value!r}. "
            "What belongs there is the answer itself, not a thing that could still give it"
        )
        assert returned is True, f"this clerk filled in the slip, so fill_in gives True; it gave {returned!r}"
        takes(run, seconds, f"with a look-up of {in_seconds(seconds)}, fill_in")
    outcomes = ["shelf 1", OSError("locked"), "", "shelf 2"]
    run = await exercise.play_within(one_question_again, outcomes)
    told, asked = run.result
    for number, (outcome, (returned, early, late)) in enumerate(zip(outcomes, told, strict=True), 1):
        slip = f"slip {number} of {len(outcomes)} for one question: the look-up "
        slip += f"raises {outcome!r}" if isinstance(outcome, Exception) else f"gives {outcome!r}"
        assert [returned] == [True], f"{slip}; fill_in should give True, and gave {returned!r}"
        should = "`read` should raise that" if isinstance(outcome, Exception) else "`read` should give that"
        assert early == str(outcome), f"{slip}; {should}, and a reader who had waited got {early!r} as the answer"
        assert late == str(outcome), f"{slip}; {should}, and a reader who came later got {late!r} as the answer"
    assert asked == len(outcomes), f"{len(outcomes)} clerks should look up once each; look_up was called {asked} times"


@pytest.mark.points(2)
async def test_readers_wake_up_when_the_answer_is_there(exercise, rng):
    """Every reader gets the answer at the moment when it is there, late readers at once, and nobody polls."""
    shelf = f"shelf {rng.randint(1, 99)}"
    for number, seconds, answer in ((3, 2.3, shelf), (1, 0, shelf), (0, 1, ""), (100, inputs.DAYS, shelf)):
        run = await exercise.play_within(readers, number, seconds, answer, None)
        got = run.result
        for told in got:
            filled_in = f"the slip is filled in after {in_seconds(seconds)}"
            assert told[0] == "answer", f"{filled_in}; a reader raised {told[1]}, after {in_seconds(told[2])}"
            assert told[1] == answer, (
                f"{filled_in}, with {answer!r}; a reader got {told[1]!r}, after {in_seconds(told[2])}"
            )
            assert told[2] == seconds, f"{filled_in}; a reader got the answer after {in_seconds(told[2])}"
        takes(run, seconds, f"when the slip is filled in after {in_seconds(seconds)}, all reading")
        waits = max((sum(span.kind == "waiting" for span in task.spans) for task in run.tasks[1:]), default=0)
        assert waits <= 3, (
            f"a reader woke up {waits} times before the answer was there; await the slip itself, then the "
            "event loop wakes the reader once"
        )


async def test_an_error_goes_onto_the_slip(exercise, rng):
    """An error of the look-up goes onto the slip, `read` raises it, and it does not leave `fill_in`."""
    errors = [OSError("the cellar is locked"), *inputs.errors(rng, 11)]
    run = await exercise.play_within(failing_clerks, rng.choice([0.5, 1]), errors)
    kept = f"; with {run.noted[-1]} before, nothing left fill_in" if run.noted else ""
    assert run.raised is None, (
        f"an error of the look-up belongs onto the slip; {run.raised!r} did not go there, it left fill_in{kept}"
    )
    for error, returned, stands, *read in run.result:
        assert stands == "that error", f"the look-up fails with {error}, which the slip should hold; it holds {stands}"
        assert returned is True, f"this clerk put the error there, so fill_in gives True; it gave {returned!r}"
        assert read == ["that error"] * 2, (
            f"the slip holds {error}, which `read` should raise each time; two readers got {read[0]} and {read[1]}"
        )
    for seconds in (1, inputs.HOUR):
        run = await exercise.play_within(readers, 2, seconds, None, "the cellar is locked")
        put = f"OSError('the cellar is locked') is put onto the slip after {in_seconds(seconds)}"
        for kind, got, at in run.result:
            how = f"`read` raised {got}" if kind == "error" else f"a reader got {got!r} as the answer"
            assert [kind, got] == ["error", "the cellar is locked"], (
                f"{put}, and `read` should raise it; {how}, after {in_seconds(at)}"
            )
            late = f"{in_seconds(round(at - seconds, 6))} late" if at > seconds else "too early"
            assert at == seconds, f"{put}; `read` raised it after {in_seconds(at)}, {late}"
        assert len(run.result) == 3, f"3 readers should come back; {len(run.result)} did"


@pytest.mark.points(2)
async def test_a_slip_is_written_on_once(exercise, rng):
    """If the slip is done when a clerk comes back, it stays as it is, and `fill_in` gives False."""
    question = rng.choice(QUESTIONS)
    error = OSError("the lamp went out")
    for fails, slow in (([], 1), ([0], 1.37), ([0, 1], 2.59), ([], 1.5), ([], inputs.HOUR)):
        order = rng.sample([0.5, slow], 2)
        quick = order.index(0.5)
        answers = [f"clerk {place} says" for place in range(2)]
        if slow == 2.59 or (not fails and slow > 1):
            answers[quick] = ""  # an empty answer is one like any other
        clerks = [
            Service(
                seconds,
                returns={question: answers[place]},
                fails={question: error} if place in fails else None,
                name=f"clerk {place}",
            )
            for place, seconds in enumerate(order)
        ]
        run = await exercise.play_within(two_clerks, clerks, question, None)
        returned, held = run.result
        wanted = "OSError: the lamp went out" if quick in fails else answers[quick]
        assert "InvalidStateError" not in returned, (
            "a clerk came back to a slip that was done by then, wrote on it all the same, and got an "
            "InvalidStateError; whether it is done counts when the look-up is over, not before it"
        )
        brought = f"met {error!r}, which the slip should hold as its error" if quick in fails else f"brings {wanted!r}"
        as_result = " as its result" if quick in fails and "Error: " not in str(held) else ""
        assert held == wanted, f"the quicker clerk {brought}; at the end the slip holds {held!r}{as_result}"
        for who, right, got in zip(
            ("the first clerk", "the second clerk"), (quick == 0, quick == 1), returned, strict=False
        ):
            why = "was the quicker one and filled in the slip" if right else "came to a slip that was done"
            assert got == right, f"{who} {why}; fill_in should give {right}, and gave {got!r}"
        assert returned == [quick == 0, quick == 1, False], (
            f"a clerk went with a slip that had long been done; fill_in should give False, and gave {returned[2]!r}"
        )


async def test_a_cancelled_slip_stays_cancelled(exercise, rng):
    """If the visitor cancelled the slip meanwhile, it stays cancelled, and `fill_in` gives False."""
    question = rng.choice(QUESTIONS)
    for fails in (None, {question: OSError("the lamp went out")}):
        run = await exercise.play_within(two_clerks, [Service(1, fails=fails, name="look_up")], question, 0.5)
        returned, held = run.result
        assert held == "a cancellation" or returned[0] is False, (
            f"the slip should be cancelled after 0.5 seconds, while the look-up takes 1 second; it holds {held!r}"
        )
        clerks = ("a clerk who had been sent before", "a clerk who was sent later")
        for clerk, got in zip(clerks, returned, strict=True):
            how = f"raised {got}" if type(got) is str else f"gave {got!r}"
            assert [got] == [False], (
                f"the slip was cancelled after 0.5 seconds; fill_in of {clerk} should give False, and {how}"
            )
        assert held == "a cancellation", f"the slip was cancelled, and at the end it holds {held!r}"


async def test_who_is_cancelled_ends_as_cancelled(exercise, rng):
    """A clerk or a reader who is cancelled ends as cancelled; the clerk breaks off and leaves the slip as it is."""
    moments = inputs.moments(rng, 1)
    run = await exercise.play_within(cancelled_clerks, moments)
    for moment, (how, ended, stands, look_up) in zip(moments, run.result, strict=True):
        told = f"a clerk was cancelled after {in_seconds(moment)}"
        ends_as_cancelled("fill_in", moment, how, ended)
        assert stands == "as it was", f"{told}, and the slip is {stands} now"
        assert look_up != "under way", f"{told}, and when fill_in ended, the look-up was still under way"
    moments = inputs.moments(rng, 90)
    run = await exercise.play_within(cancelled_readers, moments)
    for moment, (how, ended) in zip(moments, run.result, strict=True):
        told = f"a reader was cancelled after {in_seconds(moment)}"
        assert how != "waits", f"{told}; 5 seconds later `read` was still waiting"
        ends_as_cancelled("`read`", moment, how, ended)
        assert ended <= moment, f"{told}, and `read` ended only after {in_seconds(ended)}"
