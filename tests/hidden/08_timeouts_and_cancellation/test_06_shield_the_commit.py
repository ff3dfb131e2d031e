"""Hidden tests: shield the commit."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect
from kata.judge.clean import in_seconds
from kata.judge.inputs import DAYS, HOUR, errors

RECORDS = ["seat 5", "seats 7 and 8", "box 2", "row 14", "gallery"]


async def cancelled_at(ex, moments, linger, write, record):
    """Cancel the task that runs save at these seconds, and tell how it ended and when.

    The drive stays until second ``linger``, so that a write that was left behind shows up as late, not as lost.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    saving = asyncio.create_task(ex.save(write, record))
    for moment in moments:
        await asyncio.sleep(start + moment - loop.time())
        saving.cancel()
    await asyncio.wait([saving])
    ended = loop.time() - start
    await asyncio.sleep(start + linger - loop.time())
    ex.note(round(ended, 6))
    if saving.cancelled():
        return "ended as cancelled"
    error = saving.exception()
    return f"raised {error!r}" if error else f"returned {saving.result()!r}"


async def written_one_after_another(ex, record, receipts):
    """Save the same record for each of the receipts; instead of the last receipt come two errors at once."""
    left = list(receipts)

    async def write(record):
        await asyncio.sleep(0.5)
        if not left:
            raise ExceptionGroup("two disks are full", [OSError("the first"), OSError("the second")])
        return left.pop(0)

    for _ in receipts:
        ex.note(await ex.save(write, record))
    return await ex.save(write, record)


def which(moments, write):
    """The cancellation at which a write was broken off, in words."""
    if write.end not in moments:
        return ""
    place, number = moments.index(write.end) + 1, len(moments)
    again = f", the cancellation number {place} of {number}" if number > 1 else ""
    return f" after {in_seconds(write.end)}{again}"


async def interrupted(exercise, rng, moments, latency, fails=None):
    """A save that is cancelled at these moments; the run, how and when it ended, and its write."""
    record = rng.choice(RECORDS)
    write = Service(latency, fails={record: fails} if fails else None, name="write")
    run = await exercise.play(cancelled_at, moments, latency + 0.2, write, record)
    assert not run.polled, run.polled
    ending = next((call for call in run.calls.get("write", []) if call.end is not None), None)
    assert run.deadlock is None, "save waits for something that never comes; it should end when the write has ended" + (
        f", after {in_seconds(ending.end)}" if ending else ""
    )
    how = run.result
    writes = run.calls["write"]
    assert [call.args for call in writes] == [[record]], (
        f"{record!r} should be written once; write was called {expect.often(len(writes))}"
        + (f", the second time after {in_seconds(writes[1].start)}" if len(writes) > 1 else "")
    )
    assert writes[0].outcome != "cancelled", (
        f"the task that runs save was cancelled{which(moments, writes[0])}, and the write, which takes "
        f"{in_seconds(latency)}, was cancelled with it"
    )
    return run, how, run.noted[0], writes[0]


async def test_a_write_in_peace(exercise, rng):
    """Without a cancellation, the result is the receipt, when the write has ended; an error leaves `save`."""
    record = rng.choice(RECORDS)
    for latency, receipt in ((rng.choice([0.5, 1, 1.5]), f"receipt {rng.randint(100, 999)}"), (DAYS, "")):
        run = await exercise.save(Service(latency, returns={record: receipt}, name="write"), record)
        assert run.result == receipt, f"the write gave {receipt!r}, and save returned {run.result!r}"
        assert run.elapsed == latency, f"the write takes {in_seconds(latency)}, and save took {in_seconds(run.elapsed)}"
        times = len(run.calls["write"])
        assert times == 1, f"write should be called once; it was called {expect.often(times)}"
    for error in errors(rng, 3, text="the ledger is full"):
        run = await exercise.save(Service(0.5, fails={record: error}, name="write"), record)
        assert run.raised == error, f"the write fails with {error!r}, which should leave save; " + (
            f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}"
        )
        assert not run.printed, (
            f"nobody cancelled save, so the error should leave it and nothing be printed; this was: "
            f"{expect.told(run.printed)}"
        )
        times = len(run.calls["write"])
        assert times == 1, f"the write failed, and save should not write again; write was called {expect.often(times)}"
    receipts = [f"receipt {rng.randint(100, 999)}", f"receipt {rng.randint(1000, 9999)}"]
    run = await exercise.play(written_one_after_another, record, receipts)
    assert run.noted == receipts, f"two writes of {record!r} gave {receipts}, and save returned {run.noted}"
    assert run.raised is not None and run.raised.type == "ExceptionGroup", (
        "the write fails with an ExceptionGroup, which should leave save; "
        + (f"it raised {run.raised!r}" if run.raised else f"it returned {run.result!r}")
    )


@pytest.mark.points(2)
async def test_the_write_is_not_disturbed(exercise, rng):
    """Cancelled while the write is under way, `save` lets it run to its end, and does not write a second time."""
    for latency, moment in ((1.5, rng.choice([0.2, 0.7])), (DAYS, 0.003)):
        run, _, _, write = await interrupted(exercise, rng, [moment], latency)
        assert write.outcome == "returned", (
            f"the write takes {in_seconds(latency)}, and should come to its end; it had not {in_seconds(0.2)} later"
        )
        assert not run.printed, f"the write did not fail, and this was printed: {expect.told(run.printed)}"


@pytest.mark.points(2)
async def test_save_waits_for_the_write(exercise, rng):
    """A cancelled `save` ends only when the write has ended, and at that moment."""
    for latency, moment in ((2, rng.choice([0.3, 0.8])), (1, 0.003), (DAYS, HOUR)):
        _, _, ended, _ = await interrupted(exercise, rng, [moment], latency)
        assert ended >= latency, (
            f"save was cancelled after {in_seconds(moment)} and ended after {in_seconds(ended)}; the write was under "
            f"way until {in_seconds(latency)} had passed, and save should wait for it"
        )
        assert ended == latency, (
            f"the write had ended after {in_seconds(latency)}; save ended only after {in_seconds(ended)}"
        )


async def test_the_cancellation_is_not_lost(exercise, rng):
    """When the write has ended, a cancelled `save` ends as cancelled."""
    for moment in (rng.choice([0.3, 0.8]), 1.497):
        _, how, _, _ = await interrupted(exercise, rng, [moment], 1.5)
        assert how == "ended as cancelled", (
            f"save was cancelled after {in_seconds(moment)}, and should end as cancelled when the write has ended; it "
            f"{how}"
        )


@pytest.mark.allows("unretrieved")
async def test_a_failure_that_nobody_hears_is_printed(exercise, rng):
    """If the write fails after a cancellation, "not saved: <error>" is printed, and `save` ends as cancelled."""
    full = f"the ledger is full after line {rng.randint(100, 999)}"
    for error, moments, latency in (
        (OSError(full), [0.3], 1),
        (ValueError(full), [0.2, 0.3, 0.7], 1),
        (TimeoutError(full), [0.5], DAYS),
    ):
        run, how, ended, _ = await interrupted(exercise, rng, moments, latency, error)
        assert how == "ended as cancelled", (
            f"save was cancelled, then the write failed, and save {how}; it should end as cancelled all the same"
        )
        line = f"not saved: {error}"
        left = f"; save had ended before, after {in_seconds(ended)}" if ended < latency else ""
        assert run.printed, (
            f"save was cancelled, and the write failed after {in_seconds(latency)}; {line!r} should be printed, and "
            f"nothing was{left}"
        )
        assert len(run.printed) == 1, (
            f"save was cancelled {expect.often(len(moments))}, and the write failed; one line should be printed, and "
            f"there were {len(run.printed)}: {expect.told(run.printed, 2)}"
        )
        assert run.printed == [line], f"the line {line!r} should be printed; it was {run.printed[0]!r}"


async def test_several_cancellations(exercise, rng):
    """Several cancellations change nothing: the write is not disturbed, `save` waits, and ends as cancelled."""
    often = [round(0.0703 * number, 4) for number in range(1, 25)]
    for moments, latency in (
        ([0.3, 0.8], 2),
        ([0.2, 0.3, rng.choice([0.7, 1.2]), 1.4], 2),
        (often, 2),
        ([0.3, HOUR, DAYS - 0.5], DAYS),
    ):
        _, how, ended, write = await interrupted(exercise, rng, moments, latency)
        assert ended == latency and write.outcome == "returned", (
            f"save was cancelled {expect.often(len(moments))}; the write takes {in_seconds(latency)}, and save should "
            f"end then; it ended after {in_seconds(ended)}"
        )
        assert how == "ended as cancelled", (
            f"save was cancelled {expect.often(len(moments))}, and should end as cancelled when the write has ended; "
            f"it {how}"
        )
