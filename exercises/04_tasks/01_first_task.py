"""A first task.

A release of an app needs two things: the program is built, and its manual is typeset. Neither needs the
other, and both wait for machines elsewhere. The script begins the second when the first is over, so a build
of 2 seconds and a manual of 1 second take 3.

Task:
    Convert `release(build, typeset, version)` to tasks that are made with `asyncio.create_task`, so that
    both steps are under way at the same time.
    `build` and `typeset` are coroutine functions: `await build(version)` gives the name of the program,
    `await typeset(version)` the name of the manual, as texts.
    - The whole takes as long as the slower step, whichever of the two that is.
    - The result is the text "<program> with <manual>", in this order, whichever is there first.
    - Each step is taken once, with `version`.
    - If the slower step fails, its error leaves `release`.

Example:
    With a build of 2 seconds and a manual of 1 second, `await release(build, typeset, "1.4")` takes 2
    seconds and gives "app-1.4 with manual-1.4.pdf" if these are the two names.

New here:
    `asyncio.create_task(...)` makes a task of a coroutine object and returns it. From then on the event loop
    runs it, whether or not anybody awaits it. Awaiting the task waits for its end and gives its result.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def release(build: Step, typeset: Step, version: str) -> str:
    program = await build(version)
    manual = await typeset(version)
    return f"{program} with {manual}"


async def main() -> None:
    async def build(version: str) -> str:
        await asyncio.sleep(1)
        print("the program is built")
        return f"app-{version}"

    async def typeset(version: str) -> str:
        await asyncio.sleep(0.5)
        print("the manual is typeset")
        return f"manual-{version}.pdf"

    loop = asyncio.get_running_loop()
    started = loop.time()
    print(await release(build, typeset, "1.4"))
    print(f"({loop.time() - started:.1f} seconds)")


if __name__ == "__main__":
    asyncio.run(main())
