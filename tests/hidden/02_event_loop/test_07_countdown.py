"""Hidden tests: countdown."""

import asyncio
import threading
import time

import pytest

from kata.judge import inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

LATE = [0.8, 1.4]
"""When, after how many seconds, and for how long something blocks the event loop: two ticks are late together."""


async def watched(ex, seconds, plan):
    """Start countdowns and note what happens.

    ``plan`` may hold: "others" (how many more countdowns run beside it), "longer" (the seconds of one more that is
    watched, too), "again" (the second at which another one is started with just the same arguments), "wait" (the second
    at which all of it begins: the clock of the event loop need not stand at a whole one), "late" ([when, how long] the
    event loop is blocked), "cancel" and "cancel when late" (the second at which the future is cancelled
    from outside), "slow in", "cancel in", "fail in" (the seconds left at the tick that computes for 1.4 seconds,
    cancels, or fails), and "error" (with what it fails).
    """
    loop = asyncio.get_running_loop()
    if "wait" in plan:
        await asyncio.sleep(plan["wait"])
    start = loop.time()
    tasks, threads = len(asyncio.all_tasks()), threading.active_count()
    ticks, longer, in_a_task, lost, future = [], [], [], [], None

    def now():
        return round(loop.time() - start, 6)

    def tick(left):
        ticks.append([left, now()])
        if asyncio.current_task(loop) is not None:
            in_a_task.append(left)
        if left == plan.get("slow in"):
            time.sleep(1.4)
        if left == plan.get("cancel in") and future is not None:
            future.cancel()
        if left == plan.get("fail in"):
            raise plan["error"]
        return [None, False, True, 0, "stop", []][len(ticks) % 6]

    if "cancel in" in plan:  # of an error that comes then nobody can be told but the event loop
        loop.set_exception_handler(lambda _, context: lost.append(context.get("exception")))
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
    ex.note(["before it returned", *[left for left, _ in ticks]])
    more = [ex.countdown(seconds, lambda left: None) for _ in range(plan.get("others", 0))]
    if "longer" in plan:
        more.append(ex.countdown(plan["longer"], lambda left: longer.append([left, now()])))
    ex.note(["took", now()])
    started = threading.active_count() - threads
    ex.note(["is a task", isinstance(future, asyncio.Task), len(asyncio.all_tasks()) > tasks])
    if plan.get("cancel"):
        await asyncio.sleep(plan["cancel"])
    if "cancel" in plan:
        ex.note(["cancel gave", future.cancel()])
    if "again" in plan:
        await asyncio.sleep(plan["again"])
        more.append(ex.countdown(seconds, tick))
    await asyncio.wait([future], timeout=seconds + 0.75 - now())
    ex.note(["done", future.done(), now()])
    if more:
        await asyncio.wait(more, timeout=plan.get("longer", seconds) + 0.75 - now())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    ex.note(["threads", max(started, threading.active_count() - threads)])
    ex.note(["in a task", in_a_task])
    ex.note(["timers", len([timer for timer in loop._scheduled if not timer.cancelled()])])
    await asyncio.sleep(max(0, seconds + 1.25 - now()))
    ex.note(["ticks", *ticks])
    ex.note(["longer", *longer])
    ex.note(["lost", *[error for error in lost if error is not plan.get("error")]])
    if future.cancelled():
        ex.note(["end", "cancelled"])
    elif not future.done():
        ex.note(["end", "open"])
    else:
        ex.note(["end", future.exception() or future.result()])


async def told(exercise, seconds, **plan):
    run = await exercise.play_within(watched, seconds, {name.replace("_", " "): value for name, value in plan.items()})
    if run.raised is not None and run.raised == plan.get("error"):
        story = f"countdown({seconds}, tick) itself raised {run.raised!r}, the error of tick({plan['fail_in']})"
        assert run.raised is None, f"{story}: tick was called before countdown had returned"
    if run.failed:
        return run.result
    notes = {note[0]: note[1:] for note in run.noted} | {"set": len(run.timers)}
    assert "no future" not in notes, about(
        "coroutine",
        f"countdown should return a future at once; it returned a {notes['no future'][0]}",
        function="countdown",
    )
    return notes


def on_time(seconds, since=0.0, until=0.0):
    """The ticks of a countdown; those that are due between these two seconds come at the latter."""
    moments = map(float, range(1, seconds + 1))
    return [[seconds - int(due), until if since < due < until else due] for due in moments]


def expect_ticks(ticks, wanted, story):
    """These calls of tick came, at these seconds after the call of countdown, and no other."""
    for number, ([left, at], [right, when]) in enumerate(zip(ticks, wanted, strict=False), 1):
        text = f"{story}: tick({right}) should come after {in_seconds(when)}; it came after {in_seconds(at)}"
        if left != right:
            which = {1: "the first call", 2: "the second call", 3: "the third call"}.get(number, f"call {number}")
            never = "" if [one for one, _ in ticks if one == right] else f"; tick({right}) never came"
            text = (
                f"{story}: {which} of tick should be tick({right}), after {in_seconds(when)}; it was tick({left}), "
                f"after {in_seconds(at)}{never}"
            )
        elif number > 1 and round(at - ticks[number - 2][1], 6) == 1:
            text += f", 1 second after tick({ticks[number - 2][0]}), which was late"
        in_time = (left, at) == (right, when)
        assert in_time, text
    more = ticks[len(wanted) :]
    assert not more, (
        f"{story}: {number_of(len(wanted))} of tick should come; {'then ' if wanted else ''}tick({more[0][0]}) came"
        f"{', too,' if wanted else ''} after {in_seconds(more[0][1])}"
    )
    missing = wanted[len(ticks) :]
    assert not missing, (
        f"{story}: tick({missing[0][0]}) should come after {in_seconds(missing[0][1])}; it never came, and "
        f"{number_of(len(ticks))} of tick did"
    )


def number_of(calls):
    return {0: "no call", 1: "1 call"}.get(calls, f"{calls} calls")


def expect_end(notes, wanted, story):
    """The future ended with this result or error, or was cancelled."""
    [end] = notes["end"]
    should = "be cancelled" if wanted == "cancelled" else f"end with {wanted!r}"
    did = {"cancelled": "it was cancelled", "open": "it never ended"}
    ended = did[end] if type(end) is str and end in did else f"it ended with {end!r}"
    assert notes["end"] == [wanted], f"{story}: the future should {should}; {ended}"


def expect_done(notes, seconds, story):
    done, when = notes["done"]
    assert done, f"{story}: the future should be done after {in_seconds(seconds)}; it was not"
    in_time = when == float(seconds)
    assert in_time, f"{story}: the future should be done after {in_seconds(seconds)}; it was after {in_seconds(when)}"


async def test_it_ticks_every_second(exercise, rng):
    """`tick` is called with the seconds that are left, one second after the other, down to 0."""
    for seconds, plan in ((3, {}), (2, {"others": 2, "wait": 0.25}), (1, {"others": rng.choice([0, 2])})):
        notes = await told(exercise, seconds, **plan)
        others = f", beside {plan['others']} more" if plan.get("others") else ""
        expect_ticks(notes["ticks"], on_time(seconds), f"countdown({seconds}, tick){others}")
    for plan, end in (({}, "ends"), ({"cancel": 0.5}, "is cancelled")):
        notes = await told(exercise, 2, longer=4, **plan)
        story = (
            f"two countdowns run at the same time, of 2 and of 4 seconds, and the shorter one {end}; in the longer one"
        )
        expect_ticks(notes["longer"], on_time(4), story)
    notes = await told(exercise, 2, again=0.37)
    wanted = [[1, 1.0], [1, 1.37], [0, 2.0], [0, 2.37]]
    expect_ticks(notes["ticks"], wanted, "countdown(2, tick), and 0.37 seconds later countdown(2, tick) once more")


async def test_the_future_tells_the_end(exercise, rng):
    """After `tick(0)` the future has the result "time is up"; with 0 seconds it has it at once."""
    for seconds, plan in ((2, {}), (rng.randint(1, 4), {"wait": 0.25}), (5, {}), (0, {}), (0, {"wait": 0.25})):
        notes = await told(exercise, seconds, **plan)
        at_once = notes["took"] == [0.0]
        assert at_once, f"countdown should return at once; it returned after {in_seconds(notes['took'][0])}"
        story = f"countdown({seconds}, tick)"
        if seconds == 0 and notes["ticks"]:
            story += f", which called tick({notes['ticks'][0][0]})"
        expect_end(notes, "time is up", story)
        expect_done(notes, seconds, story)
        if seconds == 0:
            assert notes["done at once"] == [True], (
                "countdown(0, tick): the future should be done when countdown returns it; it was done only in a later "
                "turn of the event loop"
            )
            assert not notes["ticks"], f"with 0 seconds, tick should not be called; tick({notes['ticks'][0][0]}) was"


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_it_does_not_drift(exercise, rng):
    """A tick that comes late does not push back the ones after it, and none is left out."""
    for seconds, late in ((3, [0.8, 0.5]), (3, [0.8, 0.305]), (3, LATE), (3_613, [0.8, 3_609.0735])):
        since, until = late[0], round(sum(late), 6)
        notes = await told(exercise, seconds, late=late, **({"wait": 0.25} if late is LATE else {}))
        story = f"in a countdown of {seconds} seconds something blocks the event loop from {since} to {until} seconds"
        if notes["set"] > 20 * seconds:
            story += f", and {notes['set']} timers were set for {seconds} ticks"
        expect_ticks(notes["ticks"], on_time(seconds, since, until), story)
        expect_done(notes, seconds, story)
    slow = rng.choice([2, 3])
    notes = await told(exercise, 4, slow_in=slow)
    wanted = on_time(4, 4 - slow, round(5.4 - slow, 1))
    expect_ticks(notes["ticks"], wanted, f"in a countdown of 4 seconds, tick({slow}) computes for 1.4 seconds")


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_cancelled_means_no_more_ticks(exercise, rng):
    """After the future is cancelled, from outside or by `tick` itself, no tick comes and it stays cancelled."""
    seconds = rng.choice([2, 3])
    inside = rng.randint(1, seconds - 1)
    for plan, number in (
        *(({"cancel": moment}, int(moment)) for moment in (1.5, 0.0, 0.5, seconds - 0.01)),
        ({"cancel_in": inside}, seconds - inside),
        ({"cancel_in": 0}, seconds),
        ({"cancel_in": inside, "fail_in": inside, "error": some_errors(rng)[0]}, seconds - inside),
    ):
        how = f"after {in_seconds(plan['cancel'])}" if "cancel" in plan else f"by tick({plan['cancel_in']}) itself"
        then = ", which then fails" if "error" in plan else ""
        story = f"a countdown of {seconds} seconds is cancelled {how}{then}"
        notes = await told(exercise, seconds, **plan)
        gave = notes.get("cancel gave", [True])[0]
        assert gave is True, f"{story}: future.cancel() should return True; it returned {gave!r}{was_done(notes)}"
        expect_ticks(notes["ticks"], on_time(seconds)[:number], story)
        expect_end(notes, "cancelled", story)
        lost = next(iter(notes["lost"]), None)
        assert lost is None, about(
            "no error",
            f"{story}: nothing should be done with the future after that; a callback raised {lost!r}",
            error=lost,
        )
    for plan, who, wanted in (
        ({"cancel_when_late": 0.9}, "a callback", []),
        ({"cancel_in": 2}, "tick(2)", [[2, 2.2]]),
    ):
        story = (
            f"something blocks the event loop from 0.8 to 2.2 seconds, and {who} cancels the future when ticks are "
            "already due"
        )
        notes = await told(exercise, 3, late=LATE, **plan)
        expect_ticks(notes["ticks"], wanted, story)
        expect_end(notes, "cancelled", story)


def was_done(notes):
    return ", since the future that countdown returned was done already" if notes["done at once"] == [True] else ""


def some_errors(rng):
    return [
        OSError("no screen"),
        *inputs.errors(rng, 2, text="no screen"),
        ExceptionGroup("two screens", [OSError(), KeyError()]),
    ]


@pytest.mark.allows("blocking")
async def test_an_error_of_tick_ends_it(exercise, rng):
    """If `tick` raises an error, the future gets it, nobody else does, and no tick comes any more."""
    whole = rng.choice([2, 3])
    first, second, third, fourth = some_errors(rng)
    for seconds, left, error, plan, wanted in (
        (whole, whole - 1, first, {}, on_time(whole)[:1]),
        (4, 1, second, {}, on_time(4)[:3]),
        (whole, 0, third, {}, on_time(whole)),
        (3, 2, fourth, {"late": LATE}, [[2, 2.2]]),
    ):
        notes = await told(exercise, seconds, fail_in=left, error=error, **plan)
        blocked = "something blocks the event loop from 0.8 to 2.2 seconds, and " if plan else ""
        story = f"{blocked}in a countdown of {seconds} seconds tick({left}) raises an error"
        expect_ticks(notes["ticks"], wanted, story)
        expect_end(notes, error, story)


@pytest.mark.points(2)
async def test_no_timer_is_left(exercise, rng):
    """When the future is done, cancelled or failed, no timer of `countdown` is left in the event loop."""
    early = {"cancel": 0.5}
    before = ""
    for seconds, how, plan in (
        (3, "was cancelled before its first tick", early),
        (3, "was cancelled after its first tick", {"cancel": 1.5}),
        (3, "was cancelled at once", {"cancel": 0.0}),
        (300, "was cancelled", {"cancel": rng.choice([0.0, 0.5, 1.5])}),
        (2, "was cancelled by its tick", {"cancel_in": 1}),
        (2, "had failed", {"fail_in": 1, "error": some_errors(rng)[0]}),
        (2, "was over", {}),
        (0, "was over", {}),
    ):
        notes = await told(exercise, seconds, **plan)
        assert notes["done"][0], f"the future of a countdown of {seconds} seconds was never done"
        if plan.get("cancel", 1) >= 1 and seconds:
            assert notes["ticks"], f"a countdown of {seconds} seconds never called tick"
        [left] = notes["timers"]
        assert left == 0, (
            f"after a countdown of {seconds} seconds {how}, {left} timer{'s were' if left > 1 else ' was'} still set"
            f"{before}; a timer that nobody takes back stays in the event loop until its time"
        )
        before = "" if plan is not early else ", while none was when it was cancelled before that"


async def test_timers_and_a_future_do_it(exercise, rng):
    """No task and no thread is started for a countdown."""
    for others in (0, rng.choice([2, 3])):
        notes = await told(exercise, 1, others=others)
        assert notes["ticks"], "a countdown of 1 second never called tick"
        its_future, more = notes["is a task"]
        assert not its_future, "the future that countdown returned is a task; the timers of the event loop can do it"
        assert not more, "countdown made a task; the timers of the event loop can do it"
        early = notes["before it returned"]
        assert not early, (
            f"tick({early[0]}) was called before countdown had returned; a timer of the event loop can call it later"
        )
        assert notes["in a task"] == [[]], (
            "tick was called in a task; a timer of the event loop can call it without one"
        )
        assert notes["threads"] == [0], about(
            "thread used", "a thread was started; the timers of the event loop can do it"
        )
