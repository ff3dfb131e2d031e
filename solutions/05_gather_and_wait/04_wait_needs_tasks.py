"""Wait needs tasks.

Why: `wait` gives back tasks, so it wants tasks, and nobody could find a coroutine object again in a set of
tasks that `wait` had made by itself. A dict from host to task remembers which is which, so the sets are not
needed. `wait` raises no error and refuses an empty collection; `result()` raises what its own task raised.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def states(probe: Callable[[str], Awaitable[str]], hosts: list[str]) -> dict[str, str]:
    tasks = {host: asyncio.create_task(probe(host)) for host in hosts}
    if tasks:
        await asyncio.wait(tasks.values())
    return {host: task.result() for host, task in tasks.items()}


async def main() -> None:
    async def probe(host: str) -> str:
        await asyncio.sleep({"mail": 1.5, "web": 0.5}.get(host, 1))
        return f"{host} is up"

    for host, state in (await states(probe, ["mail", "web", "backup"])).items():
        print(f"{host:8} {state}")


if __name__ == "__main__":
    asyncio.run(main())
