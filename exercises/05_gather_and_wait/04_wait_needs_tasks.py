"""Wait needs tasks.

A watchman asks all hosts of a data centre for their states. The old code ends with a TypeError, and it has
always put states beside the wrong hosts.

Task:
    Repair `states(probe, hosts)`. `asyncio.wait` goes on doing the waiting.
    `await probe(host)` gives the state of a host as text. No host stands in `hosts` twice.
    - All hosts are probed at the same time, each once. The result is a dict: for each host its own state.
    - If a probe fails, the others are not stopped. When all have ended, its error leaves `states`.

Example:
    `await states(probe, ["mail", "web"])` may give {"mail": "up", "web": "busy"}.

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
