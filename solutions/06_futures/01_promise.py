"""A promise.

Why: a future separates the one who waits from the one who delivers; neither knows the other. `await slip`
suspends until somebody makes the slip done, so nobody has to look again and again. A future is set once:
after every await the world may have changed, so the clerk asks `done()` after the look-up, not before it.
"""

import asyncio
from collections.abc import Awaitable, Callable


def new_slip() -> "asyncio.Future[str]":
    return asyncio.get_running_loop().create_future()


async def fill_in(
    slip: "asyncio.Future[str]", look_up: Callable[[str], Awaitable[str]], question: str
) -> bool:
    try:
        answer = await look_up(question)
    except Exception as error:
        if slip.done():
            return False
        slip.set_exception(error)
        return True
    if slip.done():
        return False
    slip.set_result(answer)
    return True


async def read(slip: "asyncio.Future[str]") -> str:
    return await slip


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
