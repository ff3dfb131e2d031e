"""A first task.

A release builds a program and then typesets its manual. Both steps wait for machines elsewhere.

Task:
    Change `release(build, typeset, version)`: make tasks with `asyncio.create_task`, so that both steps are
    under way at the same time.
    `await build(version)` gives the program's name, `await typeset(version)` the manual's, as texts. The
    result is the text "<program> with <manual>".

Example:
    A build of 2 seconds and a manual of 1 take 2 seconds, and give "app-1.4 with manual-1.4.pdf".

New here:
    `asyncio.create_task(...)` makes a task of a coroutine object and returns it. From then on the event loop
    runs it. Awaiting the task waits for its end and gives its result.

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
