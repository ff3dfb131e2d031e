"""Hidden tests: the forgotten await."""

import asyncio
import re
from itertools import pairwise

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

ITEMS = ["lamp", "shade", "bulb", "cable", "switch", "plug"]
CUSTOMERS = ["Ada", "Grace", "Edsger", "Barbara"]


async def order(exercise, items, customer="Ada", receipt="receipt 1"):
    """An order of which reserving and mailing give nothing; each step takes half a second."""
    return await exercise.place_order(
        Service(0.5, returns=dict.fromkeys(items)),
        Service(0.5, returns={customer: receipt}),
        Service(0.5, returns={receipt: None}),
        customer,
        items,
    )


async def the_same_order_again(ex, items):
    """Place an order three times, the last two at the same time; give the result and the steps of each."""

    async def place(number):
        steps = []

        async def reserve(item):
            steps.append(f"reserve({item!r})")
            await asyncio.sleep(10)

        async def charge(customer):
            steps.append(f"charge({customer!r})")
            await asyncio.sleep(10)
            return f"receipt {number}"

        async def mail(receipt):
            steps.append(f"mail({receipt!r})")
            await asyncio.sleep(10)

        return [await ex.place_order(reserve, charge, mail, "Ada", list(items)), steps]

    return [await place(1), *await asyncio.gather(place(2), place(3))]


async def troubled_orders(ex, orders):
    """Place orders of [items, step, error] at once; that step fails so. Give how and when each ended, and its steps.

    A step takes half a second. With None for an error, it is a group of two.
    """

    async def place(items, fails, error):
        steps = []

        def named(name):
            async def step(text):
                steps.append(f"{name}({text!r})")
                number = len(steps)
                await asyncio.sleep(0.5)
                if number == fails:
                    raise error or ExceptionGroup("two things broke", [ValueError("one"), OSError("two")])
                return "receipt 1"

            step.__name__ = step.__qualname__ = name
            return step

        try:
            placed = ex.place_order(named("reserve"), named("charge"), named("mail"), "Ada", list(items))
            how, what = "returned", await placed
        except Exception as caught:
            how, what = "raised", caught
        return [how, what, round(loop.time() - began, 6), steps]

    loop = asyncio.get_running_loop()
    began = loop.time()
    return await asyncio.gather(*(place(*order) for order in orders))


async def cancelled_orders(ex, items, moments):
    """Place an order for each moment, at which it is cancelled; give how and when each ended, and its steps.

    A step takes 10 seconds, and tidies up for one second when it is cancelled.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def place(moment):
        steps = []

        def named(name):
            async def step(text):
                steps.append(f"{name}({text!r})")
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    await asyncio.sleep(1)
                    raise
                return "receipt 1"

            step.__name__ = step.__qualname__ = name
            return step

        placed = ex.place_order(named("reserve"), named("charge"), named("mail"), "Ada", list(items))
        task = asyncio.create_task(placed)
        await asyncio.sleep(moment)
        task.cancel()
        try:
            how = f"returned {await task!r}"
        except asyncio.CancelledError:
            how = "was cancelled"
        return [how, round(loop.time() - began, 6), steps]

    return await asyncio.gather(*map(place, moments))


def asked(run, name):
    """What a step was called with, in order, counting only calls that were really awaited."""
    return [call.args[0] for call in run.calls.get(name, [])]


def labels(items, receipt="receipt 1"):
    """The steps of Ada's order, as a learner writes them."""
    return [*(f"reserve({item!r})" for item in items), "charge('Ada')", f"mail({receipt!r})"]


def expect_steps(taken, wanted, story):
    """These steps were taken with these arguments, none is missing, and nothing came after them."""
    for number, (mine, right) in enumerate(zip(taken, wanted, strict=False), 1):
        assert mine == right, f"{story}: step {number} should be {right}; it was {without_addresses(mine)}"
    missing = len(wanted) > len(taken)
    assert not missing, f"{story}: step {len(taken) + 1} should be {wanted[len(taken)]}; no such step was taken"
    more = taken[len(wanted) :]
    assert not more, f"{story}: no step should follow after that; {without_addresses(more[0])} did"


def took(taken):
    return f"{len(taken)} step{'' if len(taken) == 1 else 's'}"


def expect_once(exercise, run, name, story, number=1):
    """A step began to run so often: a call that nobody awaits does not count."""
    times = len(asked(run, name))
    closes = exercise.source.calls(".close")
    closed = f"; the close() in line {closes[0]} throws a coroutine object away before it has run" if closes else ""
    ran = f"it ran {expect.often(times)}" if times else f"no call of it ran{closed}"
    assert times == number, f"{story}: `{name}` should be called and awaited {expect.often(number)}; {ran}"


def without_addresses(text):
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def plain(value):
    """The text of a value, without the addresses of objects."""
    return without_addresses(repr(value))


async def test_every_item_is_reserved(exercise, rng):
    """Orders of several items, one or none, and the same order again: each item is reserved once, in order."""
    for number in (rng.choice([2, 3]), 1, 0):
        items = inputs.keys(rng, ITEMS, number)
        items += items[:1]  # two of a kind are two items
        story = f"an order of {items or 'no items'}"
        run = await order(exercise, items)
        if not asked(run, "reserve"):
            expect_once(exercise, run, "reserve", story, len(items))
        assert asked(run, "reserve") == items, (
            f"the order was {items}; reserved were {asked(run, 'reserve')}, in this order"
        )
        for name in ("charge", "mail"):
            expect_once(exercise, run, name, story)
        assert run.result == "Ada: receipt 1", (
            f"an order of {len(items)} items should return 'Ada: receipt 1'; it returned {plain(run.result)}"
        )
    items = rng.sample(ITEMS, 2)
    run = await exercise.play(the_same_order_again, items)
    for number, (result, steps) in enumerate(run.result, 1):
        receipt = f"receipt {number}"
        story = f"an order with {receipt!r}"
        if number > 1:
            story = f"two orders at the same time, with 'receipt 2' and 'receipt 3'; the one with {receipt!r}"
        assert result == f"Ada: {receipt}", f"{story} should return {f'Ada: {receipt}'!r}; it returned {result!r}"
        expect_steps(steps, labels(items, receipt), story)


@pytest.mark.points(2)
async def test_the_receipt_is_mailed_and_returned(exercise, rng):
    """The receipt itself is mailed, and "<customer>: <receipt>" is returned when the mail is sent."""
    orders = [(rng.choice(CUSTOMERS), f"receipt {rng.randint(100, 999)}"), (rng.choice(CUSTOMERS), ""), ("", "{} %s ")]
    for customer, receipt in orders:
        run = await order(exercise, rng.sample(ITEMS, 1), customer, receipt)
        story = f"an order with the receipt {receipt!r}"
        result = run.result
        expect_once(exercise, run, "charge", story)
        assert result == f"{customer}: {receipt}", (
            f"with {receipt!r} as the receipt, {f'{customer}: {receipt}'!r} should be returned; it was {plain(result)}"
        )
        if not receipt:
            assert asked(run, "mail"), (
                "charge gave '' as the receipt, a text like any other: mail('') should be called and awaited, as "
                f"mail({orders[0][1]!r}) was before; no call of mail ran"
            )
        expect_once(exercise, run, "mail", story)
        assert asked(run, "mail") == [receipt], (
            f"{receipt!r} is the receipt that should be mailed; what was mailed is {plain(asked(run, 'mail')[0])}"
        )
        [mail] = run.calls["mail"]
        assert mail.outcome == "returned" and mail.end <= run.elapsed, (
            f"place_order returned after {in_seconds(run.elapsed)}, when the mail was not sent yet; it should wait "
            "until it is sent"
        )


@pytest.mark.points(2)
async def test_one_step_after_another(exercise, rng):
    """A step begins just when the one before it has ended, be it after days: items, then the charge, then the mail."""
    items = inputs.keys(rng, ITEMS, rng.choice([2, 3]))
    odd = inputs.seconds(rng, len(items) + 2, longest=0)
    for lasting in ([1.0] * len(odd), odd, [seconds + inputs.DAYS for seconds in odd]):
        *lasts, charging, mailing = lasting
        reserve = Service(dict(zip(items, lasts, strict=True)))
        charge = Service(charging, returns={"Ada": "receipt 1"})
        run = await exercise.place_order(reserve, charge, Service(mailing), "Ada", items)
        calls = [call for name in ("reserve", "charge", "mail") for call in run.calls.get(name, [])]
        for name in ("reserve", "charge", "mail"):
            expect_once(exercise, run, name, f"an order of {items}", len(items) if name == "reserve" else 1)
        for before, after in pairwise(calls):
            needed = reserve.seconds(before.args) if before.fake == "reserve" else charging
            in_turn = after.start == before.end
            assert in_turn, about(
                "in turn",
                f"{after.fake}({after.args[0]!r}) should begin when {before.fake}({before.args[0]!r}) has ended, after "
                f"{in_seconds(before.start + needed)}; it began after {in_seconds(after.start)}",
                calls=[before, after],
            )
        last = calls[-1]
        waited = last.outcome == "returned" and run.elapsed == last.end
        assert waited, (
            f"place_order should end when the mail is sent, after {in_seconds(last.start + mailing)}; it ended "
            f"after {in_seconds(run.elapsed)}"
        )


async def test_a_failed_step_ends_the_order(exercise, rng):
    """A step that fails or is cancelled ends its own order: its error leaves, no step is tried again or follows."""
    [item] = rng.sample(ITEMS, 1)
    kinds = [rng.choice([RuntimeError, ValueError]), LookupError, ConnectionError, TimeoutError, OSError]
    errors = [*(kind("no answer") for kind in kinds), None]
    left = {}
    for step, error in ((1, 0), (2, 0), (3, 0), (1, 2), (1, 3), (2, 2)):
        order = [[item], step, errors[error]]
        run = await exercise.play(troubled_orders, [order])
        expect_end(order, run.result[0], like=left.get(step, ""))
        left[step] = kinds[error].__name__
    nothing = [[], 0, None]
    run = await exercise.play(troubled_orders, [nothing])
    expect_end(nothing, run.result[0])
    orders = [[[item], step, error] for step in (1, 2, 3) for error in errors]
    orders += [[[item, item], 2, errors[0]], [[item, item], 0, None]]
    orders += [[[], 1, rng.choice(errors)] for _ in range(31)]
    run = await exercise.play(troubled_orders, orders)
    for order, came in zip(orders, run.result, strict=True):
        expect_end(order, came, beside=len(orders) - 1)
    moments = [10 * number + rng.choice([0.25, 3.5, 9.75]) for number in range(3)]
    run = await exercise.play(cancelled_orders, [item], moments)
    for number, (how, second, taken) in enumerate(run.result):
        names = labels([item])
        steps = names[: number + 1]
        story = f"an order of {[item]} was cancelled after {in_seconds(moments[number])}, during {names[number]}"
        expect_steps(taken[: number + 1], steps, f"an order of {[item]}")
        assert how == "was cancelled", f"{story}; place_order should end as cancelled, and it {how}"
        expect_steps(taken, steps, story)
        in_time = second == moments[number] + 1
        assert in_time, (
            f"{story}; that step takes one more second to tidy up, and place_order should end with it, after "
            f"{in_seconds(moments[number] + 1)}; it ended after {in_seconds(second)}"
        )


def expect_end(order, came, like="", beside=0):
    """An order ended as it should; ``like`` is an error that did leave, ``beside`` how many other orders went on."""
    (items, fails, error), (how, what, second, taken) = order, came
    steps = labels(items)
    like = f", as {like} did" if like else ""
    story = f"in an order of {items or 'no items'}"
    if fails:
        error = error or ExceptionGroup("two things broke", [ValueError("one"), OSError("two")])
        steps = steps[:fails]
        expect_steps(taken[:fails], steps, story)
        story += f", {steps[-1]} failed with {error!r}"
        again = taken[fails : fails + 1] == steps[-1:]
        assert not again, f"{story}; it was tried again, and its error should leave place_order at once{like}"
        assert how == "raised" and what == error, f"{story}, which should leave place_order{like}; it {how} {what!r}"
    else:
        assert (how, what) == ("returned", "Ada: receipt 1"), f"{story} nothing failed; place_order {how} {what!r}"
    expect_steps(taken, steps, story)
    in_time = second == len(steps) / 2
    others = f"beside {beside} other orders, " if beside else ""
    assert in_time, (
        f"{story}; {others}its {took(steps)} of half a second should last until {in_seconds(len(steps) / 2)}; the "
        f"order ended after {in_seconds(second)}"
    )
