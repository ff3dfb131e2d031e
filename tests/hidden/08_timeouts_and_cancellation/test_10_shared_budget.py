"""Hidden tests: a shared budget."""

import asyncio

import pytest

# The task itself asks for one after another.
pytestmark = pytest.mark.allows("one_after_another")

SERVICES = ["reserve", "charge", "parcel", "invoice", "points", "mail"]


async def with_services(ex, plans, seconds):
    """Call services that take these seconds. A plan is [name, seconds, what happens].

    "answers" keeps to the limit, "is late" answers whatever its limit was, "fails" raises an error. Noted are
    the calls with their limits, and whether two were under way at once.
    """
    plan = {name: [takes, kind] for name, takes, kind in plans}
    under_way = []

    async def call(service, limit):
        ex.note([service, limit])
        if under_way:
            ex.note(["two at once", 0])
        if limit <= 0:
            raise ValueError(f"a limit of {limit:g} seconds makes no sense")
        takes, kind = plan[service]
        under_way.append(service)
        try:
            if kind == "is late":
                await asyncio.sleep(takes)
            else:
                async with asyncio.timeout(limit):
                    await asyncio.sleep(takes)
            if kind == "fails":
                raise ConnectionError(f"no line to {service}")
        finally:
            under_way.remove(service)
        return f"{service} is done"

    return await ex.call_all(call, [name for name, _, _ in plans], seconds)


def calls(run):
    assert ["two at once", 0] not in run.noted, "a call was begun while another one was still under way"
    return [name for name, _ in run.noted]


def come_from(rng, seconds, kind="answers"):
    names = rng.sample(SERVICES, len(seconds))
    return [[name, takes, kind] for name, takes in zip(names, seconds, strict=True)]


def what_came(run):
    return f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}"


def expect_limits(run, plans, seconds):
    """Each call got what was left when it began."""
    calls(run)
    passed = 0
    for (service, limit), (_, takes, _) in zip(run.noted, plans, strict=False):
        left = seconds - passed
        assert type(limit) in (int, float), f"the limit of {service!r} should be a number; it was {limit!r}"
        assert abs(limit - left) < 0.05, (
            f"{seconds:g} seconds for all; {service!r} began after {passed:g} of them, so {left:g} were left, and "
            f"it was given {limit:g}"
        )
        passed += takes


async def test_the_answers_come_in_order(exercise, rng):
    """The services are called one after another, and the result is the list of their answers; none is fine."""
    for number in (3, 1, 0):
        plans = come_from(rng, [rng.choice([0.5, 1]) for _ in range(number)])
        run = await exercise.play(with_services, plans, 3.2)
        names = [name for name, _, _ in plans]
        wanted = [f"{name} is done" for name in names]
        assert run.result == wanted, f"expected {wanted!r}, got {run.result!r}"
        assert calls(run) == names, f"calls should be made to {names}, one after another; made were {calls(run)}"
        total = sum(takes for _, takes, _ in plans)
        assert run.elapsed == total, f"the calls take {total:g} seconds in all, and call_all took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_each_call_gets_what_is_left(exercise, rng):
    """Each call is told how many of the seconds are left at the moment when it begins."""
    for takes in ([0.5, 0.5, 0.5, 1], [rng.choice([0.5, 1]), 1, 0.5]):
        plans = come_from(rng, takes)
        seconds = rng.choice([2.7, 3.2])
        run = await exercise.play(with_services, plans, seconds)
        names = [name for name, _, _ in plans]
        expect_limits(run, plans, seconds)
        assert run.result == [f"{name} is done" for name in names]


async def test_a_service_that_gives_up(exercise, rng):
    """When a service's limit is over, its TimeoutError leaves `call_all`, and no further call is made."""
    for place in (0, 1, 2):
        takes = [0.5, 0.5, 0.5]
        takes[place] = 2.5
        plans = come_from(rng, takes)
        run = await exercise.play(with_services, plans, 1.8)
        assert run.raised is not None and run.raised.type == "TimeoutError", (
            f"the limit of {plans[place][0]!r} was over, and a TimeoutError should leave call_all; {what_came(run)}"
        )
        expect_limits(run, plans, 1.8)
        assert len(run.noted) == place + 1, f"after a TimeoutError no further call is made; made were {calls(run)}"
        assert run.elapsed == 1.8, f"the budget was 1.8 seconds, and call_all took {run.elapsed:g}"


@pytest.mark.points(2)
async def test_nothing_is_left(exercise, rng):
    """If nothing is left for a call, it is not made, and `call_all` raises a TimeoutError."""
    late = come_from(rng, [0.5, 1.5, 0.5])
    late[1][2] = "is late"
    first_late = come_from(rng, [1.5, 0.5])
    first_late[0][2] = "is late"
    for plans, seconds, made in (
        (late, 1.2, 2),
        (first_late, 0.8, 1),
        (come_from(rng, [0.5, 0.5]), 0, 0),
        (come_from(rng, [0.5, 0.5]), -0.7, 0),
    ):
        run = await exercise.play(with_services, plans, seconds)
        names = calls(run)
        for service, limit in run.noted[made:]:
            assert limit > 0, (
                f"nothing was left, and {service!r} was called with a limit of {limit:g}; that call should not be made"
            )
        assert len(names) >= made, f"there was time to begin {made} of the calls; begun were {names}"
        assert len(names) == made, f"nothing was left after {made} of the calls, and still {names[made]!r} was called"
        assert run.raised is not None and run.raised.type == "TimeoutError", (
            f"nothing was left for the next call, and a TimeoutError should leave call_all; {what_came(run)}"
        )


async def test_errors_go_on_up(exercise, rng):
    """Any other error of a call leaves `call_all`, and no further call is made."""
    for place in (rng.choice([0, 1]), 2):
        plans = come_from(rng, [0.5, 0.5, 0.5])
        plans[place][2] = "fails"
        bad = plans[place][0]
        run = await exercise.play(with_services, plans, 2.2)
        assert run.raised == ConnectionError(f"no line to {bad}"), (
            f"the call of {bad!r} failed with ConnectionError('no line to {bad}'), which should leave call_all; "
            + what_came(run)
        )
        assert len(run.noted) == place + 1, f"after an error no further call is made; made were {calls(run)}"
