"""Hidden tests: wait needs tasks."""

import asyncio

import pytest

from kata.contract.values import Opaque
from kata.fakes import Service
from kata.judge.inputs import DAYS, errors, moments, seconds, sizes, texts

# So many tasks practically never happen to come out of a set in the order of creation.
MANY = 200


def some_hosts(rng, number):
    return [f"host-{host}" for host in rng.sample(range(1000), number)]


async def day_by_day(ex, hosts, days):
    """Ask the same hosts as often as there are days; each day they are in other states."""
    found = []

    async def probe(host):
        await asyncio.sleep(1)
        return days[len(found)][host]

    for _ in days:
        found.append(await ex.states(probe, hosts))
    return found


async def cancelled_at(ex, moment, lasts, probe, hosts):
    """Cancel states at this second, tell how it ended, and stay until the probes have ended as well."""
    asking = asyncio.create_task(ex.states(probe, hosts))
    await asyncio.sleep(moment)
    asking.cancel()
    await asyncio.wait([asking])
    await asyncio.sleep(lasts)
    if asking.cancelled():
        return "was cancelled"
    return f"raised {asking.exception()!r}" if asking.exception() else f"returned {asking.result()!r}"


def kind_of(value):
    return value.type if isinstance(value, Opaque) else type(value).__name__


def own_states(run, states):
    """Say which host is the first with a wrong state."""
    result = run.result
    assert type(result) is dict, f"the result should be a dict of the states; it was {result!r}"
    for host, state in states.items():
        assert host in result, f"{host} is missing in the result"
        assert type(result[host]) is str, (
            f"{host} should stand there with its state, a text; its value is a {kind_of(result[host])}"
        )
        assert result[host] == state, (
            f"{host} is {state!r}, and in the result it is {result[host]!r}; the sets that wait gives have no "
            "order, so something else must say which task belongs to which host"
        )
    assert len(result) == len(states), f"{len(states)} hosts were asked for; the result has {len(result)}"


@pytest.mark.points(2)
async def test_every_host_has_its_own_state(exercise, rng):
    """Every host stands in the dict with its own state of this time, whichever host answers first."""
    for number in sizes(rng, most=30, none=False):
        hosts = some_hosts(rng, number)
        latency = dict(zip(hosts, seconds(rng, number), strict=True))
        states = dict(zip(hosts, texts(rng, number), strict=True))
        run = await exercise.states(Service(latency, returns=states), hosts)
        own_states(run, states)
    hosts = some_hosts(rng, 4)
    days = [dict(zip(hosts, texts(rng, 4), strict=True)) for _ in range(2)]
    run = await exercise.play(day_by_day, hosts, days)
    assert run.result == days, f"on two days the hosts were {days}; states returned {run.result!r}"


@pytest.mark.points(2)
async def test_all_probes_wait_at_the_same_time(exercise, rng):
    """Two hundred probes take as long as the slowest of them, and every host is probed once."""
    hosts = some_hosts(rng, MANY)
    latency = {host: rng.choice([0.5, 1]) for host in hosts} | {rng.choice(hosts): DAYS}
    run = await exercise.states(Service(latency), hosts)
    own_states(run, {host: host.upper() for host in hosts})
    probed = sorted(call.args[0] for call in run.calls["probe"])
    assert probed == sorted(hosts), f"{MANY} probes were expected, one for each host; there were {len(probed)}"
    late = [call for call in run.calls["probe"] if call.start > 0]
    assert not late, (
        f"{len(late)} of {MANY} probes were not under way from the start; nothing should be awaited before all of "
        "them are on their way"
    )
    assert run.elapsed == DAYS, f"{MANY} probes, the slowest of {DAYS:.2f} seconds, took {run.elapsed:.2f} seconds"


async def test_no_hosts_and_one_host(exercise, rng):
    """No hosts give an empty dict at once; one host gives a dict with one state."""
    run = await exercise.states(Service(), [])
    assert run.result == {}, f"no hosts should give an empty dict; the result was {run.result!r}"
    assert run.elapsed == 0, f"with no hosts there is nothing to wait for; it took {run.elapsed:g} seconds"
    [host] = some_hosts(rng, 1)
    for state in ("up", ""):
        run = await exercise.states(Service(1.5, returns={host: state}), [host])
        own_states(run, {host: state})


@pytest.mark.points(2)
async def test_an_error_leaves_when_all_have_ended(exercise, rng):
    """If a probe fails, none is stopped or made again, and its error leaves `states` when all have ended; a
    cancelled `states` ends as cancelled."""
    several = ExceptionGroup("both lines", [OSError("line 1"), ValueError("line 2")])
    for place, error in zip((0, 2, 3, -1), rng.sample([*errors(rng, 3), several], 4), strict=True):
        hosts = some_hosts(rng, 5)
        bad = hosts[place]
        latency = {host: rng.choice([1, 1.5]) for host in hosts} | {hosts[1]: 2, bad: 0.5}
        run = await exercise.states(Service(latency, fails={bad: error}), hosts)
        assert run.raised == error, f"the probe of {bad} failed with {error!r}, and states should raise just that; " + (
            f"it raised {run.raised!r}" if run.raised else "it raised nothing"
        )
        probed = {call.args[0]: call.outcome for call in run.calls["probe"]}
        for host in hosts:
            assert host in probed, f"{bad} failed, and {host} was never probed"
            assert host == bad or probed[host] == "returned", (
                f"{bad} failed, and the probe of {host} should have ended by itself before the error leaves "
                "states; when states ended it was still under way, or had been cancelled"
            )
        number = len(run.calls["probe"])
        assert number == len(hosts), f"{bad} failed, and {len(hosts)} hosts were probed {number} times in all"
    for moment in moments(rng, 2):
        run = await exercise.play(cancelled_at, moment, 3, Service(2), some_hosts(rng, 5))
        assert run.result == "was cancelled", (
            f"states was cancelled at second {moment:g}, and should end as cancelled; it {run.result}"
        )


async def test_wait_does_the_waiting(exercise):
    """`asyncio.wait` still does the waiting."""
    assert exercise.source.calls("asyncio.wait"), "the exercise asks to keep asyncio.wait, and no call to it was found"
    run = await exercise.states(Service(latency=1), ["one", "two"])
    assert "asyncio.wait" in run.waited_for, (
        f"asyncio.wait is called, and yet it waits for nothing; what waited was {sorted(run.waited_for)}"
    )
