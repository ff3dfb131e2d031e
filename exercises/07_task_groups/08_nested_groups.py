"""Groups in a group.

On release day several teams build their packages at the same time. When one package of a team cannot be
built, the rest of that team's packages is of no use, and building them only costs machines. The other teams
have nothing to do with it and carry on.

Task:
    Write the coroutine function `build_all(build, teams)`. `teams` is a dict of team to its list of packages;
    `build` is a coroutine function: `await build(package)` gives a text. No package stands there twice.
    - All packages of all teams are built at the same time.
    - The result is a dict in the order of `teams`. The value for a team is the list of its texts, in the
      order of its packages. A team without packages has an empty list; no teams give an empty dict.
    - When a package raises a BuildError, the packages of the same team that are still being built are
      stopped, and the value for this team is None. A package that is stopped may need some time for it;
      `build_all` ends when all have ended. Several packages of a team may fail at the same moment.
    - The other teams are not disturbed by that, and no BuildError leaves `build_all`.
    - Any other error stops the packages of all teams, and leaves `build_all` in an exception group. There it
      may sit in a group inside the group.
    - If `build_all` is itself cancelled, it ends as cancelled, and no package is being built any more. (It
      is not cancelled while stopped packages tidy up.)

Example:
    Team "web" has "site", which takes 2 seconds, and "shop", which fails after 1 second. Team "app" has
    "phone", which takes 3 seconds. "site" is stopped after 1 second; after 3 seconds the result is
    {"web": None, "app": ["..."]}.

Leave `BuildError`, `main` and the names and arguments as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


class BuildError(Exception):
    pass


async def build_all(build: Callable[[str], Awaitable[str]], teams: dict[str, list[str]]) -> dict[str, list[str] | None]:
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
