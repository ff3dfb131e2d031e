"""Hidden tests: a moving deadline."""

import asyncio

import pytest

from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, HOUR, errors, moments
from kata.judge.topics import about

TEXTS = ["hello", "my card is gone", "which one?", "the blue one", "thank you", "a moment", "where?"]


async def with_customer(ex, chats, gives_up, cancel_after):
    """Chats, one after another: [[second, what comes], ...], seconds, extra. Tell how each ended, and when.

    "gone" stands for None; an error is raised by receive, and a list of them as a group. A receive that is cancelled
    needs ``gives_up`` seconds to end.
    """
    loop = asyncio.get_running_loop()

    async def chat_once(arrivals, seconds, extra):
        start = loop.time()
        inbox = asyncio.Queue()
        waiting = []
        for at, what in arrivals:
            loop.call_later(at, inbox.put_nowait, what)

        async def receive():
            waiting.append("now")
            if len(waiting) > 1:
                ex.note("two at once")
            try:
                what = await inbox.get()
            except asyncio.CancelledError:
                await asyncio.sleep(gives_up)
                ex.note("hung up")
                raise
            finally:
                waiting.pop()
            if isinstance(what, list):
                raise ExceptionGroup("two lines are dead", what)
            if isinstance(what, Exception):
                raise what
            return None if what == "gone" else what

        chatting = asyncio.create_task(ex.chat(receive, seconds, extra))
        if cancel_after is not None:
            await asyncio.sleep(cancel_after)
            chatting.cancel()
        await asyncio.wait([chatting])
        ended = round(loop.time() - start, 6)
        if waiting:
            ex.note("still waiting")
        if chatting.cancelled():
            return ["ended as cancelled", None, ended]
        error = chatting.exception()
        if error:
            return [f"raised {error!r}", None, ended]
        return ["returned", chatting.result(), ended]

    return [await chat_once(*each) for each in chats]


def model(arrivals, seconds, extra):
    """The messages of a chat, and when it ends. "gone" is when the customer leaves."""
    deadline, messages = seconds, []
    for at, text in sorted(arrivals, key=lambda arrival: arrival[0]):
        if at > deadline:
            break
        if text == "gone":
            return messages, at
        messages.append(text)
        deadline += extra
    return messages, round(deadline, 6)


def some_arrivals(rng, moments):
    return [[at, rng.choice(TEXTS)] for at in moments]


def story(arrivals, seconds, extra):
    """A chat in words, as the beginning of a sentence."""
    came = [f"{'an empty text' if what == '' else 'a message'} after {at!r}" for at, what in arrivals if what != "gone"]
    gone = [f"the customer leaves after {at!r}" for at, what in arrivals if what == "gone"]
    if len(came) > 3:
        came = [f"{len(came)} messages, the last after {max(at for at, _ in arrivals):.12g}"]
    came = ", ".join([*(came or ["no message"]), *gone])
    return f"with {in_seconds(seconds)} at first and {in_seconds(extra)} more for each message, {came}"


async def expect_chats(exercise, *chats):
    """Play chats, one after another, and compare them with what should happen."""
    run = await exercise.play(with_customer, [list(chat) for chat in chats], 0, None)
    assert run.deadlock is None, (
        f"from second {run.deadlock.at:.12g} on chat waits for a message that never comes, and no time limit is set "
        f"that could end that; a chat should end when its deadline has come ({story(*chats[0])})"
    )
    cut_off = sum(all(text != "gone" for _, text in arrivals) for arrivals, _, _ in chats)
    for number, ((arrivals, seconds, extra), (how, result, ended)) in enumerate(zip(chats, run.result, strict=True), 1):
        messages, right = model(arrivals, seconds, extra)
        plan = (f"chat {number} of {len(chats)}, " if len(chats) > 1 else "") + story(arrivals, seconds, extra)
        assert how == "returned", about(
            "no error", f"{plan}: chat should return the messages, and it {how}", error=how.removeprefix("raised ")
        )
        assert "two at once" not in run.noted, "receive was called again while an earlier call still waited"
        assert "still waiting" not in run.noted, f"{plan}: the chat had ended, and a receive was still waiting"
        assert ended == right, (
            f"{plan}: the chat should end after {in_seconds(right)} and ended after {in_seconds(ended)}"
        )
        assert type(result) is list, f"chat should return a list of texts; it returned {result!r}"
        assert result == messages, f"{plan}: {expect.difference(result, messages)}"
    hung_up = run.noted.count("hung up")
    assert hung_up >= cut_off, (
        "when the deadline comes while receive waits, receive should be cancelled once, and can then end in peace; "
        f"that was so {expect.often(hung_up)} in {cut_off} chats"
    )
    assert hung_up == cut_off, (
        f"receive was cancelled {expect.often(hung_up)}; in these chats the deadline comes {expect.often(cut_off)} "
        "while it waits"
    )


async def expect_plain_chats(exercise, seconds, extra, early, late):
    """Two chats with one message each, told side by side: the two ends show what the deadline was made from."""
    chats = [[[[at, "hello"]], seconds, extra] for at in (early, late)]
    run = await exercise.play(with_customer, chats, 0, None)
    if run.failed or run.deadlock is not None or any(how != "returned" for how, *_ in run.result):
        return  # another message says more
    ends = [ended for *_, ended in run.result]
    right = seconds + extra
    assert ends == [right, right], (
        f"with {in_seconds(seconds)} at first and {in_seconds(extra)} more for each message, a chat with one message "
        f"should end after {in_seconds(right)}; with the message after {in_seconds(early)} it ended after "
        f"{in_seconds(ends[0])}, and with the message after {in_seconds(late)} after {in_seconds(ends[1])}"
    )


async def test_a_silent_customer(exercise, rng):
    """Without a message, the chat ends after `seconds` seconds with an empty list."""
    await expect_chats(exercise, *(([], seconds, 0.5) for seconds in (rng.choice([0.77, 1.23]), DAYS)))


@pytest.mark.points(2)
async def test_each_message_adds_to_what_is_left(exercise, rng):
    """Each message moves the deadline by `extra` seconds from where it was, and the chat ends just then."""
    await expect_plain_chats(exercise, 2, 1, 0.5, 1.5)
    await expect_chats(
        exercise,
        (some_arrivals(rng, [0.53]), 1.23, 1.07),
        (some_arrivals(rng, [0.53, 1.01]), 1.23, rng.choice([0.49, 1.07])),
        ([[0.53, ""], *some_arrivals(rng, [1.01])], 1.23, 0.49),  # an empty text is a text
        (some_arrivals(rng, [HOUR, HOUR, DAYS]), 2 * HOUR, DAYS),
        (some_arrivals(rng, [0.11 * number for number in range(40)]), 1.23, 0.69),
    )
    twice = (some_arrivals(rng, [0.53, 1.01, 1.01, 1.51]), 0.77, 0.49)
    other = ([[at, f"{text} again"] for at, text in twice[0]], *twice[1:])
    await expect_chats(exercise, twice, other)


@pytest.mark.points(2)
async def test_a_message_after_the_deadline_is_too_late(exercise, rng):
    """A message that comes after the deadline is not waited for, however many came before."""
    await expect_chats(
        exercise,
        (some_arrivals(rng, [1.51]), 0.77, 0.49),
        *((some_arrivals(rng, [0.53, 0.53, 2.53]), 0.77, extra) for extra in (0.23, 0.77)),
    )


async def test_the_customer_leaves(exercise, rng):
    """When the customer leaves, the chat ends at that moment, with the messages so far."""
    numbers = (0, rng.choice([1, 2]), 3)
    arrivals = [[*some_arrivals(rng, [0.53] * number), [1.01, "gone"]] for number in numbers]
    await expect_chats(exercise, *((each, 1.23, 0.49) for each in arrivals))


async def test_errors_and_cancellations_go_on_up(exercise, rng):
    """An error of `receive` leaves `chat`; a cancelled `chat` cancels its waiting and ends as cancelled."""
    some = [error for error in errors(rng, 5, text="the line is dead") if type(error) is not TimeoutError]
    two = [OSError("the first"), ValueError("the second")]
    numbers, wrong = (0, 1, 2, 0, rng.choice([0, 1])), [*some, two]
    arrivals = [
        [*some_arrivals(rng, [0.53] * number), [1.01, what]] for number, what in zip(numbers, wrong, strict=True)
    ]
    run = await exercise.play(with_customer, [[each, 1.23, 0.49] for each in arrivals], 0, None)
    for error, (how, result, _) in zip(wrong, run.result, strict=True):
        wanted = repr(ExceptionGroup("two lines are dead", two) if error is two else error)
        assert how == f"raised {wanted}", about(
            "error kept",
            f"receive raises {wanted}, which should leave chat; chat {how}{'' if result is None else f' {result!r}'}",
            error=error if how == "returned" else None,
        )
    for moment in moments(rng, 1.23):
        run = await exercise.play(with_customer, [[some_arrivals(rng, [0.5003]), 1.47, 0.49]], 0.25, moment)
        [[how, result, _]] = run.result
        assert how == "ended as cancelled", (
            f"the task that runs chat was cancelled from outside after {in_seconds(moment)}, before the deadline, and "
            f"should end as cancelled; it {how}{'' if result is None else f' {result!r}'}"
        )
        assert "still waiting" not in run.noted, (
            f"chat was cancelled after {in_seconds(moment)} and had ended; its receive was still waiting"
        )
