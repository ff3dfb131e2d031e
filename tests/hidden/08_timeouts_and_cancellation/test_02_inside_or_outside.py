"""Hidden tests: inside or outside."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, HOUR, errors, keys, moments, seconds, texts

SUPPLIERS = ["Abel", "Baker", "Conrad", "Dorn", "Eck", "Fuchs", "Gruber"]


async def slow_to_give_up(ex, cancel_after, supplier, limit):
    """A question that takes 2 seconds, and 0.25 more to give up. Note how it stands when offer has ended, and later.

    The task that runs offer is cancelled, unless ``cancel_after`` is None; tell how it ended.
    """
    stands = ["never asked"]

    async def ask(supplier):
        stands.append("still under way")
        try:
            await asyncio.sleep(2)
        except asyncio.CancelledError:
            await asyncio.sleep(0.25)
            stands.append("cancelled")
            raise
        stands.append("answered")
        return supplier

    asking = asyncio.create_task(ex.offer(ask, supplier, limit))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        asking.cancel()
    await asyncio.wait([asking])
    ex.note(stands[-1])
    await asyncio.sleep(3)
    ex.note(stands[-1])
    if asking.cancelled():
        return "ended as cancelled"
    return f"raised {asking.exception()!r}" if asking.exception() else f"returned {asking.result()!r}"


async def asked_again(ex, supplier, answers, limit):
    """Ask a supplier again and again; None stands for no answer in time. After the last answer come two errors."""
    left = list(answers)

    async def ask(supplier):
        await asyncio.sleep(0.5)
        if not left:
            raise ExceptionGroup("two lines are dead", [OSError("the first"), OSError("the second")])
        answer = left.pop(0)
        if answer is None:
            await asyncio.sleep(2 * limit)
        return answer

    for _ in answers:
        ex.note(await ex.offer(ask, supplier, limit))
    return await ex.offer(ask, supplier, limit)


def what_came(run):
    return f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}"


@pytest.mark.points(2)
async def test_a_slow_supplier_has_no_offer(exercise, rng):
    """A question that takes too long is cancelled when the time is up; when it has ended, the result is "no offer"."""
    for latency, limit in ((2.5, rng.choice([0.8, 1.2])), (1.5, 0.3), (2 * DAYS, DAYS)):
        supplier = rng.choice(SUPPLIERS)
        run = await exercise.offer(Service({supplier: latency}), supplier, limit)
        assert run.raised is None or run.raised.type != "TimeoutError", (
            f"no answer came within the limit of {in_seconds(limit)}, and then a TimeoutError left offer; offer should "
            "catch it and return 'no offer'"
        )
        assert run.result == "no offer", (
            f"no answer came within {in_seconds(limit)}; offer should return 'no offer', and it returned {run.result!r}"
        )
        assert not run.polled, run.polled
        assert run.elapsed == limit, f"the limit was {in_seconds(limit)}, and offer took {in_seconds(run.elapsed)}"
        assert run.calls["ask"][0].outcome == "cancelled", (
            "offer returned when the time was up, and its question was not cancelled"
        )
    run = await exercise.play(slow_to_give_up, None, rng.choice(SUPPLIERS), 1.7)
    assert run.result == "returned 'no offer'", (
        f"no answer came within 1.7 seconds; offer should return 'no offer', and it {run.result}"
    )
    ended, later = run.noted
    assert later == "cancelled", f"the time was up after 1.7 seconds; the question went on, and was {later} later"
    assert ended == "cancelled", (
        "the question was cancelled when the time was up, and needed 0.25 seconds more to end; offer returned before"
    )


@pytest.mark.points(2)
async def test_the_others_keep_their_offers(exercise, rng):
    """`all_offers` gives each supplier's answer, or "no offer" for a slow one, in the order of `suppliers`."""
    suppliers = rng.sample(SUPPLIERS, 3)
    latency = dict(zip(suppliers, [0.5, 2.5, 1], strict=True))
    answers = dict(zip(suppliers, ["12 crates", "too late", "9 crates"], strict=True))
    run = await exercise.all_offers(Service(latency, returns=answers), suppliers, 1.5)
    wanted = ["12 crates", "no offer", "9 crates"]
    assert run.failed or run.result == wanted, f"the second of three suppliers is too slow; the offers: {run.result!r}"
    for number, places in ((4, [rng.randrange(4)]), (4, [0, 3]), (4, [0, 1, 2, 3]), (100, rng.sample(range(100), 20))):
        suppliers = keys(rng, SUPPLIERS, number)
        slow = [suppliers[place] for place in places]
        latency = {name: 2.5 if name in slow else rng.choice([0.5, 1]) for name in suppliers}
        answers = dict(zip(suppliers, texts(rng, number), strict=True))
        suppliers[rng.choice([1, 2])] = suppliers[0]  # one is asked twice
        run = await exercise.all_offers(Service(latency, returns=answers), suppliers, 1.7)
        wanted = ["no offer" if name in slow else answers[name] for name in suppliers]
        late = wanted.count("no offer")
        if run.raised is not None and run.raised.type != "TimeoutError":
            _ = run.result  # an error of its own tells most
        assert run.raised is None, (
            f"{late} of {number} answers took longer than the limit, and a TimeoutError left all_offers, after "
            f"{in_seconds(run.elapsed)}; the offers in time should be returned"
        )
        assert run.result == wanted, (
            f"{number} suppliers, {late} of them too slow: {expect.difference(run.result, wanted)}"
        )
        longest = 1.7 if set(slow) & set(suppliers) else max(latency[name] for name in suppliers)
        assert run.elapsed == longest, (
            f"all_offers should take {in_seconds(longest)} and took {in_seconds(run.elapsed)}; never more than "
            f"{run.peak['ask']} of {number} questions were under way at once"
        )


async def test_an_answer_in_time_is_the_result(exercise, rng):
    """An answer that comes in time is the result, at the moment when it comes, also when `ask` gives up itself."""
    supplier = rng.choice(SUPPLIERS)
    for latency, limit in ((rng.choice([0.5, 1]), 1.7), (DAYS, DAYS + HOUR)):
        run = await exercise.offer(Service({supplier: latency}), supplier, limit)
        assert run.result == supplier.upper(), (
            f"the answer came in time and was {supplier.upper()!r}; offer returned {run.result!r}"
        )
        assert run.elapsed == latency, (
            f"the answer came after {in_seconds(latency)}, and offer took {in_seconds(run.elapsed)}"
        )
    gives_up = {supplier: TimeoutError("the computer at the other end gave up")}
    run = await exercise.offer(Service(0.5, fails=gives_up), supplier, 1.7)
    assert not run.raised and run.result == "no offer", (
        f"ask itself raised a TimeoutError before the time was up; offer should return 'no offer', and {what_came(run)}"
    )
    times = len(run.calls["ask"])
    assert times == 1, (
        f"ask gave up by itself, and then the result is 'no offer'; offer should ask once and asked {times} times"
    )
    assert run.elapsed == 0.5, (
        f"ask gave up after 0.5 seconds, and offer should end then; it took {in_seconds(run.elapsed)}"
    )
    answers = ["12 crates", None, "", "9 crates"]
    rng.shuffle(answers)
    run = await exercise.play(asked_again, supplier, answers, 1.7)
    wanted = ["no offer" if answer is None else answer for answer in answers]
    for number, text in enumerate(wanted):
        came = f"offer returned {run.noted[number]!r}" if number < len(run.noted) else f"for that, {what_came(run)}"
        assert run.noted[number : number + 1] == [text], (
            f"one supplier was asked again and again; offer number {number + 1} should be {text!r}, and {came}"
        )
    assert run.raised is not None and run.raised.type == "ExceptionGroup", (
        f"ask raises an ExceptionGroup of two OSErrors, which is no TimeoutError and should leave offer; "
        f"{what_came(run)}"
    )


async def test_other_errors_go_on_up(exercise, rng):
    """Every other error of `ask` leaves `offer`."""
    some = [error for error in errors(rng, 3) if type(error) is not TimeoutError]
    some.append(ConnectionError("no line"))  # of the same family as TimeoutError: OSError
    for error, latency in zip(some, seconds(rng, 3, longest=0), strict=True):
        supplier = rng.choice(SUPPLIERS)
        run = await exercise.offer(Service(latency, fails={supplier: error}), supplier, HOUR)
        assert run.raised == error, (
            f"ask raises {error!r}, which is no TimeoutError and should leave offer; {what_came(run)}"
        )
        times = len(run.calls["ask"])
        assert times == 1, f"ask raises {error!r}, and nobody is to ask again; offer asked {times} times"
    suppliers = rng.sample(SUPPLIERS, 3)
    latency = dict(zip(suppliers, [0.5, 0.7, 1.1], strict=True))
    error = ValueError(f"no such supplier: {rng.randint(100, 999)}")
    run = await exercise.all_offers(Service(latency, fails={suppliers[2]: error}), suppliers, 1.7)
    assert run.raised == error, f"ask raises {error!r}, which should leave all_offers; {what_came(run)}"


async def test_a_cancellation_goes_on_up(exercise, rng):
    """If the task that runs `offer` is cancelled, the question is cancelled, and the task ends as cancelled."""
    for moment in moments(rng, 1.7):
        run = await exercise.play(slow_to_give_up, moment, rng.choice(SUPPLIERS), 1.97)
        assert run.result == "ended as cancelled", (
            f"the task that runs offer was cancelled from outside after {in_seconds(moment)}, before the time was up, "
            f"and should end as cancelled; it {run.result} instead"
        )
        ended, later = run.noted
        assert ended in ("cancelled", "never asked") and later == ended, (
            f"offer was cancelled after {in_seconds(moment)}; when it had ended, the question was {ended}, and 3 "
            f"seconds later {later}"
        )
