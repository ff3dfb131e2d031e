"""The swallowed cancellation.

A parish sends its newsletter letter by letter, with a pause after each, so that the mail server is not
annoyed. When the program is told to stop, it does not: it sends on to the last letter. In the end somebody
pulls the plug, and nobody knows who got the newsletter.

Task:
    Repair `deliver(send, letters, pause)`. `send` is a coroutine function.
    - It calls `await send(letter)` for each of `letters`, one after another, and waits `pause` seconds after
      each, also after the last and after one that failed.
    - If `send` raises an ordinary error (an `Exception` of whatever kind), the letter counts as failed, and
      the next one follows. The result is the list of the failed letters, in the order of `letters`; one that
      stands there twice is sent twice, and can fail twice. All that works already.
    - If the task that runs `deliver` is cancelled, it ends at that moment, as cancelled, whether it was just
      sending or pausing. No further letter is sent.
    - A time-out around it works: `async with asyncio.timeout(5): await deliver(...)` ends after 5 seconds
      with a TimeoutError.

Example:
    Three letters take 1 second each, with a pause of 1 second. Cancelled after 2.5 seconds, the task has sent
    one letter, the second is broken off, and the third is never begun.

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
