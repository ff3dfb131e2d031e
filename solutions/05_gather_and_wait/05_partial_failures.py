"""Partial failures.

Why: with `return_exceptions=True` an error is a result like any other. `gather` then waits for all of them,
raises nothing, and keeps the order of its arguments, so `zip` finds the address to each end. What is left is
to sort the ends by type, not by whether they count as false.
"""

import asyncio
from collections.abc import Awaitable, Callable

Sent = list[tuple[str, str]]
Failed = list[tuple[str, BaseException]]


async def send_all(send: Callable[[str], Awaitable[str]], addresses: list[str]) -> tuple[Sent, Failed]:
    ends = await asyncio.gather(*map(send, addresses), return_exceptions=True)
    sent: Sent = []
    failed: Failed = []
    for address, end in zip(addresses, ends, strict=True):
        if isinstance(end, BaseException):
            failed.append((address, end))
        else:
            sent.append((address, end))
    return sent, failed


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
