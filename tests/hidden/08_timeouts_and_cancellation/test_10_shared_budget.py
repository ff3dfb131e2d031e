"""Hidden tests: a shared budget."""

import asyncio

import pytest

from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, errors, moments, sizes, texts
from kata.judge.topics import about

# The task itself asks for one after another.
pytestmark = pytest.mark.allows("one_after_another")

SERVICES = ["reserve", "charge", "parcel", "invoice", "points", "mail"]


async def with_services(ex, rounds):
    """Call services that take these seconds, round after round. A plan is [name, seconds, what happens, answer].

    "answers" keeps to the limit, "is late" answers whatever its limit was, "fails" raises the answer. Noted are
    the calls of each round with their limits and when they began, and whether two were under way at once.
    """

    async def play_round(plans, seconds):
        plan = {}
        for name, *rest in plans:
            plan.setdefault(name, []).append(rest)
        made, under_way, start = [], [], asyncio.get_running_loop().time()

        async def call(service, limit):
            made.append([service, limit, round(asyncio.get_running_loop().time() - start, 6)])
            if under_way:
                made.append(["two at once", 0, 0])
            if limit <= 0:
                raise ValueError(f"a limit of {limit:g} seconds makes no sense")
            takes, kind, answer = plan[service].pop(0)
            under_way.append(service)
            try:
                if kind == "is late":
                    await asyncio.sleep(takes)
                else:
                    async with asyncio.timeout(limit):
                        await asyncio.sleep(takes)
                if kind == "fails":
                    raise answer if isinstance(answer, Exception) else ExceptionGroup("dead lines", answer)
            finally:
                under_way.remove(service)
            return answer

        try:
            return await ex.call_all(call, [name for name, *_ in plans], seconds)
        finally:
            ex.note(made)

    return [await play_round(plans, seconds) for plans, seconds in rounds]


async def cancelled_after(ex, moment, latency, services, seconds):
    """Cancel call_all in the middle; each call needs 0.25 seconds to give up. Tell how it ended, and its calls."""
    calls = {}

    async def call(service, limit):
        calls[service] = "under way"
        try:
            await asyncio.sleep(latency)
            calls[service] = "answered"
        except asyncio.CancelledError:
            await asyncio.sleep(0.25)
            calls[service] = "cancelled"
            raise
        return service

    calling = asyncio.create_task(ex.call_all(call, services, seconds))
    await asyncio.sleep(moment)
    calling.cancel()
    await asyncio.wait([calling])
    ex.note(list(calls.items()))
    await asyncio.sleep(2 * latency)
    ex.note(list(calls.items()))
    if calling.cancelled():
        return "ended as cancelled"
    return "raised an error" if calling.exception() else "returned"


def names(plans):
    return [name for name, *_ in plans]


def calls(made):
    assert ["two at once", 0, 0] not in made, about("in turn", "a call was begun while another one was still under way")
    return [name for name, *_ in made]


def come_from(rng, seconds, kind="answers"):
    """Plans of services that take these seconds."""
    chosen = rng.sample(SERVICES, len(seconds)) if len(seconds) <= len(SERVICES) else rng.choices(SERVICES, k=200)
    return [list(each) for each in zip(chosen, seconds, [kind] * len(seconds), texts(rng, len(seconds)), strict=False)]


def what_came(run):
    return f"it raised {run.raised!r}" if run.raised else f"it returned {run.result[0]!r}"


def expect_limits(made, plans, seconds):
    """Each call got what was left when it began."""
    calls(made)
    passed, before = 0, []
    for (service, limit, begun), (_, takes, *_) in zip(made, plans, strict=False):
        left = round(seconds - passed, 6)
        assert type(limit) in (int, float), f"the limit of {service!r} should be a number; it was {limit!r}"
        assert round(limit, 6) == left or begun <= passed + 1e-6, (
            f"the calls before {service!r} take {in_seconds(passed)}, and it began only after {in_seconds(begun)}; it "
            "should begin when they have answered"
        )
        after = f"after {'calls' if before[1:] else 'a call'} of {expect.all_seconds(before)}" if before else "first"
        assert round(limit, 6) == left, (
            f"{service!r} was called {after}, when {f'{left:.12g} of' if before else 'all'} {in_seconds(seconds)} were "
            f"left; the limit that it was given was {in_seconds(limit)}"
        )
        passed += takes
        before.append(takes)


async def test_the_answers_come_in_order(exercise, rng):
    """The services are called one after another, and the result is the list of their answers; none is fine."""
    rounds = []
    for number in sizes(rng, most=12):
        rounds.append([come_from(rng, [rng.choice([0.5, 1]) for _ in range(number)]), 3 + number])
    twice = come_from(rng, [0.5, 1, 0.5, 1])
    twice[2][0] = twice[0][0]  # a service that is called twice, with another answer
    other = [[*plan[:3], text] for plan, text in zip(twice, ["one", "", "", "two"], strict=True)]
    rounds += [[twice, 3.75], [other, 3.75]]
    run = await exercise.play(with_services, rounds)
    if run.noted and run.error is not None and run.error.type == "TimeoutError":  # the limits of the last round say why
        plans, budget = rounds[len(run.noted) - 1]
        expect_limits(run.noted[-1], plans, budget)
    for (plans, _), result, made in zip(rounds, run.result, run.noted, strict=True):
        wanted = [answer for *_, answer in plans]
        assert type(result) is list, f"call_all should return a list; it returned {result!r}"
        assert calls(made) == names(plans), (
            f"{len(plans)} services should be called, in their order: {expect.difference(calls(made), names(plans))}"
        )
        assert result == wanted, (
            f"{len(plans)} services were called, and their answers should be returned: "
            f"{expect.difference(result, wanted)}"
        )
    total = sum(takes for plans, _ in rounds for _, takes, *_ in plans)
    assert run.elapsed == total, (
        f"the calls take {in_seconds(total)} in all, and call_all took {in_seconds(run.elapsed)}"
    )


@pytest.mark.points(2)
async def test_each_call_gets_what_is_left(exercise, rng):
    """Each call is told how many of the seconds are left at the moment when it begins."""
    for takes, seconds in (
        ([0.5, 0.5, 0.5, 1], rng.choice([2.7, 3.2])),
        ([rng.choice([0.41, 1.3]), 1, 0.5], 2.9),
        ([1.5, DAYS, 0.5], 2 * DAYS),
    ):
        plans = come_from(rng, takes)
        run = await exercise.play(with_services, [[plans, seconds]])
        for made in run.noted:
            expect_limits(made, plans, seconds)
        [answers] = run.result
        wanted = [answer for *_, answer in plans]
        assert answers == wanted, f"the answers should be returned: {expect.difference(answers, wanted)}"


async def test_a_service_that_gives_up(exercise, rng):
    """When a service's limit is over, its TimeoutError leaves `call_all`, and no further call is made."""
    for place, seconds in ((0, 1.8), (1, 1.8), (2, DAYS)):
        takes = [0.5, 0.5, 0.5]
        takes[place] = 2 * seconds
        plans = come_from(rng, takes)
        run = await exercise.play(with_services, [[plans, seconds]])
        assert run.raised is not None and run.raised.type == "TimeoutError", (
            f"the limit of {plans[place][0]!r} was over, and a TimeoutError should leave call_all; {what_came(run)}"
        )
        [made] = run.noted
        expect_limits(made, plans, seconds)
        assert len(made) == place + 1, (
            f"the call of {plans[place][0]!r} raised a TimeoutError, and no further call should be made; made were "
            f"{len(made)}, for {expect.told(calls(made))}"
        )
        assert run.elapsed == seconds, (
            f"there were {in_seconds(seconds)} for all calls, and call_all took {in_seconds(run.elapsed)}"
        )


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
        (first_late, 1.5, 1),
        (come_from(rng, [0.5, 0.5]), 0, 0),
        (come_from(rng, [0.5, 0.5]), -0.7, 0),
    ):
        run = await exercise.play(with_services, [[plans, seconds]])
        [told] = run.noted
        begun = calls(told)
        spent = sum(takes for _, takes, *_ in plans[:made])
        of_all = f"of {in_seconds(seconds)} for all calls, nothing was left after {in_seconds(spent)}"
        for service, limit, _ in told[made:]:
            assert limit > 0, (
                f"{of_all}, and {service!r} was called, with a limit of {in_seconds(limit)}; that call should not be "
                "made"
            )
        assert len(begun) >= made, (
            f"there was time to begin {made} of the calls; begun {'was' if len(begun) == 1 else 'were'} {len(begun)}, "
            f"{expect.told(begun)}"
        )
        assert len(begun) == made, (
            f"{of_all}, and still {begun[made]!r} was called, with a limit of {in_seconds(told[made][1])}"
        )
        assert run.raised is not None and run.raised.type == "TimeoutError", (
            f"nothing was left for the next call, and a TimeoutError should leave call_all; {what_came(run)}"
        )


async def test_errors_go_on_up(exercise, rng):
    """Any other error of a call leaves `call_all`, and so does a cancellation; no further call is made."""
    dead = [OSError("the first"), ValueError("the second")]
    for place, error in zip((0, 1, 2, rng.choice([0, 1])), [*errors(rng, 3), dead], strict=True):
        plans = come_from(rng, [0.5, 0.5, 0.5])
        plans[place][2:] = "fails", error
        run = await exercise.play(with_services, [[plans, 2.2]])
        error = ExceptionGroup("dead lines", dead) if error is dead else error
        assert run.raised == error, (
            f"the call of {plans[place][0]!r} fails with {error!r}, which should leave call_all; {what_came(run)}"
        )
        [made] = run.noted
        assert len(made) == place + 1, (
            f"the call of {plans[place][0]!r} failed, and no further call should be made; made were {len(made)}, for "
            f"{expect.told(calls(made))}"
        )
    services = rng.sample(SERVICES, 3)
    for moment in moments(rng, 1.2):
        run = await exercise.play(cancelled_after, moment, 1.3, services, 9.1)
        assert run.result == "ended as cancelled", (
            f"call_all was cancelled after {in_seconds(moment)} and should end as cancelled; it {run.result}"
        )
        ended, later = run.noted
        for service, how in ended:
            assert how == "cancelled", (
                f"call_all was cancelled after {in_seconds(moment)}, and the call of {service!r} should be cancelled "
                f"then and have ended; when call_all had ended, it was {how}"
            )
        assert later == ended, (
            f"call_all was cancelled after {in_seconds(moment)} and had ended; after that, calls went on"
        )
