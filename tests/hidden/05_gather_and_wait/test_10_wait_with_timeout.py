"""Hidden tests: wait with a time-out."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.expect import called_once_each, cancelled_at, together
from kata.judge.inputs import DAYS, HOUR, keys, moments, texts

AIRLINES = ["Alba", "Boreas", "Condor", "Delfin", "Echo", "Falke", "Gaia", "Habicht"]


async def with_hanging_up(ex, plans, limit):
    """Ask airlines whose requests need some seconds to hang up; plans: airline -> [seconds, hanging up]."""

    class Waiting(asyncio.Future):
        """Who awaits it is cancelled by way of it."""

        asked = 0

        def cancel(self, msg=None):
            self.asked += 1
            return super().cancel(msg)

    calls = []

    async def ask(airline):
        seconds, hanging_up = plans[airline]
        waiting = Waiting()
        timer = asyncio.get_running_loop().call_later(seconds, waiting.set_result, None)
        gone = asyncio.Event()
        calls.append(gone)
        try:
            try:
                await waiting
            except asyncio.CancelledError:
                timer.cancel()
                if waiting.asked > 1:
                    ex.note(f"{airline} was cancelled while it was hanging up")
                await asyncio.sleep(hanging_up)
                ex.note(airline)
                raise
            return f"offer of {airline}"
        finally:
            gone.set()

    result = await ex.offers(ask, list(plans), limit)
    ex.note("returned")
    # Those that were left alone get the time to end, so that the notes tell who was late.
    for gone in calls:
        await gone.wait()
    return result


async def day_by_day(ex, airlines, days, limit):
    """Ask the same airlines as often as there are days; days: airline -> seconds, for each of them."""
    found = []

    async def ask(airline):
        await asyncio.sleep(days[len(found)][airline])
        return f"offer {len(found)} of {airline}"

    for _ in days:
        found.append(await ex.offers(ask, airlines, limit))
    return found


async def called_off(ex, moment, lasts, ask, airlines, limit):
    """Cancel offers at this second, tell how and when it ended, and stay until the requests have ended as well."""
    started = asyncio.get_running_loop().time()
    asking = asyncio.create_task(ex.offers(ask, airlines, limit))
    if moment:
        await asyncio.wait([asking], timeout=moment)
    else:
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if asking.cancelled():
        return ["cancelled", ended]
    return [f"raised {asking.exception()!r}" if asking.exception() else f"returned {asking.result()!r}", ended]


def expect(run, there, late):
    """Compare the two parts of the result with what they should be."""
    assert not (run.raised and run.raised.is_a("CancelledError")), (
        "a CancelledError came out of offers; awaiting a cancelled task or asking for its result raises it"
    )
    result = run.result
    assert type(result) is tuple and len(result) == 2, (
        f"the result should be a tuple of a dict and a list; it was {result!r}"
    )
    assert result[0] == there, f"the offers that came within the limit are {there!r}; `there` is {result[0]!r}"
    assert result[1] == late, (
        f"the airlines whose offer did not come in time are {late!r}, in this order; `late` is {result[1]!r}"
    )


def in_no_order(rng, number):
    """Airlines that do not stand in the order of their names, whichever way that is read."""
    airlines = rng.sample(AIRLINES, number)
    while number > 2 and sorted(airlines) in (airlines, airlines[::-1]):
        rng.shuffle(airlines)
    return airlines


def some_airlines(rng, number, late):
    """Airlines and their seconds: ``late`` of them need longer than 1.5 seconds."""
    airlines = in_no_order(rng, number) if number <= len(AIRLINES) else keys(rng, AIRLINES, number)
    slow = set(rng.sample(airlines, late))
    return airlines, {name: rng.choice([2, 2.5, DAYS] if name in slow else [0.5, 1]) for name in airlines}


@pytest.mark.points(2)
async def test_the_late_airlines_are_named(exercise, rng):
    """Offers that came in time are in `there`; the other airlines are in `late`, in the order of `airlines`."""
    for number, late in ((8, 1), (8, 6), (200, 90)):
        airlines, latency = some_airlines(rng, number, late)
        returns = dict(zip(airlines, texts(rng, number), strict=True))
        run = await exercise.offers(Service(latency, returns=returns), airlines, 1.5)
        begun = [call for call in run.calls["ask"] if call.start > 0]
        assert not begun, (
            f"{len(begun)} of {number} airlines were not asked at the start; nothing should be awaited before all of "
            "them are asked"
        )
        together(run, "ask", number)
        expect(
            run,
            {airline: returns[airline] for airline in airlines if latency[airline] < 1.5},
            [airline for airline in airlines if latency[airline] > 1.5],
        )
        assert run.elapsed == 1.5, f"the limit is 1.5 seconds, and offers took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_the_late_requests_are_cancelled(exercise, rng):
    """When the limit is over, the late requests are cancelled, and `offers` returns. If somebody cancels `offers`, it
    ends as cancelled."""
    for limit in (1.5, 1.07, HOUR):
        airlines, latency = some_airlines(rng, 5, 2)
        latency = {name: 2 * DAYS if seconds > 1.5 else seconds for name, seconds in latency.items()}
        run = await exercise.offers(Service(latency), airlines, limit)
        assert run.raised is None, f"no error should leave offers; it raised {run.raised!r}"
        cancelled_at(run, "ask", [name for name in airlines if latency[name] > 1.5], limit)
        assert not run.polled, run.polled
        assert run.elapsed == limit, f"the limit is {limit:g} seconds, and offers took {run.elapsed:g}"
        called_once_each(run, "ask", airlines)
    for moment in moments(rng, 2):
        run = await exercise.play(called_off, moment, 4, Service(3), rng.sample(AIRLINES, 3), 2)
        ends_as_cancelled("offers", moment, *run.result)


@pytest.mark.points(2)
async def test_the_late_requests_have_ended(exercise, rng):
    """`offers` returns when every cancelled request has hung up; they hang up at the same time."""
    late = in_no_order(rng, 3)
    quick = rng.choice([airline for airline in AIRLINES if airline not in late])
    airlines = list(late)
    airlines.insert(rng.randrange(4), quick)
    hanging_up = dict(zip(airlines, rng.sample([0.5, 1, HOUR, HOUR], 4), strict=True))
    plans = {airline: [0.5 if airline == quick else 4, hanging_up[airline]] for airline in airlines}
    run = await exercise.play(with_hanging_up, plans, 1)
    expect(run, {quick: f"offer of {quick}"}, late)
    again = [note for note in run.noted if note.endswith("hanging up")]
    assert not again, f"{again[0]}; a second cancel() breaks off what the first one began"
    hung_up = run.noted[: run.noted.index("returned")]
    alive = [airline for airline in late if airline not in hung_up]
    assert not alive, (
        f"offers returned before {', '.join(alive)} had hung up; they must be cancelled, and as "
        "cancel() only asks, somebody must wait until they have ended"
    )
    longest = max(hanging_up[airline] for airline in late)
    assert run.elapsed == 1 + longest, (
        f"the limit is 1 second, and the longest hanging up takes {longest:g}; offers took {run.elapsed:g} "
        "seconds in all, so the requests did not hang up at the same time"
    )


async def test_all_in_time(exercise, rng):
    """If all offers are there before the limit, `offers` returns at that moment, and `late` is empty."""
    for number in (1, 5):
        airlines, latency = some_airlines(rng, number, 0)
        run = await exercise.offers(Service(latency), airlines, 1.5 if number == 1 else DAYS)
        expect(run, {airline: airline.upper() for airline in airlines}, [])
        assert run.elapsed == max(latency.values()), (
            f"the last offer came after {max(latency.values()):g} seconds, and offers took {run.elapsed:g}"
        )


@pytest.mark.virtual
async def test_all_late_or_no_airlines(exercise, rng):
    """If all are late, `there` is empty, in each call; without airlines both parts are empty, at once."""
    airlines, latency = some_airlines(rng, 3, 3)
    run = await exercise.offers(Service(latency), airlines[:1], 0.5)
    expect(run, {}, airlines[:1])
    assert run.elapsed == 0.5, f"the limit is 0.5 seconds, and offers took {run.elapsed:g}"
    days = [dict.fromkeys(airlines, seconds) for seconds in (2, 0.25, 2)]
    run = await exercise.play(day_by_day, airlines, days, 0.5)
    wanted = [({}, airlines), ({airline: f"offer 1 of {airline}" for airline in airlines}, []), ({}, airlines)]
    assert run.result == wanted, (
        f"three calls, in which all are late, all in time, and all late again, should give {wanted}; they gave "
        f"{run.result!r}"
    )
    assert run.elapsed == 1.25, f"with a limit of 0.5 seconds, three calls of offers took {run.elapsed:g}"
    run = await exercise.offers(Service(), [], 1)
    expect(run, {}, [])
    assert run.elapsed == 0, f"without airlines there is nothing to wait for; it took {run.elapsed:g} seconds"
