"""Hidden tests: what can be awaited."""

import asyncio

import pytest

from kata.judge import inputs

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
        parts.insert(len(found) % 4, broken(kind, error))
        try:
            found.append(f"returned {await ex.resolve(parts)!r}")
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


def expect(run, wanted, specs):
    result = run.result
    assert type(result) is list, f"resolve should return a list; it returned {result!r}"
    assert len(result) == len(wanted), f"{len(wanted)} parts should give {len(wanted)} values, not {len(result)}"
    for place, (value, spec) in enumerate(zip(wanted, specs, strict=True)):
        kind = "plain value" if spec[0] == "value" else spec[0]
        kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        found = result[place]
        same = type(found) is type(value) and found == value
        assert same, f"place {place} held {kind}; expected {value!r} there, got {found!r}"


@pytest.mark.points(2)
async def test_whatever_can_be_awaited_becomes_its_result(exercise, rng):
    """Coroutine objects, tasks, futures and other objects with `__await__` become their results, in place."""
    for kind in KINDS:
        specs = [[kind, f"part {rng.randint(100, 999)}", rng.choice([0.5, 1])], ["value", "title", 0]]
        specs += [[kind, value, rng.choice([0, 0.5])] for value in inputs.values(rng, 13)]
        run = await exercise.play_within(put_together, specs)
        expect(run, [value for _, value, _ in specs], specs)
    run = await exercise.play_within(results_as_they_are)
    assert run.result == [True] * 4, (
        "four parts gave as their results an object with __await__, an OSError that was not raised, a list and a "
        "coroutine function; each should stand in the new list just as it is"
    )


async def test_plain_parts_stay_as_they_are(exercise, rng):
    """What cannot be awaited stays as it is: texts, numbers, None, lists, tuples, dicts and functions of any kind."""
    values = ["title", "title", 42, 2.5, ["a", "list"], ("a", "tuple"), {"a": "dict"}, *inputs.values(rng, 12)]
    specs = [["value", value, 0] for value in values] + [["function", "banner", 0], ["function", "footer", 0]]
    specs.append(["list", "untouched", 0])
    rng.shuffle(specs)
    specs.insert(rng.randrange(len(specs)), ["coroutine object", "news", 0.5])
    run = await exercise.play_within(put_together, specs)
    expect(run, [value for _, value, _ in specs], specs)
    functions, others = run.noted
    assert not functions, "a function in the list should come back as it is; it cannot be awaited, only called"
    assert not others, (
        f"place {others[0]} held something that cannot be awaited; the very same object should stand there "
        "afterwards, a list with all that is in it too"
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
        expect(run, [value for _, value, _ in specs], specs)
        assert run.elapsed == slowest, (
            f"of {number + 5} parts, the slowest takes {slowest:.10g} seconds; the whole took {run.elapsed:.10g}"
        )
    run = await exercise.play_within(put_together, [["value", "title", 0], ["coroutine object", "news", 0]])
    assert run.result == ["title", "news"]
    assert run.elapsed == 0, f"nothing there takes any time; the whole took {run.elapsed:g} seconds"


async def test_the_same_object_is_awaited_once(exercise, rng):
    """An object in several places is awaited once, its result stands in each, and a later call begins anew."""
    specs = [["value", "title", 0]]
    for kind in rng.sample(KINDS, len(KINDS)):
        specs += [[kind, f"{kind} {rng.randint(100, 999)}", 0.5], ["again", len(specs), 0]]
    specs += [["again", rng.randrange(1, len(specs), 2), 0] for _ in range(2)]
    run = await exercise.play_within(put_together, specs)
    wanted = [specs[value][1] if kind == "again" else value for kind, value, _ in specs]
    expect(run, wanted, specs)
    run = await exercise.play_within(page_after_page, 20)
    assert run.result == [["title", page] for page in range(20)], (
        f"twenty pages were put together, one after another, each of new objects; they came out as {run.result!r}"
    )


async def test_an_error_leaves_resolve(exercise, rng):
    """If a part raises, its error leaves `resolve`; if `resolve` is cancelled, it ends as cancelled."""
    errors = [[kind, name] for kind in KINDS for name in ERRORS]
    rng.shuffle(errors)
    run = await exercise.play_within(broken_parts, errors)
    for (kind, name), how in zip(errors, run.result, strict=True):
        kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        assert how == "raised it", (
            f"{kind} was to raise {name}('this part is broken'), which should leave resolve; it {how}"
        )
    moment = rng.choice([0.25, 3.5, 9.75])
    run = await exercise.play_within(cancelled_page, moment)
    assert run.result == "was cancelled", (
        f"resolve was cancelled at second {moment:g}, while it waited for a coroutine object; it should end as "
        f"cancelled, and it {run.result}"
    )


async def test_an_empty_list_stays_empty(exercise):
    """An empty list gives an empty list, at once, and the list that was handed in is not changed."""
    run = await exercise.play_within(put_together, [])
    assert run.result == []
    assert run.elapsed == 0
    for number in (3, 0):
        run = await exercise.play_within(keep_the_list, number)
        assert run.result == [["title", *(f"news {place}" for place in range(number))], True], (
            "resolve should return a new list and leave the one it was given as it was, even if "
            "nothing in it can be awaited"
        )


async def keep_the_list(ex, number):
    async def fetch(value):
        await asyncio.sleep(0.5)
        return value

    parts = ["title", *(fetch(f"news {place}") for place in range(number))]
    before = list(parts)
    whole = await ex.resolve(parts)
    return [
        whole,
        whole is not parts and len(parts) == len(before) and all(a is b for a, b in zip(parts, before, strict=True)),
    ]
