"""Hidden tests: wait with a time-out."""

import ast
import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import (
    began_late,
    called_once_each,
    cancelled_at,
    ends_as_cancelled,
    same_places,
    takes,
    together,
    told,
)
from kata.judge.inputs import DAYS, HOUR, keys, moments, texts
from kata.judge.topics import about

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
                ex.note(["cancelled", airline])
                if waiting.asked > 1:
                    ex.note(["again", airline])
                await asyncio.sleep(hanging_up)
                ex.note(["hung up", airline])
                raise
            ex.note(["answered", airline])
            return f"offer of {airline}"
        finally:
            gone.set()

    result = await ex.offers(ask, list(plans), limit)
    ex.note(["returned", ""])
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


CANCELLED = "a CancelledError came out of offers; a cancelled task that is awaited, or asked for its result, raises one"


def no_time_out(exercise):
    """Words for code that waits with asyncio.wait and for a TimeoutError; empty for other code."""
    caught = any(isinstance(node, ast.ExceptHandler) for node in ast.walk(exercise.source.tree))
    raising = ("asyncio.wait_for", "asyncio.timeout", "asyncio.timeout_at")
    if not caught or not exercise.source.calls("asyncio.wait") or any(map(exercise.source.calls, raising)):
        return ""
    named = exercise.source.names("TimeoutError") or exercise.source.names("asyncio.TimeoutError")
    return ". asyncio.wait raises no TimeoutError when its time is over; it just returns" if named else ""


def compare(result, there, late, when="", hint=""):
    """Say what is the first that is wrong in the two parts; ``when`` is the beginning of a sentence, ``hint`` is what
    there is to say of late airlines that are missing."""
    assert type(result) is tuple and len(result) == 2, (
        f"{when}the result should be a tuple of a dict and a list; it was {result!r}"
    )
    mine, named = result
    assert type(mine) is dict, f"{when}`there` should be a dict; it is {mine!r}"
    come = f"{len(there)} offers come" if len(there) > 1 else f"the offer of {next(iter(there), '')} comes"
    assert mine or not there, f"{when}{come} within the limit; `there` is empty"
    for airline, offer in there.items():
        assert airline in mine, f"{when}the offer of {airline} comes within the limit; it is missing in `there`"
        assert mine[airline] == offer, f"{when}the offer of {airline} is {offer!r}; `there` has {mine[airline]!r}"
    extra = [airline for airline in mine if airline not in there]
    assert not extra, (
        f"{when}the offer of {extra[0]} does not come within the limit; `there` has {mine[extra[0]]!r} for it"
    )
    assert type(named) is list, f"{when}`late` should be a list; it is {named!r}"
    missing = [airline for airline in late if airline not in named]
    assert not missing, (
        f"{when}the offer of {missing[0]} does not come within the limit; {missing[0]} is missing in `late`"
        + (", which is empty" if not named else "")
        + hint
    )
    extra = [airline for airline in named if airline not in late]
    assert not extra, f"{when}`late` names {told(extra, 2)}, which should not be there"
    twice = [airline for airline in late if named.count(airline) > 1]
    assert not twice, f"{when}`late` names {twice[0]} {named.count(twice[0])} times"
    by_name = ", and not in that of their names," if named == sorted(late) else ","
    same_places(named, late, f"{when}`late`, in the order of `airlines`{by_name}")


def expect(run, there, late, hint=""):
    """Compare the two parts of the result with what they should be."""
    assert not (run.raised and run.raised.is_a("CancelledError")), CANCELLED
    compare(run.result, there, late, hint=hint)


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
    for number, late in ((5, 2), (8, 1), (8, 6), (200, 90)):
        airlines, latency = some_airlines(rng, number, late)
        returns = dict(zip(airlines, texts(rng, number), strict=True))
        if number == 5:  # the plain case
            latency = {airline: min(seconds, 2.5) for airline, seconds in latency.items()}
            returns = {airline: f"offer of {airline}" for airline in airlines}
        run = await exercise.offers(Service(latency, returns=returns), airlines, 1.5)
        begun = [call for call in run.calls["ask"] if call.start > 0]
        assert not begun, f"all {number} airlines should be asked at once; {began_late(run, 'ask')}"
        together(run, "ask", number)
        expect(
            run,
            {airline: returns[airline] for airline in airlines if latency[airline] < 1.5},
            [airline for airline in airlines if latency[airline] > 1.5],
            no_time_out(exercise),
        )
        assert run.elapsed == 1.5, (
            f"the limit is 1.5 seconds, and then {late} late requests should be cancelled; offers took "
            f"{in_seconds(run.elapsed)}"
        )


@pytest.mark.points(2)
async def test_the_late_requests_are_cancelled(exercise, rng):
    """When the limit is over, the late requests are cancelled, and `offers` returns. If somebody cancels `offers`, it
    ends as cancelled."""
    for limit in (1.5, 1.07, HOUR):
        airlines, latency = some_airlines(rng, 5, 2)
        longest = 4 if limit == 1.5 else 2 * DAYS
        latency = {name: longest if seconds > 1.5 else seconds for name, seconds in latency.items()}
        run = await exercise.offers(Service(latency), airlines, limit)
        assert not (run.raised and run.raised.is_a("CancelledError")), CANCELLED
        assert run.raised is None, f"no error should leave offers; it raised {run.raised!r}"
        late = began_late(run, "ask")
        on_time = all(
            call.outcome == "cancelled" and call.end == limit
            for call in run.calls["ask"]
            if latency[call.args[0]] > 1.5
        )
        assert on_time or not late, f"all airlines should be asked at once; {late}"
        cancelled_at(run, "ask", [name for name in airlines if latency[name] > 1.5], limit)
        assert not run.polled, run.polled
        assert run.elapsed == limit, f"the limit is {in_seconds(limit)}, and offers took {in_seconds(run.elapsed)}"
        called_once_each(run, "ask", airlines)
    for moment in moments(rng, 2):
        run = await exercise.play(called_off, moment, 4, Service(3), rng.sample(AIRLINES, 3), 2)
        ends_as_cancelled("offers", moment, *run.result)


@pytest.mark.points(2)
async def test_the_late_requests_have_ended(exercise, rng):
    """`offers` returns when every cancelled request has hung up; they hang up at the same time."""
    for lengths in ([0.5, 1, 1.5, 3], [0.5, 1, HOUR, HOUR]):
        await expect_ended(exercise, rng, lengths)


async def expect_ended(exercise, rng, lengths):
    """Ask four airlines, three of which are late; to hang up takes these seconds, given to them in any order."""
    late = in_no_order(rng, 3)
    quick = rng.choice([airline for airline in AIRLINES if airline not in late])
    airlines = list(late)
    airlines.insert(rng.randrange(4), quick)
    hanging_up = dict(zip(airlines, rng.sample(lengths, 4), strict=True))
    plans = {airline: [0.5 if airline == quick else 4, hanging_up[airline]] for airline in airlines}
    run = await exercise.play(with_hanging_up, plans, 1)
    expect(run, {quick: f"offer of {quick}"}, late, no_time_out(exercise))
    again = [airline for what, airline in run.noted if what == "again"]
    assert not again, (
        f"{again[0]} was cancelled again while it was hanging up; a second cancel() breaks off what the first one began"
    )
    before = run.noted[: run.noted.index(["returned", ""])]
    for airline in late:
        if ["hung up", airline] in before:
            continue
        assert ["answered", airline] not in before, about(
            "others run on",
            f"the limit is 1 second; the request to {airline} should be cancelled then, and was not: it was answered",
            moment=1,
        )
        assert ["answered", airline] not in run.noted, (
            f"offers returned while the request to {airline} was still under way; nobody cancelled it, and it went on"
        )
        open_ones = [each for each in late if ["cancelled", each] in run.noted and ["hung up", each] not in before]
        raise AssertionError(
            f"offers returned before {told(open_ones, 2)} had hung up; cancel() only asks, and somebody must wait "
            "until what was cancelled has ended"
        )
    longest = max(hanging_up[airline] for airline in late)
    takes(run, 1 + longest, f"with a limit of 1 second and a longest hanging up of {in_seconds(longest)}, offers")


async def test_all_in_time(exercise, rng):
    """If all offers are there before the limit, `offers` returns at that moment, and `late` is empty."""
    for number in (1, 5):
        airlines, latency = some_airlines(rng, number, 0)
        run = await exercise.offers(Service(latency), airlines, 1.5 if number == 1 else DAYS)
        expect(run, {airline: airline.upper() for airline in airlines}, [])
        last = max(latency.values())
        asked_late = began_late(run, "ask")
        assert run.elapsed == last, (f"all airlines should be asked at once; {asked_late}" if asked_late else "") or (
            f"the last offer comes after {in_seconds(last)}, and offers took {in_seconds(run.elapsed)}"
        )


@pytest.mark.virtual
async def test_all_late_or_no_airlines(exercise, rng):
    """If all are late, `there` is empty, in each call; without airlines both parts are empty, at once."""
    airlines, latency = some_airlines(rng, 3, 3)
    run = await exercise.offers(Service(latency), airlines[:1], 0.5)
    expect(run, {}, airlines[:1], no_time_out(exercise))
    assert run.elapsed == 0.5, f"the limit is 0.5 seconds, and offers took {in_seconds(run.elapsed)}"
    days = [dict.fromkeys(airlines, seconds) for seconds in (2, 0.25, 2)]
    run = await exercise.play(day_by_day, airlines, days, 0.5)
    wanted = [({}, airlines), ({airline: f"offer 1 of {airline}" for airline in airlines}, []), ({}, airlines)]
    for number, (result, right) in enumerate(zip(run.result, wanted, strict=True), 1):
        compare(result, *right, f"in call {number} of three with the same airlines: ")
    assert run.elapsed == 1.25, (
        "with a limit of 0.5 seconds, two calls in which all are late and one in which all answer after 0.25 seconds "
        f"should take 1.25 seconds; they took {in_seconds(run.elapsed)}"
    )
    run = await exercise.offers(Service(), [], 1)
    expect(run, {}, [])
    takes(run, 0, "a call without airlines")
