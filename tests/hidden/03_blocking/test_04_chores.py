"""Hidden tests: chores."""

import asyncio
from itertools import pairwise

import pytest

from kata.contract.texts import shown
from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

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
        assert calls[name].outcome == "returned", (
            f"evening was over after {in_seconds(run.elapsed)}, before {name} was done"
        )
    assert type(result) is list and all(type(text) is str for text in result), (
        f"evening should return a list of texts; it returned {shown(result, 150)}"
    )
    return run, calls


async def two_evenings(ex, do, do_tomorrow, plan):
    """Two evenings with the same chores; on the second, they give other texts."""
    return [await ex.evening(each, [tuple(chore) for chore in plan]) for each in (do, do_tomorrow)]


async def called_off(ex, do, plan, moments, pause):
    """Begin an evening, cancel it at one of these moments, and wait until no chore runs any more; once for each."""

    def how(task):
        if task.cancelled():
            return ""
        return f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r:.80}"

    for moment in moments:
        evening = asyncio.ensure_future(ex.evening(do, [tuple(chore) for chore in plan]))
        await asyncio.sleep(moment)
        evening.cancel()
        await asyncio.wait([evening])
        ex.note([moment, how(evening)])
        await asyncio.sleep(pause)


def some_evening(rng, machines, yours):
    """A shuffled evening: seconds of the unattended chores, seconds of your own, which no order of names puts right."""
    chores = []
    for words, needs_you, seconds in ((UNATTENDED, False, machines), (ATTENDED, True, yours)):
        names = inputs.keys(rng, words, len(seconds))
        chores += [(name, needs_you, each) for name, each in zip(names, seconds, strict=True)]
    rng.shuffle(chores)
    while len(yours) > 2 and sorted(own := [name for name, needs_you, _ in chores if needs_you]) in (own, own[::-1]):
        rng.shuffle(chores)
    return chores


def what_ended(calls, moment):
    """Which chores ended at a moment, in words; empty if none did."""
    names = [name for name, call in calls.items() if call.end == moment]
    return f", when {' and '.join(names)} ended" if names and len(names) < 3 else ""


def written(chores):
    """The evening, if it fits into a message."""
    if len(chores) > 6:
        return f"The evening had {len(chores)} chores"
    return "The evening was: " + ", ".join(
        f"{name} {in_seconds(seconds).split()[0]} s{' (you)' if needs_you else ''}"
        for name, needs_you, seconds in chores
    )


@pytest.mark.points(2)
async def test_unattended_chores_start_at_once(exercise, rng):
    """All chores that do not need you, however many, start at the very beginning, wherever they stand in the list."""
    chores = [("opera", True, 1), *some_evening(rng, rng.sample([0.6, 1.7, 2.2], 3), [0.5]), ("rye bread", False, 2)]
    for plan in (chores, some_evening(rng, [1, 0.5], []), some_evening(rng, inputs.seconds(rng, 60), [0.41, 1.37])):
        _, calls = await evening(exercise, plan)
        for name, needs_you, _ in plan:
            assert needs_you or calls[name].start == 0, (
                f"{name} runs by itself and should start at once; it was started after "
                f"{in_seconds(calls[name].start)}{what_ended(calls, calls[name].start)}. {written(plan)}"
            )


def in_which_order(yours):
    """What is wrong with your own chores: they overlap, or come in another order than in the list."""
    done = sorted(yours, key=lambda call: call.start)
    if any(before.end > after.start for before, after in pairwise(done)):
        return "; both need you, and there is one of you"
    return f"; you did {', '.join(call.args[0] for call in done)}, one after another, and not in the order of the list"


@pytest.mark.points(2)
async def test_you_do_one_thing_at_a_time(exercise, rng):
    """Chores that need you never overlap, and you do them in the order of the list."""
    plan = some_evening(rng, [1.5, 0.5], rng.sample([0.5, 1, 0.5, 0.5], 4))
    _, calls = await evening(exercise, plan)
    yours = [calls[name] for name, needs_you, _ in plan if needs_you]
    for before, after in pairwise(yours):
        assert after.start >= before.end, about(
            "in turn",
            f"{after.args[0]} began after {in_seconds(after.start)}, and {before.args[0]}, which comes before it in "
            f"the list, ended after {in_seconds(before.end)}{in_which_order(yours)}",
            calls=[before, after],
        )


async def test_you_never_sit_around(exercise, rng):
    """Your first chore begins at the beginning, and each of the others as soon as the one before is over."""
    plan = [("rye bread", False, 1.2), *some_evening(rng, rng.sample([0.6, 1.6, 1.9], 2), [0.7, 1, 0.4])]
    _, calls = await evening(exercise, plan)
    free = 0.0
    for name, needs_you, seconds in plan:
        if needs_you:
            assert calls[name].start >= free, (
                f"you began with {name} after {in_seconds(calls[name].start)}; what comes before it in the list "
                f"keeps you busy for the first {in_seconds(free)}. {written(plan)}"
            )
            assert calls[name].start == free, (
                f"you could begin with {name} after {in_seconds(free)}, and began with it after "
                f"{in_seconds(calls[name].start)}{what_ended(calls, calls[name].start)}; it has to wait only for your "
                f"own chores before it. {written(plan)}"
            )
            free = round(free + seconds, 9)


@pytest.mark.points(2)
async def test_the_evening_is_as_short_as_can_be(exercise, rng):
    """The evening lasts as long as the longest machine or all your own chores together, whichever is longer."""
    for machines, yours in (
        ([0.6, 3, 2], [0.5, 1]),
        ([0.41, inputs.DAYS, 1], [0.5, 1]),
        ([inputs.HOUR, 0.5], [1.37, inputs.HOUR, 0.93]),
        ([2.59], []),
        ([], [0.41, 1.37]),
    ):
        plan = some_evening(rng, machines, yours)
        plan.sort(key=lambda chore: not chore[1] and chore[2] == max(machines))  # the longest machine comes last
        run, _ = await evening(exercise, plan)
        shortest = max([round(sum(yours), 9), *machines])
        assert not run.polled, run.polled
        together = run.elapsed < shortest
        assert not together, (
            f"your own chores take {in_seconds(sum(yours))} one after another, and the evening was over after "
            f"{in_seconds(run.elapsed)}: you did some of them at the same time. {written(plan)}"
        )
        assert run.elapsed == shortest, (
            f"this evening can be over after {in_seconds(shortest)}; it took {in_seconds(run.elapsed)}. {written(plan)}"
        )


async def test_the_texts_keep_the_order(exercise, rng):
    """The result is the list of the texts, in the order of `chores`; with no chores, the empty list, at once."""
    mixed = [("opera", True, 0.5), *some_evening(rng, [1.5, 0.5], [0.5, 1]), ("rye bread", False, 1)]
    run, _ = await evening(exercise, mixed)
    found, wanted = run.result, [f"{name} after {seconds} seconds" for name, _, seconds in mixed]
    names = [text.partition(" after")[0] for text in found]
    moved = sorted(found) == sorted(wanted)
    assert found == wanted, (
        f"the texts came in the order {', '.join(names)}; the chores were {', '.join(name for name, _, _ in mixed)}"
        if moved
        else f"the texts of six chores: {expect.difference(found, wanted)}"
    )
    texts = {name: f"{name} is done" for name, _, seconds in mixed}
    empty = {needs_you: name for name, needs_you, _ in mixed[1:-1]}
    texts |= {"opera": "over", "rye bread": "over", empty[True]: "", empty[False]: ""}  # some are equal, two are empty
    others = {name: f"{name} on another evening" for name in texts}
    lasts = {name: seconds for name, _, seconds in mixed}
    services = [Service(lasts, returns=each, name="do") for each in (texts, others)]
    run = await exercise.play(two_evenings, *services, [[name, needs_you] for name, needs_you, _ in mixed])
    for number, wanted in enumerate((list(texts.values()), list(others.values()))):
        found = run.result[number]
        wrong = expect.difference(found, wanted)
        assert found == wanted, f"the texts of evening {number + 1}, of two with the same chores: {wrong}"
    expect.called_once_each(run, "do", [*texts] * 2)
    run, _ = await evening(exercise, [])
    expect.returns(run, [], "the texts of no chores")
    expect.takes(run, 0, "an evening without chores")


@pytest.mark.allows("leaked", "unretrieved")
async def test_what_goes_wrong_comes_out(exercise, rng):
    """The error of a chore leaves `evening`, whichever chore it is; an evening that is cancelled ends as cancelled."""
    for needs_you, error in zip((True, False, rng.choice([True, False])), inputs.errors(rng, 3), strict=True):
        # the last to be over fails, so it does not matter whether the error would stop the others
        chores = some_evening(rng, [0.41, 0.93], [0.5, 0.2])
        bad = ("accounts" if needs_you else "soup", needs_you, 4.13)
        chores = [*chores, bad] if needs_you else [bad, *chores]
        do = Service({name: seconds for name, _, seconds in chores}, fails={bad[0]: error})
        run = await exercise.evening(do, [(name, own) for name, own, _ in chores])
        raised = run.raised
        ends = [call.outcome for call in run.calls.get("do", []) if call.args[0] == bad[0]]
        assert "raised" in ends, (
            f"{bad[0]} fails {in_seconds(bad[2])} after it begins; evening was over after {in_seconds(run.elapsed)}, "
            "before that could happen"
        )
        leaves = raised.leaves() if raised is not None and raised.is_a("ExceptionGroup") else [raised]
        assert leaves == [error], (
            f"{bad[0]} failed with {error!r}, which should come out of evening; it {expect.outcome(run)}"
        )
        all_names = [name for name, _, _ in chores]
        expect.called_once_each(run, "do", all_names, f"{bad[0]} should be the last to end, and failed")
    chores = some_evening(rng, [2.59, 4.13], [1.37, 1.2])
    plan = [[name, needs_you] for name, needs_you, _ in chores]
    do = Service({name: seconds for name, _, seconds in chores})
    run = await exercise.play(called_off, do, plan, [0.0, rng.choice([1.5, 2, 2.25]), 4.1], 9)
    assert run.raised is None, f"{run.raised!r} came out of the drive that cancelled the evening"
    for moment, how in run.noted:
        assert not how, f"evening was cancelled after {in_seconds(moment)} and should end as cancelled; it {how}"
