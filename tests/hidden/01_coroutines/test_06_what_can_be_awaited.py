"""Hidden tests: what can be awaited."""

import asyncio

import pytest

KINDS = ["coroutine object", "task", "future", "object with __await__"]


async def put_together(ex, specs):
    """Build the parts from [kind, value, seconds], resolve them, and note which functions came back."""

    async def fetch(value, seconds):
        await asyncio.sleep(seconds)
        if value == "broken":
            raise OSError("this part is broken")
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
        assert result[place] == value, f"place {place} held {kind}; expected {value!r} there, got {result[place]!r}"


@pytest.mark.points(2)
async def test_whatever_can_be_awaited_becomes_its_result(exercise, rng):
    """Coroutine objects, tasks, futures and other objects with `__await__` become their results, in place."""
    for kind in KINDS:
        specs = [[kind, f"part {rng.randint(100, 999)}", rng.choice([0.5, 1])] for _ in range(rng.choice([1, 2]))]
        specs += [["value", "title", 0], [kind, rng.choice([None, 0, "", False]), 0], [kind, "last", 0.5]]
        run = await exercise.play_within(put_together, specs)
        expect(run, [value for _, value, _ in specs], specs)
    run = await exercise.play_within(results_as_they_are)
    assert run.result == [True] * 4, (
        "four parts gave as their results an object with __await__, an OSError that was not raised, a list and a "
        "coroutine function; each should stand in the new list just as it is"
    )


async def test_plain_parts_stay_as_they_are(exercise, rng):
    """What cannot be awaited stays as it is: texts, numbers, None, lists, tuples, dicts and functions of any kind."""
    values = ["title", 42, None, 2.5, ["a", "list"], ("a", "tuple"), {"a": "dict"}, [], "", 0, False]
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
    """The whole takes as long as the slowest part; parts that are there already take no time."""
    specs = [
        ["coroutine object", "news", 1],
        ["object with __await__", "weather", 1.5],
        ["coroutine object", "ads", 2],
        *(["coroutine object", f"teaser {number}", 1.5] for number in range(12)),
    ]
    specs += [["task", "logo", 0.5], ["value", "title", 0]]
    rng.shuffle(specs)
    run = await exercise.play_within(put_together, specs)
    expect(run, [value for _, value, _ in specs], specs)
    assert run.elapsed == 2, f"the slowest part takes 2 seconds; the whole took {run.elapsed:g}"
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
    """If a part raises, its error leaves `resolve`."""
    for kind, place in zip(rng.sample(["coroutine object", "task"], 2), (0, rng.randint(1, 3)), strict=True):
        specs = [["value", "title", 0], ["coroutine object", "news", 0.5], ["task", "logo", 0.5]]
        specs.insert(place, [kind, "broken", 1])
        run = await exercise.play_within(put_together, specs)
        assert run.raised == OSError("this part is broken"), (
            "a part raised OSError('this part is broken'), and resolve should raise just that; "
            f"it {f'raised {run.raised!r}' if run.raised else 'raised nothing'}"
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
