"""Hidden tests: cancel and join."""

import asyncio
import contextlib

import pytest

from kata.judge.inputs import DAYS, moments, seconds

# What a worker does: [kind, seconds of cleaning up]. How it ends by itself:
ENDS = {
    "stops": "cancelled",
    "breaks": "failed",
    "times out": "failed",
    "wraps up": "finished",
    "is done": "finished",
    "is broken": "failed",
    "is cancelled": "cancelled",
}


async def with_workers(ex, rounds, cancel_after):
    """Start some workers, all of one name, let them run for half a second, and stop them; and so for each round.

    Tell of each round what stop gave, how long it took, which workers had ended by then, how many were cancelled
    again while they cleaned up, and how many tasks were left that had not been there.
    """

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
            if kind == "times out":
                raise TimeoutError from None
            if kind == "stops":
                raise

    async def tell(worker):
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await worker

    seen = []
    for plans in rounds:
        broken_into = []
        workers = [asyncio.create_task(work(kind, seconds), name="worker") for kind, seconds in plans]
        await asyncio.sleep(0.5)
        before, known = list(workers), asyncio.all_tasks()
        start = asyncio.get_running_loop().time()
        stopping = asyncio.create_task(ex.stop(workers))
        too_late = False
        if cancel_after is not None:
            await asyncio.sleep(cancel_after)
            too_late = not stopping.cancel()
        await asyncio.wait([stopping])
        took = round(asyncio.get_running_loop().time() - start, 6)
        ended = [worker.done() for worker in before]
        again = len(broken_into)
        await asyncio.sleep(0.001)
        left = len(asyncio.all_tasks() - known)
        for worker in before:
            worker.cancel()
            await tell(worker)
        if stopping.cancelled():
            words = "ended as cancelled"
        elif cancel_after is not None:
            words = "raised an error" if stopping.exception() else "returned"
        else:
            words = stopping.result()
        seen.append([words, took, ended, again, left, too_late])
    return seen


async def played(exercise, *rounds):
    """Stop these workers, round after round; give of each round the words, the seconds, who had ended, who was asked
    again."""
    run = await exercise.play_within(with_workers, list(rounds), None)
    for words, *_ in run.result:
        assert words != "ended as cancelled", (
            "a worker's CancelledError left stop; awaiting a cancelled worker, or asking it for result() or "
            "exception(), raises one"
        )
        assert type(words) is list, f"stop should return a list of words; it returned {words!r}"
    assert not run.polled, run.polled
    return [each[:4] for each in run.result]


def expect_words(words, plans):
    wanted = [ENDS[kind] for kind, _ in plans]
    assert len(words) == len(wanted), f"{len(wanted)} workers should give {len(wanted)} words, not {len(words)}"
    for place, (word, right) in enumerate(zip(words, wanted, strict=True)):
        assert word == right, f"worker {place} {plans[place][0]}: expected {right!r}, got {word!r}"


async def test_every_worker_has_ended(exercise, rng):
    """When `stop` returns, every worker has ended, however long its cleaning up took."""
    for plans in (
        [["stops", 1]],
        [["stops", each] for each in seconds(rng, 4, nothing=True)],
        [["stops", each] for each in seconds(rng, 60, longest=0, nothing=True)],
    ):
        [[words, _, ended, _]] = await played(exercise, plans)
        assert ended == [True] * len(plans), (
            f"stop returned while {ended.count(False)} of {len(plans)} workers were still busy; "
            "cancel() only asks, somebody must wait for the end, however long it takes"
        )
        assert words == ["cancelled"] * len(plans), f"all workers ended by the cancellation; the words were {words!r}"


@pytest.mark.points(2)
async def test_all_clean_up_at_the_same_time(exercise, rng):
    """All workers are cancelled at once, and once only: stopping takes as long as the longest cleaning up."""
    for longest in (0, DAYS):
        plans = [["stops", each] for each in seconds(rng, 4, longest=longest)] + [["is done", 0]]
        rng.shuffle(plans)
        most = max(each for _, each in plans)
        [[words, took, _, again]] = await played(exercise, plans)
        expect_words(words, plans)
        assert again == 0, f"{again} workers were cancelled again while they cleaned up"
        assert took == most, f"the longest cleaning up takes {most:g} seconds, and stop took {took:g}"


@pytest.mark.points(2)
async def test_it_tells_how_each_worker_ended(exercise, rng):
    """The words come in the order of `workers`: cancelled, failed or finished; so too when `stop` is called again."""
    plans = [[kind, each] for kind, each in zip([*ENDS, *ENDS], seconds(rng, 14, longest=0, nothing=True), strict=True)]
    rounds = [rng.sample(plans, 14) for _ in range(2)]
    for first, ordered in zip(("is broken", "is cancelled"), rounds, strict=True):
        ordered.sort(key=lambda each: each[0] != first)
    alike = [["stops", 0.5], ["wraps up", 0.25]]  # nothing but their ends tells these from one another
    seen = await played(exercise, *rounds, alike, alike[::-1])
    for plans, (words, _, ended, _) in zip([*rounds, alike, alike[::-1]], seen, strict=True):
        expect_words(words, plans)
        assert all(ended), f"stop returned while {ended.count(False)} of {len(plans)} workers were still busy"


async def test_a_failing_worker_is_no_obstacle(exercise, rng):
    """A worker that fails lets no error out of `stop`, and the others are stopped all the same."""
    rounds = []
    for place, kind in enumerate(rng.sample(["breaks", "is broken", "times out"], 3)):
        plans = [["stops", 1], ["stops", 0.5]]
        plans.insert(place, [kind, 0])
        rounds.append(plans)
    for plans, (words, _, ended, _) in zip(rounds, await played(exercise, *rounds), strict=True):
        expect_words(words, plans)
        assert ended == [True] * 3, "after the failing worker, others were not waited for"


@pytest.mark.virtual
async def test_no_workers(exercise):
    """With no workers, `stop` returns an empty list at once."""
    [[words, took, _, _]] = await played(exercise, [])
    assert words == [], f"no workers should give an empty list, not {words!r}"
    assert took == 0, f"there was nobody to wait for, and stop took {took:g} seconds"


@pytest.mark.points(2)
async def test_a_cancelled_stop_ends_as_cancelled(exercise, rng):
    """If `stop` is itself cancelled while it waits, it ends as cancelled, and leaves no task of its own behind."""
    for number, moment in zip((1, 3, 2), moments(rng, 2), strict=True):
        run = await exercise.play_within(with_workers, [[["stops", 2] for _ in range(number)]], moment)
        [[result, took, _, _, left, too_late]] = run.result
        assert not too_late, "the workers were still cleaning up, and stop had ended already: it should wait for them"
        assert result == "ended as cancelled", (
            f"stop was cancelled by its caller while it waited; it {result} instead of ending "
            "as cancelled, so its caller cannot be stopped any more"
        )
        assert left == 0, f"stop was cancelled and ended after {took:g} seconds; {left} tasks went on"
