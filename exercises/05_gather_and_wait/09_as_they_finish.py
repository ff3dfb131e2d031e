"""As they finish.

A board in the office shows how the builds of the night are going. Some take a minute, some an hour, and
nobody wants to wait for the slowest before the board shows anything.

Task:
    Write the coroutine function `follow(build, projects, show)`.
    `build` is a coroutine function: `await build(project)` gives an outcome as text, or raises an error.
    `show` is an ordinary function. No project stands in `projects` twice.
    - All projects are built at the same time, each once.
    - As soon as a build has ended, `show(project, outcome)` is called, once for each project. Several
      projects may have the same outcome.
    - If a build raises an error, `show(project, "failed: <text>")` is called at that moment, where the text
      is `str(error)`, even if that is empty. The other builds go on.
    - When all have ended, `follow` returns the list of the projects in the order in which they were shown.

Example:
    With builds of 3, 1 and 2 seconds, `await follow(build, ["shop", "blog", "docs"], show)` shows "blog"
    after 1 second, "docs" after 2, "shop" after 3, and gives ["blog", "docs", "shop"].

New here:
    Up to Python 3.12, `asyncio.as_completed` can only be used in an ordinary `for` loop; each round gives a
    new object to await, which is none of your tasks. From 3.13 on there is also `async for`, and that gives
    the tasks themselves, each when it has ended. You may also do without `as_completed`.

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
