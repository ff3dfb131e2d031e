"""A blocking client.

Why: a call that can only block is handed to another thread, and the event loop awaits the thread's answer
like any other. `gather` lets all threads block during the same seconds. Giving up the wait would not stop a
thread: it would go on talking to the meter behind our back, so late answers are awaited and thrown away.
"""

import asyncio
import time
from collections.abc import Callable


async def read_meters(
    read: Callable[[str], str], meters: list[str], patience: float
) -> dict[str, str | None]:
    async def read_one(meter: str) -> str | None:
        asked = time.monotonic()
        reading = await asyncio.to_thread(read, meter)
        on_time = time.monotonic() - asked <= patience
        return reading if on_time else None

    readings = await asyncio.gather(*(read_one(meter) for meter in meters))
    return dict(zip(meters, readings, strict=True))


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
