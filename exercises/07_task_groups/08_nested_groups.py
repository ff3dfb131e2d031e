"""Groups in a group.

Several teams build packages. When one fails, the rest of its team is of no use; other teams carry on.

Task:
    Write the coroutine function `build_all(build, teams)`. `teams` is a dict of team to list of packages;
    `await build(package)` gives a text.
    - All packages of all teams are built at the same time.
    - The result is a dict of team to its list of texts, both in the order of `teams`.
    - When a package raises a BuildError, the others of its team are stopped and waited for, and the team has the
      value None. No BuildError leaves `build_all`.
    - Any other error stops all teams, and leaves in an exception group.

Example:
    Team "web" has "site", of 2 seconds, and "shop", which fails after 1. "app" has "phone", 3 seconds.
    "site" is stopped after 1; after 3 the result is {"web": None, "app": ["..."]}.

Leave `BuildError`, `main`, names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


class BuildError(Exception):
    pass


async def build_all(
    build: Callable[[str], Awaitable[str]], teams: dict[str, list[str]]
) -> dict[str, list[str] | None]:
    pass  # your code


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
