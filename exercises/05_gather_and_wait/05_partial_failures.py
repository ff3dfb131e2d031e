"""Partial failures.

A club mails its newsletter. Some addresses no longer work, and the others must get their copy all the same.

Task:
    Write the coroutine function `send_all(send, addresses)`.
    `await send(address)` gives a receipt as text, or raises an error. Send all copies at the same time, one
    for each time an address stands in the list.
    The result is a tuple of two lists, `(sent, failed)`, both in the order of `addresses`:
    - `sent` has a tuple `(address, receipt)` for each copy sent,
    - `failed` has a tuple `(address, error)` for each other one, with the exception itself.

Example:
    `await send_all(send, ["ada", "bob"])` gives ([("ada", "no. 1")], [("bob", OSError("moved"))]).

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Sent = list[tuple[str, str]]
Failed = list[tuple[str, BaseException]]


async def send_all(send: Callable[[str], Awaitable[str]], addresses: list[str]) -> tuple[Sent, Failed]:
    return [], []  # your code


async def main() -> None:
    async def send(address: str) -> str:
        await asyncio.sleep({"ada": 1.5, "bob": 0.5}.get(address, 1))
        if address == "bob":
            raise OSError("moved")
        return f"receipt for {address}"

    sent, failed = await send_all(send, ["ada", "bob", "eve"])
    print("sent:  ", sent)
    print("failed:", failed)


if __name__ == "__main__":
    asyncio.run(main())
