"""Hidden tests: the forgotten await."""

from itertools import pairwise

import pytest

from kata.sandbox.fakes import Service

ITEMS = ["lamp", "shade", "bulb", "cable", "switch", "plug"]
STEPS = {"stock": "reserve", "bank": "charge", "mail": "mail"}
CUSTOMERS = ["Ada", "Grace", "Edsger", "Barbara"]


async def order(exercise, items, customer="Ada", receipt="receipt 1", *, stock=None, bank=None, post=None):
    return await exercise.place_order(
        Service(0.5, name="stock", fails=stock),
        Service(0.5, name="bank", returns={customer: receipt}, fails=bank),
        Service(0.5, name="mail", fails=post),
        customer,
        items,
    )


def asked(run, name):
    """What the service was called with, in order, counting only calls that were really awaited."""
    return [call.args[0] for call in run.calls.get(name, [])]


def what_came(run):
    return f"{run.raised!r} came out" if run.raised else "nothing was raised"


async def test_every_item_is_reserved(exercise, rng):
    """Every item is reserved once, in the order of `items`, whether there are several, one or none."""
    for number in (rng.choice([2, 3]), 1, 0):
        items = rng.sample(ITEMS, number)
        items += items[:1]  # two of a kind are two items
        run = await order(exercise, items)
        assert asked(run, "stock") == items, (
            f"the order was {items}, and the stock was really asked for {asked(run, 'stock')}"
            + ("" if asked(run, "stock") else "; a call without await asks for nothing")
        )
        assert run.result == "Ada: receipt 1", f"expected 'Ada: receipt 1' for {len(items)} items, got {run.result!r}"
        for name in ("bank", "mail"):
            assert len(asked(run, name)) == 1, (
                f"{len(items)} items: `{STEPS[name]}` should be awaited once, and was {len(asked(run, name))} times"
            )


@pytest.mark.points(2)
async def test_the_receipt_is_mailed_and_returned(exercise, rng):
    """The receipt itself is mailed, and "<customer>: <receipt>" is returned when the mail is sent."""
    customer, receipt = rng.choice(CUSTOMERS), f"receipt {rng.randint(100, 999)}"
    run = await order(exercise, rng.sample(ITEMS, 1), customer, receipt)
    assert run.result == f"{customer}: {receipt}", (
        f"expected {f'{customer}: {receipt}'!r}, got {run.result!r}; "
        "`charge(...)` gives a coroutine object, and only awaiting that gives the receipt"
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
    calls = [call for name in ("stock", "bank", "mail") for call in run.calls.get(name, [])]
    assert len(calls) == len(items) + 2, f"{len(items) + 2} steps were expected, {len(calls)} were really taken"
    for before, after in pairwise(calls):
        assert before.end is not None and after.start >= before.end, (
            f"{STEPS[after.fake]}({after.args[0]!r}) began at second {after.start:g}, before "
            f"{STEPS[before.fake]}({before.args[0]!r}) had ended"
        )
    assert run.elapsed == 0.5 * len(calls), (
        f"{len(calls)} steps of half a second should take {len(calls) / 2:g} seconds and took {run.elapsed:g}"
    )


async def test_a_failed_step_ends_the_order(exercise, rng):
    """If a step fails, its error leaves `place_order`, and the steps after it do not begin."""
    items = rng.sample(ITEMS, 3)
    refused = RuntimeError("the card was refused")
    run = await order(exercise, items[:1], "Ada", bank={"Ada": refused})
    assert run.raised == refused, f"the bank's error should leave place_order; {what_came(run)}"
    assert asked(run, "bank") == ["Ada"], "the card was refused; it should be charged once, not again"
    assert not asked(run, "mail"), "the card was refused, and still a receipt was mailed"
    returned = OSError("the mail came back")
    run = await order(exercise, items[:1], "Ada", post={"receipt 1": returned})
    assert run.raised == returned, f"the mail's error should leave place_order; {what_came(run)}"
    assert asked(run, "mail") == ["receipt 1"], "the mail failed; it should be sent once, not again"
    for place, bad in enumerate(items):
        sold_out = LookupError(f"no {bad} left")
        run = await order(exercise, items, stock={bad: sold_out})
        assert run.raised == sold_out, f"the stock's error should leave place_order; {what_came(run)}"
        assert asked(run, "stock") == items[: place + 1], (
            f"{bad!r} was sold out, so nothing after it should be reserved; asked for were {asked(run, 'stock')}"
        )
        assert not asked(run, "bank"), "an item was sold out, and still the card was charged"
