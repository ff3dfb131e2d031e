"""A promise.

At an archive a visitor hands in a question and gets a slip in return. The slip is a future: a place for the
answer, empty at first. A clerk goes down to the shelves, and whoever holds the slip can wait for what the
clerk writes on it. To be quicker, the archive may send two clerks with the same slip.

Task:
    Write the ordinary function `new_slip` and the coroutine functions `fill_in` and `read`.
    - `new_slip()` gives an empty slip: a future of the running event loop that is not done.
    - `await fill_in(slip, look_up, question)` is the clerk's way. `look_up` is a coroutine function:
      `await look_up(question)` gives the answer as text, and that text becomes the result of the slip.
    - If `look_up` fails, the error goes onto the slip in place of a result. It does not leave `fill_in`.
    - A slip is written on once. If it is done by the time the clerk comes back, because the other clerk was
      quicker or the visitor cancelled it, `fill_in` leaves it as it is, and that is no error.
    - `fill_in` gives True if it was this clerk who put the answer or the error onto the slip, else False.
    - If the clerk is cancelled, `fill_in` ends as cancelled and leaves the slip as it is.
    - `await read(slip)` gives the answer as soon as it is there, or raises the error. Several visitors may
      read the same slip. While they wait they are asleep: nobody looks at the slip every now and then.

Example:
    slip = new_slip(), then `await fill_in(slip, look_up, "oldest map")` gives True,
    and `await read(slip)` gives "shelf 12" if that is the answer.

Leave the names, the arguments and `main` as they are.

New here:
    `asyncio.get_running_loop().create_future()` makes a future. `await future` waits for its result.
    `future.set_result(value)` and `future.set_exception(error)` make it done, and both raise
    `asyncio.InvalidStateError` if it is done already. `future.done()` and `future.cancelled()` tell its
    state.
"""

import asyncio
from collections.abc import Awaitable, Callable


def new_slip() -> "asyncio.Future[str]":
    pass  # your code


async def fill_in(
    slip: "asyncio.Future[str]", look_up: Callable[[str], Awaitable[str]], question: str
) -> bool:
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
