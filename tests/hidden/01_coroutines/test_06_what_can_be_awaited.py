"""Hidden tests: what can be awaited."""

import asyncio

import pytest

from kata.contract.texts import shown
from kata.contract.values import Opaque
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

KINDS = ["coroutine object", "task", "future", "object with __await__"]
ERRORS = ["ValueError", "OSError", "KeyError", "RuntimeError", "TimeoutError", "ConnectionError", "ExceptionGroup"]


async def put_together(ex, specs):
    """Build the parts from [kind, value, seconds], resolve them, and note which functions came back."""

    async def fetch(value, seconds):
        await asyncio.sleep(seconds)
        return value

    class Later:
        def __init__(self, value, seconds):
            self.value, self.seconds, self.awaited = value, seconds, False

        def __await__(self):
            if self.awaited:
                raise RuntimeError("this object was awaited already")
            self.awaited = True
            return fetch(self.value, self.seconds).__await__()

    async def banner():
        return "nobody asked for this banner"

    def footer():
        return "nobody asked for this footer"

    loop = asyncio.get_running_loop()
    parts = []
    for kind, value, seconds in specs:
        if kind == "coroutine object":
            parts.append(fetch(value, seconds))
        elif kind == "task":
            parts.append(asyncio.create_task(fetch(value, seconds)))
        elif kind == "future":
            future = loop.create_future()
            loop.call_later(seconds, future.set_result, value)
            parts.append(future)
        elif kind == "object with __await__":
            parts.append(Later(value, seconds))
        elif kind == "function":
            parts.append({"banner": banner, "footer": footer}[value])
        elif kind == "list":
            parts.append([Later("inner", 0)])
        elif kind == "again":
            parts.append(parts[value])
        else:
            parts.append(value)
    before = list(parts)
    whole = await ex.resolve(parts)
    if type(whole) is list and len(whole) == len(before):
        same = [now is part for now, part in zip(whole, before, strict=True)]
        ex.note([place for place, spec in enumerate(specs) if spec[0] == "function" and not same[place]])
        ex.note([place for place, spec in enumerate(specs) if spec[0] in ("value", "list") and not same[place]])
        whole = [
            "untouched" if type(now) is list and spec[0] == "list" else now
            for now, spec in zip(whole, specs, strict=True)
        ]
        whole = [
            spec[1] if spec[0] == "function" and same[place] else now
            for place, (now, spec) in enumerate(zip(whole, specs, strict=True))
        ]
    return whole


async def page_after_page(ex, number):
    class Later:
        def __init__(self, page):
            self.page = page

        def __await__(self):
            yield from asyncio.sleep(0.125).__await__()
            return self.page

    return [await ex.resolve(["title", Later(page)]) for page in range(number)]


async def broken_parts(ex, errors):
    """Resolve lists of which one part raises; give for each kind of part and error what came of it."""

    async def fetch(value, seconds):
        await asyncio.sleep(seconds)
        return value

    async def fail(error):
        await asyncio.sleep(1)
        raise error

    class Later:
        def __init__(self, error):
            self.error = error

        def __await__(self):
            return fail(self.error).__await__()

    def broken(kind, error):
        if kind == "coroutine object":
            return fail(error)
        if kind == "task":
            return asyncio.create_task(fail(error))
        if kind == "object with __await__":
            return Later(error)
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(1, future.set_exception, error)
        return future

    kinds = {each.__name__: each for each in (ValueError, OSError, KeyError, RuntimeError, TimeoutError)}
    kinds["ConnectionError"] = ConnectionError
    found = []
    for kind, name in errors:
        if name == "ExceptionGroup":
            error = ExceptionGroup("this part is broken", [ValueError("one"), OSError("two")])
        else:
            error = kinds[name]("this part is broken")
        parts = ["title", fetch("news", 0.5), asyncio.create_task(fetch("logo", 0.25))]
        place = len(found) % 4
        parts.insert(place, broken(kind, error))
        try:
            whole = await ex.resolve(parts)
            there = whole[place] if type(whole) is list and len(whole) == 4 else whole
            there = repr(there) if isinstance(there, Exception) else f"an object of the type {type(there).__name__}"
            found.append(f"returned, with {there} in the place of that part")
        except Exception as caught:
            found.append("raised it" if caught is error else f"raised {caught!r}")
    return found


async def cancelled_page(ex, moment):
    """Cancel resolve while it waits for a part; whoever is left gets the time to end."""

    async def fetch(value):
        await asyncio.sleep(10)
        return value

    task = asyncio.create_task(ex.resolve(["title", fetch("news"), 42]))
    await asyncio.sleep(moment)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(11)
    return "was cancelled" if task.cancelled() else f"returned {task.result()!r}"


async def results_as_they_are(ex):
    """Resolve parts with results that look like something to be treated; say for each whether it came unchanged."""

    class Later:
        def __await__(self):
            yield from asyncio.sleep(0.5).__await__()
            return "nobody asked for this result"

    async def give(value):
        return value

    results = [Later(), OSError("given, not raised"), ["a", "list"], give]
    whole = await ex.resolve([give(value) for value in results])
    return [now is value for now, value in zip(whole, results, strict=True)]


def expect_values(run, wanted, specs):
    result = run.result
    assert type(result) is list, f"resolve should return a list; it returned {result!r}"
    assert len(result) == len(wanted), f"{len(wanted)} parts should give {len(wanted)} values, not {len(result)}"
    for place, (value, spec) in enumerate(zip(wanted, specs, strict=True)):
        found = result[place]
        same = type(found) is type(value) and found == value
        there = f"an object of the type {found.type}" if isinstance(found, Opaque) else shown(found, 80)
        assert same, f"place {place} (counted from 0) held {held(spec, value)} in the new list; it holds {there}"


def held(spec, value):
    """What stood in a place before, and what should stand there, as the middle of a sentence."""
    kind = spec[0]
    if kind in ("value", "list"):
        return f"{shown(value, 80) if kind == 'value' else 'a list'}, which cannot be awaited and should stand there"
    if kind == "function":
        return f"the function `{value}`, which should stand there as it is, and not be called,"
    if kind == "again":
        return f"the same object as place {spec[1]}, and its result {shown(value, 80)} should stand there, too,"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}, and its result {shown(value, 80)} should stand there"


@pytest.mark.points(2)
async def test_whatever_can_be_awaited_becomes_its_result(exercise, rng):
    """Coroutine objects, tasks, futures and other objects with `__await__` become their results, in place."""
    for kind in KINDS:
        specs = [[kind, f"part {rng.randint(100, 999)}", rng.choice([0.5, 1])], ["value", "title", 0]]
        specs += [[kind, value, rng.choice([0, 0.5])] for value in inputs.values(rng, 13)]
        run = await exercise.play_within(put_together, specs)
        expect_values(run, [value for _, value, _ in specs], specs)
    run = await exercise.play_within(results_as_they_are)
    gave = ["an object with __await__", "an OSError that was not raised", "a list", "a coroutine function"]
    for same, what in zip(run.result, gave, strict=True):
        assert same, f"the result of a part was {what}; it should stand in the new list just as it is, and does not"


async def test_plain_parts_stay_as_they_are(exercise, rng):
    """What cannot be awaited stays as it is: texts, numbers, None, lists, tuples, dicts and functions of any kind."""
    values = ["title", "title", 42, 2.5, ["a", "list"], ("a", "tuple"), {"a": "dict"}, *inputs.values(rng, 12)]
    specs = [["value", value, 0] for value in values] + [["function", "banner", 0], ["function", "footer", 0]]
    specs.append(["list", "untouched", 0])
    rng.shuffle(specs)
    specs.insert(rng.randrange(len(specs)), ["coroutine object", "news", 0.5])
    run = await exercise.play_within(put_together, specs)
    expect_values(run, [value for _, value, _ in specs], specs)
    functions, others = run.noted
    assert not functions, (
        f"place {functions[0]} (counted from 0) held a function; the very same function should stand there in the "
        "new list"
    )
    place = others[0] if others else 0
    what = "a list with an object in it that can be awaited" if specs[place][0] == "list" else shown(specs[place][1])
    assert not others, (
        f"place {place} (counted from 0) held {what}; the very same object should stand there in the new list, and "
        "another one does"
    )


@pytest.mark.points(2)
async def test_all_parts_wait_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest part, of many parts, or of days; what is there already takes no time."""
    for slowest, number in ((2, 60), (inputs.DAYS, 3)):
        specs = [["coroutine object", "news", 1], ["object with __await__", "weather", 1.5]]
        specs += [["coroutine object", "ads", slowest], ["task", "logo", 0.5], ["value", "title", 0]]
        specs += [["coroutine object", f"teaser {place}", 1.5] for place in range(number)]
        rng.shuffle(specs)
        run = await exercise.play_within(put_together, specs)
        expect_values(run, [value for _, value, _ in specs], specs)
        assert run.elapsed == slowest, (
            f"of {number + 5} parts, the slowest takes {in_seconds(slowest)}; the whole took {in_seconds(run.elapsed)}"
        )
    run = await exercise.play_within(put_together, [["value", "title", 0], ["coroutine object", "news", 0]])
    expect.returns(run, ["title", "news"], "the new list")
    assert run.elapsed == 0, f"nothing there takes any time; the whole took {in_seconds(run.elapsed)}"


async def test_the_same_object_is_awaited_once(exercise, rng):
    """An object in several places is awaited once, its result stands in each, and a later call begins anew."""
    specs = [["value", "title", 0]]
    for kind in rng.sample(KINDS, len(KINDS)):
        specs += [[kind, f"{kind} {rng.randint(100, 999)}", 0.5], ["again", len(specs), 0]]
    specs += [["again", rng.randrange(1, len(specs), 2), 0] for _ in range(2)]
    run = await exercise.play_within(put_together, specs)
    wanted = [specs[value][1] if kind == "again" else value for kind, value, _ in specs]
    expect_values(run, wanted, specs)
    run = await exercise.play_within(page_after_page, 20)
    for page, found in enumerate(run.result):
        wanted = ["title", page]
        wrong = expect.difference(found, wanted)
        assert found == wanted, f"of twenty pages in a row, each of new objects, page {page} is wrong: {wrong}"


async def test_an_error_leaves_resolve(exercise, rng):
    """If a part raises, its error leaves `resolve`; if `resolve` is cancelled, it ends as cancelled."""
    errors = [[kind, name] for kind in KINDS for name in ERRORS]
    rng.shuffle(errors)
    run = await exercise.play_within(broken_parts, errors)
    for (kind, name), how in zip(errors, run.result, strict=True):
        kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        assert how == "raised it", (
            f"{kind} among the parts has the error {name}('this part is broken'), which should leave resolve; it {how}"
        )
    moment = rng.choice([0.25, 3.5, 9.75])
    run = await exercise.play_within(cancelled_page, moment)
    assert run.result == "was cancelled", (
        f"resolve was cancelled after {in_seconds(moment)}, while a part of it takes 10 seconds; it should end as "
        f"cancelled, and it {run.result}"
    )


async def test_an_empty_list_stays_empty(exercise):
    """An empty list gives an empty list, at once, and the list that was handed in is not changed."""
    run = await exercise.play_within(put_together, [])
    expect.returns(run, [], "the new list of no parts")
    expect.takes(run, 0, "resolve with an empty list")
    for number in (3, 0):
        run = await exercise.play_within(keep_the_list, number)
        whole, new, kept = run.result
        story = f"a list of a text and {number or 'no'} coroutine objects"
        wrong = expect.difference(whole, ["title", *(f"news {place}" for place in range(number))])
        assert not wrong, f"{story}: {wrong}"
        assert new, f"{story}: resolve should return a new list; it returned the one that it was given"
        assert kept, f"{story}: resolve should leave the list that it was given as it was; it was changed"


async def keep_the_list(ex, number):
    async def fetch(value):
        await asyncio.sleep(0.5)
        return value

    parts = ["title", *(fetch(f"news {place}") for place in range(number))]
    before = list(parts)
    whole = await ex.resolve(parts)
    return [
        whole,
        whole is not parts,
        len(parts) == len(before) and all(a is b for a, b in zip(parts, before, strict=True)),
    ]
