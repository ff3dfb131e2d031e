"""Wait needs tasks.

A watchman asks every host of a data centre for its state. The code comes from an old tutorial, and since
Python 3.11 it ends with a TypeError before any host was asked. Behind that waits a second mistake, which has
always put the states beside the wrong hosts.

Task:
    Repair `states(probe, hosts)`.
    `probe` is a coroutine function: `await probe(host)` gives the state of `host` as text. No host stands in
    `hosts` twice.
    - The result is a dict: for each host of `hosts` its own state, whichever host answers first.
    - Every host is probed once, and all wait at the same time: the whole takes as long as the slowest.
    - With no hosts the result is an empty dict.
    - If a probe fails, the other probes are not stopped. When all have ended, its error leaves `states`.
    - `asyncio.wait` goes on doing the waiting; the next version is going to need its time-out.

Example:
    `await states(probe, ["mail", "web"])` gives {"mail": "up", "web": "busy"} if that is how they are.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def states(probe: Callable[[str], Awaitable[str]], hosts: list[str]) -> dict[str, str]:
    done, _ = await asyncio.wait([probe(host) for host in hosts])
    return {host: task.result() for host, task in zip(hosts, done, strict=True)}


async def main() -> None:
    async def probe(host: str) -> str:
        await asyncio.sleep({"mail": 1.5, "web": 0.5}.get(host, 1))
        return f"{host} is up"

    for host, state in (await states(probe, ["mail", "web", "backup"])).items():
        print(f"{host:8} {state}")


if __name__ == "__main__":
    asyncio.run(main())
