"""A promise.

An archive's visitor gets a slip: a future, on which a clerk will write the answer. Two clerks may go with
the same slip.

Task:
    - `new_slip()`, an ordinary function, gives a new future of the running event loop.
    - `await fill_in(slip, look_up, question)` sends a clerk. What `await look_up(question)` gives becomes
      the slip's result; if it raises, the slip gets that error instead, and `fill_in` raises nothing.
    - A slip that is done or cancelled by then stays as it is.
    - `fill_in` gives True if this clerk wrote on the slip, else False. A cancelled clerk writes nothing.
    - `await read(slip)` waits, without polling, for the answer or error.

Example:
    After `await fill_in(slip, look_up, "oldest map")`, `await read(slip)` gives "shelf 12".

Leave the names, the arguments and `main` as they are.

New here:
    `asyncio.get_running_loop().create_future()` makes a future; `await future` waits for its result.
    `future.set_result(value)` or `future.set_exception(error)` makes it done. Done already, it raises
    `asyncio.InvalidStateError`; `future.done()` tells.
"""

import asyncio
from collections.abc import Awaitable, Callable


def new_slip() -> "asyncio.Future[str]":
    pass  # your code


async def fill_in(slip: "asyncio.Future[str]", look_up: Callable[[str], Awaitable[str]], question: str) -> bool:
    pass  # your code


async def read(slip: "asyncio.Future[str]") -> str:
    pass  # your code


async def main() -> None:
    async def quick(question: str) -> str:
        await asyncio.sleep(0.5)
        return f"the {question} is on shelf 12"

    async def slow(question: str) -> str:
        await asyncio.sleep(1)
        return f"the {question} is somewhere"

    slip = new_slip()
    print(f"the slip: {slip!r}")
    clerks = [asyncio.create_task(fill_in(slip, look_up, "oldest map")) for look_up in (slow, quick)]
    print(await read(slip))
    print("who filled it in:", await asyncio.gather(*clerks))


if __name__ == "__main__":
    asyncio.run(main())
