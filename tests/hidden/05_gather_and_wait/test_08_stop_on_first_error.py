"""Hidden tests: stop on the first error."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.expect import together
from kata.judge.inputs import DAYS, HOUR, errors, moments, seconds, sizes, texts


async def with_clean_up(ex, plans, bad):
    """Release to servers whose copies need some seconds to remove files; plans: server -> [seconds, cleaning]."""

    class Waiting(asyncio.Future):
        """Who awaits it is cancelled by way of it."""

        asked = 0

        def cancel(self, msg=None):
            self.asked += 1
            return super().cancel(msg)

    calls = []

    async def copy(server):
        seconds, cleaning = plans[server]
        waiting = Waiting()
        timer = asyncio.get_running_loop().call_later(seconds, waiting.set_result, None)
        gone = asyncio.Event()
        calls.append(gone)
        try:
            try:
                await waiting
            except asyncio.CancelledError:
                timer.cancel()
                if waiting.asked > 1:
                    ex.note(f"{server} was cancelled while it removed its files")
                await asyncio.sleep(cleaning)
                ex.note(server)
                raise
            if server == bad:
                raise OSError(f"{server}: the disk is full")
            return f"{server} has it"
        finally:
            gone.set()

    try:
        return await ex.release(copy, list(plans))
    finally:
        ex.note("ended")
        # Those that were left alone get the time to end, so that the notes tell who was late.
        for gone in calls:
            await gone.wait()


async def releases(ex, servers, troubles):
    """One release after the other to the same servers; the errors are by server, each release has its own."""
    ended = []

    async def copy(server):
        await asyncio.sleep(1)
        trouble = troubles[len(ended)].get(server)
        if trouble is not None:
            raise OSError(trouble)
        return f"release {len(ended)} is on {server}"

    for _ in troubles:
        try:
            ended.append(await ex.release(copy, servers))
        except OSError as error:
            ended.append(f"failed: {error}")
    return ended


async def called_off(ex, moment, lasts, copy, servers):
    """Cancel release at this second, tell how and when it ended, and stay until the copies have ended as well."""
    started = asyncio.get_running_loop().time()
    releasing = asyncio.create_task(ex.release(copy, servers))
    if moment:
        await asyncio.wait([releasing], timeout=moment)
    else:
        await asyncio.sleep(0)
    releasing.cancel()
    await asyncio.wait([releasing])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if releasing.cancelled():
        return ["cancelled", ended]
    return [f"raised {releasing.exception()!r}" if releasing.exception() else f"returned {releasing.result()!r}", ended]


def some_servers(rng, number):
    return [f"node-{node}" for node in rng.sample(range(1000), number)]


def what_came(run):
    if run.raised and run.raised.is_a("CancelledError"):
        return "a CancelledError came out, which is what asking a cancelled task for its result raises"
    return f"it raised {run.raised!r}" if run.raised else "it raised nothing"


@pytest.mark.points(2)
async def test_reports_keep_the_order_of_the_servers(exercise, rng):
    """When all copies work, their reports come in the order of `servers`, after as long as the slowest takes, in each
    release anew."""
    for number in sizes(rng, none=False):
        servers = some_servers(rng, number)
        # Of very many, most end together, which costs fewer turns.
        latency = dict(zip(servers, seconds(rng, min(number, 12)) * 20, strict=False))
        if number == 2:
            latency = {servers[0]: HOUR, servers[1]: 0.41}
        reports = dict(zip(servers, texts(rng, number), strict=True))
        run = await exercise.release(Service(latency, returns=reports), servers)
        assert not run.raised, f"all copies work, and no error should leave release; {what_came(run)}"
        result = run.result
        assert type(result) is list and len(result) == number, (
            f"the result should be a list of {number} reports; it was {result!r}"
        )
        for place, server in enumerate(servers):
            assert result[place] == reports[server], (
                f"place {place} should hold the report of {server}, {reports[server]!r}, and holds "
                f"{result[place]!r}; the sets that wait gives have no order"
            )
        slowest = max(latency.values())
        assert run.elapsed == slowest, (
            f"the slowest copy takes {slowest:.2f} seconds; the release took {run.elapsed:.2f}"
        )
        together(run, "copy", number)
        copied = sorted(call.args[0] for call in run.calls["copy"])
        assert copied == sorted(servers), f"{number} copies were expected; there were {len(copied)}"
    servers = some_servers(rng, 3)
    run = await exercise.play(releases, servers, [{}, {servers[1]: "the disk is full"}, {}])
    wanted = [[f"release {number} is on {server}" for server in servers] for number in (0, 1, 2)]
    wanted[1] = "failed: the disk is full"
    assert run.result == wanted, f"three releases to the same servers should give {wanted}; they gave {run.result}"


@pytest.mark.points(2)
@pytest.mark.allows("unretrieved")  # of two errors at one moment nobody need look at the other one
async def test_the_first_error_leaves_release(exercise, rng):
    """When a copy fails, its error leaves `release` at that moment, wherever the server stands in the list; of two at
    one moment either does. A cancelled `release` ends as cancelled."""
    several = ExceptionGroup("both discs", [OSError("disc 1"), ValueError("disc 2")])
    for place, first in zip((0, 2, 4), rng.sample([*errors(rng, 2), several], 3), strict=True):
        servers = some_servers(rng, 5)
        moment = DAYS if place == 2 else 1.1
        latency = {server: moment + rng.choice([0.4, 0.9]) for server in servers}
        latency |= {servers[place]: moment, servers[place - 1]: 0.5, servers[place - 2]: moment + 1.4}
        later = RuntimeError("this comes too late")
        run = await exercise.release(
            Service(latency, fails={servers[place]: first, servers[place - 2]: later}), servers
        )
        assert run.raised == first, (
            f"{servers[place]} failed first, with {first!r}, and that should leave release; {what_came(run)}"
        )
        assert run.elapsed == moment, (
            f"the error came after {moment:.2f} seconds, and release ended after {run.elapsed:.2f}"
        )
    servers = some_servers(rng, 4)
    at_once = dict(zip(servers[1:3], errors(rng, 2), strict=True))
    run = await exercise.release(Service({servers[3]: 2}, fails=at_once), servers)
    assert run.raised is not None and any(run.raised == error for error in at_once.values()), (
        f"two copies failed at the same moment, with {' and '.join(map(repr, at_once.values()))}, and one "
        "of these should leave release; " + what_came(run)
    )
    assert run.elapsed == 1, f"the errors came after 1 second, and release ended after {run.elapsed:g}"
    for moment in moments(rng, 2):
        run = await exercise.play(called_off, moment, 3, Service(2), some_servers(rng, 5))
        ends_as_cancelled("release", moment, *run.result)


@pytest.mark.points(2)
async def test_the_rest_is_cancelled(exercise, rng):
    """Copies still under way when the first one fails are cancelled; those that had ended are not touched."""
    servers = some_servers(rng, 6)
    seconds = rng.sample([0.5, 0.5, 1.5, 2, 2.5], 5)
    seconds.insert(rng.choice([3, 4]), 1)  # some that are cancelled stand before the one that fails, and some after
    latency = dict(zip(servers, seconds, strict=True))
    bad = next(server for server in servers if latency[server] == 1)
    error = OSError(f"{bad}: no route")
    run = await exercise.release(Service(latency, fails={bad: error}), servers)
    assert run.raised == error, f"{bad} failed with {error!r}, and that should leave release; {what_came(run)}"
    for call in run.calls["copy"]:
        seconds = latency[call.args[0]]
        if seconds != 1:
            wanted = "returned" if seconds < 1 else "cancelled"
            assert call.outcome == wanted, (
                f"{bad} failed after 1 second; the copy to {call.args[0]}, which takes {seconds:g}, should "
                f"be {wanted} and was {call.outcome}"
            )


@pytest.mark.points(2)
async def test_the_rest_has_ended(exercise, rng):
    """The error leaves when every cancelled copy has removed its files; they do so at the same time."""
    servers = some_servers(rng, 4)
    bad = rng.choice(servers[1:])
    cleaning = dict(zip(servers, rng.sample([0.5, 1, HOUR, HOUR], 4), strict=True))
    plans = {server: [0.5 if server == bad else 9, cleaning[server]] for server in servers}
    run = await exercise.play(with_clean_up, plans, bad)
    assert run.raised == OSError(f"{bad}: the disk is full"), (
        f"{bad} failed first, and its error should leave release; {what_came(run)}"
    )
    again = [note for note in run.noted if note.endswith("files")]
    assert not again, f"{again[0]}; a second cancel() breaks off what the first one began"
    clean = run.noted[: run.noted.index("ended")]
    late = [server for server in servers if server != bad and server not in clean]
    assert not late, (
        f"the error left release before {', '.join(late)} had removed the files; they must be "
        "cancelled, and as cancel() only asks, somebody must wait until they have ended"
    )
    longest = max(seconds for server, seconds in cleaning.items() if server != bad)
    assert run.elapsed == round(0.5 + longest, 9), (
        f"the error came after 0.5 seconds, and the longest cleaning up takes {longest:g}; release took "
        f"{run.elapsed:g} seconds in all, so the copies did not clean up at the same time"
    )


async def test_no_servers_and_one_server(exercise, rng):
    """No servers give an empty list at once; one server gives a list of one report, or its error."""
    run = await exercise.release(Service(), [])
    assert run.result == [], f"no servers should give an empty list; the result was {run.result!r}"
    assert run.elapsed == 0, f"with no servers there is nothing to wait for; it took {run.elapsed:g} seconds"
    [server] = some_servers(rng, 1)
    run = await exercise.release(Service(1.5), [server])
    assert run.result == [server.upper()], f"one server should give [{server.upper()!r}], not {run.result!r}"
    error = OSError("no route")
    run = await exercise.release(Service(1.5, fails={server: error}), [server])
    assert run.raised == error, f"the only copy failed with {error!r}; {what_came(run)}"


async def test_wait_does_the_waiting(exercise):
    """`asyncio.wait` does the waiting."""
    assert exercise.source.calls("asyncio.wait"), "the exercise asks for asyncio.wait, and no call to it was found"
    run = await exercise.release(Service(latency=1), ["one", "two"])
    assert "asyncio.wait" in run.waited_for, (
        f"asyncio.wait is called, and yet it waits for nothing; what waited was {sorted(run.waited_for)}"
    )
