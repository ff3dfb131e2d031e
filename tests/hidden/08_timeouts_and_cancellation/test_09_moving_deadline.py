"""Hidden tests: a moving deadline."""

import asyncio

import pytest

from kata.judge.inputs import DAYS, HOUR, errors, moments

TEXTS = ["hello", "my card is gone", "which one?", "the blue one", "thank you", "a moment", "where?", ""]
NEVER = "the chat never ends: the last message came long ago, and nothing will ever end the waiting"


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


async def expect_chats(exercise, *chats):
    """Play chats, one after another, and compare them with what should happen."""
    run = await exercise.play(with_customer, [list(chat) for chat in chats], 0, None)
    assert run.deadlock is None, NEVER
    cut_off = sum(all(text != "gone" for _, text in arrivals) for arrivals, _, _ in chats)
    for (arrivals, seconds, extra), (how, result, ended) in zip(chats, run.result, strict=True):
        messages, right = model(arrivals, seconds, extra)
        came = (
            f"{len(arrivals)} messages" if len(arrivals) > 4 else f"messages after {[at for at, _ in arrivals]} seconds"
        )
        if any(text == "" for _, text in arrivals):
            came += ", an empty text among them"
        plan = f"seconds={seconds:g}, extra={extra:g}, {came}"
        assert how == "returned", f"{plan}; chat should return the messages, and it {how}"
        assert "two at once" not in run.noted, "receive was called again while an earlier call still waited"
        assert "still waiting" not in run.noted, f"{plan}; the chat had ended, and a receive was still waiting"
        assert ended == right, f"{plan}: the chat should end after {right:g} seconds and ended after {ended:g}"
        assert type(result) is list, f"chat should return a list of texts; it returned {result!r}"
        assert result == messages, f"{plan}: expected {messages!r}, got {result!r}"
    hung_up = run.noted.count("hung up")
    assert hung_up == cut_off, (
        f"{cut_off} times the deadline came while receive waited, and {hung_up} times receive hung up to the end; "
        "one cancellation is enough"
    )


async def test_a_silent_customer(exercise, rng):
    """Without a message, the chat ends after `seconds` seconds with an empty list."""
    await expect_chats(exercise, *(([], seconds, 0.5) for seconds in (rng.choice([0.77, 1.23]), DAYS)))


@pytest.mark.points(2)
async def test_each_message_adds_to_what_is_left(exercise, rng):
    """Each message moves the deadline by `extra` seconds from where it was, and the chat ends just then."""
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
        assert how == f"raised {wanted}", (
            f"receive raised {wanted}, which should leave chat; chat {how}{'' if result is None else f' {result!r}'}"
        )
    for moment in moments(rng, 1.23):
        run = await exercise.play(with_customer, [[some_arrivals(rng, [0.5003]), 1.47, 0.49]], 0.25, moment)
        [[how, result, _]] = run.result
        assert how == "ended as cancelled", (
            "the task that runs chat was cancelled from outside, before the deadline, and should end as cancelled; "
            f"it {how} {result!r}"
        )
        assert "still waiting" not in run.noted, (
            f"chat was cancelled after {moment:g} seconds and had ended; its receive was still waiting"
        )
