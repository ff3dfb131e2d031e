"""Callbacks in order.

The controller of a greenhouse plans its morning with every tool that the event loop has: callbacks that are
due at once, timers, and a task. The gardener wants to know what happens in which order.

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for
    each printed line, in the order in which they are printed.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

New here:
    `loop.call_soon(f, x)` schedules the ordinary function `f`: `f(x)` is called when its turn comes.
    `loop.call_later(2, f, x)` sets a timer: when 2 seconds have gone by, the call joins the queue.
    `loop.call_at(when, f, x)` does the same for an instant on the loop's own clock, `loop.time()`.

Leave `water`, `program` and `main` as they are. Write the lines themselves, not code that makes them.
Running this file shows what really happens once PREDICTION is filled in.
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
