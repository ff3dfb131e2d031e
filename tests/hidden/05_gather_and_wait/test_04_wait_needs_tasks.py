"""Hidden tests: wait needs tasks."""

import pytest

from kata.contract.values import Opaque
from kata.fakes import Service

# Thirty tasks: a set of so many practically never happens to come out in the order of creation.
MANY = 30
STATES = ["up", "busy", "idle", "starting", "full"]


def some_hosts(rng, number):
    return [f"host-{host}" for host in rng.sample(range(1000), number)]


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
    """Every host stands in the dict with its own state, whichever host answers first."""
    for number in (2, MANY):
        hosts = some_hosts(rng, number)
        latency = {host: rng.choice([0.5, 1, 1.5, 2]) for host in hosts}
        states = {host: f"{rng.choice(STATES)} {rng.randint(1, 999)}" for host in hosts}
        run = await exercise.states(Service(latency, returns=states), hosts)
        own_states(run, states)


@pytest.mark.points(2)
async def test_all_probes_wait_at_the_same_time(exercise, rng):
    """Thirty probes take as long as the slowest of them, and every host is probed once."""
    hosts = some_hosts(rng, MANY)
    latency = {host: rng.choice([0.5, 1]) for host in hosts} | {rng.choice(hosts): 90}
    run = await exercise.states(Service(latency), hosts)
    own_states(run, {host: host.upper() for host in hosts})
    probed = sorted(call.args[0] for call in run.calls["probe"])
    assert probed == sorted(hosts), f"{MANY} probes were expected, one for each host; there were {len(probed)}"
    late = [call for call in run.calls["probe"] if call.start > 0]
    assert not late, (
        f"{len(late)} of {MANY} probes were not under way from the start; nothing should be awaited before all of "
        "them are on their way"
    )
    assert run.elapsed == 90, f"{MANY} probes, the slowest of 90 seconds, took {run.elapsed:g} seconds"


async def test_no_hosts_and_one_host(exercise, rng):
    """No hosts give an empty dict at once; one host gives a dict with one state."""
    run = await exercise.states(Service(), [])
    assert run.result == {}, f"no hosts should give an empty dict; the result was {run.result!r}"
    assert run.elapsed == 0, f"with no hosts there is nothing to wait for; it took {run.elapsed:g} seconds"
    [host] = some_hosts(rng, 1)
    run = await exercise.states(Service(1.5), [host])
    own_states(run, {host: host.upper()})


@pytest.mark.points(2)
async def test_an_error_leaves_when_all_have_ended(exercise, rng):
    """If a probe fails, none is stopped or made again, and its error leaves `states` when all have ended."""
    hosts = some_hosts(rng, 5)
    for bad, kind in ((hosts[0], OSError), (hosts[2], LookupError), (hosts[-1], Exception)):
        error = kind(f"no answer from {bad}")
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


async def test_wait_does_the_waiting(exercise):
    """`asyncio.wait` still does the waiting."""
    assert exercise.source.calls("asyncio.wait"), "the exercise asks to keep asyncio.wait, and no call to it was found"
    run = await exercise.states(Service(latency=1), ["one", "two"])
    assert "asyncio.wait" in run.waited_for, (
        f"asyncio.wait is called, and yet it waits for nothing; what waited was {sorted(run.waited_for)}"
    )
