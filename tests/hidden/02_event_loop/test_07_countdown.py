"""Hidden tests: countdown."""

import asyncio
import threading
import time

import pytest


async def watched(ex, seconds, plan):
    """Start countdowns and note what happens.

    ``plan`` may hold: "others" (how many more countdowns run beside it), "late" ([when, how long] the event loop is
    blocked), "cancel" (the second at which the future is cancelled from outside), "cancel in" and "fail in" (the
    seconds left at the tick that cancels or fails).
    """
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.25)  # the clock of the event loop need not stand at a whole second
    start = loop.time()
    tasks, threads = len(asyncio.all_tasks()), threading.active_count()
    ticks, in_a_task, future = [], [], None

    def now():
        return int((loop.time() - start + 0.001) * 10) / 10

    def tick(left):
        ticks.append([left, now()])
        if asyncio.current_task(loop) is not None:
            in_a_task.append(left)
        if left == plan.get("cancel in") and future is not None:
            future.cancel()
        if left == plan.get("fail in"):
            raise OSError("the screen is gone")

    if "late" in plan:
        when, how_long = plan["late"]
        loop.call_later(when, time.sleep, how_long)
    if "cancel when late" in plan:
        loop.call_later(plan["cancel when late"], lambda: future.cancel())
    future = ex.countdown(seconds, tick)
    if not isinstance(future, asyncio.Future):
        ex.note(["no future", type(future).__name__])
        if asyncio.iscoroutine(future):
            future.close()
        return
    ex.note(["done at once", future.done()])
    others = [ex.countdown(seconds, lambda left: None) for _ in range(plan.get("others", 0))]
    longer = []
    if "longer" in plan:
        other = ex.countdown(plan["longer"], lambda left: longer.append([left, now()]))
    ex.note(["took", now()])
    started = threading.active_count() - threads
    ex.note(["is a task", isinstance(future, asyncio.Task) or len(asyncio.all_tasks()) > tasks])
    if "cancel" in plan:
        await asyncio.sleep(plan["cancel"])
        future.cancel()
    await asyncio.wait([future], timeout=seconds + 0.75 - now())
    ex.note(["done", future.done(), now()])
    if others:
        await asyncio.wait(others, timeout=1)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    ex.note(["threads", max(started, threading.active_count() - threads)])
    ex.note(["in a task", in_a_task])
    ex.note(["timers", len([timer for timer in loop._scheduled if not timer.cancelled()])])
    if "longer" in plan:
        await asyncio.wait([other], timeout=plan["longer"] + 0.75 - now())
        ex.note(["longer", longer])
        return
    until_end = len(ticks)
    await asyncio.sleep(max(0, seconds + 1.25 - now()))
    ex.note(["ticks", ticks[:until_end], ticks[until_end:]])
    if future.cancelled():
        ex.note(["end", "cancelled"])
    elif not future.done():
        ex.note(["end", "open"])
    elif future.exception() is not None:
        ex.note(["end", f"{type(future.exception()).__name__}: {future.exception()}"])
    else:
        ex.note(["end", future.result()])


async def told(exercise, seconds, **plan):
    run = await exercise.play_within(watched, seconds, {name.replace("_", " "): value for name, value in plan.items()})
    if run.failed:
        return run.result
    notes = {note[0]: note[1:] for note in run.noted}
    assert "no future" not in notes, f"countdown should return a future at once; it returned a {notes['no future'][0]}"
    return notes


def on_time(seconds):
    return [[seconds - gone, float(gone)] for gone in range(1, seconds + 1)]


async def test_it_ticks_every_second(exercise, rng):
    """`tick` is called with the seconds that are left, one second after the other, down to 0."""
    for seconds in (rng.choice([2, 3]), 1):
        notes = await told(exercise, seconds, others=rng.choice([0, 2]))
        ticks, late = notes["ticks"]
        assert ticks + late == on_time(seconds), (
            f"countdown({seconds}, tick) should tick [left, at second] {on_time(seconds)}; it ticked {ticks + late}"
        )
    for plan in ({}, {"cancel": 0.5}):
        notes = await told(exercise, 2, longer=4, **plan)
        assert notes["longer"] == [on_time(4)], (
            "a countdown of 4 seconds runs beside one of 2 seconds that ends before it or is cancelled; it should tick "
            f"[left, at second] {on_time(4)}, and ticked {notes['longer'][0]}"
        )


async def test_the_future_tells_the_end(exercise, rng):
    """After `tick(0)` the future has the result "time is up"; with 0 seconds it has it at once."""
    for seconds in (rng.choice([1, 2, 3]), 0):
        notes = await told(exercise, seconds)
        assert notes["took"] == [0.0], "countdown itself should return at once"
        assert notes["end"] == ["time is up"], (
            f'countdown({seconds}, tick) should end with the result "time is up"; the future was: {notes["end"][0]!r}'
        )
        assert notes["done"] == [True, float(seconds)], (
            f"the future of countdown({seconds}, tick) was done at second {notes['done'][1]:g}"
        )
        if seconds == 0:
            assert notes["done at once"] == [True], "with 0 seconds the future should be done when countdown returns it"
            assert notes["ticks"] == [[], []], "with 0 seconds, tick should not be called"


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_it_does_not_drift(exercise, rng):
    """A tick that comes late does not push back the ones after it."""
    seconds, how_long = 3, rng.choice([0.3, 0.5])
    notes = await told(exercise, seconds, late=[0.8, how_long])
    ticks, late = notes["ticks"]
    wanted = on_time(seconds)
    wanted[0][1] = round(0.8 + how_long, 1)
    assert ticks + late == wanted, (
        f"something blocked the event loop from second 0.8 to {0.8 + how_long:g}; the ticks [left, at second] "
        f"should be {wanted}, and were {ticks + late}"
    )
    assert notes["done"] == [True, 3.0], f"the end came at second {notes['done'][1]:g} and not at 3"
    notes = await told(exercise, 3, late=[0.8, 1.4])
    ticks, late = notes["ticks"]
    assert ticks + late == [[2, 2.2], [1, 2.2], [0, 3.0]], (
        "something blocked the event loop from second 0.8 to 2.2, so that two ticks are late together; the ticks "
        f"[left, at second] should be [[2, 2.2], [1, 2.2], [0, 3.0]], and were {ticks + late}"
    )


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_cancelled_means_no_more_ticks(exercise, rng):
    """After the future is cancelled, from outside or by `tick` itself, no tick comes and it stays cancelled."""
    seconds = rng.choice([2, 3])
    outside = rng.choice([0.5, 1.5])
    inside = rng.randint(1, seconds - 1)
    for plan, number in (
        ({"cancel": outside}, int(outside)),
        ({"cancel_in": inside}, seconds - inside),
        ({"cancel_in": 0}, seconds),
    ):
        how = f"at second {outside}" if "cancel" in plan else f"by tick({plan['cancel_in']}) itself"
        notes = await told(exercise, seconds, **plan)
        ticks, late = notes["ticks"]
        assert ticks + late == on_time(seconds)[:number], (
            f"in a countdown of {seconds} seconds that is cancelled {how}, the ticks [left, at second] should be "
            f"{on_time(seconds)[:number]}, and were {ticks + late}"
        )
        assert notes["end"] == ["cancelled"], f"the future was cancelled {how}; it ended as {notes['end'][0]!r}"
    for plan, who, wanted in (
        ({"cancel_when_late": 0.9}, "a callback", []),
        ({"cancel_in": 2}, "tick(2)", [[2, 2.2]]),
    ):
        notes = await told(exercise, 3, late=[0.8, 1.4], **plan)
        ticks, late = notes["ticks"]
        assert ticks + late == wanted, (
            f"something blocks the event loop from second 0.8 to 2.2, and {who} cancels the future when ticks are "
            f"already due; the ticks [left, at second] should be {wanted}, and were {ticks + late}"
        )
        assert notes["end"] == ["cancelled"], f"the future was cancelled; it ended as {notes['end'][0]!r}"


@pytest.mark.allows("blocking")
async def test_an_error_of_tick_ends_it(exercise, rng):
    """If `tick` raises an error, the future gets it, nobody else does, and no tick comes any more."""
    whole = rng.choice([2, 3])
    for seconds, left, plan, wanted in (
        (whole, 0, {}, on_time(whole)),
        (3, 2, {"late": [0.8, 1.4]}, [[2, 2.2]]),
    ):
        notes = await told(exercise, seconds, fail_in=left, **plan)
        ticks, late = notes["ticks"]
        blocked = "something blocks the event loop from second 0.8 to 2.2, and " if plan else ""
        already_due = ", not even one that is due already" if plan else ""
        assert ticks + late == wanted, (
            f"{blocked}tick({left}) raises an error; after that no tick should come{already_due}; "
            f"the ticks [left, at second] should be {wanted}, and were {ticks + late}"
        )
        assert notes["end"] == ["OSError: the screen is gone"], (
            f"tick({left}) raised an error, and the future should end with it; it was: {notes['end'][0]!r}"
        )


@pytest.mark.points(2)
async def test_no_timer_is_left(exercise, rng):
    """When the future is done, cancelled or failed, no timer of `countdown` is left in the event loop."""
    for seconds, how, plan in (
        (2, "was cancelled", {"cancel": rng.choice([0.5, 1.5])}),
        (2, "was cancelled by its tick", {"cancel_in": 1}),
        (2, "had failed", {"fail_in": 1}),
        (2, "was over", {}),
        (0, "was over", {}),
    ):
        notes = await told(exercise, seconds, **plan)
        assert notes["done"][0], "the future is never done"
        if plan.get("cancel") != 0.5 and seconds:
            assert notes["ticks"][0], f"a countdown of {seconds} seconds never called tick; it set no timer at all"
        [left] = notes["timers"]
        assert left == 0, (
            f"after a countdown of {seconds} seconds {how}, {left} timer{'s were' if left > 1 else ' was'} still set; "
            "a timer that nobody takes back stays in the event loop until its time, and keeps alive all that it "
            "refers to"
        )


async def test_timers_and_a_future_do_it(exercise, rng):
    """No task and no thread is started for a countdown."""
    notes = await told(exercise, 1, others=rng.choice([2, 3]))
    assert notes["ticks"][0], "tick was never called, so no timer did anything"
    assert notes["is a task"] == [False], "a task was made; use the timers of the event loop"
    assert notes["in a task"] == [[]], "tick was called in a task; a timer of the event loop can call it without one"
    assert notes["threads"] == [0], "a thread was started; use the timers of the event loop"
