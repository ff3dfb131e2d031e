"""Hidden tests: wait with a time-out."""

import asyncio

import pytest

from kata.fakes import Service

AIRLINES = ["Alba", "Boreas", "Condor", "Delfin", "Echo", "Falke", "Gaia", "Habicht"]


async def with_hanging_up(ex, plans, limit):
    """Ask airlines whose requests need some seconds to hang up; plans: airline -> [seconds, hanging up]."""

    calls = []

    async def ask(airline):
        seconds, hanging_up = plans[airline]
        gone = asyncio.Event()
        calls.append(gone)
        try:
            try:
                await asyncio.sleep(seconds)
            except asyncio.CancelledError:
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


async def twice(ex, ask, airlines, limit):
    return [await ex.offers(ask, airlines, limit), await ex.offers(ask, airlines, limit)]


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
    airlines = in_no_order(rng, number)
    slow = set(rng.sample(airlines, late))
    return airlines, {name: rng.choice([2, 2.5, 3] if name in slow else [0.5, 1]) for name in airlines}


@pytest.mark.points(2)
async def test_the_late_airlines_are_named(exercise, rng):
    """Offers that came in time are in `there`; the other airlines are in `late`, in the order of `airlines`."""
    for late in (1, 6):
        airlines, latency = some_airlines(rng, 8, late)
        returns = {airline: rng.choice(["", f"{rng.randint(50, 500)} EUR"]) for airline in airlines}
        run = await exercise.offers(Service(latency, returns=returns), airlines, 1.5)
        begun = [call for call in run.calls["ask"] if call.start > 0]
        assert not begun, (
            f"{len(begun)} of 8 airlines were not asked at the start; nothing should be awaited before all of them are "
            "asked"
        )
        expect(
            run,
            {airline: returns[airline] for airline in airlines if latency[airline] < 1.5},
            [airline for airline in airlines if latency[airline] > 1.5],
        )
        assert run.elapsed == 1.5, f"the limit is 1.5 seconds, and offers took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_the_late_requests_are_cancelled(exercise, rng):
    """When the limit is over, the late requests are cancelled, and `offers` returns."""
    airlines, latency = some_airlines(rng, 5, 2)
    run = await exercise.offers(Service(latency), airlines, 1.5)
    assert run.raised is None, f"no error should leave offers; it raised {run.raised!r}"
    for call in run.calls["ask"]:
        if latency[call.args[0]] > 1.5:
            assert (call.outcome, call.end) == ("cancelled", 1.5), (
                f"{call.args[0]} is late and should be cancelled after 1.5 seconds; its request was {call.outcome}"
                + (f" after {call.end:g} seconds" if call.end else "")
                + ("" if call.outcome == "cancelled" else "; wait neither raises nor cancels when its time is up")
            )
    assert not run.polled, run.polled
    assert run.elapsed == 1.5, f"the limit is 1.5 seconds, and offers took {run.elapsed:g}"
    asked = sorted(call.args[0] for call in run.calls["ask"])
    assert asked == sorted(airlines), f"each airline should be asked once; asked were {asked}"


@pytest.mark.points(2)
async def test_the_late_requests_have_ended(exercise, rng):
    """`offers` returns when every cancelled request has hung up; they hang up at the same time."""
    late = in_no_order(rng, 3)
    quick = rng.choice([airline for airline in AIRLINES if airline not in late])
    airlines = list(late)
    airlines.insert(rng.randrange(4), quick)
    hanging_up = dict(zip(airlines, rng.sample([0.5, 1, 90, 90], 4), strict=True))
    plans = {airline: [0.5 if airline == quick else 4, hanging_up[airline]] for airline in airlines}
    run = await exercise.play(with_hanging_up, plans, 1)
    expect(run, {quick: f"offer of {quick}"}, late)
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
        run = await exercise.offers(Service(latency), airlines, rng.choice([1.5, 2.5]))
        expect(run, {airline: airline.upper() for airline in airlines}, [])
        assert run.elapsed == max(latency.values()), (
            f"the last offer came after {max(latency.values()):g} seconds, and offers took {run.elapsed:g}"
        )


async def test_all_late_or_no_airlines(exercise, rng):
    """If all are late, `there` is empty, in each call; without airlines both parts are empty, at once."""
    airlines, latency = some_airlines(rng, 3, 3)
    run = await exercise.offers(Service(latency), airlines[:1], 0.5)
    expect(run, {}, airlines[:1])
    assert run.elapsed == 0.5, f"the limit is 0.5 seconds, and offers took {run.elapsed:g}"
    run = await exercise.play(twice, Service(latency), airlines, 0.5)
    wanted = [({}, airlines)] * 2
    assert run.result == wanted, f"two calls, in which all are late, should give {wanted}; they gave {run.result!r}"
    assert run.elapsed == 1, f"the limit is 0.5 seconds, and two calls of offers took {run.elapsed:g}"
    run = await exercise.offers(Service(), [], 1)
    expect(run, {}, [])
    assert run.elapsed == 0, f"without airlines there is nothing to wait for; it took {run.elapsed:g} seconds"
