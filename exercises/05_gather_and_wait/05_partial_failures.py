"""Partial failures.

A club mails its newsletter to all members. Some addresses do not work any more, and that must not keep the
others from getting their copy. Afterwards the secretary wants two lists: who got it, and who did not and why.

Task:
    Write the coroutine function `send_all(send, addresses)`.
    `send` is a coroutine function: `await send(address)` gives a receipt, or raises an error if it fails.
    The result is a tuple of two lists, `(sent, failed)`:
    - `sent` has a tuple `(address, receipt)` for each copy that was sent,
    - `failed` has a tuple `(address, error)` for each one that was not, `error` being the exception itself,
      of whatever kind of `Exception` it is,
    - both lists are in the order of `addresses`, whoever is faster.
    Every address is mailed once, or twice if it stands there twice. All wait at the same time: the whole
    takes as long as the slowest, and an error neither ends it early nor stops anybody else's copy. A receipt
    may be any text, the empty text too. No addresses give two empty lists.

Example:
    `await send_all(send, ["ada", "bob", "eve"])` gives
    ([("ada", "no. 1"), ("eve", "no. 2")], [("bob", OSError("moved"))]) if bob has moved.

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
