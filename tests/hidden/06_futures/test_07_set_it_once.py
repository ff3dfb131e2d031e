"""Hidden tests: set it once."""

import asyncio

import pytest

ERRORS = ["the bank is closed", "no such currency", "line is busy"]


async def with_a_cell(ex, visitors, calls):
    """Let visitors wait at a cell, and call its methods.

    A visitor is [second at which it comes, second at which it is cancelled or None]; a call is [second,
    method, argument]. At one second calls come first, then visitors come, then visitors are cancelled. Gives,
    for each visitor, how its task ended, with what, and at which second; notes what each call raised or
    returned.
    """
    loop = asyncio.get_running_loop()
    begun, end = loop.time(), 4
    cell = ex.Cell()
    tasks, ended = {}, {}

    def now():
        return round(loop.time() - begun, 1)

    async def visit(place):
        try:
            return await cell.get()
        finally:
            ended[place] = now()

    plan = [(second, 0, name, argument) for second, name, argument in calls]
    plan += [(come, 1, "come", place) for place, (come, _) in enumerate(visitors)]
    plan += [(leave, 2, "leave", place) for place, (_, leave) in enumerate(visitors) if leave is not None]
    for second, _, name, argument in sorted(plan, key=lambda step: step[:2]):
        if second > now():
            await asyncio.sleep(second - (loop.time() - begun))
        if name == "come":
            tasks[argument] = asyncio.create_task(visit(argument), name=f"visitor {argument}")
        elif name == "leave":
            tasks[argument].cancel()
        else:
            argument = [OSError(argument)] if name == "fail" else [] if name == "cancel" else [argument]
            try:
                ex.note([name, "returned", getattr(cell, name)(*argument)])
            except Exception as error:
                ex.note([name, "raised", type(error).__name__])
    if tasks:
        await asyncio.wait(tasks.values(), timeout=end - (loop.time() - begun))
    told = []
    for place, task in sorted(tasks.items()):
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
            told.append(["waits", None, None])
        elif task.cancelled():
            told.append(["cancelled", None, ended.get(place)])
        elif task.exception() is not None:
            told.append([type(task.exception()).__name__, str(task.exception()), ended[place]])
        else:
            told.append(["value", task.result(), ended[place]])
    return told


WORDS = {"value": "gets {!r}", "waits": "waits for ever", "cancelled": "ends as cancelled"}


def words(outcome):
    kind, what, second = outcome
    when = "" if second is None else f" at second {second:g}"
    return WORDS.get(kind, f"raises {kind}({{!r}})").format(what) + when


async def expect(exercise, visitors, calls, wanted, why=""):
    """Play it; ``wanted`` are the visitors' outcomes as kind, value and second."""
    run = await exercise.play(with_a_cell, visitors, calls)
    for place, (real, right) in enumerate(zip(run.result, wanted, strict=True)):
        come, leave = visitors[place]
        story = f"a visitor comes at second {come:g}" + (f", is cancelled at {leave:g}" if leave else "")
        done = ", ".join(f"{name} is called at second {second:g}" for second, name, _ in calls) or "nothing is set"
        assert real == right, f"{done}; {story}, and {words(real)} (expected: {words(right)}){why}"
    return run


def waits(run):
    return max((sum(s.kind == "waiting" for s in task.spans) for task in run.tasks[1:]), default=0)


@pytest.mark.points(2)
async def test_everybody_who_waits_gets_the_value(exercise, rng):
    """All who wait wake up when the cell is set, and get the value, whatever it is; nobody polls."""
    for value in (rng.randint(1, 99), rng.choice([None, 0, ""])):
        visitors = [[0, None], [0, None], [0.5, None]][: rng.choice([2, 3])]
        run = await expect(exercise, visitors, [[2, "set", value]], [["value", value, 2] for _ in visitors])
        assert waits(run) <= 3, f"a visitor woke up {waits(run)} times before the cell was set; once is enough"
        assert run.noted == [["set", "returned", None]], f"set should return None; it {run.noted[0][1:]}"


async def test_late_visitors_get_the_value_at_once(exercise, rng):
    """Whoever comes after the cell was set gets the value at once, and a second time, too."""
    value = rng.choice([f"{rng.random():.3f}", None])
    await expect(
        exercise,
        [[1, None], [1.5, None], [0, None], [1.5, None]],
        [[1, "set", value]],
        [["value", value, 1], ["value", value, 1.5], ["value", value, 1], ["value", value, 1.5]],
    )
    await expect(exercise, [[0.5, None]], [[0, "set", 1]], [["value", 1, 0.5]])


@pytest.mark.points(2)
async def test_a_failed_or_cancelled_cell(exercise, rng):
    """After `fail` every `get` raises the error, after `cancel` a CancelledError, early and late alike."""
    for method in ("fail", "cancel"):
        text = rng.choice(ERRORS) if method == "fail" else None
        kind = "OSError" if method == "fail" else "cancelled"
        visitors = [[0, None], [0.5, None], [1.5, None], [2, None]]
        run = await expect(exercise, visitors, [[1, method, text]], [[kind, text, second] for second in (1, 1, 1.5, 2)])
        assert run.noted == [[method, "returned", None]], f"{method} should return None; it {run.noted[0][1:]}"


@pytest.mark.points(2)
async def test_a_second_time_is_an_error(exercise, rng):
    """Once set, failed or cancelled, each further call raises InvalidStateError and changes nothing."""
    # A value that is None or 0 has been set like any other.
    for first, value in (("set", 1), ("set", None), ("set", 0), ("fail", 1), ("cancel", 1)):
        further = rng.sample(["set", "fail", "cancel"], 3)
        arguments = {"set": value, "fail": "first", "cancel": None}
        others = {"set": 2, "fail": "second", "cancel": None}
        outcome = {"set": ["value", value], "fail": ["OSError", "first"], "cancel": ["cancelled", None]}[first]
        calls = [[1, first, arguments[first]], *([1, name, others[name]] for name in further[:1])]
        calls += [[1.5, name, others[name]] for name in further]
        run = await expect(exercise, [[0, None], [2, None]], calls, [[*outcome, 1], [*outcome, 2]])
        assert run.noted[0][1] == "returned", f"the first call, {first}, raised {run.noted[0][2]}"
        after = f"set({value!r})" if first == "set" else first
        for name, how, what in run.noted[1:]:
            assert [how, what] == ["raised", "InvalidStateError"], (
                f"{name} after {after} should raise asyncio.InvalidStateError; it {how} {what}"
            )


@pytest.mark.points(2)
async def test_a_cancelled_visitor_leaves_alone(exercise, rng):
    """A task that is cancelled while it waits ends as cancelled; cell and others notice nothing of it."""
    why = "; cancelling a task that awaits a future cancels that future for everybody"
    for leaver in (0, rng.choice([1, 2])):
        visitors = [[0, 0.5 if place == leaver else None] for place in range(3)] + [[2, None]]
        wanted = [["cancelled", None, 0.5] if leave else ["value", 7, come or 1.5] for come, leave in visitors]
        run = await expect(exercise, visitors, [[1.5, "set", 7]], wanted, why)
        assert run.noted == [["set", "returned", None]], (
            f"a visitor was cancelled, and then set {' '.join(map(str, run.noted[0][1:]))}{why}"
        )
    # Everybody who waits leaves, and the cell is still good.
    visitors = [[0, 0.5], [0, 1], [2, None]]
    wanted = [["cancelled", None, 0.5], ["cancelled", None, 1], ["value", 8, 2]]
    await expect(exercise, visitors, [[1.5, "set", 8]], wanted, why)


async def test_the_cell_waits_for_its_caller(exercise, rng):
    """A cell that nobody has set keeps everybody waiting, and two cells know nothing of each other."""
    run = await exercise.play(two_cells, rng.randint(1, 99))
    early, first, second = run.result
    assert not early, "get came back although nobody had set, failed or cancelled the cell"
    assert first[0] != "waits" and second == "waits", (
        "two cells were made and one of them was set; the one that was set gave "
        f"{first[0]}, the visitor of the other one {second}"
    )
    assert first[0] == "value", f"the cell that was set gave {first[0]}"


async def two_cells(ex, value):
    one, two = ex.Cell(), ex.Cell()
    first, second = asyncio.create_task(one.get()), asyncio.create_task(two.get())
    await asyncio.sleep(1)
    early = first.done() or second.done()
    one.set(value)
    await asyncio.sleep(0.5)
    told = [early, ["value" if first.done() and first.result() == value else "waits"]]
    told.append("waits" if not second.done() else "came back")
    for task in (first, second):
        task.cancel()
    await asyncio.wait([first, second])
    return told
