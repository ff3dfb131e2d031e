"""Hidden tests: the forgotten await."""

import asyncio
from itertools import pairwise

import pytest

from kata.fakes import Service
from kata.judge import inputs

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

        async def step(text):
            steps.append(text)
            await asyncio.sleep(10)

        async def charge(customer):
            await step(customer)
            return f"receipt {number}"

        return [await ex.place_order(step, charge, step, "Ada", list(items)), steps]

    return [await place(1), *await asyncio.gather(place(2), place(3))]


async def troubled_orders(ex, orders):
    """Place orders of [items, step, error] at once; that step fails so. Give how and when each ended, and its steps.

    A step takes half a second. With None for an error, it is a group of two.
    """

    async def place(items, fails, error):
        steps = []

        async def step(text):
            steps.append(text)
            await asyncio.sleep(0.5)
            if len(steps) == fails:
                raise error or ExceptionGroup("two things broke", [ValueError("one"), OSError("two")])
            return "receipt 1"

        try:
            how, what = "returned", await ex.place_order(step, step, step, "Ada", list(items))
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

        async def step(text):
            steps.append(text)
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(1)
                raise
            return "receipt 1"

        task = asyncio.create_task(ex.place_order(step, step, step, "Ada", list(items)))
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


async def test_every_item_is_reserved(exercise, rng):
    """Orders of several items, one or none, and the same order again: each item is reserved once, in order."""
    for number in (rng.choice([2, 3]), 1, 0):
        items = inputs.keys(rng, ITEMS, number)
        items += items[:1]  # two of a kind are two items
        run = await order(exercise, items)
        assert asked(run, "reserve") == items, (
            f"the order was {items}, and what was really reserved is {asked(run, 'reserve')}"
            + ("" if asked(run, "reserve") else "; a call without await reserves nothing")
        )
        assert run.result == "Ada: receipt 1", f"expected 'Ada: receipt 1' for {len(items)} items, got {run.result!r}"
        for name in ("charge", "mail"):
            assert len(asked(run, name)) == 1, (
                f"{len(items)} items: `{name}` should be awaited once, and was {len(asked(run, name))} times"
            )
    items = rng.sample(ITEMS, 2)
    run = await exercise.play(the_same_order_again, items)
    for number, (result, steps) in enumerate(run.result, 1):
        assert [result, *steps] == [f"Ada: receipt {number}", *items, "Ada", f"receipt {number}"], (
            f"Ada's order of {items} was placed three times, two of them at the same time; number {number}, with "
            f"'receipt {number}', gave {result!r}, and its steps were called with {steps}"
        )


@pytest.mark.points(2)
async def test_the_receipt_is_mailed_and_returned(exercise, rng):
    """The receipt itself is mailed, and "<customer>: <receipt>" is returned when the mail is sent."""
    orders = [(rng.choice(CUSTOMERS), f"receipt {rng.randint(100, 999)}"), (rng.choice(CUSTOMERS), ""), ("", "{} %s ")]
    for customer, receipt in orders:
        run = await order(exercise, rng.sample(ITEMS, 1), customer, receipt)
        assert run.result == f"{customer}: {receipt}", f"expected {f'{customer}: {receipt}'!r}, got {run.result!r}" + (
            "; `charge(...)` gives a coroutine object, and only awaiting that gives the receipt"
            if "coroutine object" in repr(run.result)
            else ""
        )
        assert asked(run, "mail") == [receipt], f"one mail with {receipt!r} was expected; sent: {asked(run, 'mail')}"
        [mail] = run.calls["mail"]
        assert mail.outcome == "returned" and mail.end <= run.elapsed, (
            "place_order returned before the mail was sent; it should wait for it"
        )


@pytest.mark.points(2)
async def test_one_step_after_another(exercise, rng):
    """A step begins just when the one before it has ended, be it after days: items, then the charge, then the mail."""
    items = inputs.keys(rng, ITEMS, rng.choice([2, 3]))
    *lasts, charging, mailing = inputs.seconds(rng, len(items) + 2, longest=0)
    for extra in (0, inputs.DAYS):
        reserve = Service({item: last + extra for item, last in zip(items, lasts, strict=True)})
        charge = Service(charging + extra, returns={"Ada": "receipt 1"})
        run = await exercise.place_order(reserve, charge, Service(mailing + extra), "Ada", items)
        calls = [call for name in ("reserve", "charge", "mail") for call in run.calls.get(name, [])]
        assert len(calls) == len(items) + 2, f"{len(items) + 2} steps were expected, {len(calls)} were really taken"
        for before, after in pairwise(calls):
            assert after.start == before.end, (
                f"{after.fake}({after.args[0]!r}) should begin when {before.fake}({before.args[0]!r}) ends, at second "
                f"{before.start + (reserve.seconds(before.args) if before.fake == 'reserve' else charging + extra):g}; "
                f"it began at second {after.start:g}"
            )
        last = calls[-1]
        assert last.outcome == "returned" and run.elapsed == last.end, (
            f"place_order should end when the mail is sent, at second {last.start + mailing + extra:g}; it ended at "
            f"second {run.elapsed:g}"
        )


async def test_a_failed_step_ends_the_order(exercise, rng):
    """A step that fails or is cancelled ends its own order: its error leaves, no step is tried again or follows."""
    [item] = rng.sample(ITEMS, 1)
    kinds = rng.sample([RuntimeError, OSError, LookupError, ValueError, TimeoutError, ConnectionError], 6)
    errors = [*(kind(f"no answer {rng.randint(100, 999)}") for kind in kinds), None]
    orders = [[[item], step, error] for step in (1, 2, 3) for error in errors]
    orders += [[[item, item], 2, errors[0]], [[item, item], 0, None]]
    orders += [[[], 1, rng.choice(errors)] for _ in range(28)]
    rng.shuffle(orders)
    run = await exercise.play(troubled_orders, orders)
    for (items, fails, error), (how, what, second, taken) in zip(orders, run.result, strict=True):
        steps = [*items, "Ada", "receipt 1"]
        story = f"an order of {items}"
        if fails:
            error = error or ExceptionGroup("two things broke", [ValueError("one"), OSError("two")])
            steps = steps[:fails]
            story += f", of which step {fails} was to fail with {error!r}, which should leave place_order"
            assert how == "raised" and what == error, f"{story}; it {how} {what!r}"
        else:
            assert (how, what) == ("returned", "Ada: receipt 1"), f"{story} without a failure {how} {what!r}"
        assert taken == steps, f"{story}; the steps should be {steps}, and nothing after that; they were {taken}"
        assert second == len(steps) / 2, (
            f"{story}; with {len(orders) - 1} other orders at the same time, its steps of half a second should end at "
            f"second {len(steps) / 2:g}, and ended at second {second:g}"
        )
    moments = [10 * number + rng.choice([0.25, 3.5, 9.75]) for number in range(3)]
    run = await exercise.play(cancelled_orders, [item], moments)
    for number, (how, second, taken) in enumerate(run.result):
        steps = [item, "Ada", "receipt 1"][: number + 1]
        story = f"an order of {[item]} was cancelled at second {moments[number]:g}, during step {number + 1} of 3"
        assert how == "was cancelled", f"{story}; place_order should end as cancelled, and it {how}"
        assert taken == steps, f"{story}; the steps should be {steps}, and nothing after that; they were {taken}"
        assert second == moments[number] + 1, (
            f"{story}; a step takes one more second to tidy up, and place_order should end with it, at second "
            f"{moments[number] + 1:g}, and ended at second {second:g}"
        )
