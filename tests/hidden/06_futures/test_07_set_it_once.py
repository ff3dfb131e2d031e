"""Hidden tests: set it once."""

import asyncio

import pytest

from kata.judge import inputs
from kata.judge.clean import in_seconds

ERRORS = ["the bank is closed", "no such currency", "line is busy"]


async def with_a_cell(ex, visitors, calls):
    """Let visitors wait at a cell, and call its methods.

    A visitor is [second at which it comes, second at which it is cancelled or None]; a call is [second,
    method, argument]. At one second visitors are cancelled first, then calls come, then visitors come, all in one
    step of the event loop. Gives, for each visitor, how its task ended, with what, and at which second; notes
    what each call raised or returned.
    """
    loop = asyncio.get_running_loop()
    begun, errors = loop.time(), []
    cell = ex.Cell()
    tasks, ended = {}, {}

    class RateError(Exception):
        pass

    def now():
        return round(loop.time() - begun, 6)

    async def visit(place):
        try:
            return await cell.get()
        finally:
            ended[place] = now()

    plan = [(leave, 0, "leave", place) for place, (_, leave) in enumerate(visitors) if leave is not None]
    plan += [(second, 1, name, argument) for second, name, argument in calls]
    plan += [(come, 2, "come", place) for place, (come, _) in enumerate(visitors)]
    end = max(step[0] for step in plan) + 2
    for second, _, name, argument in sorted(plan, key=lambda step: step[:2]):
        if second > now():
            await asyncio.sleep(second - (loop.time() - begun))
        if name == "come":
            tasks[argument] = asyncio.create_task(visit(argument), name=f"visitor {argument}")
        elif name == "leave":
            tasks[argument].cancel()
        else:
            if name == "fail":
                argument = RateError(argument)
                errors.append(argument)
            try:
                returned = cell.cancel() if name == "cancel" else getattr(cell, name)(argument)
            except asyncio.InvalidStateError:
                ex.note([name, "raised", "InvalidStateError"])
            except Exception as error:
                kind = type(error)
                ex.note([name, "raised", f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")])
            else:
                ex.note([name, "returned", returned if returned is None else repr(returned)])
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
            error = task.exception()
            text = f"a copy of {error}" if isinstance(error, RateError) and error is not errors[0] else str(error)
            told.append([type(error).__name__, text, ended[place]])
        else:
            told.append(["value", task.result(), ended[place]])
    return told


def words(outcome, *, should=False):
    """What came of a visitor, or should come: got what, and when."""
    kind, what, second = outcome
    when = "" if second is None else f" after {in_seconds(second)}"
    past, future = {
        "value": (f"got {what!r},", f"get {what!r},"),
        "waits": ("was still waiting at the end", "wait"),
        "cancelled": ("ended as cancelled,", "end as cancelled,"),
    }.get(kind, (f"raised {kind}({what!r}),", f"raise {kind}({what!r}),"))
    return (future if should else past) + when


def done_to_it(calls, noted):
    """What was done to a cell, in words: its first call, and how many came after it."""
    if not calls:
        return "nobody sets the cell"
    (second, name, argument), *further = calls
    told = f"{name}({argument!r})" if name == "set" else name
    told += f" is called after {in_seconds(second)}"
    if noted and noted[0][1] == "raised":
        told += f" (and raises {noted[0][2]})"
    others = ", ".join(dict.fromkeys(call[1] for call in further))
    return told + (f", then {others}, which should change nothing" if further else "")


def visitor(come, leave, calls):
    """Who that is, in words: when it comes, and whether it is cancelled."""
    who = "a visitor who waits from the start" if not come else f"a visitor who comes after {in_seconds(come)}"
    if calls and come > calls[0][0]:
        who += ", later than that,"
    return who + (f" and is cancelled after {in_seconds(leave)}" if leave else "")


async def expect(exercise, visitors, calls, wanted, why="", check=None):
    """Play it; ``wanted`` are the visitors' outcomes as kind, value and second; ``check`` looks at the run first."""
    run = await exercise.play(with_a_cell, visitors, calls)
    if check is not None:
        check(run)
    right_ones = sum(real[:2] == right[:2] for real, right in zip(run.result, wanted, strict=True))
    some = f" {right_ones} of {len(wanted)} visitors end as they should, and" if 0 < right_ones < len(wanted) else ""
    for place, (real, right) in enumerate(zip(run.result, wanted, strict=True)):
        if real[2] is not None:
            real = [*real[:2], run.task(f"visitor {place}").ended]
        come, leave = visitors[place]
        blame = why if real[0] == "cancelled" and right[0] != "cancelled" else ""
        gone = [away for other, (_, away) in enumerate(visitors) if other != place and away is not None]
        first = f"one visitor is cancelled after {in_seconds(gone[0])}; " if gone else ""
        assert real == right, (
            f"{first}{done_to_it(calls, run.noted)};{some} `get` of {visitor(come, leave, calls)} should "
            f"{words(right, should=True)}; it {words(real)}{blame}"
        )
    return run


def said(note):
    _, how, what = note
    return f"{how} {what}"


def waits(run):
    return max((sum(s.kind == "waiting" for s in task.spans) for task in run.tasks[1:]), default=0)


def refused(got):
    """The first call at a new cell was not refused."""
    assert got[0] != "refused", (
        f"{got[1]} was called for the first time at a new cell, and raised InvalidStateError; another cell had been "
        "ended before, and cells should know nothing of each other"
    )


@pytest.mark.points(2)
async def test_everybody_who_waits_gets_the_value(exercise, rng):
    """All who wait wake up when the cell is set, and get the value, whatever it is; nobody polls."""
    plays = [(rng.randint(1, 99), [0, 0, 0.53], 2), (None, [0, 0], 2)]
    plays.append((rng.choice(["", 0]), [0, *inputs.seconds(rng, 24, longest=inputs.HOUR)], inputs.DAYS))
    for value, comes, second in plays:
        visitors = [[come, None] for come in comes]
        run = await expect(exercise, visitors, [[second, "set", value]], [["value", value, second] for _ in visitors])
        assert waits(run) <= 3, f"a visitor woke up {waits(run)} times before the cell was set; once is enough"
        assert run.noted == [["set", "returned", None]], f"set should return None; it {said(run.noted[0])}"
    ends = [["set", value] for value in inputs.values(rng, 14)]
    run = await exercise.play(many_cells, [["set", 7], *ends, ["set", ValueError("a value like any other")]])
    for told in run.result:
        shown, *got = told
        refused(got)
        for who, its in zip(("one who waited", "one who came later"), got, strict=True):
            how = {"raised": "raised it", "waiting": "waited on for ever"}.get(its, f"got {its}")
            assert its == "that", f"a cell was set to {shown}, which `get` should give; {who} {how}"


async def test_late_visitors_get_the_value_at_once(exercise, rng):
    """Whoever comes after the cell was set gets the value at once, and a second time, too."""
    for value in (rng.randint(1, 99), None):
        await expect(
            exercise,
            [[1.5, None], [1, None], [0, None], [1.5, None]],
            [[1, "set", value]],
            [["value", value, 1.5], ["value", value, 1], ["value", value, 1], ["value", value, 1.5]],
        )
    value = ValueError("a value like any other")
    await expect(exercise, [[0.5, None]], [[0, "set", value]], [["value", value, 0.5]])
    later = inputs.DAYS
    await expect(exercise, [[later, None], [0, None]], [[1, "set", 0]], [["value", 0, later], ["value", 0, 1]])


@pytest.mark.points(2)
async def test_a_failed_or_cancelled_cell(exercise, rng):
    """After `fail` every `get` raises the error, after `cancel` a CancelledError, early and late alike."""
    for method, second in (("fail", 1), ("cancel", 1), ("fail", inputs.DAYS), ("cancel", inputs.DAYS)):
        text = rng.choice(ERRORS) if method == "fail" else None
        kind = "RateError" if method == "fail" else "cancelled"
        comes = [0, 0.5, second + 0.5, second + 1]
        wanted = [[kind, text, max(come, second)] for come in comes]
        run = await expect(exercise, [[come, None] for come in comes], [[second, method, text]], wanted)
        assert run.noted == [[method, "returned", None]], f"{method} should return None; it {said(run.noted[0])}"
    run = await exercise.play(many_cells, [["fail", error] for error in [*inputs.errors(rng, 12), "a group"]])
    for shown, *got in run.result:
        refused(got)
        for who, its in zip(("one who waited", "one who came later"), got, strict=True):
            how = {"that": "got it as a value", "waiting": "waited on for ever"}.get(its, f"got {its}")
            assert its == "raised", f"fail was called with {shown}, which `get` should raise; {who} {how}"


@pytest.mark.points(2)
async def test_a_second_time_is_an_error(exercise, rng):
    """Once set, failed or cancelled, each further call raises InvalidStateError and changes nothing."""
    # A value that is None or 0 has been set like any other.
    refused_after = []
    for first, value in (("set", 1), ("set", None), ("set", 0), ("fail", 1), ("cancel", 1)):
        further = rng.sample(["set", "fail", "cancel"], 3)
        arguments = {"set": value, "fail": "first", "cancel": None}
        others = {"set": 2, "fail": "second", "cancel": None}
        outcome = {"set": ["value", value], "fail": ["RateError", "first"], "cancel": ["cancelled", None]}[first]
        calls = [[1, first, arguments[first]], *([1, name, others[name]] for name in further[:1])]
        calls += [[1.5, name, others[name]] for name in further]
        after = f"set({value!r})" if first == "set" else first

        def check(run, after=after):
            assert run.noted[0][1] == "returned", f"the first call, {after}, raised {run.noted[0][2]}"
            others = f". After {refused_after[-1]} all further calls did" if refused_after else ""
            silent = list(dict.fromkeys(name for name, how, what in run.noted[1:] if what != "InvalidStateError"))
            raised = list(dict.fromkeys(name for name, how, what in run.noted[1:] if name not in silent))
            if raised and silent and not refused_after:
                others = f"; {' and '.join(raised)} did raise it"
            for name, how, what in run.noted[1:]:
                assert [how, what] == ["raised", "InvalidStateError"], (
                    f"{', '.join(silent)} after {after} should raise asyncio.InvalidStateError; {name} {how} {what}"
                    f"{others}"
                )

        await expect(exercise, [[0, None], [2, None]], calls, [[*outcome, 1], [*outcome, 2]], check=check)
        refused_after.append(after)


@pytest.mark.points(2)
async def test_a_cancelled_visitor_leaves_alone(exercise, rng):
    """A task that is cancelled while it waits ends as cancelled; cell and others notice nothing of it."""
    why = "; cancelling a task that awaits a future cancels that future for everybody"
    # The second time the cell is set before the one who leaves has had another turn.
    for leaver, second in ((0, 0.5), (rng.choice([1, 2]), 1.5)):
        visitors = [[0, second if place == leaver else None] for place in range(3)] + [[2, None]]
        wanted = [["cancelled", None, second] if leave else ["value", 7, come or 1.5] for come, leave in visitors]
        run = await expect(exercise, visitors, [[1.5, "set", 7]], wanted, why)
        assert run.noted[0][1] == "returned", (
            f"a visitor was cancelled, and then set {said(run.noted[0])}: it set a future that was done already, as "
            "the task that awaited it had been cancelled"
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
    assert second == "waits", (
        "two cells were made, and one of them was set; the visitor of the other one came back, too"
    )
    assert first[0] == "value", "two cells were made, and one of them was set; its visitor did not get the value"


async def many_cells(ex, ends):
    """Make a cell for each [method, argument], let one wait at it, end it, and ask it again; tell what both got."""
    told, group = [], ExceptionGroup("two banks", [OSError("closed"), ValueError("no rate")])
    ends = [(method, group if method == "fail" and argument == "a group" else argument) for method, argument in ends]

    async def ask(cell, argument):
        try:
            got = await cell.get()
        except Exception as error:
            return "raised" if error is argument else f"{error!r}, raised"
        same = type(got) is type(argument) and (got is argument if isinstance(got, Exception) else got == argument)
        return "that" if same else repr(got)

    cells = [ex.Cell() for _ in ends]
    waiting = [asyncio.create_task(ask(cell, end[1])) for cell, end in zip(cells, ends, strict=True)]
    await asyncio.sleep(1)
    for place, (cell, (method, argument)) in enumerate(zip(cells, ends, strict=True)):
        try:
            getattr(cell, method)(argument)
        except asyncio.InvalidStateError:
            if not place:
                raise
            for task in waiting:
                task.cancel()
            await asyncio.wait(waiting)
            return [[repr(argument), "refused", method]]
    for cell, task, (_, argument) in zip(cells, waiting, ends, strict=True):
        late = asyncio.create_task(ask(cell, argument))
        await asyncio.wait([task, late], timeout=5)
        told.append([repr(argument)])
        for each in (task, late):
            if not each.done():
                each.cancel()
                await asyncio.wait([each])
                told[-1].append("waiting")
            else:
                told[-1].append(each.result())
    return told


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
