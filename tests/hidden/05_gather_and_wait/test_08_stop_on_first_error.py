"""Hidden tests: stop on the first error."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import began_late, ends_as_cancelled, error_leaves, same_places, takes, together, told
from kata.judge.inputs import DAYS, HOUR, errors, moments, seconds, sizes, texts
from kata.judge.topics import about


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
                ex.note(["cancelled", server])
                if waiting.asked > 1:
                    ex.note(["again", server])
                await asyncio.sleep(cleaning)
                ex.note(["clean", server])
                raise
            if server == bad:
                raise OSError(f"{server}: the disk is full")
            ex.note(["there", server])
            return f"{server} has it"
        finally:
            gone.set()

    try:
        return await ex.release(copy, list(plans))
    finally:
        ex.note(["ended", ""])
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
        return f"release {len(ended) + 1} is on {server}"

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
        return "a CancelledError came out; a cancelled task that is awaited, or asked for its result, raises one"
    return f"it raised {run.raised!r}" if run.raised else "it returned"


def leaves(run, error, bad):
    """The error of the copy to this server leaves release; a CancelledError in its place is told apart."""
    cancelled = run.raised is not None and run.raised.is_a("CancelledError")
    assert not cancelled, f"the error of {bad}, {error!r}, should leave release; {what_came(run)}"
    calls = [call for call in run.calls.get("copy", []) if call.args[0] == bad]
    error_leaves(run, error, "release", f"the copy to {bad}", calls)


@pytest.mark.points(2)
async def test_reports_keep_the_order_of_the_servers(exercise, rng):
    """When all copies work, their reports come in the order of `servers`, after as long as the slowest takes, in each
    release anew."""
    for number in (5, *sizes(rng, none=False)):
        servers = some_servers(rng, number)
        # Of very many, most end together, which costs fewer turns.
        longest = DAYS if number > 1 else 0
        latency = dict(zip(servers, seconds(rng, min(number, 12), longest=longest) * 20, strict=False))
        if number == 2:
            latency = {servers[0]: HOUR, servers[1]: 0.41}
        reports = dict(zip(servers, texts(rng, number), strict=True))
        if number == 5:  # the plain case
            latency = dict(zip(servers, (2, 0.5, 2.5, 1, 1.5), strict=True))
            reports = {server: f"report of {server}" for server in servers}
        run = await exercise.release(Service(latency, returns=reports), servers)
        assert not run.raised, f"all copies work, and no error should leave release; {what_came(run)}"
        result = run.result
        assert type(result) is list, f"the result should be a list of {number} reports; it was {result!r}"
        assert len(result) == number, (
            f"the result should be a list of {number} reports; release returned {len(result)} after "
            f"{in_seconds(run.elapsed)}"
        )
        for place, server in enumerate(servers):
            others = [other for other, report in reports.items() if report == result[place]]
            its = f"that of {others[0]}" if len(others) == 1 else repr(result[place])
            assert result[place] == reports[server], (
                f"report {place + 1} of {number} should be that of {server}; it is {its}"
            )
        slowest = max(latency.values())
        late = began_late(run, "copy")
        assert run.elapsed == slowest, (f"all copies should begin at once; {late}" if late else "") or (
            f"the slowest copy takes {in_seconds(slowest)}; release took {in_seconds(run.elapsed)}"
        )
        together(run, "copy", number)
        copied = sorted(call.args[0] for call in run.calls["copy"])
        assert copied == sorted(servers), f"{number} copies were expected; there were {len(copied)}"
    servers = some_servers(rng, 3)
    run = await exercise.play(releases, servers, [{}, {servers[1]: "the disk is full"}, {}])
    wanted = [[f"release {number} is on {server}" for server in servers] for number in (1, 2, 3)]
    wanted[1] = "failed: the disk is full"
    for number, (result, right) in enumerate(zip(run.result, wanted, strict=True), 1):
        call = f"the result of release {number} of three to the same servers"
        if number == 2:
            assert result == right, (
                f"in the second of three releases the copy to {servers[1]} fails, and its error should leave release; "
                f"release gave {result!r}"
            )
        else:
            same_places(result, right, call)


@pytest.mark.points(2)
@pytest.mark.allows("unretrieved")  # of two errors at one moment nobody need look at the other one
async def test_the_first_error_leaves_release(exercise, rng):
    """When a copy fails, its error leaves `release` at that moment, wherever the server stands in the list; of two at
    one moment either does. A cancelled `release` ends as cancelled."""
    several = ExceptionGroup("both discs", [OSError("disc 1"), ValueError("disc 2")])
    for place, first in zip((0, 2, 4), [*errors(rng, 2), several], strict=True):
        servers = some_servers(rng, 5)
        moment = DAYS if place == 2 else 1.1
        latency = {server: moment + rng.choice([0.4, 0.9]) for server in servers}
        latency |= {servers[place]: moment, servers[place - 1]: 0.5, servers[place - 2]: moment + 1.4}
        later = RuntimeError("this comes too late")
        run = await exercise.release(
            Service(latency, fails={servers[place]: first, servers[place - 2]: later}), servers
        )
        leaves(run, first, servers[place])
        assert run.elapsed == moment, (
            f"the copy to {servers[place]} fails after {in_seconds(moment)}; its error left release after "
            f"{in_seconds(run.elapsed)}"
        )
    servers = some_servers(rng, 4)
    at_once = dict(zip(servers[1:3], errors(rng, 2), strict=True))
    run = await exercise.release(Service({servers[3]: 2}, fails=at_once), servers)
    assert run.raised is not None and any(run.raised == error for error in at_once.values()), (
        f"two copies fail after 1 second, with {' and '.join(map(repr, at_once.values()))}, and one "
        f"of these should leave release; {what_came(run)}, after {in_seconds(run.elapsed)}"
    )
    assert run.elapsed == 1, f"two copies fail after 1 second; release ended after {in_seconds(run.elapsed)}"
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
    leaves(run, error, bad)
    for call in run.calls["copy"]:
        seconds = latency[call.args[0]]
        if seconds != 1:
            wanted = "returned" if seconds < 1 else "cancelled"
            assert call.outcome == wanted, about(
                "others run on",
                f"the copy to {bad} failed after 1 second; that to {call.args[0]}, which takes {in_seconds(seconds)}, "
                + (
                    "had ended before and should not be touched"
                    if seconds < 1
                    else "should be cancelled then, and " + ("ran on" if call.outcome == "returned" else "was not")
                ),
                moment=1 if wanted == "cancelled" else None,
            )


@pytest.mark.points(2)
async def test_the_rest_has_ended(exercise, rng):
    """The error leaves when every cancelled copy has removed its files; they do so at the same time."""
    for lengths in ([0.5, 1, 1.5, 4], [0.5, 1, HOUR, HOUR]):
        await expect_ended(exercise, rng, lengths)


async def expect_ended(exercise, rng, lengths):
    """Release to four servers; to remove files takes these seconds, which are given to them in any order."""
    servers = some_servers(rng, 4)
    bad = rng.choice(servers[1:])
    cleaning = dict(zip(servers, rng.sample(lengths, 4), strict=True))
    plans = {server: [0.5 if server == bad else 9, cleaning[server]] for server in servers}
    run = await exercise.play(with_clean_up, plans, bad)
    assert run.raised == OSError(f"{bad}: the disk is full"), (
        f"the copy to {bad} fails first, and its error should leave release; {what_came(run)}"
    )
    again = [server for what, server in run.noted if what == "again"]
    assert not again, (
        f"{again[0]} was cancelled again while it removed its files; a second cancel() breaks off what the first "
        "one began"
    )
    before = run.noted[: run.noted.index(["ended", ""])]
    for server in servers:
        if server == bad or ["clean", server] in before:
            continue
        assert ["there", server] not in before, about(
            "others run on",
            f"the copy to {bad} failed after 0.5 seconds; that to {server} should be cancelled then, and ran to its "
            "end",
            moment=0.5,
        )
        assert ["there", server] not in run.noted, (
            f"the error left release while the copy to {server} was still under way; nobody cancelled it, and it "
            "went on"
        )
        open_ones = [each for each in servers if ["cancelled", each] in run.noted and ["clean", each] not in before]
        raise AssertionError(
            f"the error left release before {told(open_ones, 2)} had removed the files; cancel() only asks, and "
            "somebody must wait until what was cancelled has ended"
        )
    longest = max(seconds for server, seconds in cleaning.items() if server != bad)
    both = round(0.5 + longest, 9)
    assert run.elapsed == both, (
        f"the copy to {bad} failed after 0.5 seconds, and the longest cleaning up takes {in_seconds(longest)}, "
        f"together {in_seconds(both)}; release took {in_seconds(run.elapsed)}"
    )


async def test_no_servers_and_one_server(exercise, rng):
    """No servers give an empty list at once; one server gives a list of one report, or its error."""
    run = await exercise.release(Service(), [])
    assert run.result == [], f"no servers should give an empty list; the result was {run.result!r}"
    takes(run, 0, "a call without servers")
    [server] = some_servers(rng, 1)
    run = await exercise.release(Service(1.5), [server])
    assert run.result == [server.upper()], f"one server should give [{server.upper()!r}], not {run.result!r}"
    error = OSError("no route")
    run = await exercise.release(Service(1.5, fails={server: error}), [server])
    error_leaves(run, error, "release", f"the copy to {server}", run.calls.get("copy", []))


async def test_wait_does_the_waiting(exercise):
    """`asyncio.wait` does the waiting."""
    instead = exercise.source.calls("asyncio.gather")
    assert exercise.source.calls("asyncio.wait"), "asyncio.wait is not called anywhere" + (
        f"; asyncio.gather is called in line {instead[0]}" if instead else ""
    )
    run = await exercise.release(Service(latency=1), ["one", "two"])
    assert "asyncio.wait" in run.waited_for, (
        f"asyncio.wait is called, and nothing is awaited with it; what is awaited is {told(sorted(run.waited_for))}"
    )
