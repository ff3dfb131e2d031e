"""Hidden tests: wait needs tasks."""

import asyncio

import pytest

from kata.contract.values import Opaque
from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import (
    began_late,
    called_once_each,
    ends_as_cancelled,
    error_leaves,
    returns,
    still_open,
    takes,
    told,
)
from kata.judge.inputs import DAYS, errors, moments, seconds, sizes, texts
from kata.judge.topics import about

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
    """Cancel states at this second, tell how and when it ended, and stay until the probes have ended as well."""
    started = asyncio.get_running_loop().time()
    asking = asyncio.create_task(ex.states(probe, hosts))
    if moment:
        await asyncio.wait([asking], timeout=moment)
    else:
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if asking.cancelled():
        return ["cancelled", ended]
    return [f"raised {asking.exception()!r}" if asking.exception() else f"returned {asking.result()!r}", ended]


def kind_of(value):
    return value.type if isinstance(value, Opaque) else type(value).__name__


def still_probed(run, host):
    """Words on the probe of a host, if it was still under way at the end."""
    late = [call for call in still_open(run, "probe") if call.args[0] == host]
    return f"; states returned after {in_seconds(run.elapsed)}, while its probe was still under way" if late else ""


def own_states(run, states):
    """Say which host is the first with a wrong state."""
    result = run.result
    assert type(result) is dict, f"the result should be a dict of the states; it was {result!r}"
    for host, state in states.items():
        assert host in result, f"{host} is missing in the result{still_probed(run, host)}"
        assert type(result[host]) is str, (
            f"{host} should stand there with its state, a text; its value is a {kind_of(result[host])}"
        )
        others = [other for other, its in states.items() if its == result[host]]
        whose = f", that of {others[0]}" if len(others) == 1 else ""
        assert result[host] == state, f"the state of {host} is {state!r}; the result has {result[host]!r}{whose}"
    assert len(result) == len(states), f"{len(states)} hosts were asked for; the result has {len(result)}"


@pytest.mark.points(2)
async def test_every_host_has_its_own_state(exercise, rng):
    """Every host stands in the dict with its own state of this time, whichever host answers first."""
    for number in (5, *sizes(rng, most=30, none=False)):
        hosts = some_hosts(rng, number)
        latency = dict(zip(hosts, seconds(rng, number), strict=True))
        states = dict(zip(hosts, texts(rng, number), strict=True))
        if number == 5:  # the plain case
            latency = dict(zip(hosts, (2, 0.5, 2.5, 1, 1.5), strict=True))
            states = dict(zip(hosts, rng.sample(["up", "down", "busy", "idle", "full"], 5), strict=True))
        run = await exercise.states(Service(latency, returns=states), hosts)
        own_states(run, states)
    hosts = some_hosts(rng, 4)
    days = [dict(zip(hosts, texts(rng, 4), strict=True)) for _ in range(2)]
    run = await exercise.play(day_by_day, hosts, days)
    for number, (found, states) in enumerate(zip(run.result, days, strict=True), 1):
        assert type(found) is dict, f"call {number} should return a dict; it returned {found!r}"
        for host in hosts:
            assert found.get(host) == states[host], (
                f"in call {number} with the same hosts, the state of {host} is {states[host]!r}; "
                f"the result has {found.get(host)!r}"
            )
    returns(run, days, "the states of two calls with the same hosts")


@pytest.mark.points(2)
async def test_all_probes_wait_at_the_same_time(exercise, rng):
    """Two hundred probes take as long as the slowest of them, and every host is probed once."""
    for number, slowest in ((3, 2), (MANY, DAYS)):
        hosts = some_hosts(rng, number)
        latency = {host: rng.choice([0.5, 1]) for host in hosts} | {rng.choice(hosts): slowest}
        run = await exercise.states(Service(latency), hosts)
        own_states(run, {host: host.upper() for host in hosts})
        calls = run.calls["probe"]
        again = next(
            (call for place, call in enumerate(calls) if call.args in [each.args for each in calls[:place]]), None
        )
        assert again is None, (
            f"each host should be probed once; {again.args[0]} was probed a second time, after "
            f"{in_seconds(again.start)}"
        )
        called_once_each(run, "probe", hosts)
        late = [call for call in calls if call.start > 0]
        assert not late, about("together", f"all {number} probes should begin at once; {began_late(run, 'probe')}")
        takes(run, slowest, f"{number} probes, the slowest of which takes {in_seconds(slowest)},")


async def test_no_hosts_and_one_host(exercise, rng):
    """No hosts give an empty dict at once; one host gives a dict with one state."""
    run = await exercise.states(Service(), [])
    assert run.result == {}, f"no hosts should give an empty dict; the result was {run.result!r}"
    takes(run, 0, "a call without hosts")
    [host] = some_hosts(rng, 1)
    for state in ("up", ""):
        run = await exercise.states(Service(1.5, returns={host: state}), [host])
        own_states(run, {host: state})


@pytest.mark.points(2)
async def test_an_error_leaves_when_all_have_ended(exercise, rng):
    """If a probe fails, none is stopped or made again, and its error leaves `states` when all have ended; a
    cancelled `states` ends as cancelled."""
    several = ExceptionGroup("both lines", [OSError("line 1"), ValueError("line 2")])
    for place, error in zip((2, 0, 3, -1), [*errors(rng, 3), several], strict=True):
        hosts = some_hosts(rng, 5)
        bad = hosts[place]
        latency = {host: rng.choice([1, 1.5]) for host in hosts} | {hosts[1]: 2, bad: 0.5}
        run = await exercise.states(Service(latency, fails={bad: error}), hosts)
        failed = f"the probe of {bad} failed after 0.5 seconds"
        calls = run.calls.get("probe", [])
        left_out = run.raised is None and type(run.result) is dict and bad not in run.result
        without = f"; the dict that came back has no {bad}" if left_out else ""
        mine = [call for call in calls if call.args[0] == bad]
        error_leaves(run, error, "states", f"the probe of {bad}", mine, without=without)
        probed = {call.args[0]: call for call in calls}
        for host in hosts:
            assert host in probed, f"{failed}, and {host} was never probed"
            call = probed[host]
            stopped = call.outcome == "cancelled" and call not in still_open(run, "probe")
            assert host == bad or not stopped, (
                f"{failed}; the probe of {host} was cancelled after {in_seconds(call.end)} and should go on to its end"
            )
            assert host == bad or call.outcome == "returned", (
                f"{failed}, and the error left states after {in_seconds(run.elapsed)}; it should leave when all probes "
                f"have ended, and that of {host} was still under way"
            )
        number = len(calls)
        assert number == len(hosts), f"{failed}; {number} probes were made in all, for {len(hosts)} hosts"
    for moment in moments(rng, 2):
        run = await exercise.play(cancelled_at, moment, 3, Service(2), some_hosts(rng, 5))
        ends_as_cancelled("states", moment, *run.result)


async def test_wait_does_the_waiting(exercise):
    """`asyncio.wait` still does the waiting."""
    instead = exercise.source.calls("asyncio.gather")
    assert exercise.source.calls("asyncio.wait"), "asyncio.wait is not called any more" + (
        f"; asyncio.gather is called in its place, in line {instead[0]}" if instead else ""
    )
    run = await exercise.states(Service(latency=1), ["one", "two"])
    assert "asyncio.wait" in run.waited_for, (
        f"asyncio.wait is called, and nothing is awaited with it; what is awaited is {told(sorted(run.waited_for))}"
    )
