"""Hidden tests: chores."""

from itertools import pairwise

import pytest

from kata.fakes import Service

UNATTENDED = ["rice", "washing", "dishes", "bread", "dryer"]
ATTENDED = ["television", "jogging", "games", "piano", "crossword"]


async def evening(exercise, chores):
    """Play an evening of (name, needs you, seconds); the run, and the calls by name."""
    lasts = {name: seconds for name, _, seconds in chores}
    texts = {name: f"{name} after {seconds} seconds" for name, _, seconds in chores}
    plan = [(name, needs_you) for name, needs_you, _ in chores]
    run = await exercise.evening(Service(lasts, returns=texts), plan)
    result = run.result
    calls = {}
    for call in run.calls.get("do", []):
        assert call.args[0] not in calls, f"{call.args[0]} was started twice"
        calls[call.args[0]] = call
    for name, _, _ in chores:
        assert name in calls, f"{name} was never started"
        assert calls[name].outcome == "returned", f"evening was over before {name} was done"
    assert type(result) is list and all(type(text) is str for text in result), (
        f"evening should return a list of texts; it returned {result!r}"
    )
    return run, calls


async def two_evenings(ex, do, plan):
    return [await ex.evening(do, [tuple(each) for each in plan]) for _ in range(2)]


def some_evening(rng, machines, yours):
    """A shuffled evening: seconds of the unattended chores, seconds of your own."""
    chores = [(name, False, s) for name, s in zip(rng.sample(UNATTENDED, len(machines)), machines, strict=True)]
    chores += [(name, True, s) for name, s in zip(rng.sample(ATTENDED, len(yours)), yours, strict=True)]
    rng.shuffle(chores)
    return chores


def written(chores):
    return ", ".join(f"{name} {seconds:g} s{' (you)' if needs_you else ''}" for name, needs_you, seconds in chores)


@pytest.mark.points(2)
async def test_unattended_chores_start_at_once(exercise, rng):
    """All chores that do not need you start at the very beginning, wherever they stand in the list."""
    chores = [("opera", True, 1), *some_evening(rng, rng.sample([0.5, 1, 1.5], 3), [0.5]), ("rye bread", False, 1)]
    for plan in (chores, some_evening(rng, [1, 0.5], [])):
        _, calls = await evening(exercise, plan)
        for name, needs_you, _ in plan:
            assert needs_you or calls[name].start == 0, (
                f"{name} runs by itself and could start at second 0; it was started at second "
                f"{calls[name].start:g}. The evening was: {written(plan)}"
            )


@pytest.mark.points(2)
async def test_you_do_one_thing_at_a_time(exercise, rng):
    """Chores that need you never overlap, and you do them in the order of the list."""
    plan = some_evening(rng, [1.5, 0.5], rng.sample([0.5, 1, 0.5, 0.5], 4))
    while sorted(own := [name for name, needs_you, _ in plan if needs_you]) in (own, own[::-1]):
        rng.shuffle(plan)  # an order of the names would be no order of the list
    _, calls = await evening(exercise, plan)
    yours = [calls[name] for name, needs_you, _ in plan if needs_you]
    for before, after in pairwise(yours):
        assert after.start >= before.end, (
            f"{after.args[0]} began at second {after.start:g}, and {before.args[0]}, which comes before it in the "
            f"list, lasted until second {before.end:g}; both need you, and there is one of you"
        )


async def test_you_never_sit_around(exercise, rng):
    """Your first chore begins at the beginning, and each of the others as soon as the one before is over."""
    plan = [("rye bread", False, 1), *some_evening(rng, rng.sample([0.5, 1, 2], 2), [0.7, 1, 0.4])]
    _, calls = await evening(exercise, plan)
    free = 0.0
    for name, needs_you, seconds in plan:
        if needs_you:
            assert calls[name].start >= free, (
                f"you began with {name} at second {calls[name].start:g}, and were busy until second {free:g} with what "
                f"comes before it in the list. The evening was: {written(plan)}"
            )
            assert calls[name].start == free, (
                f"you were free for {name} at second {free:g}, and began with it at second {calls[name].start:g}; it "
                f"has to wait only for those of yours that come before it in the list. The evening was: {written(plan)}"
            )
            free += seconds


@pytest.mark.points(2)
async def test_the_evening_is_as_short_as_can_be(exercise, rng):
    """The evening lasts as long as the longest machine or all your own chores together, whichever is longer."""
    for machines, yours in (([0.5, 2.5, 1], [0.5, 1]), ([1, 0.5], [1, 0.5, 1]), ([2], []), ([], [0.5, 1])):
        plan = some_evening(rng, machines, yours)
        run, _ = await evening(exercise, plan)
        shortest = max([sum(yours), *machines])
        assert not run.polled, run.polled
        assert run.elapsed == shortest, (
            f"this evening can be over after {shortest:g} seconds and took {run.elapsed:g}: {written(plan)}"
        )


async def test_the_texts_keep_the_order(exercise, rng):
    """The result is the list of the texts, in the order of `chores`; with no chores, the empty list, at once."""
    mixed = [("opera", True, 0.5), *some_evening(rng, [1.5, 0.5], [0.5, 1]), ("rye bread", False, 1)]
    texts = {name: f"{name} after {seconds} seconds" for name, _, seconds in mixed}
    empty = {needs_you: name for name, needs_you, _ in mixed[1:-1]}
    texts |= {"opera": "over", "rye bread": "over", empty[True]: "", empty[False]: ""}  # some are equal, two are empty
    do = Service({name: seconds for name, _, seconds in mixed}, returns=texts)
    run = await exercise.play(two_evenings, do, [[name, needs_you] for name, needs_you, _ in mixed])
    first, second = run.result
    wanted = list(texts.values())
    assert first == wanted, f"expected {wanted!r}, got {first!r}"
    assert second == wanted, f"a second evening with the same chores should give {wanted!r}; it gave {second!r}"
    started = len(run.calls["do"])
    assert started == 2 * len(mixed), (
        f"two evenings of {len(mixed)} chores each started {started} chores in all; each evening does its own"
    )
    run, _ = await evening(exercise, [])
    assert run.result == [], f"no chores should give an empty list, not {run.result!r}"
    assert run.elapsed == 0
