"""Hidden tests: partial failures."""

import pytest

from kata.fakes import Service

NAMES = ["ada", "bob", "cleo", "dan", "eve", "finn", "gil", "hana", "ivo", "jill"]
ERRORS = [OSError, ValueError, KeyError, TimeoutError, RuntimeError, Exception]


def some_failures(rng, names):
    kinds = rng.sample(ERRORS, len(names))
    return {name: kind(f"{name} {rng.randint(100, 999)}") for name, kind in zip(names, kinds, strict=True)}


def two_lists(run):
    """The result, once its form is right."""
    result = run.result
    assert type(result) is tuple and len(result) == 2 and all(type(part) is list for part in result), (
        f"the result should be a tuple of two lists; it was {result!r}"
    )
    for pair in [*result[0], *result[1]]:
        assert type(pair) is tuple and len(pair) == 2, f"the lists should hold tuples of two; one holds {pair!r}"
    return result


def expect(run, sent, failed):
    """Compare both lists with what they should be."""
    for name, got, wanted in zip(("sent", "failed"), two_lists(run), (sent, failed), strict=True):
        assert [pair[0] for pair in got] == [pair[0] for pair in wanted], (
            f"the addresses in {name} should be {[pair[0] for pair in wanted]}, in this order; "
            f"they are {[pair[0] for pair in got]}"
        )
        for (address, mine), (_, right) in zip(got, wanted, strict=True):
            what = "the exception itself, " if name == "failed" else ""
            assert mine == right, f"in {name}, beside {address!r} belongs {what}{right!r}; there is {mine!r}"


@pytest.mark.points(2)
async def test_both_lists_are_in_the_order_of_the_addresses(exercise, rng):
    """Every address stands in one of the two lists with its own receipt or error, in the order of `addresses`."""
    for number in (2, 4):
        names = rng.sample(NAMES, 8)
        fails = some_failures(rng, rng.sample(names, number))
        receipts = {name: f"no. {rng.randint(1, 10**6)}" for name in names}
        latency = {name: rng.choice([0.5, 1, 1.5]) for name in names} | {names[0]: 2}
        run = await exercise.send_all(Service(latency, returns=receipts, fails=fails), names)
        expect(
            run,
            [(name, receipts[name]) for name in names if name not in fails],
            [(name, fails[name]) for name in names if name in fails],
        )


@pytest.mark.points(2)
async def test_an_error_stops_nobody(exercise, rng):
    """An early error neither ends the whole early nor stops anybody else's copy, wherever it stands in the list."""
    for place in (0, 2, 4):
        names = rng.sample(NAMES, 5)
        fails = some_failures(rng, [names[place]])
        latency = {name: rng.choice([1, 1.5]) for name in names} | {names[place]: 0.5, names[1]: 2}
        run = await exercise.send_all(Service(latency, fails=fails), names)
        expect(
            run,
            [(name, name.upper()) for name in names if name not in fails],
            [(name, error) for name, error in fails.items()],
        )
        assert run.elapsed == 2, f"the slowest copy takes 2 seconds, and the whole took {run.elapsed:g}"


async def test_all_copies_wait_at_the_same_time(exercise, rng):
    """All copies wait at the same time, and every address is mailed once for each time it stands there."""
    names = [f"{name} {number}" for name in rng.sample(NAMES, len(NAMES)) for number in (1, 2, 3)]
    names += [names[0], names[3]]
    fails = some_failures(rng, names[3 : 3 + len(ERRORS)])
    run = await exercise.send_all(Service(1, fails=fails), names)
    two_lists(run)
    assert not run.polled, run.polled
    mailed = [call.args[0] for call in run.calls["send"]]
    for name in names:
        right, number = names.count(name), mailed.count(name)
        assert number == right, (
            f"each address should be mailed as often as it stands in the list; for {name!r} that is {right}, and it "
            f"was {number}"
        )
    assert run.elapsed == 1, f"{len(names)} copies of 1 second each took {run.elapsed:g} seconds in all"
    expect(
        run,
        [(name, name.upper()) for name in names if name not in fails],
        [(name, fails[name]) for name in names if name in fails],
    )


async def test_all_or_none_of_them_fail(exercise, rng):
    """It may be that all fail, that none fails, or that there are no addresses at all."""
    names = rng.sample(NAMES, 3)
    fails = some_failures(rng, names)
    run = await exercise.send_all(Service(0.5, fails=fails), names)
    expect(run, [], [(name, fails[name]) for name in names])
    run = await exercise.send_all(Service(0.5), names)
    expect(run, [(name, name.upper()) for name in names], [])
    run = await exercise.send_all(Service(), [])
    expect(run, [], [])
    assert run.elapsed == 0, f"with no addresses there is nothing to wait for; it took {run.elapsed:g} seconds"


async def test_empty_receipts_and_errors_without_text(exercise, rng):
    """An empty receipt is still a receipt, and an error without a text is still an error."""
    names = rng.sample(NAMES, 4)
    fails = {names[1]: rng.choice(ERRORS)(), names[3]: rng.choice(ERRORS)()}
    receipts = {names[0]: "", names[2]: "None"}
    run = await exercise.send_all(Service(1, returns=receipts, fails=fails), names)
    expect(
        run,
        [(names[0], ""), (names[2], "None")],
        [(names[1], fails[names[1]]), (names[3], fails[names[3]])],
    )


async def twice(ex, send, addresses):
    return [await ex.send_all(send, addresses), await ex.send_all(send, addresses)]


async def test_a_second_newsletter(exercise, rng):
    """A second newsletter is mailed to everybody again, and its lists begin empty."""
    names = rng.sample(NAMES, 3)
    kinds = [TimeoutError, rng.choice([ValueError, KeyError, RuntimeError])]
    fails = {name: kind(f"{name} {rng.randint(100, 999)}") for name, kind in zip(names[1:], kinds, strict=True)}
    run = await exercise.play(twice, Service(0.5, fails=fails), names)
    _, second = run.result
    wanted = ([(name, name.upper()) for name in names if name not in fails], list(fails.items()))
    assert second == wanted, f"the second call with the same addresses should give {wanted!r}; it gave {second!r}"
    number = len(run.calls["send"])
    assert number == 6, f"two newsletters to three addresses make 6 mails; there were {number}"
