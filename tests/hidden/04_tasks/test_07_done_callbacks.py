"""Hidden tests: done callbacks."""

import asyncio
from collections import Counter

import pytest

from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS
from kata.judge.topics import about

COUNTERS = ["done", "failed", "cancelled"]

# What a task does, in words.
WORDS = {
    "returns": "returned",
    "returns nothing": "returned None",
    "returns 0": "returned 0",
    "returns an error": "returned an error object",
    "goes on": "returned when it was asked to cancel,",
    "raises": "raised OSError",
    "is wrong": "raised LookupError",
    "times out": "raised TimeoutError",
    "breaks": "raised ValueError when it was asked to cancel,",
    "fails in several ways": "raised an ExceptionGroup",
    "is stopped": "was cancelled",
}

# Which counter it moves.
ENDS = {
    "returns": "done",
    "returns nothing": "done",
    "returns 0": "done",
    "returns an error": "done",
    "goes on": "done",
    "raises": "failed",
    "is wrong": "failed",
    "times out": "failed",
    "breaks": "failed",
    "fails in several ways": "failed",
    "is stopped": "cancelled",
}


async def with_tasks(ex, batches, watch_at, again):
    """Start all tasks, watch each batch, or all of them twice, note every call of show; then how the tasks ended."""
    loop = asyncio.get_running_loop()
    errors = {
        "raises": OSError,
        "is wrong": LookupError,
        "times out": TimeoutError,
        "breaks": ValueError,
        "fails in several ways": lambda text: ExceptionGroup(text, [OSError("torn"), EOFError("too short")]),
    }

    def note(what, *more):
        print(f"noted: {what}")
        ex.note([what, *more])

    async def work(kind, seconds):
        if kind not in ("goes on", "breaks", "is stopped"):
            if seconds:
                await asyncio.sleep(seconds)
        else:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if kind == "is stopped":
                    raise
        if kind in errors:
            raise errors[kind](kind)
        return {"returns nothing": None, "returns 0": 0, "returns an error": OSError(kind)}.get(kind, kind)

    def display(batch):
        def show(done, failed, cancelled):
            note("show", batch, [done, failed, cancelled])

        return show

    tasks = []
    for plans in batches:
        tasks.append([])
        for kind, seconds in plans:
            task = asyncio.create_task(work(kind, seconds))
            if kind in ("goes on", "breaks", "is stopped"):
                loop.call_later(seconds, task.cancel)
            tasks[-1].append(task)
    if watch_at:
        await asyncio.sleep(watch_at)
    for batch, watched in enumerate([*tasks, *tasks] if again else tasks):
        made = ex.watch(list(watched), display(batch))
        if asyncio.iscoroutine(made):
            made.close()
            for task in watched:
                task.cancel()
            await asyncio.wait([task for each in tasks for task in each])
            return "not plain"
    note("watched")
    everybody = [task for watched in tasks for task in watched]
    if everybody:
        await asyncio.wait(everybody)
    await asyncio.sleep(0.5)
    ends = []
    for task in everybody:
        if task.cancelled():
            ends.append("cancelled")
        else:
            ends.append("failed" if task.exception() else "done")
    return ends


async def watched(exercise, batches, watch_at=0, again=False):
    """Play it; for each batch the calls of show, as [second, counters]; with ``again`` each is watched twice."""
    run = await exercise.play_within(with_tasks, batches, watch_at, again)
    assert run.result != "not plain", about(
        "coroutine",
        "watch gave back a coroutine object; it should be an ordinary function that returns at once",
        function="watch",
    )
    seconds = [line.at for line in run.lines if "noted: " in line.text]
    notes = [[second, *note] for note, second in zip(run.noted, seconds, strict=True)]
    at = next(note[0] for note in notes if note[1] == "watched")
    assert at == watch_at, f"watch should return at once; it took {in_seconds(at - watch_at)}"
    kinds = [kind for plans in batches for kind, _ in plans]
    for kind, end in zip(kinds, run.result, strict=True):
        how = {"done": "returned", "failed": "failed", "cancelled": "was cancelled"}
        assert end == ENDS[kind], (
            f"watching should not change how a task ends; without watch it {WORDS[kind].rstrip(',')}, "
            f"with watch it {how[end]}"
        )
    calls = [
        [note[::3] for note in notes if note[1:3] == ["show", batch]] for batch in range(len(batches) * (1 + again))
    ]
    lost = [lost for lost in run.unretrieved if lost.error and "callback" in lost.message]
    assert not any(each.message.startswith("Exception in callback None(") for each in lost), (
        "None was handed over as the callback, so nothing can be called when a task ends; hand over the function "
        "itself, not what a call of it returns"
    )
    never_ran = [missed.coroutine.rpartition(".")[2] for missed in run.never_awaited if missed.at is None]
    assert not never_ran, (
        f"the event loop called {never_ran[0]}, a coroutine function, and that gave a coroutine object which nobody "
        "awaits; a callback is an ordinary function"
    )
    errors = [each.error for each in lost]
    line = errors[0].traceback[-1] if errors and errors[0].traceback else None
    where = f" in line {line.line}, {line.text}" if line else ""
    assert not errors, f"a callback raised {errors[0]!r}{where}, so a task was not counted; that is only logged"
    for each in calls:
        for _, counters in each:
            assert all(type(count) is int for count in counters), (
                f"show takes three whole numbers: done, failed, cancelled; it was called as show{tuple(counters)}"
            )
    assert not run.polled, run.polled
    return calls


def first_difference(seen, wanted, watch_at, plans):
    """What is the first end that was shown at another moment, or counted otherwise."""
    right = Counter((when, counter) for when, counter, _ in wanted)
    missing, extra = right - Counter(seen), Counter(seen) - right
    when = min(moment for moment, _ in [*missing, *extra])
    instead = next((counter for moment, counter in extra if moment == when), None)
    counter = next((counter for moment, counter in missing if moment == when), None)
    if counter is None:
        return f"show counted a task as {instead} after {in_seconds(when)}; no task ended like that at that moment"
    kind = next(kind for moment, its, kind in wanted if (moment, its) == (when, counter))
    task = f"a task {WORDS[kind]} " + ("before watch was called" if watch_at == when else f"after {in_seconds(when)}")
    if instead is not None:
        return f"{task} and counts as {counter}; show counted it as {instead}"
    later = [moment for moment, _ in seen if moment > when]
    then = f"its next call came after {in_seconds(min(later))}" if later else "it was not called any more"
    before = [seconds for _, seconds in plans[: plans.index([kind, when])]] if [kind, when] in plans else []
    if later and min(later) in before:
        then += ", when a task that stands before it in the list had ended"
    return f"{task} and counts as {counter}; show was not called for it at that moment, and {then}"


def expect(calls, plans, watch_at=0):
    """Say which call of show is the first that is wrong."""
    wanted = sorted((max(seconds, watch_at), ENDS[kind], kind) for kind, seconds in plans)
    seen, before = [], [0, 0, 0]
    for number, (second, counters) in enumerate(calls, 1):
        steps = [now - then for now, then in zip(counters, before, strict=True)]
        together = sum(when == second for when, _, _ in wanted)
        several = f"{together} tasks ended at the same moment; " if together > 1 else ""
        assert sorted(steps) == [0, 0, 1], (
            f"{several}the counters were {tuple(before)}, and call {number} was show{tuple(counters)}; with every call "
            "just one of the three numbers should go up, by one"
        )
        seen.append((second, COUNTERS[steps.index(1)]))
        before = counters
    if len(seen) == len(wanted):
        same = sorted(seen) == [(when, counter) for when, counter, _ in wanted]
        assert same, first_difference(seen, wanted, watch_at, plans)
    totals = [sum(ENDS[kind] == counter for kind, _ in plans) for counter in COUNTERS]
    assert before == totals, (
        f"of {len(plans)} tasks {totals[0]} returned, {totals[1]} failed and {totals[2]} ended by a cancellation; "
        + (f"the last call of show was show{tuple(before)}" if calls else "show was never called")
    )


@pytest.mark.points(2)
async def test_every_end_is_counted_when_it_comes(exercise, rng):
    """Each time a task ends, `show` is called once, at that moment, with the counts so far."""
    for longest in (3.5, DAYS):
        plans = [["returns", seconds] for seconds in (0.5, 1.2, 2.7, longest)]
        rng.shuffle(plans)
        [calls] = await watched(exercise, [plans])
        expect(calls, plans)


@pytest.mark.points(2)
async def test_errors_and_cancellations_have_counters_of_their_own(exercise, rng):
    """Failed and cancelled tasks move their own counters, wherever they come, and the others count on."""
    plans = [["raises", 0.5], ["returns", 1], ["is stopped", 1.5], ["is wrong", 2], ["returns", 2.5]]
    rng.shuffle(plans)
    [calls] = await watched(exercise, [plans])
    expect(calls, plans)
    for kinds in (["raises", "is stopped"], ["is stopped", "raises"]):
        plans = [[kinds[0], 0.5], ["returns", 1], [kinds[1], 1.5], ["times out", 2], ["returns", 2.5]]
        plans.append(["fails in several ways", 3.1])
        rng.shuffle(plans)
        [calls] = await watched(exercise, [plans])
        expect(calls, plans)


async def test_only_how_a_task_ended_counts(exercise, rng):
    """A task that returned is done, whatever it returned, also if it was asked to cancel; one that raised an error
    instead has failed."""
    plans = [["goes on", 0.5], ["breaks", 1], ["is stopped", 1.5]]
    plans += [["returns nothing", 1.7], ["returns 0", 2], ["returns an error", 2.2], ["returns", 2.5]]
    rng.shuffle(plans)
    [calls] = await watched(exercise, [plans])
    expect(calls, plans)


@pytest.mark.points(2)
async def test_several_that_end_at_the_same_moment(exercise, rng):
    """Tasks that end at the same moment are counted one by one."""
    for number in (4, 100):
        kinds = ["returns", "raises"] * number
        rng.shuffle(kinds)
        plans = [[kind, 0] for kind in kinds]
        [calls] = await watched(exercise, [plans])
        expect(calls, plans)


async def test_tasks_that_had_ended_before(exercise, rng):
    """Tasks that had ended before `watch` was called are counted in the same way."""
    plans = [["returns", 0], ["raises", 0], ["is stopped", 0]]
    rng.shuffle(plans)
    plans.insert(rng.randrange(3), ["returns", 1])
    [calls] = await watched(exercise, [plans], watch_at=0.5)
    expect(calls, plans, watch_at=0.5)


async def test_every_watch_counts_for_itself(exercise, rng):
    """Every call of `watch` counts from 0, also when it watches the same tasks; with no tasks, `show` is never
    called."""
    first = [["returns", 0.5], ["raises", 1.5]]
    second = [["returns", 1], ["is stopped", 2], ["returns", 2.5]]
    rng.shuffle(second)
    calls = await watched(exercise, [first, [], second], again=True)
    for mine, plans in zip(calls, (first, [], second, first, [], second), strict=True):
        expect(mine, plans)
