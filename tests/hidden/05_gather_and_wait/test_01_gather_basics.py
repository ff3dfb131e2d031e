"""Hidden tests: gather basics."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import all_seconds, called_once_each, ends_as_cancelled, error_leaves, same_places, told
from kata.judge.inputs import DAYS, HOUR, errors, moments, values

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
    """Cancel open_page at this second, tell how and when it ended, and stay until the services have ended as well."""
    started = asyncio.get_running_loop().time()
    opening = asyncio.create_task(ex.open_page(profile, orders, messages, customer))
    if moment:
        await asyncio.wait([opening], timeout=moment)
    else:
        await asyncio.sleep(0)
    opening.cancel()
    await asyncio.wait([opening])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if opening.cancelled():
        return ["cancelled", ended]
    return [f"raised {opening.exception()!r}" if opening.exception() else f"returned {opening.result()!r}", ended]


def rightly_fed(run):
    """Nothing was handed to gather that nobody can wait for."""
    error = run.raised
    misfed = error and error.is_a("TypeError") and ("unhashable" in error.message or "awaitable" in error.message)
    if misfed:
        where = f"line {error.traceback[-1].line} raised" if error.traceback else "there was"
        answered = [key for key, calls in run.calls.items() if any(call.outcome == "returned" for call in calls)]
        why = (
            f"{' and '.join(answered)} had been awaited before the call of gather, so it got their answers and no "
            "coroutine objects"
            if answered
            else "what waits there takes coroutine objects or tasks one by one, not a list of them"
        )
        raise AssertionError(f"{where} {error!r}; {why}")


def page_of(run):
    """The page, once it is one."""
    rightly_fed(run)
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
            "profile": f"{customer}, number {rng.randint(100, 999)}",
            "orders": [f"order {rng.randint(100, 999)}" for _ in range(2)],
            "messages": [f"message {rng.randint(100, 999)}"],
        }
        page = page_of(await opened(exercise, customer, seconds, answers=answers))
        order = [key for _, key in sorted(zip(seconds, KEYS, strict=True))]
        by_arrival = [page[key] for key in KEYS] == [answers[key] for key in order]
        for key in KEYS:
            others = [other for other in KEYS if answers[other] == page[key]]
            whose = f", which {others[0]} gave" if others else ""
            assert page[key] == answers[key], (
                f"under {key!r} belongs {answers[key]!r}, what {key} gave; there is {page[key]!r}{whose}"
                + (". The answers stand in the order in which they came" if by_arrival else "")
            )
    pages = [dict(zip(KEYS, each, strict=True)) for each in (["sun", "rain", "wind"], ["", "snow", "snow"])]
    run = await exercise.play(again_and_again, customer, pages)
    for number, (page, right) in enumerate(zip(run.result, pages, strict=True), 1):
        assert type(page) is dict and set(page) == set(KEYS), (
            f"call {number} should return a dict; it returned {page!r}"
        )
        for key in KEYS:
            assert page[key] == right[key], (
                f"when the page of {customer} was opened for the {('first', 'second')[number - 1]} time, {key} gave "
                f"{right[key]!r}; the page has {page[key]!r}"
            )
    same_places(run.result, pages, f"the pages of {customer}")


async def test_empty_answers_are_answers(exercise, rng):
    """An empty list, None, 0 or an empty text is handed on like any other answer."""
    empty = values(rng, 12)
    for number in range(0, 12, 3):
        answers = dict(zip(KEYS, empty[number : number + 3], strict=True))
        run = await opened(exercise, rng.choice(CUSTOMERS), [0.93, 0.41, 1.37], answers=answers)
        page = page_of(run)
        # Compared as texts, since 0, 0.0 and False are equal.
        for key in KEYS:
            assert repr(page[key]) == repr(answers[key]), f"{key} gave {answers[key]!r}; the page has {page[key]!r}"


@pytest.mark.points(2)
async def test_all_three_wait_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest of the three, whichever that is, and be it days."""
    for slowest, longest in zip(rng.sample(range(3), 3), (1.9, HOUR, DAYS), strict=True):
        seconds = rng.sample([0.41, 1.37], 2)
        seconds.insert(slowest, longest)
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds)
        page_of(run)
        assert not run.polled, run.polled
        late = [(call.start, key) for key, calls in run.calls.items() for call in calls if call.start > 0]
        alone = f"; {min(late)[1]} was asked only after {in_seconds(min(late)[0])}" if late else ""
        assert run.elapsed == longest, (
            f"the services need {all_seconds(seconds)}, and open_page should take {in_seconds(longest)}; "
            f"it took {in_seconds(run.elapsed)}{alone}"
        )


async def test_each_service_is_asked_once(exercise, rng):
    """Each of the three services is asked exactly once, with `customer`."""
    for customer in (rng.choice(CUSTOMERS), ""):
        run = await opened(exercise, customer, [1.37, 0.41, 0.93])
        page_of(run)
        for key in KEYS:
            called_once_each(run, key, [customer])
            asked = [call.args for call in run.calls[key]]
            assert asked == [[customer]], (
                f"{key} should be asked with {customer!r} alone; it was asked with {told(asked[0])}"
            )


async def test_an_error_leaves_open_page(exercise, rng):
    """If one of the three services raises an error, that error leaves `open_page`, and nobody is asked again; a
    cancelled `open_page` ends as cancelled."""
    several = ExceptionGroup("both discs", [OSError("disc 1"), ValueError("disc 2")])
    left = []
    for key, error in zip(rng.sample(KEYS, 3), [*errors(rng, 2), several], strict=True):
        # The one that fails is the slowest, so that nothing is still on its way when the error comes.
        seconds = [1.37 if key == other else rng.choice([0.41, 0.93]) for other in KEYS]
        run = await opened(exercise, rng.choice(CUSTOMERS), seconds, fails={key: error})
        rightly_fed(run)
        error_leaves(run, error, "open_page", key, run.calls.get(key, []), earlier=left)
        for service, calls in run.calls.items():
            assert calls, f"{key} failed after {in_seconds(run.elapsed)}; {service} was never asked"
            assert len(calls) == 1, f"{key} failed, and {service} was asked {len(calls)} times; it should be asked once"
        left.append(error)
    for moment in moments(rng, 1.37):
        services = [Service(seconds, name=key) for key, seconds in zip(KEYS, (0.41, 1.37, 0.93), strict=True)]
        run = await exercise.play(cancelled_at, moment, 2, *services, rng.choice(CUSTOMERS))
        ends_as_cancelled("open_page", moment, *run.result)
