"""A blocking client.

The meters of a power station answer over serial lines, and the client library of their maker only knows
ordinary calls: `read(meter)` does not come back before the meter has answered. The library cannot be
changed, and it may be called from any thread. Called like this, it stops the whole program.

Task:
    Repair `read_meters(read, meters, patience)`. `read` is a blocking function: `read(meter)` gives a text.
    - The event loop stays free all the time: every call of `read` happens in another thread.
    - All meters are read at the same time, so the whole takes as long as the slowest of them. There are
      four meters at most.
    - The result is a dict of meter to reading. A reading that took longer than `patience` seconds is out of
      date: None takes its place.
    - A meter must not be asked again while it is still talking. So `read_meters` returns when every call of
      `read` has come back, also those that took too long.

Example:
    With a patience of 1.5 seconds and meters that take 0.5 and 2 seconds, the whole takes 2 seconds and gives
    {"north": "231 V", "south": None}.

New here:
    `await asyncio.to_thread(function, argument)` calls an ordinary function in another thread and gives its
    result. A thread that runs cannot be stopped from outside, whatever happens to the one who awaits it.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
import time
from collections.abc import Callable


async def read_meters(
    read: Callable[[str], str], meters: list[str], patience: float
) -> dict[str, str | None]:
    readings: dict[str, str | None] = {}
    for meter in meters:
        asked = time.monotonic()
        reading = read(meter)
        on_time = time.monotonic() - asked <= patience
        readings[meter] = reading if on_time else None
    return readings


async def main() -> None:
    def read(meter: str) -> str:
        time.sleep({"north": 0.5, "south": 1.5}[meter])
        return f"231 V at {meter}"

    async def blink() -> None:
        for _ in range(7):
            print("the status lamp blinks")
            await asyncio.sleep(0.2)

    blinking = asyncio.create_task(blink())
    await asyncio.sleep(0)
    print(await read_meters(read, ["north", "south"], patience=1))
    await blinking


if __name__ == "__main__":
    asyncio.run(main())
