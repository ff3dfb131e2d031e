"""Errors in a group.

A nightly import loads files in a task group. One malformed file ends the whole import, and the files loaded
by then are lost.

Task:
    Add error handling with `except*` to `import_files(load, names)`, which then returns a Report.
    `await load(name)` gives the content of a file, or raises a ValueError.
    - `loaded` holds the files that were loaded, name to content, also when others failed.
    - `problems` holds the text of each ValueError, in any order.
    - As before, the first failure stops the files still being loaded. They stand in neither.
    - Other errors go on up in an exception group, without the ValueErrors.

Example:
    "a" takes 1 second, "b" fails after 2 with ValueError("line 7"), "c" would take 3. After 2 seconds the
    result is Report(loaded={"a": "..."}, problems=["line 7"]).

New here:
    `except* ValueError as failed:` takes the ValueErrors out of a group; `failed.exceptions` holds them.

Leave `Report`, `main`, names and arguments as they are.
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
