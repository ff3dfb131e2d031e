"""Hidden tests: a moving deadline."""

import asyncio

import pytest

TEXTS = ["hello", "my card is gone", "which one?", "the blue one", "thank you", "a moment", "where?"]
NEVER = "the chat never ends: the last message came long ago, and nothing will ever end the waiting"


async def with_customer(ex, arrivals, seconds, extra, cancel_after):
    """A chat whose messages come at these seconds; "gone" stands for None, "broken" for an error of receive."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    inbox = asyncio.Queue()
    waiting = []
    for at, text in arrivals:
        loop.call_later(at, inbox.put_nowait, text)

    async def receive():
        waiting.append("now")
        if len(waiting) > 1:
            ex.note("two at once")
        try:
            text = await inbox.get()
        finally:
            waiting.pop()
        if text == "broken":
            raise ConnectionError("the line is dead")
        return None if text == "gone" else text

    chatting = asyncio.create_task(ex.chat(receive, seconds, extra))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        chatting.cancel()
    await asyncio.wait([chatting])
    ended = round(loop.time() - start, 4)
    if chatting.cancelled():
        return ["ended as cancelled", None, ended]
    error = chatting.exception()
    if error:
        return [f"raised {error!r}", None, ended]
    return ["returned", chatting.result(), ended]


def model(arrivals, seconds, extra):
    """The messages of a chat, and when it ends. Quarters of a second add up exactly."""
    deadline, messages = seconds, []
    for at, text in sorted(arrivals, key=lambda arrival: arrival[0]):
        if at > deadline:
            break
        messages.append(text)
        deadline += extra
    return messages, deadline


def some_arrivals(rng, moments):
    return [[at, rng.choice(TEXTS)] for at in moments]


async def expect_chat(exercise, arrivals, seconds, extra, ends=None):
    """Play a chat and compare it with what should happen; ``ends`` is when the customer leaves, if they do."""
    messages, deadline = model([arrival for arrival in arrivals if arrival[1] != "gone"], seconds, extra)
    run = await exercise.play(with_customer, arrivals, seconds, extra, None)
    came = f"messages came after {[at for at, text in arrivals if text != 'gone']} seconds"
    if any(text == "" for _, text in arrivals):
        came += ", one of them an empty text"
    plan = f"seconds={seconds:g}, extra={extra:g}, {came}"
    assert run.deadlock is None, f"{plan}; {NEVER}"
    how, result, ended = run.result
    assert how == "returned", f"{plan}; chat should return the messages, and it {how}"
    assert "two at once" not in run.noted, "receive was called again while an earlier call still waited"
    right = deadline if ends is None else ends
    assert abs(ended - right) < 0.05, f"{plan}: the chat should end after {right:g} seconds and ended after {ended:g}"
    assert type(result) is list, f"chat should return a list of texts; it returned {result!r}"
    assert result == messages, f"{plan}: expected {messages!r}, got {result!r}"


async def test_a_silent_customer(exercise, rng):
    """Without a message, the chat ends after `seconds` seconds with an empty list."""
    await expect_chat(exercise, [], rng.choice([0.75, 1.25]), 0.5)


@pytest.mark.points(2)
async def test_each_message_adds_to_what_is_left(exercise, rng):
    """Each message moves the deadline by `extra` seconds from where it was, and the chat ends just then."""
    await expect_chat(exercise, some_arrivals(rng, [0.5]), 1.25, 1)
    await expect_chat(exercise, some_arrivals(rng, [0.5, 1]), 1.25, rng.choice([0.5, 1]))
    await expect_chat(exercise, some_arrivals(rng, [0.5, 1, 1, 1.5]), 0.75, 0.5)
    await expect_chat(exercise, [[0.5, ""], *some_arrivals(rng, [1])], 1.25, 0.5)  # an empty text is a text


@pytest.mark.points(2)
async def test_a_message_after_the_deadline_is_too_late(exercise, rng):
    """A message that comes after the deadline is not waited for, however many came before."""
    await expect_chat(exercise, some_arrivals(rng, [1.5]), 0.75, 0.5)
    for extra in (0.25, 0.75):
        await expect_chat(exercise, some_arrivals(rng, [0.5, 0.5, 2.5]), 0.75, extra)


async def test_the_customer_leaves(exercise, rng):
    """When the customer leaves, the chat ends at that moment, with the messages so far."""
    for number in (0, rng.choice([1, 2]), 3):
        arrivals = [*some_arrivals(rng, [0.5] * number), [1, "gone"]]
        await expect_chat(exercise, arrivals, 1.25, 0.5, ends=1)


async def test_errors_and_cancellations_go_on_up(exercise, rng):
    """An error of `receive` leaves `chat`; a cancelled `chat` cancels its waiting and ends as cancelled."""
    for number in (0, 2):
        arrivals = [*some_arrivals(rng, [0.5] * number), [1, "broken"]]
        run = await exercise.play(with_customer, arrivals, 1.25, 0.5, None)
        how, result, _ = run.result
        assert how == "raised ConnectionError('the line is dead')", (
            "receive raised ConnectionError('the line is dead'), which should leave chat; "
            f"chat {how}{'' if result is None else f' {result!r}'}"
        )
    run = await exercise.play(with_customer, some_arrivals(rng, [0.5]), 1.25, 0.5, 0.8)
    how, result, _ = run.result
    assert how == "ended as cancelled", (
        "the task that runs chat was cancelled from outside, before the deadline, and should end as cancelled; "
        f"it {how} {result!r}"
    )
