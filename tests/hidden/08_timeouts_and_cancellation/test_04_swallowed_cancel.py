"""Hidden tests: the swallowed cancellation."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, HOUR, errors, keys
from kata.judge.topics import about

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
    ex.note(round(loop.time() - start, 6))
    if delivering.cancelled():
        return "cancelled"
    return "raised" if delivering.exception() else "returned"


async def slow_to_give_up(ex, seconds, letters):
    """Cancel the task that runs deliver while a letter is sent, which needs 0.25 seconds to break off."""
    sending = {}

    async def send(letter):
        sending[letter] = "under way"
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            await asyncio.sleep(0.25)
            sending[letter] = "broken off"
            raise
        sending[letter] = "sent"

    delivering = asyncio.create_task(ex.deliver(send, letters, 0.1))
    await asyncio.sleep(seconds)
    delivering.cancel()
    await asyncio.wait([delivering])
    ex.note(list(sending.values()))
    await asyncio.sleep(2)
    ex.note(list(sending.values()))
    return "cancelled" if delivering.cancelled() else "not cancelled"


async def with_a_limit(ex, limit, send, letters, pause):
    """Put a time-out around deliver, and tell what came out of it."""
    try:
        async with asyncio.timeout(limit):
            await ex.deliver(send, letters, pause)
    except TimeoutError:
        return "TimeoutError"
    return "returned"


async def again_and_again(ex, rounds, letters, pause):
    """Deliver the same letters once for each round, in which those of the round fail, and then none."""

    def post(bad):
        async def send(letter):
            await asyncio.sleep(0.5)
            if letter in bad:
                raise ExceptionGroup("two stamps are missing", [OSError("the first"), ValueError("the second")])

        return send

    for bad in rounds:
        ex.note(await ex.deliver(post(bad), letters, pause))
    return await ex.deliver(post([]), [], pause)


def sent(run):
    return [call.args[0] for call in run.calls["send"]]


def expect_stopped(run, letters, begun, when, seconds):
    where = f"deliver was cancelled after {in_seconds(seconds)}, {when}"
    more = run.calls["send"][begun:]
    assert not more or more[0].start >= seconds, (
        f"deliver was cancelled after {in_seconds(seconds)}; {begun} of the 4 letters should have been begun by then, "
        f"with a pause after each, and the next one was begun after {in_seconds(more[0].start)}"
    )
    assert not more, (
        f"{where}, and should end there; it went on with {len(more)} more of the 4 letters, the next one after "
        f"{in_seconds(more[0].start)}"
    )
    assert sent(run) == letters[:begun], (
        f"{where}; the letters begun by then should be {letters[:begun]}, and were {sent(run)}"
    )
    assert run.result == "cancelled", (
        f"{where}, and sent no further letter; but its task {run.result}, after {in_seconds(run.noted[0])}, and should "
        "end as cancelled"
    )
    assert round(run.noted[0] - seconds, 6) == 0, (
        f"{where}, and should end at that moment; it ended after {in_seconds(run.noted[0])}"
    )


async def test_failed_letters_are_listed(exercise, rng):
    """A letter that fails does not stop the others; the failed ones are the result, in their order."""
    for number, places, latency, pause in (
        (4, [0, 3], 0.5, 0.2),
        (4, [1, 2], HOUR, 0.2),
        (4, [0, 1, 2, 3], 0.5, DAYS),
        (30, sorted(rng.sample(range(30), 11)), 0.5, 0.2),
    ):
        letters = keys(rng, PEOPLE, number)
        if pause == DAYS or number > 4:
            letters[places[-1]] = ""
        fails = {letters[place]: error for place, error in zip(places, errors(rng, len(places)), strict=True)}
        run = await exercise.deliver(Service(latency, fails=fails), letters, pause)
        wanted = [letters[place] for place in places]
        left = next((letter for letter, error in fails.items() if run.raised == error), None)
        assert left is None, about(
            "no error",
            f"sending {left!r} failed with {fails[left]!r}, and that error left deliver; it should be noted as failed, "
            "and the letters after it be sent",
            error=run.raised,
        )
        assert run.result == wanted, (
            f"{len(wanted)} of {number} letters should fail, and the result should be a list of these: "
            f"{expect.difference(run.result, wanted)}"
        )
        assert sent(run) == letters, (
            f"{number} letters should be sent, in their order: {expect.difference(sent(run), letters)}"
        )
        total = round(number * (latency + pause), 4)
        assert round(run.elapsed, 4) == total, (
            f"{number} letters of {in_seconds(latency)}, with a pause of {in_seconds(pause)} after each, take "
            f"{in_seconds(total)}; it took {in_seconds(run.elapsed)}"
        )
    one, other = rng.sample(PEOPLE, 2)
    rounds = [[one], [], [other]]
    run = await exercise.play(again_and_again, rounds, [one, other, one], 0.2)
    nothing = run.result
    for number, (failed, wanted) in enumerate(zip(run.noted, ([one, one], [], [other]), strict=True), 1):
        assert failed == wanted, (
            f"the same three letters were delivered again and again; in delivery {number} those that failed were "
            f"{wanted}, and the result was {failed!r}"
        )
    assert nothing == [], f"after three deliveries came one of no letters; its result should be [], not {nothing!r}"


@pytest.mark.points(2)
async def test_it_can_be_stopped_while_it_sends(exercise, rng):
    """Cancelled while it sends the first, a middle or the last letter, it ends at that moment, as cancelled."""
    for place, moment in ((rng.choice([1, 2]), 0.3), (0, 0.003), (3, 0.397)):
        letters = rng.sample(PEOPLE, 4)
        seconds = round(0.5 * place + moment, 6)
        send = Service(dict.fromkeys(letters, 0.4))
        run = await exercise.play(cancelled_after, seconds, send, letters, 0.1)
        expect_stopped(run, letters, place + 1, f"while it sent letter {place + 1} of 4", seconds)
    run = await exercise.play(slow_to_give_up, 1.3, rng.sample(PEOPLE, 3))
    ended, later = run.noted
    assert run.result == "cancelled", (
        "deliver was cancelled after 1.3 seconds, while it sent letter 2 of 3, and should end as cancelled; its task "
        f"was {run.result}"
    )
    assert ended[1:2] != ["under way"], (
        "deliver was cancelled after 1.3 seconds, while it sent letter 2 of 3; when it had ended, that letter was "
        f"still under way, and 2 seconds later it was {later[1]}"
    )
    assert ended == ["sent", "broken off"], (
        f"deliver was cancelled after 1.3 seconds, while it sent letter 2 of 3; when it had ended, its letters were "
        f"{', '.join(ended)}"
    )
    assert later == ended, f"deliver had ended, and 2 seconds later its letters were {', '.join(later)}"


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_it_can_be_stopped_while_it_pauses(exercise, rng):
    """Cancelled during the first, a middle or the last pause, it ends at that moment, as cancelled."""
    for place, moment in ((rng.choice([1, 2]), 0.3), (0, 0.103), (3, 0.497)):
        letters = rng.sample(PEOPLE, 4)
        seconds = round(0.5 * place + moment, 6)
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
            f"it ended after {in_seconds(run.elapsed)} and raised {came}"
        )
