"""Groups in a group.

Why: a group is the border of a failure. Each team is one task of the outer group and has an inner group for
its packages: a BuildError stops what is in the inner group, is caught right around it, and so never becomes
a failure of the team's task. What `except* BuildError` does not take leaves that task, and then the outer
group stops all teams.
"""

import asyncio
from collections.abc import Awaitable, Callable


class BuildError(Exception):
    pass


async def build_all(
    build: Callable[[str], Awaitable[str]], teams: dict[str, list[str]]
) -> dict[str, list[str] | None]:
    async def build_team(packages: list[str]) -> list[str] | None:
        try:
            async with asyncio.TaskGroup() as inner:
                tasks = [inner.create_task(build(package)) for package in packages]
        except* BuildError:
            tasks = None
        return None if tasks is None else [task.result() for task in tasks]

    async with asyncio.TaskGroup() as outer:
        team_tasks = {team: outer.create_task(build_team(packages)) for team, packages in teams.items()}
    return {team: task.result() for team, task in team_tasks.items()}


async def main() -> None:
    async def build(package: str) -> str:
        try:
            await asyncio.sleep({"shop": 0.5, "site": 1, "phone": 1.25}.get(package, 0.75))
        except asyncio.CancelledError:
            print(f"{package}: stopped")
            raise
        if package == "shop":
            raise BuildError("shop: a test fails")
        print(f"{package}: built")
        return f"{package}-1.0"

    print(await build_all(build, {"web": ["site", "shop"], "app": ["phone", "watch"]}))


if __name__ == "__main__":
    asyncio.run(main())
