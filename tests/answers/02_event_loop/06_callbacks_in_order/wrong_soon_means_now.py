"""Mistake: believes that call_soon calls the function on the spot.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio

PREDICTION: list[str] = [
    "lamp: on",
    "radio: on",
    "the morning is planned",
    "water: the valve opens",
    "window: opens",
    "water: it flows",
    "the watering is done",
    "pump: stops",
    "window: closes",
    "the door is locked",
]


async def water() -> None:
    print("water: the valve opens")
    await asyncio.sleep(0)
    print("water: it flows")


async def program() -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(1, print, "window: closes")
    loop.call_later(0, print, "window: opens")
    loop.call_at(loop.time() + 0.5, print, "pump: stops")
    loop.call_soon(print, "lamp: on")
    watering = asyncio.create_task(water())
    loop.call_soon(print, "radio: on")
    loop.call_later(2.5, print, "lamp: off")
    print("the morning is planned")
    await watering
    print("the watering is done")
    await asyncio.sleep(1.5)
    print("the door is locked")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
