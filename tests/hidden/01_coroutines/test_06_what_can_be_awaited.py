"""Hidden tests: what can be awaited."""

import asyncio

import pytest

from kata.contract.texts import shown
from kata.contract.values import Opaque
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

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
        ex.note([place for place, spec in enumerate(specs) if spec[0] == "value" and not same[place]])
        whole = [
            spec[1] if spec[0] in ("function", "list") and same[place] else now
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
    """Resolve parts with results that look like something to be treated; say for each what came of it."""

    class Later:
        def __await__(self):
            yield from asyncio.sleep(0.5).__await__()
            return "nobody asked for this result"

    async def give(value):
        return value

    came = []
    for value in (Later(), OSError("given, not raised"), ["a", "list"], give):
        try:
            whole = await ex.resolve([give(value)])
            same = type(whole) is list and len(whole) == 1 and whole[0] is value
            came.append("" if same else f"returned {whole!r}")
        except Exception as error:
            came.append(f"raised {error!r}")
    return came


def expect_values(run, wanted, specs):
    if len(specs) < 4:
        story = f"resolve([{', '.join(map(written, specs))}])"
        assert run.raised is None, about(
            "no error", f"{story} should return {shown(wanted, 80)}; it raised {run.raised!r}", error=run.raised
        )
    result = run.result
    assert type(result) is list, f"resolve should return a list; it returned {result!r}"
    if len(specs) < 4:
        returned = ", ".join("the object itself" if isinstance(each, Opaque) else shown(each, 60) for each in result)
        assert len(result) == len(wanted), f"{story} should return {shown(wanted, 80)}; it returned [{returned}]"
    assert len(result) == len(wanted), f"{len(wanted)} parts should give {len(wanted)} values, not {len(result)}"
    for place, (value, spec) in enumerate(zip(wanted, specs, strict=True)):
        found = result[place]
        same = type(found) is type(value) and found == value
        if len(specs) < 4 and spec[0] not in ("function", "list"):
            assert same, f"{story} should return {shown(wanted, 80)}; it returned [{returned}]"
        there = "the object itself" if isinstance(found, Opaque) else shown(found, 60)
        falsy = "" if value else f"; {shown(value, 60)} is a result like any other"
        number = f"part {place + 1} of {len(specs)}"
        assert same, f"{number} was {held(spec, value)}; there is {there} in its place{falsy}"


def written(spec):
    """A part of a short list, as a learner might write it down."""
    kind, value, _ = spec
    if kind in ("value", "list"):
        return repr(value) if kind == "value" else "[<object with __await__>]"
    return {"function": f"<function {value}>", "again": "<the same object>"}.get(kind, f"<{kind}>")


def held(spec, value):
    """What stood in a place before, and what should stand there, as the middle of a sentence."""
    kind = spec[0]
    if kind == "value":
        return f"{shown(value, 60)}, which cannot be awaited and should stay as it is"
    if kind == "list":
        return "a list with an object in it that can be awaited; the list should stay as it is, with that object in it"
    if kind == "function":
        return f"the function `{value}`; it should stay as it is, and not be called"
    if kind == "again":
        return f"the same object as part {spec[1] + 1}, and should become its result {shown(value, 60)}, too"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}, and should become its result {shown(value, 60)}"


@pytest.mark.points(2)
async def test_whatever_can_be_awaited_becomes_its_result(exercise, rng):
    """Coroutine objects, tasks, futures and other objects with `__await__` become their results, in place."""
    for kind in KINDS:
        specs = [[kind, value, rng.choice([0, 0.5])] for value in inputs.values(rng, 13)]
        for some in ([[kind, "news", 0.5], ["value", "title", 0]], [["value", "title", 0], *specs]):
            run = await exercise.play_within(put_together, some)
            expect_values(run, [value for _, value, _ in some], some)
    run = await exercise.play_within(results_as_they_are)
    gave = ["an object with __await__", "OSError('given, not raised')", "a list", "a coroutine function"]
    for came, what in zip(run.result, gave, strict=True):
        assert not came, (
            f"the result of a part was {what}: it should stand in the new list just as it is, like any other result; "
            f"resolve {came}"
        )


async def test_plain_parts_stay_as_they_are(exercise, rng):
    """What cannot be awaited stays as it is: texts, numbers, None, lists, tuples, dicts and functions of any kind."""
    values = ["title", "title", 42, 2.5, ["a", "list"], ("a", "tuple"), {"a": "dict"}, *inputs.values(rng, 12)]
    specs = [["value", value, 0] for value in values] + [["function", "banner", 0], ["function", "footer", 0]]
    specs.append(["list", "untouched", 0])
    rng.shuffle(specs)
    specs.insert(rng.randrange(len(specs)), ["coroutine object", "news", 0.5])
    news = ["coroutine object", "news", 0.5]
    for some in ([news, ["value", 42, 0]], [news, ["function", "banner", 0]], [news, ["list", "untouched", 0]], specs):
        run = await exercise.play_within(put_together, some)
        expect_values(run, [value for _, value, _ in some], some)
        functions, others = run.noted
        assert not functions, (
            f"part {functions[0] + 1} was a function; the very same function should stand there in the new list"
        )
        place = others[0] if others else 0
        assert not others, (
            f"part {place + 1} was {shown(some[place][1])}; the very same object should stand there in the new list, "
            "and another one does"
        )


@pytest.mark.points(2)
async def test_all_parts_wait_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest part, of many parts, or of days; what is there already takes no time."""
    two = [["coroutine object", "news", 1], ["coroutine object", "ads", 1.5]]
    run = await exercise.play_within(put_together, two)
    expect_values(run, ["news", "ads"], two)
    expect.takes(run, 1.5, "resolve with two coroutine objects, of 1 and 1.5 seconds,", in_a_row=2.5)
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
    for some in ([["coroutine object", "news", 0.5], ["again", 0, 0]], specs):
        run = await exercise.play_within(put_together, some)
        expect_values(run, [some[value][1] if kind == "again" else value for kind, value, _ in some], some)
    for pages in (2, 20):
        run = await exercise.play_within(page_after_page, pages)
        for page, found in enumerate(run.result):
            wanted = ["title", page]
            there = "['title', the object itself]" if "object" in repr(found) else repr(found)
            before = f"after {page} call{'s' if page > 1 else ''} with other objects, " if page else ""
            assert found == wanted, (
                f"{before}resolve(['title', <object with __await__>]) should return {wanted}; it returned {there}"
            )


async def test_an_error_leaves_resolve(exercise, rng):
    """If a part raises, its error leaves `resolve`; if `resolve` is cancelled, it ends as cancelled."""
    errors = [[kind, name] for kind in KINDS for name in ERRORS]
    rng.shuffle(errors)
    for some in ([["coroutine object", "ValueError"]], errors):
        run = await exercise.play_within(broken_parts, some)
        for (kind, name), how in zip(some, run.result, strict=True):
            kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
            assert how == "raised it", (
                f"{kind} among the parts has the error {name}('this part is broken'), which should leave resolve; it "
                f"{how}"
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
