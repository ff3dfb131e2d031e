"""A first task.

Why: the first `await` would hold up everything after it, so both tasks are made before anything is awaited.
From then on the event loop runs them side by side; awaiting the first while the second is also under way
costs nothing. Each `await` gives the result of its own task, so the order of finishing does not matter.
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def release(build: Step, typeset: Step, version: str) -> str:
    building = asyncio.create_task(build(version))
    typesetting = asyncio.create_task(typeset(version))
    return f"{await building} with {await typesetting}"


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
