"""As they finish.

A board in the office shows how the builds of the night are going. Some take a minute, some an hour, and nobody
wants to wait for the slowest.

Task:
    Write the coroutine function `follow(build, projects, show)`.
    `await build(project)` gives an outcome as text, or raises an error. No project stands there twice.
    - Build all projects at the same time. When one ends, call the ordinary function `show(project, outcome)` at once.
    - The outcome of a build that fails is "failed: " and then `str(error)`.
    - The result is the list of the projects in the order in which they were shown.

Example:
    With builds of 3, 1 and 2 seconds, `await follow(build, ["shop", "blog", "docs"], show)` gives
    ["blog", "docs", "shop"].

New here:
    A `for` loop over `asyncio.as_completed` gives new objects to await, none of your tasks. You need not use it.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Build = Callable[[str], Awaitable[str]]
Show = Callable[[str, str], None]


async def follow(build: Build, projects: list[str], show: Show) -> list[str]:
    pass  # your code


async def main() -> None:
    async def build(project: str) -> str:
        await asyncio.sleep({"shop": 1.5, "blog": 0.5}.get(project, 1))
        if project == "docs":
            raise OSError("link to nowhere")
        return "green"

    def show(project: str, outcome: str) -> None:
        print(f"{project:6} {outcome}")

    print(await follow(build, ["shop", "blog", "docs"], show))


if __name__ == "__main__":
    asyncio.run(main())
