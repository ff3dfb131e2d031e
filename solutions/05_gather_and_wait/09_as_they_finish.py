"""As they finish.

Why: `as_completed` says who is next only through the result, so the result must carry the name: each build
is wrapped in a coroutine that gives the project together with its outcome. The wrapper also turns an error
into an outcome, so the loop needs no error handling, and all of it works the same way on every version of
Python.
"""

import asyncio
from collections.abc import Awaitable, Callable

Build = Callable[[str], Awaitable[str]]
Show = Callable[[str, str], None]


async def follow(build: Build, projects: list[str], show: Show) -> list[str]:
    async def outcome_of(project: str) -> tuple[str, str]:
        try:
            return project, await build(project)
        except Exception as error:
            return project, f"failed: {error}"

    shown = []
    for following in asyncio.as_completed([outcome_of(project) for project in projects]):
        project, outcome = await following
        show(project, outcome)
        shown.append(project)
    return shown


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
