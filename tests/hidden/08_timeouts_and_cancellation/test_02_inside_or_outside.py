"""Hidden tests: inside or outside."""

import asyncio

import pytest

from kata.fakes import Service

SUPPLIERS = ["Abel", "Baker", "Conrad", "Dorn", "Eck", "Fuchs", "Gruber"]


async def cancelled_after(ex, seconds, ask, supplier, limit):
    """Cancel the task that runs offer, and tell how it ended."""
    asking = asyncio.create_task(ex.offer(ask, supplier, limit))
    await asyncio.sleep(seconds)
    asking.cancel()
    await asyncio.wait([asking])
    if asking.cancelled():
        return "cancelled"
    return "raised" if asking.exception() else "returned"


def what_came(run):
    return f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}"


@pytest.mark.points(2)
async def test_a_slow_supplier_has_no_offer(exercise, rng):
    """A question that takes too long is cancelled when the time is up, and the result is "no offer"."""
    for latency, limit in ((2.5, rng.choice([0.8, 1.2])), (1.5, 0.3)):
        supplier = rng.choice(SUPPLIERS)
        run = await exercise.offer(Service({supplier: latency}), supplier, limit)
        assert run.raised is None or run.raised.type != "TimeoutError", (
            f"the limit of {limit:g} seconds was over, and a TimeoutError left offer, past the except; where "
            "does it arise: inside the block of asyncio.timeout, or where that block ends?"
        )
        assert run.result == "no offer", f"expected the text 'no offer', got {run.result!r}"
        assert run.elapsed == limit, f"the limit was {limit:g} seconds, and offer took {run.elapsed:g}"
        assert not run.polled, run.polled
        assert run.calls["ask"][0].outcome == "cancelled", "the question was still under way; it should be cancelled"


@pytest.mark.points(2)
async def test_the_others_keep_their_offers(exercise, rng):
    """`all_offers` gives each supplier's answer, or "no offer" for a slow one, in the order of `suppliers`."""
    for places in ([rng.randrange(4)], [0, 3], [0, 1, 2, 3]):
        suppliers = rng.sample(SUPPLIERS, 4)
        slow = [suppliers[place] for place in places]
        latency = {name: 2.5 if name in slow else rng.choice([0.5, 1]) for name in suppliers}
        answers = {name: f"{rng.randint(2, 40)} crates" for name in suppliers} | {suppliers[2]: ""}
        run = await exercise.all_offers(Service(latency, returns=answers), suppliers, 1.7)
        assert run.raised is None, (
            f"{len(slow)} of 4 suppliers were slow, and {run.raised!r} left all_offers; "
            "the offers of the others are lost"
        )
        wanted = ["no offer" if name in slow else answers[name] for name in suppliers]
        assert run.result == wanted, f"{len(slow)} of 4 suppliers were slow; expected {wanted!r}, got {run.result!r}"
        assert run.elapsed == 1.7, f"the limit was 1.7 seconds, and all_offers took {run.elapsed:g}"


async def test_an_answer_in_time_is_the_result(exercise, rng):
    """An answer that comes in time is the result, at the moment when it comes, also when `ask` gives up itself."""
    supplier = rng.choice(SUPPLIERS)
    latency = rng.choice([0.5, 1])
    run = await exercise.offer(Service({supplier: latency}), supplier, 1.7)
    assert run.result == supplier.upper(), f"expected {supplier.upper()!r}, got {run.result!r}"
    assert run.elapsed == latency, f"the answer came after {latency:g} seconds, and offer took {run.elapsed:g}"
    gives_up = {supplier: TimeoutError("the computer at the other end gave up")}
    run = await exercise.offer(Service(0.5, fails=gives_up), supplier, 1.7)
    assert not run.raised and run.result == "no offer", (
        f"ask itself raised a TimeoutError before the time was up; expected 'no offer', and {what_came(run)}"
    )
    times = len(run.calls["ask"])
    assert times == 1, f"ask gave up, and that is the result; offer should ask once and asked {times} times"
    assert run.elapsed == 0.5, f"ask gave up after 0.5 seconds, and that is the result; offer took {run.elapsed:g}"


async def test_other_errors_go_on_up(exercise, rng):
    """Every other error of `ask` leaves `offer`."""
    for kind in (ConnectionError, ValueError):
        error = kind(f"no such supplier: {rng.randint(100, 999)}")
        supplier = rng.choice(SUPPLIERS)
        run = await exercise.offer(Service(0.5, fails={supplier: error}), supplier, 1.7)
        assert run.raised == error, (
            f"ask raised {error!r}, which has nothing to do with the limit; it should leave offer, and {what_came(run)}"
        )


async def test_a_cancellation_goes_on_up(exercise, rng):
    """If the task that runs `offer` is cancelled, the question is cancelled, and the task ends as cancelled."""
    run = await exercise.play(cancelled_after, 0.5, Service(2), rng.choice(SUPPLIERS), 1.7)
    assert run.result == "cancelled", (
        "the task that runs offer was cancelled from outside, long before the limit, and should end as "
        f"cancelled; it {run.result} instead. A CancelledError inside the block is not always the limit's"
    )
