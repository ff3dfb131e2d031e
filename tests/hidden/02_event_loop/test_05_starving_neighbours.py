"""Hidden tests: starving neighbours."""

import asyncio
import threading
import time

import pytest

from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

PATIENCE = 0.25


async def beside_others(ex, costs, patience, ends):
    """Run steps of these costs; note after which of them the others had a turn, and what was called where.

    ``ends`` may hold "earlier": two calls with one and the same list come first, whose results are noted, and take half
    a second each; "pause": so many seconds go by before the call; "fails": the number of a step and its error;
    "cancelled": at the first turn after that step the others cancel the task that runs crunch.
    """
    loop = asyncio.get_running_loop()
    home = threading.current_thread()
    called, turns, elsewhere = [], [], []
    bad, error = ends.get("fails", [0, None])

    def others():
        turns.append(called[-1] if called else 0)
        if "cancelled" in ends and turns[-1] >= ends["cancelled"]:
            running.cancel()

    def make_step(number, cost):
        def step():
            called.append(number)
            if threading.current_thread() is not home:
                elsewhere.append(number)
            time.sleep(cost)
            if number == bad:
                raise error
            if threading.current_thread() is home:
                loop.call_soon(others)
            return 7 * (number - 1)

        return step

    def same():
        time.sleep(0.25)
        return 5

    steps = [make_step(number, cost) for number, cost in enumerate(costs, 1)]
    twice = [same, same]
    ex.note([await ex.crunch(twice, patience) for _ in range(2 if "earlier" in ends else 0)])
    if "pause" in ends:
        await asyncio.sleep(ends["pause"])
    try:
        if "cancelled" not in ends:
            loop.call_soon(others)  # they would like a turn before the first step, too
            return await ex.crunch(steps, patience)
        running = asyncio.create_task(ex.crunch(steps, patience))
        await asyncio.wait([running])
        return "cancelled" if running.cancelled() else running.result()
    finally:
        ex.note(list(called))
        ex.note([step for step in range(len(costs)) if step in turns])
        ex.note(list(elsewhere))


async def with_a_heartbeat(ex, costs, patience, pause):
    """Run steps beside a neighbour that wants a turn every ``pause`` seconds; the longest wait of it."""

    def make_step(cost):
        return lambda: time.sleep(cost)

    async def heartbeat():
        last = time.monotonic()
        longest = 0.0
        try:
            while True:
                await asyncio.sleep(pause)
                longest = max(longest, time.monotonic() - last)
                last = time.monotonic()
        finally:
            ex.note(round(max(longest, time.monotonic() - last), 3))

    beating = asyncio.create_task(heartbeat())
    await asyncio.sleep(0)
    await ex.crunch([make_step(cost) for cost in costs], patience)
    await asyncio.sleep(0)
    beating.cancel()
    await asyncio.wait([beating])


def wanted_turns(costs, patience):
    """After which steps the others have their turn, the last one left out. No sum may come near the patience."""
    turns, since = [], 0.0
    for number, cost in enumerate(costs, 1):
        since += cost
        assert abs(since - patience) > patience / 500
        if since > patience:
            turns.append(number)
            since = 0.0
    return [number for number in turns if number != len(costs)]


def some_costs(rng, patience):
    """Steps of different lengths: tiny ones, longer ones, and one that is longer than the patience."""
    blocks = [[0.4, 0.4, 0.4], [0.18] * 6, [0.8, 0.4], [1.6], [0.18] * 2 + [0.8]]
    rng.shuffle(blocks)
    costs = [part for block in blocks for part in block] + [0.4] * rng.choice([1, 2])
    return [round(part * patience, 6) for part in costs]


async def played(exercise, costs, patience=PATIENCE, **ends):
    run = await exercise.play_within(beside_others, costs, patience, ends)
    if run.failed and ("fails" not in ends or not run.noted[1:]):
        return run, [], [], run.result
    _, called, turns, elsewhere = run.noted
    assert not elsewhere, about(
        "thread used",
        f"step {elsewhere[0]} was called in another thread; the steps share data and must stay in the thread of crunch",
    )
    return run, called, turns, None if run.failed else run.result


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_the_others_have_their_turn_in_time(exercise, rng):
    """Once `patience` seconds have gone by, the others have their turn before the next step begins."""
    first = []
    for costs, wanted in (([0.1] * 9, [3, 6]), ([0.3, 0.1, 0.1, 0.1, 0.1], [1, 4])):
        _, called, turns, _ = await played(exercise, costs)
        expect_all_called(called, len(costs))
        assert turns, never(exercise, costs, PATIENCE, wanted, why=True)
        missed = [number for number in wanted if number not in turns]
        counted = ", as when each step took 0.1 seconds" if turns[:1] == first[:1] else ""
        assert not missed, had_turns(costs, PATIENCE, turns, wanted) + (counted + tasks_in_line(exercise, turns))
        first = turns
    for costs, patience, ends in (
        (some_costs(rng, 0.41), 0.41, {"earlier": True, "pause": 0.41}),
        ([inputs.HOUR] * 3, 0.07, {}),
        (some_costs(rng, inputs.DAYS), inputs.DAYS, {}),
    ):
        _, called, turns, _ = await played(exercise, costs, patience, **ends)
        expect_all_called(called, len(costs))
        assert turns, never(exercise, costs, patience, wanted_turns(costs, patience))
        last, starved = 0, 0.0
        for number, cost in enumerate(costs, 1):
            assert starved < patience, (
                f"the others had waited for {in_seconds(starved)}, since {since(last)}, when step {number} of "
                f"{len(costs)} began; the patience was {in_seconds(patience)}"
            )
            starved += cost
            if number in turns:
                last, starved = number, 0.0
    _, _, turns, _ = await played(exercise, [0.5] * 5, 1)
    assert 2 in turns, (
        "steps of 0.5 seconds, with a patience of 1 second: after two steps just 1 second has gone by, so the others "
        f"should have their turn after step 2; {had(turns)}"
    )


@pytest.mark.allows("blocking")
async def test_the_heartbeat_goes_on(exercise):
    """A heartbeat that sleeps between its beats is never silent for longer than three times the time between turns."""
    for cost in (0.1, 0.2):
        costs = [cost] * round(3 / cost)
        run = await exercise.play_within(with_a_heartbeat, costs, PATIENCE, 0.01)
        assert run.result is None
        [longest] = run.noted
        most = 0.05 + 3 * (PATIENCE + cost)
        assert longest <= most, (
            f"{steps_of(costs, PATIENCE)}: the heartbeat may be silent for {in_seconds(most)} at most; it was for "
            f"{in_seconds(longest)}"
        )


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_no_turn_is_given_too_early(exercise, rng):
    """Before `patience` seconds have gone by, the others have no turn; tiny steps run in one go."""
    for costs, wanted in (([0.1] * 9, [3, 6]), ([0.3, 0.1, 0.1, 0.1, 0.1], [1, 4])):
        _, _, turns, _ = await played(exercise, costs)
        assert turns, never(exercise, costs, PATIENCE, wanted, why=True)
        early = [number for number in turns if number not in wanted]
        assert not early, had_turns(costs, PATIENCE, turns, wanted)
    for costs, patience, ends in (
        (some_costs(rng, PATIENCE), PATIENCE, {"pause": 5}),
        (some_costs(rng, PATIENCE), PATIENCE, {"earlier": True, "pause": PATIENCE}),
        ([0.4] + [0.045] * 8, PATIENCE, {}),
        ([0.001] * 120, 0.0505, {}),
        ([inputs.HOUR] * 4, 2.4 * inputs.HOUR, {}),
    ):
        _, _, turns, _ = await played(exercise, costs, patience, **ends)
        wanted = wanted_turns(costs, patience)
        early = [number for number in turns if number not in wanted]
        assert turns, never(exercise, costs, patience, wanted)
        when = "in its third call" if "earlier" in ends else "called 5 seconds after the start of the program,"
        assert 0 not in early, (
            f"{when} crunch gave the others a turn before its first step, when no time had gone by since it began; in "
            "a first call, at second 0, it did not"
        )
        assert not early, too_early(turns, wanted, costs, patience)


def expect_all_called(called, number):
    steps = list(range(1, number + 1))
    assert called == steps, (
        f"each of {number} steps should be called once, in order: {expect.difference(called, steps)}"
    )


def since(last):
    return f"their turn after step {last}" if last else "the start"


def after_step(number):
    return f"after step {number}" if number else "before the first step"


def had(turns):
    return f"they had one {after_step(turns[0])}" if turns else "they had none before the last step was over"


def steps_of(costs, patience):
    """The steps and the patience of a play, as the beginning of a sentence."""
    lengths = f"{len(costs)} steps of {in_seconds(costs[0])}"
    if len(set(costs)) > 1:
        lengths = f"{len(costs)} steps of {expect.all_seconds(costs)}" if len(costs) < 6 else f"{len(costs)} steps"
    return f"{lengths}, with a patience of {in_seconds(patience)}"


def turns_after(turns):
    """When the others had their turns: "before the first step and after steps 3 and 6"."""
    *most, last = [str(turn) for turn in turns if turn] or [""]
    steps = f"after steps {', '.join(most)} and {last}" if most else f"after step {last}" if last else ""
    return " and ".join([*(["before the first step"] if 0 in turns else []), *([steps] if steps else [])])


def had_turns(costs, patience, turns, wanted):
    came = f"one {turns_after(turns)} only" if len(turns) == 1 else f"them {turns_after(turns)}"
    if not turns:
        came = "none"
    should = "a turn" if len(wanted) == 1 else "turns"
    return f"{steps_of(costs, patience)}: the others should have {should} {turns_after(wanted)}; they had {came}"


def in_crunch(exercise, lines):
    """The first of these lines that is one of crunch; 0 where none is."""
    for node in exercise.source.tree.body:
        if getattr(node, "name", "") == "crunch":
            return next((line for line in lines if node.lineno <= line <= node.end_lineno), 0)
    return 0


def never(exercise, costs, patience, wanted, why=False):
    """The others had no turn, and why, where the tests ask for that first."""
    text = had_turns(costs, patience, [], wanted)
    if why and (line := in_crunch(exercise, exercise.source.uses("Await"))):
        return f"{text}, though line {line} has an await: it lets others run only if what it awaits suspends"
    if why and (line := in_crunch(exercise, exercise.source.calls("time.sleep"))):
        return f"{text}: the time.sleep in line {line} stops all tasks and lets none of them run"
    return f"{text}, since crunch never suspended between its steps"


def tasks_in_line(exercise, turns):
    line = in_crunch(exercise, exercise.source.calls("asyncio.gather"))
    made = f": the gather in line {line} makes a task of each step, and all of these were ready before the others"
    return made if line and turns == [0] else ""


def too_early(turns, wanted, costs, patience):
    """The first turn that does not belong there, and how long after the turn before it."""
    last = 0
    for turn in turns:
        waited = sum(costs[last:turn])
        if waited < patience:
            return (
                f"the others had a turn after step {turn}, {in_seconds(waited)} after {since(last)}; the patience was "
                f"{in_seconds(patience)}, so that was too early"
            )
        if turn not in wanted:
            return (
                f"the others had a turn after step {turn}, {in_seconds(waited)} after {since(last)}; the patience of "
                f"{in_seconds(patience)} was up before that, when an earlier step ended"
            )
        last = turn
    return ""


@pytest.mark.allows("blocking")
async def test_nothing_is_waited_for(exercise):
    """The whole takes just as long as its steps, and the turns in between take no time."""
    run, _, turns, _ = await played(exercise, [0.1] * 10)
    assert turns, never(exercise, [0.1] * 10, PATIENCE, [3, 6, 9])
    expect.takes(run, 1, f"crunch, with {steps_of([0.1] * 10, PATIENCE)},")
    costs = [0.4, 0.1, 0.55]
    run, _, turns, _ = await played(exercise, costs, earlier=True, pause=PATIENCE)
    assert turns, never(exercise, costs, PATIENCE, [1])
    story = "two calls of crunch with two steps of 0.25 seconds, a pause of 0.25 seconds, and a call with 3 steps of "
    expect.takes(run, 2.3, f"{story}{expect.all_seconds(costs)}")


@pytest.mark.allows("blocking")
async def test_the_numbers_keep_their_order(exercise, rng):
    """The result is the list of the steps' numbers, in order; with no steps, the empty list."""
    for number, ends in ((rng.randint(4, 9), {}), (1, {}), (0, {"earlier": True, "pause": PATIENCE})):
        costs = [0.3] * number
        run, called, turns, result = await played(exercise, costs, **ends)
        expect_all_called(called, number)
        earlier = run.noted[0] or [[5, 5], [5, 5]]
        assert earlier == [[5, 5], [5, 5]], (
            "crunch was called twice with a list that holds one step twice, which gives 5: each call should give "
            f"[5, 5]; the first gave {earlier[0]!r}, the second {earlier[1]!r}"
        )
        wanted = [7 * (step - 1) for step in called]
        wrong = expect.difference(result, wanted)
        assert result == wanted, f"crunch with {number} steps: {wrong}"
        assert turns or number < 2, never(exercise, costs, PATIENCE, list(range(1, number)))


@pytest.mark.allows("blocking", "unretrieved")
async def test_an_error_leaves_crunch(exercise, rng):
    """If a step fails, or crunch is cancelled during a turn, that leaves `crunch`, and no further step is called."""
    number = rng.randint(4, 6)
    group = ExceptionGroup("two stars", [ValueError("one"), ValueError("two")])
    for bad, error, ends in (
        (2, ValueError("no light"), {}),
        (1, TimeoutError("no light"), {"earlier": True, "pause": PATIENCE}),
        (rng.randint(2, number - 1), group, {}),
        (number, KeyError("star"), {}),
    ):
        run, called, _, _ = await played(exercise, [0.1] * number, fails=[bad, error], **ends)
        expect.raises(run, error, f"step {bad} failed")
        assert called == list(range(1, bad + 1)), (
            f"step {bad} of {number} failed, so it should be the last that is called; after it, {len(called) - bad} "
            "more were"
        )
    for step in (1, 4):
        _, called, turns, result = await played(exercise, [0.1] * 11, cancelled=step)
        assert turns, never(exercise, [0.1] * 11, PATIENCE, [3, 6, 9])
        cancelled = turns[-1]
        assert cancelled >= step, (
            f"crunch was to be cancelled in the turn of the others after step {step} or later; of 11 steps of 0.1 "
            f"seconds, with a patience of {in_seconds(PATIENCE)}, they had their last turn {after_step(cancelled)}"
        )
        wanted = list(range(1, cancelled + 1))
        assert called == wanted, (
            f"crunch was cancelled in a turn after step {cancelled}; no further step should be called, and "
            f"{len(called) - cancelled} were"
        )
        assert result == "cancelled", f"crunch was cancelled in a turn after step {cancelled}; it returned {result!r}"
