"""A blocking client.

The meters of a power station are read with a library whose calls block. It cannot be changed, and may be called
from any thread.

Task:
    Repair `read_meters(read, meters, patience)`. The blocking function `read(meter)` gives a text.
    - All meters, four at most, are read at the same time in other threads. The event loop stays free.
    - The result is a dict of meter to reading, with None for a reading that took longer than `patience` seconds.
    - It comes when every call of `read` has come back, late ones too: a meter that still talks must not
      be asked again.

Example:
    With a patience of 1.5 seconds, meters that take 0.5 and 2 seconds give
    {"north": "231 V", "south": None} after 2 seconds.

New here:
    `await asyncio.to_thread(function, argument)` calls an ordinary function in another thread and gives its
    result. A thread cannot be stopped from outside.

Leave the name, arguments and `main` as they are.
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
