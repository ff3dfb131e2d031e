"""Hidden tests: cancel and join."""

import asyncio
import contextlib

import pytest

from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, moments, seconds
from kata.judge.topics import about

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

# The same in words, for those that have ended as they should.
STORIES = {
    "stops": "was cancelled by stop and ended so",
    "breaks": "raised an OSError when it was stopped",
    "times out": "raised a TimeoutError when it was stopped",
    "wraps up": "returned when it was stopped",
    "is done": "had returned before stop was called",
    "is broken": "had raised an OSError before stop was called",
    "is cancelled": "had been cancelled before stop was called",
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
    assert run.raised is None or run.raised.type not in ("OSError", "TimeoutError"), about(
        "no error",
        f"a worker ended with {run.raised!r}, and that error came out of stop; its word should be 'failed', and stop "
        "should return",
        error=run.raised,
    )
    for words, *_ in run.result:
        assert words != "ended as cancelled", about(
            "no error",
            "CancelledError left stop, which nobody had cancelled; awaiting a cancelled worker, or asking it for its "
            "result or its error, raises one",
            error="CancelledError()",
        )
        assert type(words) is list, f"stop should return a list of words; it returned {words!r}"
    assert not run.polled, run.polled
    return [each[:4] for each in run.result]


def expect_ended(ended, took):
    late = "its only worker" if len(ended) == 1 else f"{ended.count(False)} of the {len(ended)} workers"
    assert all(ended), (
        f"stop returned {in_seconds(took)} after its call, and {late} had not ended; it should wait for that"
    )


def expect_words(seen, plans):
    """How each worker ended; what else went wrong is said first, as it decides how they end."""
    words, took, ended, again = seen
    wanted = [ENDS[kind] for kind, _ in plans]
    if words != wanted:
        expect_ended(ended, took)
        assert not again, about("cancelled again", asked_again(again))
    assert len(words) == len(wanted), f"{len(wanted)} workers should give as many words; stop gave {len(words)}"
    other_order = "; all words are right, in another order" if sorted(map(str, words)) == sorted(wanted) else ""
    for place, (word, right) in enumerate(zip(words, wanted, strict=True)):
        assert word == right, (
            f"{'the first worker' if not place else f'worker {place + 1}'} {STORIES[plans[place][0]]}, so its word "
            f"should be {right!r}; it is {word!r}{other_order}"
        )


def asked_again(number):
    return f"{number} {'worker was' if number == 1 else 'workers were'} cancelled once more while cleaning up"


async def test_every_worker_has_ended(exercise, rng):
    """When `stop` returns, every worker has ended, however long its cleaning up took."""
    for plans in (
        [["stops", 1]],
        [["stops", each] for each in seconds(rng, 4, nothing=True)],
        [["stops", each] for each in seconds(rng, 60, longest=0, nothing=True)],
    ):
        [seen] = await played(exercise, plans)
        _, took, ended, _ = seen
        expect_ended(ended, took)
        expect_words(seen, plans)


@pytest.mark.points(2)
async def test_all_clean_up_at_the_same_time(exercise, rng):
    """All workers are cancelled at once, and once only: stopping takes as long as the longest cleaning up."""
    for longest in (0, DAYS):
        plans = [["stops", each] for each in seconds(rng, 4, longest=longest)] + [["is cancelled", 0]]
        rng.shuffle(plans)
        most = max(each for _, each in plans)
        [seen] = await played(exercise, plans)
        _, took, ended, again = seen
        expect_words(seen, plans)
        assert again == 0, about("cancelled again", asked_again(again))
        if took < most:
            expect_ended(ended, took)
        assert took == most, (
            f"the longest cleaning up takes {in_seconds(most)}, and stop took {in_seconds(took)}; all workers should "
            "be cancelled at once, and clean up at the same time"
        )


@pytest.mark.points(2)
async def test_it_tells_how_each_worker_ended(exercise, rng):
    """The words come in the order of `workers`: cancelled, failed or finished; so too when `stop` is called again."""
    plans = [[kind, each] for kind, each in zip([*ENDS, *ENDS], seconds(rng, 14, longest=0, nothing=True), strict=True)]
    rounds = [rng.sample(plans, 14) for _ in range(2)]
    for first, ordered in zip(("is broken", "is cancelled"), rounds, strict=True):
        ordered.sort(key=lambda each: each[0] != first)
    alike = [["stops", 0.5], ["wraps up", 0.25]]  # nothing but their ends tells these from one another
    seen = await played(exercise, *rounds, alike, alike[::-1])
    for plans, each in zip([*rounds, alike, alike[::-1]], seen, strict=True):
        _, took, ended, _ = each
        expect_words(each, plans)
        expect_ended(ended, took)


async def test_a_failing_worker_is_no_obstacle(exercise, rng):
    """A worker that fails lets no error out of `stop`, and the others are stopped all the same."""
    rounds = []
    for place, kind in enumerate(rng.sample(["breaks", "is broken", "times out"], 3)):
        plans = [["stops", 1], ["stops", 0.5]]
        plans.insert(place, [kind, 0])
        rounds.append(plans)
    for plans, each in zip(rounds, await played(exercise, *rounds), strict=True):
        _, took, ended, _ = each
        expect_words(each, plans)
        expect_ended(ended, took)


@pytest.mark.virtual
async def test_no_workers(exercise):
    """With no workers, `stop` returns an empty list at once."""
    [[words, took, _, _]] = await played(exercise, [])
    assert words == [], f"no workers should give an empty list, not {words!r}"
    assert took == 0, f"there was nobody to wait for, and stop took {in_seconds(took)}"


@pytest.mark.points(2)
async def test_a_cancelled_stop_ends_as_cancelled(exercise, rng):
    """If `stop` is itself cancelled while it waits, it ends as cancelled, and leaves no task of its own behind."""
    at_once, later, late = moments(rng, 2)
    for number, moment in ((2, later), (3, late), (1, at_once)):
        run = await exercise.play_within(with_workers, [[["stops", 2] for _ in range(number)]], moment)
        [[result, took, ended, again, left, too_late]] = run.result
        assert not too_late or not again, f"{asked_again(again)}, and so stop had ended before its caller cancelled it"
        assert not too_late, (
            f"stop had ended already when its caller cancelled it, {in_seconds(moment)} after its call; "
            f"{ended.count(False)} of {number} workers had not ended by then, and it should wait for them"
        )
        assert result == "ended as cancelled", (
            f"stop was cancelled by its caller {in_seconds(moment)} after its call, and should end as cancelled; it "
            f"{result}, {in_seconds(took)} after its call"
        )
        assert left == 0, (
            f"stop was cancelled {in_seconds(moment)} after its call, and ended as cancelled; {left} "
            f"{'task' if left == 1 else 'tasks'} that it had made went on"
        )
