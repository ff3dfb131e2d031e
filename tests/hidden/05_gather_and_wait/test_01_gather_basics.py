"""Hidden tests: gather basics."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.inputs import DAYS, HOUR, errors, moments, texts, values

KEYS = ("profile", "orders", "messages")
CUSTOMERS = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Margaret"]


async def opened(exercise, customer, seconds, *, answers=None, fails=None):
    """Open the page of a customer; ``answers`` and ``fails`` are by key."""
    services = []
    for key, latency in zip(KEYS, seconds, strict=True):
        returns = {customer: answers[key]} if answers else None
        failure = {customer: fails[key]} if fails and key in fails else None
        services.append(Service(latency, returns=returns, fails=failure, name=key))
    return await exercise.open_page(*services, customer)


async def again_and_again(ex, customer, pages):
    """Open the page of the same customer as often as there are pages; the services give what is on the next one."""
    opened = []

    def service(key):
        async def ask(_):
            await asyncio.sleep(1)
            return pages[len(opened)][key]

        return ask

    asked = [service(key) for key in ("profile", "orders", "messages")]
    for _ in pages:
        opened.append(await ex.open_page(*asked, customer))
    return opened


async def cancelled_at(ex, moment, lasts, profile, orders, messages, customer):
    """Cancel open_page at this second, tell how it ended, and stay until the services have ended as well."""
    opening = asyncio.create_task(ex.open_page(profile, orders, messages, customer))
    await asyncio.sleep(moment)
    opening.cancel()
    await asyncio.wait([opening])
    await asyncio.sleep(lasts)
    if opening.cancelled():
        return "was cancelled"
    return f"raised {opening.exception()!r}" if opening.exception() else f"returned {opening.result()!r}"


def where(error):
    return f"line {error.traceback[-1].line} raised " if error.traceback else "there was "


def page_of(run):
    """The page, once it is one."""
    error = run.raised
    misfed = error and error.is_a("TypeError") and ("unhashable" in error.message or "awaitable" in error.message)
    assert not misfed, (
        f"{where(error)}{error!r}; what is waited for together must be coroutine objects or tasks, one argument "
        "each: neither a list of them nor answers that were awaited before"
    )
    page = run.result
    assert type(page) is dict, f"open_page should return a dict; it returned {page!r}"
    assert set(page) == set(KEYS), (
        f"the keys should be {', '.join(KEYS)}; they are {', '.join(map(str, page)) or 'missing'}"
    )
    return page


@pytest.mark.points(2)
async def test_each_key_has_the_answer_of_its_own_service(exercise, rng):
    """Each key has what its own service gave this time, whichever of the three is the fastest."""
    customer = rng.choice(CUSTOMERS)
    for slowest in range(3):
        seconds = rng.sample([0.41, 0.93], 2)
        seconds.insert(slowest, 1.37)
        answers = {
            "profile": {"name": customer, "number": rng.randint(100, 999)},
            "orders": [f"order {rng.randint(100, 999)}" for _ in range(3)],
            "messages": [f"message {rng.randint(100, 999)}"],
        }
        page = page_of(await opened(exercise, customer, seconds, answers=answers))
        for key in KEYS:
            assert page[key] == answers[key], (
                f"under {key!r} belongs {answers[key]!r}, what that service gave; there is {page[key]!r}"
            )
    pages = [dict(zip(KEYS, texts(rng, 3), strict=True)) for _ in range(2)]
    run = await exercise.play(again_and_again, customer, pages)
    assert run.result == pages, (
        f"the page of {customer} was opened twice, and the services gave {pages!r}; open_page returned {run.result!r}"
    )


async def test_empty_answers_are_answers(exercise, rng):
    """An empty list, None, 0 or an empty text is handed on like any other answer."""
    empty = values(rng, 12)
    for number in range(0, 12, 3):
        answers = dict(zip(KEYS, empty[number : number + 3], strict=True))
        run = await opened(exercise, rng.choice(CUSTOMERS), [0.93, 0.41, 1.37], answers=answers)
        page = page_of(run)
        # Compared as texts, since 0, 0.0 and False are equal.
        assert {key: repr(page[key]) for key in KEYS} == {key: repr(answers[key]) for key in KEYS}, (
            f"the services gave {answers!r}; the page has {page!r}"
        )


@pytest.mark.points(2)
async def test_all_three_wait_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest of the three, whichever that is, and be it days."""
    for slowest, longest in enumerate(rng.sample([HOUR, DAYS, 2], 3)):
        seconds = rng.sample([0.41, 1.37], 2)
        seconds.insert(slowest, longest)
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds)
        page_of(run)
        assert not run.polled, run.polled
        begun = {call.start for calls in run.calls.values() for call in calls}
        alone = "; a call that is awaited before the next one is made waits alone" if len(begun) > 1 else ""
        assert run.elapsed == longest, (
            f"services of {', '.join(f'{s:g}' for s in seconds)} seconds took {run.elapsed:g} seconds in all "
            f"and should take {longest:g}{alone}"
        )


async def test_each_service_is_asked_once(exercise, rng):
    """Each of the three services is asked exactly once, with `customer`."""
    for customer in (rng.choice(CUSTOMERS), ""):
        run = await opened(exercise, customer, [1.37, 0.41, 0.93])
        page_of(run)
        for key in KEYS:
            asked = [call.args for call in run.calls[key]]
            assert asked == [[customer]], f"{key} should be asked once, with {customer!r}; it was asked with {asked!r}"


async def test_an_error_leaves_open_page(exercise, rng):
    """If one of the three services raises an error, that error leaves `open_page`, and nobody is asked again; a
    cancelled `open_page` ends as cancelled."""
    several = ExceptionGroup("both discs", [OSError("disc 1"), ValueError("disc 2")])
    for key, error in zip(KEYS, rng.sample([*errors(rng, 2), several], 3), strict=True):
        # The one that fails is the slowest, so that nothing is still on its way when the error comes.
        seconds = [1.37 if key == other else rng.choice([0.41, 0.93]) for other in KEYS]
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds, fails={key: error})
        assert run.raised == error, f"{key} raised {error!r}, and just that should leave open_page; " + (
            f"it raised {run.raised!r}" if run.raised else "it raised nothing"
        )
        for service, calls in run.calls.items():
            assert len(calls) == 1, f"{key} failed, and {service} was asked {len(calls)} times; it should be asked once"
    for moment in moments(rng, 1.37):
        services = [Service(seconds, name=key) for key, seconds in zip(KEYS, (0.41, 1.37, 0.93), strict=True)]
        run = await exercise.play(cancelled_at, moment, 2, *services, rng.choice(CUSTOMERS))
        assert run.result == "was cancelled", (
            f"open_page was cancelled at second {moment:g}, and should end as cancelled; it {run.result}"
        )
