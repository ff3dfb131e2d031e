"""Errors in a group.

Why: a task group raises one exception group with everything that failed. `except* ValueError` takes out the
ValueErrors, all of them, and lets the rest go on up; a cancellation is no member and passes by itself.
When the block is left, every task has ended, so each can be asked whether it was cancelled, failed, or has a
result.
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
    problems: list[str] = []
    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                tasks[name] = group.create_task(load(name))
    except* ValueError as failed:
        problems = [str(error) for error in failed.exceptions]
    loaded = {
        name: task.result() for name, task in tasks.items() if not task.cancelled() and not task.exception()
    }
    return Report(loaded, problems)


async def main() -> None:
    async def load(name: str) -> str:
        await asyncio.sleep({"a": 0.3, "b": 0.6, "c": 0.9}[name])
        if name == "b":
            raise ValueError("b: line 7")
        return f"content of {name}"

    print(await import_files(load, ["a", "b", "c"]))


if __name__ == "__main__":
    asyncio.run(main())
