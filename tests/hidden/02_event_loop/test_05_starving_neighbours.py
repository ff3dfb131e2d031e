"""Hidden tests: starving neighbours."""

import asyncio
import threading
import time

import pytest

PATIENCE = 0.25


async def beside_others(ex, costs, patience, bad):
    """Run steps of these costs; note after which of them the others had a turn, and what was called where.

    An earlier call, whose result is noted first, takes half a second.
    """
    loop = asyncio.get_running_loop()
    home = threading.current_thread()
    called, turns, elsewhere = [], [], []

    def others():
        turns.append(called[-1] if called else 0)

    def make_step(number, cost):
        def step():
            called.append(number)
            if threading.current_thread() is not home:
                elsewhere.append(number)
            time.sleep(cost)
            if number == bad:
                raise ArithmeticError(f"step {number} does not converge")
            if threading.current_thread() is home:
                loop.call_soon(others)
            return 7 * (number - 1)

        return step

    def same():
        time.sleep(0.25)
        return 5

    steps = [make_step(number, cost) for number, cost in enumerate(costs, 1)]
    ex.note(await ex.crunch([same, same], patience))
    loop.call_soon(others)  # they would like a turn before the first step, too
    try:
        return await ex.crunch(steps, patience)
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
        assert abs(since - patience) > 0.015
        if since > patience:
            turns.append(number)
            since = 0.0
    return [number for number in turns if number != len(costs)]


def some_costs(rng):
    """Steps of different lengths: tiny ones, longer ones, and one that is longer than the patience."""
    blocks = [[0.1, 0.1, 0.1], [0.045] * 6, [0.2, 0.1], [0.4], [0.045] * 2 + [0.2]]
    rng.shuffle(blocks)
    return [cost for block in blocks for cost in block] + [0.1] * rng.choice([1, 2])


async def played(exercise, costs, bad=None, patience=PATIENCE):
    run = await exercise.play_within(beside_others, costs, patience, bad)
    if run.failed and (bad is None or not run.noted[1:]):
        return run, [], [], run.result
    _, called, turns, elsewhere = run.noted
    assert not elsewhere, (
        "a step was called in another thread; the steps share data and must stay in the thread of crunch"
    )
    return run, called, turns, None if run.failed else run.result


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_the_others_have_their_turn_in_time(exercise, rng):
    """Once `patience` seconds have gone by, the others have their turn before the next step begins."""
    for costs in ([0.1] * 9, some_costs(rng), [0.4, 0.4, 0.4]):
        _, called, turns, _ = await played(exercise, costs)
        assert called == list(range(1, len(costs) + 1)), "every step should be called once, in order"
        assert turns, (
            f"in {sum(costs):g} seconds of computing with a patience of {PATIENCE}, the others never had a turn. "
            "Is the time ever up by the clock that you read? And an await that has nothing to wait for does not suspend"
        )
        last, starved = 0, 0.0
        for number, cost in enumerate(costs, 1):
            assert starved < PATIENCE, (
                f"the others had waited for {starved:.2f} seconds, since {f'step {last}' if last else 'the start'}, "
                f"when step {number} of {len(costs)} began; the patience was {PATIENCE}"
            )
            starved += cost
            if number in turns:
                last, starved = number, 0.0
    _, _, turns, _ = await played(exercise, [0.5] * 5, patience=1)
    assert 2 in turns, (
        "steps of 0.5 seconds with a patience of 1: after two steps just 1 second has gone by, so the others should "
        f"have their turn after step 2; they had it after the steps {turns}"
    )


@pytest.mark.allows("blocking")
async def test_the_heartbeat_goes_on(exercise):
    """A heartbeat that sleeps between its beats is never silent for longer than three times the time between turns."""
    for cost in (0.1, 0.2):
        costs = [cost] * round(3 / cost)
        run = await exercise.play_within(with_a_heartbeat, costs, PATIENCE, 0.01)
        assert run.result is None
        [longest] = run.noted
        assert longest <= 0.05 + 3 * (PATIENCE + cost), (
            f"in 3 seconds of computing, with a patience of {PATIENCE} and steps of {cost} seconds, the heartbeat "
            f"was silent for {longest:g} seconds; what is done between the steps does not let it beat"
        )


@pytest.mark.allows("blocking")
@pytest.mark.points(2)
async def test_no_turn_is_given_too_early(exercise, rng):
    """Before `patience` seconds have gone by, the others have no turn; tiny steps run in one go."""
    for costs in (some_costs(rng), [0.4] + [0.045] * 8, [0.045] * 14):
        _, _, turns, _ = await played(exercise, costs)
        wanted = wanted_turns(costs, PATIENCE)
        early = [number for number in turns if number not in wanted]
        assert turns, "the others never had a turn, neither too early nor in time"
        assert 0 not in early, (
            "the others had a turn before the first step, when no time had gone by since crunch began"
        )
        assert not early, (
            f"{len(costs)} steps that take {sum(costs):g} seconds, with a patience of {PATIENCE}, should give the "
            f"others a turn after the steps {wanted}; they had it after {turns}, the first time too early after step "
            f"{early[0]}. Look at the time since the last turn, not at the number of steps"
        )


@pytest.mark.allows("blocking")
async def test_nothing_is_waited_for(exercise):
    """The whole takes just as long as its steps, and the turns in between take no time."""
    for costs in ([0.1] * 10, [0.05] * 20, [0.4, 0.1, 0.5]):
        run, _, turns, _ = await played(exercise, costs)
        assert turns, "the others never had a turn, so there is nothing to measure yet"
        whole = round(0.5 + sum(costs), 3)
        assert run.elapsed == whole, (
            f"in two calls of crunch, steps that need {whole:g} seconds took {run.elapsed:g} seconds; letting the "
            "others have their turn needs no waiting"
        )


@pytest.mark.allows("blocking")
async def test_the_numbers_keep_their_order(exercise, rng):
    """The result is the list of the steps' numbers, in order; with no steps, the empty list."""
    for number in (rng.randint(4, 9), 1, 0):
        costs = [0.3] * number
        run, called, turns, result = await played(exercise, costs)
        assert called == list(range(1, number + 1)), f"{number} steps, and called were {called}"
        earlier = run.noted[0]
        assert earlier == [5, 5], f"one step twice in the list, which gives 5, should give [5, 5]; it gave {earlier!r}"
        wanted = [7 * (step - 1) for step in called]
        assert result == wanted, f"a second call of crunch should give {wanted}; it gave {result!r}"
        assert turns or number < 2, "the others never had a turn, so crunch does no more than before"


@pytest.mark.allows("blocking")
async def test_an_error_leaves_crunch(exercise, rng):
    """If a step fails, its error leaves `crunch`, and the steps after it are not called."""
    number = rng.randint(4, 6)
    for bad in (1, rng.randint(2, number - 1), number):
        run, called, _, _ = await played(exercise, [0.1] * number, bad)
        wanted = ArithmeticError(f"step {bad} does not converge")
        assert run.raised == wanted, f"step {bad} failed; " + (
            f"{run.raised!r} came out instead of its error" if run.raised else "no error came out of crunch"
        )
        assert called == list(range(1, bad + 1)), "after the step that failed, no other should be called"
