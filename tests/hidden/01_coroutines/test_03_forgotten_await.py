"""Hidden tests: the forgotten await."""

import asyncio
from itertools import pairwise

import pytest

from kata.fakes import Service

ITEMS = ["lamp", "shade", "bulb", "cable", "switch", "plug"]
CUSTOMERS = ["Ada", "Grace", "Edsger", "Barbara"]
KINDS = [RuntimeError, OSError, LookupError, ValueError, TimeoutError, ConnectionError]


async def order(exercise, items, customer="Ada", receipt="receipt 1", *, stock=None, bank=None, post=None):
    return await exercise.place_order(
        Service(0.5, fails=stock),
        Service(0.5, returns={customer: receipt}, fails=bank),
        Service(0.5, fails=post),
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


def asked(run, name):
    """What a step was called with, in order, counting only calls that were really awaited."""
    return [call.args[0] for call in run.calls.get(name, [])]


def what_came(run):
    return f"{run.raised!r} came out" if run.raised else "nothing was raised"


async def test_every_item_is_reserved(exercise, rng):
    """Orders of several items, one or none, and the same order again: each item is reserved once, in order."""
    for number in (rng.choice([2, 3]), 1, 0):
        items = rng.sample(ITEMS, number)
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
    customer, receipt = rng.choice(CUSTOMERS), f"receipt {rng.randint(100, 999)}"
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
    """A step begins when the one before it has ended: items, then the charge, then the mail."""
    items = rng.sample(ITEMS, rng.choice([2, 3]))
    run = await order(exercise, items)
    calls = [call for name in ("reserve", "charge", "mail") for call in run.calls.get(name, [])]
    assert len(calls) == len(items) + 2, f"{len(items) + 2} steps were expected, {len(calls)} were really taken"
    for before, after in pairwise(calls):
        assert before.end is not None and after.start >= before.end, (
            f"{after.fake}({after.args[0]!r}) began at second {after.start:g}, before "
            f"{before.fake}({before.args[0]!r}) had ended"
        )
    assert run.elapsed == 0.5 * len(calls), (
        f"{len(calls)} steps of half a second should take {len(calls) / 2:g} seconds and took {run.elapsed:g}"
    )


async def test_a_failed_step_ends_the_order(exercise, rng):
    """If a step fails, its error leaves `place_order`, the steps after it do not begin, and it is not tried again."""
    items = rng.sample(ITEMS, 3)
    refused = rng.choice(KINDS)("the card was refused")
    run = await order(exercise, items[:1], "Ada", bank={"Ada": refused})
    assert asked(run, "charge"), "`charge` was never really awaited, so the bank could not refuse the card"
    assert run.raised == refused, f"the bank's error should leave place_order; {what_came(run)}"
    assert asked(run, "charge") == ["Ada"], "the card was refused; it should be charged once, not again"
    assert not asked(run, "mail"), "the card was refused, and still a receipt was mailed"
    returned = rng.choice(KINDS)("the mail came back")
    run = await order(exercise, items[:1], "Ada", post={"receipt 1": returned})
    assert "receipt 1" in asked(run, "mail"), f"'receipt 1' should be mailed; mailed was {asked(run, 'mail')}"
    assert run.raised == returned, f"the mail's error should leave place_order; {what_came(run)}"
    assert asked(run, "mail") == ["receipt 1"], "the mail failed; it should be sent once, not again"
    for place, kind in enumerate(rng.sample([KeyError, OSError, ValueError], 3)):
        bad = items[place]
        sold_out = kind(f"no {bad} left")
        run = await order(exercise, items, stock={bad: sold_out})
        assert bad in asked(run, "reserve"), (
            f"`reserve({bad!r})` was never really awaited, so nobody could know that it is sold out"
        )
        assert run.raised == sold_out, f"the error of `reserve` should leave place_order; {what_came(run)}"
        assert asked(run, "reserve") == items[: place + 1], (
            f"{bad!r} was sold out; `reserve` should not be tried again, nor go on with the items after it; "
            f"it was awaited for {asked(run, 'reserve')}"
        )
        assert not asked(run, "charge"), "an item was sold out, and still the card was charged"
