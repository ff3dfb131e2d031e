"""Hidden tests: the swallowed cancellation."""

import asyncio

import pytest

from kata.fakes import Service

# The task itself asks for one after another.
pytestmark = pytest.mark.allows("one_after_another")

PEOPLE = ["Ada", "Bert", "Cleo", "Dora", "Emil", "Frieda", "Gustav"]


async def cancelled_after(ex, seconds, send, letters, pause):
    """Cancel the task that runs deliver, and tell how and when it ended."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    delivering = asyncio.create_task(ex.deliver(send, letters, pause))
    await asyncio.sleep(seconds)
    delivering.cancel()
    await asyncio.wait([delivering])
    ex.note(loop.time() - start)
    if delivering.cancelled():
        return "cancelled"
    return "raised" if delivering.exception() else "returned"


async def with_a_limit(ex, limit, send, letters, pause):
    """Put a time-out around deliver, and tell what came out of it."""
    try:
        async with asyncio.timeout(limit):
            await ex.deliver(send, letters, pause)
    except TimeoutError:
        return "TimeoutError"
    return "returned"


async def some_then_none(ex, send, letters, pause):
    """Deliver these letters, then none."""
    ex.note(await ex.deliver(send, letters, pause))
    return await ex.deliver(send, [], pause)


def sent(run):
    return [call.args[0] for call in run.calls["send"]]


def expect_stopped(run, letters, begun, when, seconds):
    where = f"deliver was cancelled {when}"
    assert sent(run) == letters[:begun], (
        f"{where}, when it should have begun {letters[:begun]}, and no letter after that; it began {sent(run)}"
    )
    assert run.result == "cancelled", (
        f"{where}, and no further letter was sent; but the task {run.result} and did not end as cancelled, so "
        "whoever waits for it takes it for finished"
    )
    late = run.noted[0] - seconds
    assert late < 0.05, f"{where}, and ended only {late:g} seconds later; it should end at that moment"


async def test_failed_letters_are_listed(exercise, rng):
    """A letter that fails does not stop the others; the failed ones are the result, in their order."""
    kinds = rng.sample([ValueError, ConnectionError, LookupError, TimeoutError], 4)
    for places in ([0, 3], [1, 2], [0, 1, 2, 3]):
        letters = rng.sample(PEOPLE, 4)
        fails = {letters[place]: kinds[place](f"bad address {place}") for place in places}
        run = await exercise.deliver(Service(0.5, fails=fails), letters, 0.2)
        wanted = [letters[place] for place in places]
        assert run.result == wanted, f"letters that failed: {wanted}; the result was {run.result!r}"
        assert sent(run) == letters, f"letters to be sent: {letters}; sent were {sent(run)}"
        assert run.elapsed == 2.8, (
            f"4 letters of 0.5 seconds with a pause of 0.2 after each take 2.8 seconds; it took {run.elapsed:g}"
        )
    one, other = rng.sample(PEOPLE, 2)
    moved = Service(0.5, fails={one: ValueError("moved away")}, name="send")
    run = await exercise.play(some_then_none, moved, [one, other, one], 0.2)
    nothing = run.result
    assert run.noted[0] == [one, one], f"two letters to {one!r} failed; the result was {run.noted[0]!r}"
    assert nothing == [], f"after a delivery with failed letters came one of no letters; it gave {nothing!r}"


@pytest.mark.points(2)
async def test_it_can_be_stopped_while_it_sends(exercise, rng):
    """Cancelled while it sends the first, a middle or the last letter, it ends at that moment, as cancelled."""
    for place in (0, rng.choice([1, 2]), 3):
        letters = rng.sample(PEOPLE, 4)
        seconds = 0.5 * place + 0.3
        send = Service(dict.fromkeys(letters, 0.4))
        run = await exercise.play(cancelled_after, seconds, send, letters, 0.1)
        expect_stopped(run, letters, place + 1, f"while it sent letter {place + 1} of 4", seconds)


@pytest.mark.points(2)
async def test_it_can_be_stopped_while_it_pauses(exercise, rng):
    """Cancelled during the first, a middle or the last pause, it ends at that moment, as cancelled."""
    for place in (0, rng.choice([1, 2]), 3):
        letters = rng.sample(PEOPLE, 4)
        seconds = 0.5 * place + 0.3
        send = Service(dict.fromkeys(letters, 0.1))
        run = await exercise.play(cancelled_after, seconds, send, letters, 0.4)
        expect_stopped(run, letters, place + 1, f"in the pause after letter {place + 1} of 4", seconds)


async def test_a_time_out_around_it_works(exercise, rng):
    """A time-out around it ends it when the time is up, with a TimeoutError."""
    for latency, pause in ((0.4, 0.1), (0.1, 0.4)):
        letters = rng.sample(PEOPLE, 4)
        run = await exercise.play(with_a_limit, 0.8, Service(dict.fromkeys(letters, latency)), letters, pause)
        came = "nothing" if run.result == "returned" else "a TimeoutError"
        assert run.result == "TimeoutError" and run.elapsed == 0.8, (
            "deliver ran inside asyncio.timeout(0.8), which should end with a TimeoutError after 0.8 seconds; "
            f"it ended after {run.elapsed:g} seconds and raised {came}"
        )
