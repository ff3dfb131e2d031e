"""Errors in a group.

A nightly import loads a set of files in a task group. If one of them is malformed, `load` raises a
ValueError, the group stops the other loads, and the whole import ends with an error. The files that were
loaded by then are lost, and nobody learns which problem it was.

Task:
    Add error handling with `except*` to `import_files(load, names)`, so that it returns a Report.
    `load` is a coroutine function: `await load(name)` gives the content of a file as text.
    - `loaded` holds each file that was loaded, name to content, also when others failed.
    - `problems` holds the text of each ValueError, in any order. Several files may fail at the same moment.
    - As before, the first failure stops the files that are still being loaded. They stand in neither of
      the two.
    - Only a ValueError is a problem to report; UnicodeError is a kind of ValueError. Errors of other kinds
      go on up in their exception group, without the ValueErrors beside them.
    - If `import_files` itself is cancelled, that goes on up too. (It is not cancelled while stopped loads
      tidy up.)
    - With no failure, all files are loaded and there are no problems.

Example:
    Loading "a" takes 1 second, "b" fails after 2 seconds with ValueError("b: line 7"), and "c" would take 3.
    The result is Report(loaded={"a": "..."}, problems=["b: line 7"]), after 2 seconds.

New here:
    `except* ValueError as failed:` takes the ValueErrors out of an exception group. `failed` is again an
    exception group; `failed.exceptions` is a tuple of what it holds.

Leave `Report`, `main` and the names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict[str, str]
    problems: list[str]


async def import_files(load: Callable[[str], Awaitable[str]], names: list[str]) -> Report:
    tasks = {}
    async with asyncio.TaskGroup() as group:
        for name in names:
            tasks[name] = group.create_task(load(name))
    return Report({name: task.result() for name, task in tasks.items()}, [])


async def main() -> None:
    async def load(name: str) -> str:
        await asyncio.sleep({"a": 0.3, "b": 0.6, "c": 0.9}[name])
        if name == "b":
            raise ValueError("b: line 7")
        return f"content of {name}"

    print(await import_files(load, ["a", "b", "c"]))


if __name__ == "__main__":
    asyncio.run(main())
