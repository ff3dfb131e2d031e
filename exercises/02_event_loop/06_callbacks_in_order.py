"""Callbacks in order.

The controller of a greenhouse plans its morning with callbacks that are due at once, timers, and a task.

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

New here:
    `loop.call_soon(f, x)` puts the call `f(x)` into the queue.
    `loop.call_later(2, f, x)` sets a timer: after 2 seconds the call joins the queue.
    `loop.call_at(when, f, x)` does so at an instant on the loop's clock, `loop.time()`.

Leave `water`, `program` and `main` as they are. Once PREDICTION is
filled in, running this file shows what happens.
"""

import asyncio

PREDICTION: list[str] = []


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
