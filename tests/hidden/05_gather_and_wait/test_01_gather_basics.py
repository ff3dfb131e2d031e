"""Hidden tests: gather basics."""

import pytest

from kata.fakes import Service

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
    """Each key has what its own service gave, whichever of the three is the fastest."""
    for _ in range(3):
        customer = rng.choice(CUSTOMERS)
        answers = {
            "profile": {"name": customer, "number": rng.randint(100, 999)},
            "orders": [f"order {rng.randint(100, 999)}" for _ in range(3)],
            "messages": [f"message {rng.randint(100, 999)}"],
        }
        run = await opened(exercise, customer, rng.sample([0.5, 1, 1.5], 3), answers=answers)
        page = page_of(run)
        for key in KEYS:
            assert page[key] == answers[key], (
                f"under {key!r} belongs {answers[key]!r}, what that service gave; there is {page[key]!r}"
            )


async def test_empty_answers_are_answers(exercise, rng):
    """An empty list, None, 0 or an empty text is handed on like any other answer."""
    empty = rng.sample([[], None, 0, ""], 3)
    answers = dict(zip(KEYS, empty, strict=True))
    run = await opened(exercise, rng.choice(CUSTOMERS), [1, 0.5, 1.5], answers=answers)
    page = page_of(run)
    assert page == answers, f"the services gave {answers!r}; the page has {page!r}"


@pytest.mark.points(2)
async def test_all_three_wait_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest of the three, whichever that is."""
    for slowest in range(3):
        seconds = [0.5, 1]
        rng.shuffle(seconds)
        seconds.insert(slowest, 2)
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds)
        page_of(run)
        assert not run.polled, run.polled
        begun = {call.start for calls in run.calls.values() for call in calls}
        alone = "; a call that is awaited before the next one is made waits alone" if len(begun) > 1 else ""
        assert run.elapsed == 2, (
            f"services of {', '.join(f'{s:g}' for s in seconds)} seconds took {run.elapsed:g} seconds in all "
            f"and should take 2{alone}"
        )


async def test_each_service_is_asked_once(exercise, rng):
    """Each of the three services is asked exactly once, with `customer`."""
    customer = rng.choice(CUSTOMERS)
    run = await opened(exercise, customer, [1, 0.5, 0.5])
    page_of(run)
    for key in KEYS:
        asked = [call.args for call in run.calls[key]]
        assert asked == [[customer]], f"{key} should be asked once, with {customer!r}; it was asked with {asked!r}"


async def test_an_error_leaves_open_page(exercise, rng):
    """If one of the three services raises an error, that error leaves `open_page`, and nobody is asked again."""
    for key, kind in zip(KEYS, (LookupError, Exception, OSError), strict=True):
        # The one that fails is the slowest, so that nothing is still on its way when the error comes.
        seconds = [1.5 if key == other else rng.choice([0.5, 1]) for other in KEYS]
        error = kind(f"{key}: no answer {rng.randint(1, 99)}")
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds, fails={key: error})
        assert run.raised == error, f"{key} raised {error!r}, and just that should leave open_page; " + (
            f"it raised {run.raised!r}" if run.raised else "it raised nothing"
        )
        for service, calls in run.calls.items():
            assert len(calls) == 1, f"{key} failed, and {service} was asked {len(calls)} times; it should be asked once"
