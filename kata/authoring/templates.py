"""What `dev new` writes: a small exercise that passes `dev check` as it is, to be rewritten step by step."""

from __future__ import annotations

from string import Template


def files(chapter: str, stem: str) -> dict[str, str]:
    """The texts of a new exercise, by path from the root; the chapter's README is the last one."""
    answers = f"tests/answers/{chapter}/{stem}"
    texts = {
        f"exercises/{chapter}/{stem}.py": STUB,
        f"solutions/{chapter}/{stem}.py": SOLUTION,
        f"tests/hidden/{chapter}/test_{stem}.py": HIDDEN,
        f"{answers}/right_task_group.py": RIGHT_TASK_GROUP,
        f"{answers}/right_tasks.py": RIGHT_TASKS,
        f"{answers}/wrong_one_by_one.py": WRONG_ONE_BY_ONE,
        f"{answers}/wrong_order_of_arrival.py": WRONG_ORDER,
        f"{answers}/wrong_no_names.py": WRONG_NO_NAMES,
        readme(chapter): README,
    }
    return {path: _filled(text, chapter, stem) for path, text in texts.items()}


def readme(chapter: str) -> str:
    """The path of a chapter's README, from the root."""
    return f"exercises/{chapter}/README.md"


def entry(chapter: str, stem: str, *, with_chapter: bool) -> str:
    """The catalog's entry for a new exercise, after one for its chapter when that is new too."""
    text = f"{CHAPTER_ENTRY}\n{EXERCISE_ENTRY}" if with_chapter else EXERCISE_ENTRY
    return _filled(text, chapter, stem)


def _filled(text: str, chapter: str, stem: str) -> str:
    return Template(text.lstrip("\n")).substitute(
        chapter=chapter,
        stem=stem,
        title=_words(stem),
        lower_title=_words(stem).lower(),
        chapter_title=_words(chapter),
    )


def _words(name: str) -> str:
    return name.partition("_")[2].replace("_", " ").capitalize()


STUB = '''
"""$title.

A report needs several pages from a slow server. It asks for one page, waits, and asks for the next. The
server could send all of them at once.

Task: let `fetch_all(fetch, names)` ask for all pages at once. `fetch` is a coroutine function that takes one
name. The result is the list of pages in the order of `names`. Without names it is an empty list.

Example: three pages that take 1, 2 and 1 seconds are there after 2 seconds.

Leave `main` as it is.
"""

import asyncio


async def fetch_all(fetch, names):
    pages = []
    for name in names:
        pages.append(await fetch(name))
    return pages


async def main():
    async def fetch(name):
        await asyncio.sleep(0.5)
        return name.upper()

    print(await fetch_all(fetch, ["one", "two", "three"]))


if __name__ == "__main__":
    asyncio.run(main())
'''

SOLUTION = '''
"""$title: a solution.

Why: gather makes a task of each coroutine, so all of them wait at the same time. It returns the results in
the order of its arguments, whichever came first. Without arguments it gives an empty list.
"""

import asyncio


async def fetch_all(fetch, names):
    return await asyncio.gather(*(fetch(name) for name in names))


async def main():
    async def fetch(name):
        await asyncio.sleep(0.5)
        return name.upper()

    print(await fetch_all(fetch, ["one", "two", "three"]))


if __name__ == "__main__":
    asyncio.run(main())
'''

HIDDEN = '''
"""Hidden tests: $lower_title."""

import pytest

from kata.fakes import Service


@pytest.mark.points(2)
async def test_all_pages_come_at_once(exercise, rng):
    """Pages of 1 second each take 1 second in all."""
    names = [f"page-{number}" for number in range(rng.randint(2, 10))]
    run = await exercise.fetch_all(Service(latency=1), names)
    assert run.result == [name.upper() for name in names]
    assert run.elapsed == 1, f"{len(names)} pages took {run.elapsed:.12g} seconds: they were asked for in turn."


async def test_pages_keep_the_order_of_the_names(exercise):
    """Pages come back in the order of the names, not in the order of arrival."""
    run = await exercise.fetch_all(Service({"slow": 2, "fast": 0.5}), ["slow", "fast"])
    assert run.result == ["SLOW", "FAST"]


async def test_no_names_give_no_pages(exercise):
    """Without names the result is an empty list."""
    run = await exercise.fetch_all(Service(latency=1), [])
    assert run.result == []
'''

RIGHT_TASK_GROUP = '''
"""A task group, and the results read after it."""

import asyncio


async def fetch_all(fetch, names):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(name)) for name in names]
    return [task.result() for task in tasks]
'''

RIGHT_TASKS = '''
"""Tasks first, then an await of each."""

import asyncio


async def fetch_all(fetch, names):
    tasks = [asyncio.create_task(fetch(name)) for name in names]
    return [await task for task in tasks]
'''

WRONG_ONE_BY_ONE = '''
"""Mistake: awaits each page before it asks for the next.
Caught by: test_all_pages_come_at_once
"""


async def fetch_all(fetch, names):
    return [await fetch(name) for name in names]
'''

WRONG_ORDER = '''
"""Mistake: returns the pages in the order of arrival.
Caught by: test_pages_keep_the_order_of_the_names
"""

import asyncio


async def fetch_all(fetch, names):
    return [await page for page in asyncio.as_completed([fetch(name) for name in names])]
'''

WRONG_NO_NAMES = '''
"""Mistake: asyncio.wait refuses an empty list.
Caught by: test_no_names_give_no_pages
"""

import asyncio


async def fetch_all(fetch, names):
    tasks = [asyncio.create_task(fetch(name)) for name in names]
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]
'''

README = """
# $chapter_title

The idea of the chapter, in one paragraph.

```
a timeline that shows it
```

## Myths

- *"A thing that many believe."* What is true, and how to see it.
- *"Another one."* What is true.

## Read more

- [Coroutines and tasks](https://docs.python.org/3/library/asyncio-task.html)
"""

CHAPTER_ENTRY = """
[[chapter]]
id = "$chapter"
title = "$chapter_title"
summary = "One sentence on what the chapter teaches."
"""

EXERCISE_ENTRY = """
[[chapter.exercise]]
name = "$stem"
title = "$title"
kind = "convert"
points = 10
difficulty = 1
minutes = 8
requires = []
hints = [
  "Look at what the program does while it waits for the first page.",
  "A coroutine that is awaited at once runs alone. What lets several of them wait together?",
  "One call of the library takes all the coroutines and gives back all the results in order.",
]
"""
