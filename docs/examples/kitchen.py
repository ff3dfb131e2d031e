"""Dinner for two: a kitchen in which one careless step holds everybody up.

See what its tasks do: python grader.py trace docs/examples/kitchen.py
"""

import asyncio
import time


async def soup():
    print("soup: on the stove")
    await asyncio.sleep(4)
    print("soup: ready")


async def salad():
    await asyncio.sleep(0.5)
    time.sleep(1.5)  # chops without looking up: nothing else happens meanwhile
    print("salad: ready")


async def bread():
    await asyncio.sleep(1)
    print("bread: out of the oven")


async def oven_timer():
    try:
        await asyncio.sleep(60)
    finally:
        print("oven: off")


async def main():
    timer = asyncio.create_task(oven_timer(), name="oven timer")
    async with asyncio.TaskGroup() as dinner:
        dinner.create_task(soup(), name="soup")
        dinner.create_task(salad(), name="salad")
        dinner.create_task(bread(), name="bread")
    timer.cancel()
    await asyncio.to_thread(time.sleep, 1)
    print("dinner is served")


if __name__ == "__main__":
    asyncio.run(main())
