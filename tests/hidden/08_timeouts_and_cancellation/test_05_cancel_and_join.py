"""Hidden tests: cancel and join."""

import asyncio
import contextlib

import pytest

# What a worker does: [kind, seconds of cleaning up]. How it ends by itself:
ENDS = {
    "stops": "cancelled",
    "breaks": "failed",
    "wraps up": "finished",
    "is done": "finished",
    "is broken": "failed",
    "is cancelled": "cancelled",
}


async def with_workers(ex, plans, cancel_after):
    """Start the workers, let them run for half a second, then stop them; note which had ended by then."""

    async def work(kind, seconds):
        if kind == "is done":
            return
        if kind == "is broken":
            raise OSError("broken long ago")
        if kind == "is cancelled":
            raise asyncio.CancelledError
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if seconds:
                try:
                    await asyncio.sleep(seconds)
                except asyncio.CancelledError:
                    broken_into.append(kind)
                    raise
            if kind == "breaks":
                raise OSError("the queue cannot be saved") from None
            if kind == "stops":
                raise

    async def tell(worker):
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await worker

    broken_into = []
    workers = [asyncio.create_task(work(kind, seconds)) for kind, seconds in plans]
    await asyncio.sleep(0.5)
    before = list(workers)
    stopping = asyncio.create_task(ex.stop(workers))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        if not stopping.cancel():
            ex.note("too late")
    await asyncio.wait([stopping])
    ex.note([worker.done() for worker in before])
    ex.note(len(broken_into))
    for worker in before:
        worker.cancel()
        await tell(worker)
    if stopping.cancelled():
        return "cancelled"
    if cancel_after is not None:
        return "raised" if stopping.exception() else "returned"
    return stopping.result()


async def played(exercise, plans):
    """Stop these workers; give the run, the words, and the seconds that stop itself took."""
    run = await exercise.play_within(with_workers, plans, None)
    assert run.result != "cancelled", (
        "a worker's CancelledError left stop; awaiting a cancelled worker, or asking it for result() or exception(), "
        "raises one"
    )
    assert type(run.result) is list, f"stop should return a list of words; it returned {run.result!r}"
    assert not run.polled, run.polled
    return run, run.result, run.elapsed - 0.5


def some_workers(rng, kinds, number):
    return [[rng.choice(kinds), rng.choice([0, 0.5, 1])] for _ in range(number)]


async def test_every_worker_has_ended(exercise, rng):
    """When `stop` returns, every worker has ended, however long its cleaning up took."""
    for plans in (
        [["stops", 1]],
        [["stops", 0], ["stops", 60], ["stops", 0.5]],
        some_workers(rng, ["stops"], 6),
    ):
        run, words, _ = await played(exercise, plans)
        assert run.noted[0] == [True] * len(plans), (
            f"stop returned while {run.noted[0].count(False)} of {len(plans)} workers were still busy; "
            "cancel() only asks, somebody must wait for the end, however long it takes"
        )
        assert words == ["cancelled"] * len(plans), f"all workers ended by the cancellation; the words were {words!r}"


@pytest.mark.points(2)
async def test_all_clean_up_at_the_same_time(exercise, rng):
    """All workers are cancelled at once, and once only: stopping takes as long as the longest cleaning up."""
    plans = [["stops", 0.5], ["stops", 1], ["stops", 1.5], ["is done", 0]]
    rng.shuffle(plans)
    run, words, seconds = await played(exercise, plans)
    assert words == [ENDS[kind] for kind, _ in plans], f"expected {[ENDS[kind] for kind, _ in plans]}, got {words!r}"
    assert run.noted[1] == 0, f"{run.noted[1]} workers were cancelled again while they cleaned up"
    assert seconds == 1.5, f"the longest cleaning up takes 1.5 seconds, and stop took {seconds:g}"


@pytest.mark.points(2)
async def test_it_tells_how_each_worker_ended(exercise, rng):
    """The words come in the order of `workers`: cancelled, failed or finished."""
    plans = some_workers(rng, list(ENDS), 4) + [[kind, 0.5] for kind in ENDS]
    for first in ("is broken", "is cancelled"):
        rng.shuffle(plans)
        plans.sort(key=lambda each: each[0] != first)
        run, words, _ = await played(exercise, plans)
        wanted = [ENDS[kind] for kind, _ in plans]
        assert len(words) == len(wanted), f"{len(wanted)} workers should give {len(wanted)} words, not {len(words)}"
        for place, (word, right) in enumerate(zip(words, wanted, strict=True)):
            assert word == right, f"worker {place} {plans[place][0]}: expected {right!r}, got {word!r}"
        assert all(run.noted[0])


async def test_a_failing_worker_is_no_obstacle(exercise, rng):
    """A worker that fails lets no error out of `stop`, and the others are stopped all the same."""
    for place in range(3):
        plans = [["stops", 1], ["stops", 0.5]]
        plans.insert(place, [rng.choice(["breaks", "is broken"]), 0])
        run, words, _ = await played(exercise, plans)
        assert words == [ENDS[kind] for kind, _ in plans], (
            f"expected {[ENDS[kind] for kind, _ in plans]}, got {words!r}"
        )
        assert run.noted[0] == [True] * 3, "after the failing worker, others were not waited for"


async def test_no_workers(exercise):
    """With no workers, `stop` returns an empty list at once."""
    _, words, seconds = await played(exercise, [])
    assert words == [], f"no workers should give an empty list, not {words!r}"
    assert seconds == 0


@pytest.mark.points(2)
async def test_a_cancelled_stop_ends_as_cancelled(exercise, rng):
    """If `stop` is itself cancelled while it waits, it ends as cancelled."""
    for number in (1, 3):
        plans = [["stops", 2] for _ in range(number)]
        run = await exercise.play_within(with_workers, plans, rng.choice([0.5, 1]))
        result = run.result
        assert run.noted[0] != "too late", (
            "the workers were still cleaning up, and stop had ended already: it should wait for them"
        )
        assert result == "cancelled", (
            f"stop was cancelled by its caller while it waited; it {result} instead of ending "
            "as cancelled, so its caller cannot be stopped any more"
        )
