"""The swallowed cancellation.

A parish sends its newsletter letter by letter. When the program is told to stop, it sends on to the last
letter. Somebody pulls the plug, and nobody knows who got it.

Task:
    Repair `deliver(send, letters, pause)`.
    - It makes `await send(letter)` for each of `letters`, one after another, and waits `pause` seconds after
      each. If `send` raises an error (any `Exception`), the letter has failed, and the next one follows. The
      result is the list of the failed letters, in their order. All that works already.
    - If `deliver` is cancelled, it ends at once, as cancelled, whether it was just sending or pausing. No
      further letter is sent. So a time-out around it works, too.

Example:
    Letters and pauses take 1 second each. Cancelled after 2.5 seconds, `deliver` has sent one letter, the
    second is broken off, and the third is never begun.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def deliver(send: Callable[[str], Awaitable[object]], letters: list[str], pause: float) -> list[str]:
    failed = []
    for letter in letters:
        try:
            await send(letter)
        except:  # one bad address must not stop the others
            failed.append(letter)
        try:
            await asyncio.sleep(pause)
        except asyncio.CancelledError:
            pass  # then without a pause
    return failed


async def main() -> None:
    async def send(letter: str) -> None:
        print(f"sending to {letter}")
        await asyncio.sleep(0.3)

    delivering = asyncio.create_task(deliver(send, ["Ada", "Bert", "Cleo", "Dora"], 0.2))
    await asyncio.sleep(0.7)
    print("please stop")
    delivering.cancel()
    await asyncio.wait([delivering])
    print("cancelled:", delivering.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
